import type { Instant } from '../kernel/time.ts';
import type { City, Zone } from './schema.ts';

/** Papers are in Indonesian: they go from office to office. */
const locale = 'id-ID';
const zoneNames: Readonly<Record<Zone, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** `22 November 2026 pukul 10.15 WIB`. */
export const moment = (at: Instant, zone: Zone): string => {
  const date = new Date(at);
  const day = date.toLocaleDateString(locale, { timeZone: zone, dateStyle: 'long' });
  const time = date.toLocaleTimeString(locale, { timeZone: zone, timeStyle: 'short' });
  return `${day} pukul ${time} ${zoneNames[zone]}`;
};

/** `22 Nov 2026 10.15`, or `22 Nov 2026` alone. */
export const briefly = (at: Instant, zone: Zone, withTime = true): string => {
  const date = new Date(at);
  const day = date.toLocaleDateString(locale, { timeZone: zone, dateStyle: 'medium' });
  return withTime ? `${day} ${date.toLocaleTimeString(locale, { timeZone: zone, timeStyle: 'short' })}` : day;
};

/** `7K2M-9QXA-B`: as people read a code aloud. */
export const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

export const cityName = (city: City): string => `Pemerintah ${city.profile.names.id}`;
