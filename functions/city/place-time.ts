import * as z from 'zod/mini';
import { areaCode, day, point, slug } from '../kernel/schema.ts';

/** When a city works and where it lies: the kinds `calendars`, `areas` and `boundaries` of a pack. */
const text = z.string().check(z.minLength(1), z.maxLength(500));
const time = z.string().check(z.regex(/^([01]\d|2[0-4]):[0-5]\d$/));

/** Open intervals of a day, local time, in order and disjoint: `[["07:30","12:00"],["13:00","16:00"]]`. */
const openHours = z.array(z.tuple([time, time])).check(z.maxLength(4));
const week = z.strictObject({
  mon: openHours,
  tue: openHours,
  wed: openHours,
  thu: openHours,
  fri: openHours,
  sat: openHours,
  sun: openHours,
});
export const calendars = z.strictObject({
  /** Where the holidays come from, and which edition. */
  source: text,
  version: text,
  calendars: z
    .array(
      z.strictObject({
        id: slug,
        name: text,
        week,
        /** Other hours between two dates inclusive, such as Ramadan. */
        periods: z._default(z.array(z.strictObject({ name: text, from: day, to: day, week })), []),
        /** False for a service that works through holidays. */
        observesHolidays: z.boolean(),
        legal: z.optional(text),
      }),
    )
    .check(z.minLength(1)),
  holidays: z.array(
    z.strictObject({ date: day, name: text, kind: z.enum(['national', 'jointLeave', 'local']) }),
  ),
  /** The calendar of the whole city: verification, promise, questions and objections run on it. */
  city: slug,
});

export const areas = z.strictObject({
  /** Where codes and centres come from, and whether the list is whole. */
  source: z.optional(text),
  areas: z.array(
    z.strictObject({
      code: areaCode,
      name: text,
      kind: z.enum(['kecamatan', 'kelurahan', 'desa', 'nagari']),
      aliases: z._default(z.array(text), []),
      centre: z.optional(point),
    }),
  ),
});

const ring = z.array(z.tuple([z.number(), z.number()])).check(z.minLength(4));
/** GeoJSON, longitude first; each feature carries `kode`, the Kemendagri code. */
export const boundaries = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.object({ kode: areaCode }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) }),
      ]),
    }),
  ),
});
