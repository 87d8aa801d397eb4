import * as fc from 'fast-check';
import { parseAtomFeed } from 'feedsmith';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type AtomEntry, type AtomFeed, atom } from './atom.ts';
import { type Calendar, type CalendarEvent, calendar, folded } from './calendar.ts';

/** Text as people and machines write it, with what XML and iCalendar mean something by. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        '<b>',
        '&',
        '&amp;',
        ']]>',
        '"',
        ';',
        ',',
        '\\',
        '\\n',
        '\n',
        '\r\n',
        ':',
        'BEGIN:VEVENT',
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => `a${parts.join('')}z`);

/** What of a text both formats can say. */
const sayable = (said: string): string =>
  said.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

const entry = (more: Partial<AtomEntry> = {}): AtomEntry => ({
  id: 'tag:lapau.example,2026:announcement/ABC',
  title: 'Air mati',
  summary: 'Sabtu pagi.',
  link: 'https://lapau.example/pengumuman/ABC?a=1&b=2',
  author: 'Dinas PUPR',
  categories: [{ id: 'air', name: 'Air & listrik' }],
  published: '2026-11-23T03:00:00Z',
  updated: '2026-11-23T04:00:00Z',
  ...more,
});
const feed = (more: Partial<AtomFeed> = {}): AtomFeed => ({
  id: 'https://lapau.example/v1/public/feeds/announcements',
  title: 'Lapau',
  author: 'Kota Uji',
  language: 'id',
  self: 'https://lapau.example/v1/public/feeds/announcements?area=99.01.01&topic=air',
  page: 'https://lapau.example/pengumuman',
  updated: '1970-01-01T00:00:00Z',
  entries: [entry()],
  ...more,
});

test('a reader of feeds finds everything in the Atom document', () => {
  expect(parseAtomFeed(atom(feed()))).toMatchObject({
    id: feed().id,
    title: { value: 'Lapau' },
    updated: '2026-11-23T04:00:00Z',
    authors: [{ name: 'Kota Uji' }],
    links: [
      { rel: 'self', href: feed().self },
      { rel: 'alternate', href: feed().page },
    ],
    entries: [
      {
        id: entry().id,
        title: { value: 'Air mati' },
        summary: { value: 'Sabtu pagi.' },
        authors: [{ name: 'Dinas PUPR' }],
        links: [{ href: entry().link }],
        categories: [{ term: 'air', label: 'Air & listrik' }],
        published: '2026-11-23T03:00:00Z',
        updated: '2026-11-23T04:00:00Z',
      },
    ],
  });
  expect(parseAtomFeed(atom(feed({ entries: [] })))).toMatchObject({ updated: '1970-01-01T00:00:00Z' });
});

test('whatever the words are, the reader gets them back', () => {
  fc.assert(
    fc.property(text, (said) => {
      const read = parseAtomFeed(atom(feed({ entries: [entry({ summary: said, title: said })] })));
      // XML turns every line break into one kind (2.11); readers trim.
      const words = sayable(said).replace(/\r\n?/g, '\n');
      expect(read.entries?.[0]?.summary?.value?.replace(/\r\n?/g, '\n')).toBe(words);
    }),
    { numRuns: 200 },
  );
});

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'ABC@lapau.example',
  sequence: 2,
  cancelled: false,
  start: '2026-12-01T02:00:00Z',
  end: '2026-12-01T04:30:00Z',
  summary: 'Pasar murah',
  description: 'Beras, minyak; gula.',
  place: 'Lapangan Bancah Laweh',
  link: 'https://lapau.example/pengumuman/ABC',
  categories: ['Usaha, pasar'],
  published: '2026-11-23T03:00:00Z',
  changed: '2026-11-24T03:00:00Z',
  ...more,
});
const agenda = (events: readonly CalendarEvent[], more: Partial<Calendar> = {}): string =>
  calendar({
    name: 'Agenda Kota Uji',
    zone: 'Asia/Jakarta',
    offset: 7 * 3600,
    wall: (at) => `${new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 19)}Z`,
    host: 'lapau.example',
    events,
    ...more,
  });

const read = (document: string) => {
  const component = new ICAL.Component(ICAL.parse(document));
  const zone = component.getFirstSubcomponent('vtimezone');
  if (zone !== null) ICAL.TimezoneService.register(new ICAL.Timezone(zone), 'Asia/Jakarta');
  return component.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
};

test('a calendar reads the event in its own time, and what became of it', () => {
  const [found] = read(agenda([event()]));
  expect(found).toMatchObject({
    uid: 'ABC@lapau.example',
    sequence: 2,
    summary: 'Pasar murah',
    description: 'Beras, minyak; gula.',
    location: 'Lapangan Bancah Laweh',
  });
  expect(found?.startDate.toString()).toBe('2026-12-01T09:00:00');
  expect(found?.startDate.toJSDate().toISOString()).toBe('2026-12-01T02:00:00.000Z');
  expect(found?.endDate.toJSDate().toISOString()).toBe('2026-12-01T04:30:00.000Z');
  expect(found?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
  expect(found?.component.getFirstProperty('categories')?.getValues()).toEqual(['Usaha, pasar']);
  const [gone] = read(agenda([event({ cancelled: true, sequence: 3 })]));
  expect(gone?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
});

test('whatever the words are, the calendar gets them back, in lines of 75 octets', () => {
  fc.assert(
    fc.property(text, text, (description, summary) => {
      const document = agenda([event({ description, summary })]);
      for (const line of document.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(document).not.toMatch(/(?<!\r)\n/);
      const [found, ...others] = read(document);
      const words = (said: string) =>
        said
          .toWellFormed()
          .replace(/\r\n?/g, '\n')
          .replace(/[^\t\n\u0020-\u007e\u0080-\u{10ffff}]/gu, '');
      expect(others).toEqual([]);
      expect(found?.description).toBe(words(description));
      expect(found?.summary).toBe(words(summary));
    }),
    { numRuns: 200 },
  );
});

test('lines are folded between characters', () => {
  const line = `SUMMARY:${'é𝄞'.repeat(40)}`;
  expect(folded(line).replaceAll('\r\n ', '')).toBe(line);
});
