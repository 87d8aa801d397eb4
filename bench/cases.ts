import { stopClock } from '../functions/cases/clock/clock.ts';
import type { CaseRecord } from '../functions/cases/model.ts';
import type { City } from '../functions/city/schema.ts';
import { openCase, understand } from '../functions/complaints/filing.ts';
import { trackingCode } from '../functions/kernel/code.ts';
import { keysFrom } from '../functions/kernel/keys.ts';
import { fromSeconds } from '../functions/kernel/time.ts';
import { workflows } from '../functions/workflows.ts';

export const keys = keysFrom('{"current":"k1","k1":"bench"}');
/** Epoch seconds. */
export const now = Math.floor(Date.parse('2026-11-23T03:00:00Z') / 1000);
export const text =
  'Jalan di depan pasar berlubang besar sejak dua minggu, sudah ada motor jatuh malam hari. Mohon segera ditambal sebelum hujan.';

/** One case in ten is open, as in a city that works; the closed ones lie in their months. */
export const record = (city: City, n: number): CaseRecord => {
  const filedAt = fromSeconds(now - (n % 700) * 3600);
  const area = city.areas.filter((a) => a.kind !== 'kecamatan')[n % 16]?.code;
  const filing = {
    text,
    kind: 'complaint',
    category: 'road-damage',
    place: { area },
    confidential: false,
    oversight: false,
    anonymous: false,
  };
  const workflow = workflows['complaint'];
  if (workflow === undefined) throw new Error('no workflow');
  const opened = openCase({
    workflow,
    city,
    filing,
    understood: understand(city, filing, filedAt, {
      category: null,
      confidence: 0,
      reasons: [],
      candidates: [],
    }),
    actor: { kind: 'anonymous', id: 'anonymous' },
    code: trackingCode(keys.first('code'), `bench-${n}`, 0),
    command: { id: `bench-${n}`, fingerprint: 'x' },
    routeId: `route-${n}`,
    pinKey: 'k1',
    reporter: undefined,
    identified: false,
    origin: 'web',
    filedAt,
    now: filedAt,
  });
  const roots = city.units.filter((u) => u.parent === undefined);
  // Half of what is open lies with one busy unit, so that its inbox fills a page at any size.
  const root = n % 20 === 0 ? 'pupr' : (roots[n % roots.length]?.id ?? 'pupr');
  if (n % 10 === 1) return opened;
  const assigned = { ...opened, state: 'assigned', unit: root, root };
  if (n % 10 === 0) return assigned;
  const clocks = Object.fromEntries(
    Object.entries(assigned.clocks).map(([k, c]) => [k, stopClock(c, filedAt)]),
  );
  return { ...assigned, state: 'archived', clocks, closedAt: filedAt, wakeAt: null };
};
