import type { Zone } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';

export interface CalendarEvent {
  readonly uid: string;
  /** Grows with every change, so that calendars take it over (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly start: Instant;
  readonly end: Instant;
  readonly summary: string;
  readonly description: string;
  readonly place: string;
  readonly link: string;
  readonly categories: readonly string[];
  readonly published: Instant;
  readonly changed: Instant;
}

export interface Calendar {
  readonly name: string;
  readonly zone: Zone;
  /** Seconds east of Greenwich. Indonesia has no summer time, so that this is all of a zone. */
  readonly offset: number;
  /** What the clock on the wall shows at an instant, as an instant is written. */
  readonly wall: (at: Instant) => string;
  readonly host: string;
  readonly events: readonly CalendarEvent[];
}

/** RFC 5545, 3.3.11: text escapes backslash, semicolon, comma and line breaks, and holds no other control. */
export const escapedText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\u0020-\u007e\u0080-\u{10ffff}]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** Octets of a content line (RFC 5545, 3.1). */
const lineOctets = 75;

/** Folds a line between characters, never inside of one: the rest goes on behind a space. */
export const folded = (line: string): string => {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > lineOctets) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
};

/** `20261122T030000` of an instant or of a wall clock's time. */
const stamp = (at: string): string => at.slice(0, 19).replace(/[-:]/g, '');
const utc = (at: Instant): string => `${stamp(at)}Z`;

const offsetText = (seconds: number): string =>
  `+${String(Math.floor(seconds / 3600)).padStart(2, '0')}${String((seconds % 3600) / 60).padStart(2, '0')}`;

/** An iCalendar document (RFC 5545) to subscribe to; times are local ones of the city's zone, whose rule it carries. */
export const calendar = ({ name, zone, offset, wall, host, events }: Calendar): string => {
  const local = (property: string, at: Instant): string => `${property};TZID=${zone}:${stamp(wall(at))}`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${escapedText(host)}//Lapau//ID`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapedText(name)}`,
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offsetText(offset)}`,
    `TZOFFSETTO:${offsetText(offset)}`,
    'END:STANDARD',
    'END:VTIMEZONE',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.uid}`,
      `DTSTAMP:${utc(event.changed)}`,
      `CREATED:${utc(event.published)}`,
      `LAST-MODIFIED:${utc(event.changed)}`,
      `SEQUENCE:${event.sequence}`,
      `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      local('DTSTART', event.start),
      // An end at the start would be no time at all: such an event has just its start.
      ...(event.end > event.start ? [local('DTEND', event.end)] : []),
      `SUMMARY:${escapedText(event.summary)}`,
      `DESCRIPTION:${escapedText(event.description)}`,
      `LOCATION:${escapedText(event.place)}`,
      ...(event.categories.length === 0 ? [] : [`CATEGORIES:${event.categories.map(escapedText).join(',')}`]),
      `URL:${event.link}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
};
