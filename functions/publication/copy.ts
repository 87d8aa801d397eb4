import * as z from 'zod/mini';
import type { CaseRecord } from '../cases/model.ts';
import { isSecret, publicWords } from '../cases/publication.ts';
import type { City } from '../city/schema.ts';
import { coarse } from '../kernel/coarse.ts';
import { areaCode, instant, point, slug } from '../kernel/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

/**
 * What lists and the map hold of a published case: a copy of the coordinator's words and of what the tracking code
 * shows. `gone` stands where a case was, so that no late writer brings it back.
 */
const common = {
  v: z.literal(1),
  code: z.string(),
  /** The case's, when it was copied: an older state never replaces a later one. */
  seq: z.int(),
};
export const publicCopy = z.object({
  ...common,
  kind: z.string(),
  state: z.string(),
  title: z.string(),
  /** The first words of the summary. */
  lead: z.string(),
  category: z.nullable(slug),
  area: z.nullable(areaCode),
  unit: z.nullable(slug),
  /** Coarse: a house is not to be told from its neighbours'. Absent when neither point nor area is known. */
  point: z.optional(point),
  /** Whether `point` is the centre of the area. */
  centre: z.optional(z.boolean()),
  filedAt: instant,
  /** First published: its place in the list, kept by every later edit. */
  at: instant,
  editedAt: instant,
  photos: z.int(),
});
export type PublicCopy = z.output<typeof publicCopy>;

export const goneCopy = z.object({ ...common, gone: z.literal(true), at: instant, expires: z.int() });
export type GoneCopy = z.output<typeof goneCopy>;

/** Characters of the summary that a list shows. */
const leadLength = 200;

/** Far longer than any consumer that read the case before it was taken down can still be under way. */
const goneSeconds = 30 * 86_400;

const pointOf = (city: City, record: CaseRecord): Pick<PublicCopy, 'point' | 'centre'> => {
  if (record.point !== undefined) return { point: coarse(record.point) };
  const centre = city.areas.find((area) => area.code === record.area)?.centre;
  return centre === undefined ? {} : { point: coarse(centre), centre: true };
};

const leadOf = (summary: string): string => {
  const line = summary.replace(/\s+/g, ' ');
  if (line.length <= leadLength) return line;
  const head = line.slice(0, leadLength);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), leadLength / 2))} …`;
};

/** Whether everybody may read of this case now. The one place that decides it for every public answer. */
export const isPublic = (
  record: CaseRecord,
): record is CaseRecord & {
  readonly public: NonNullable<CaseRecord['public']>;
  readonly published: NonNullable<CaseRecord['published']>;
} => record.public !== undefined && record.published !== undefined && !isSecret(record);

/**
 * The copy of a case as it stands; undefined for one that was never published.
 * @param body the published words; undefined or empty once they were overwritten
 */
export const copyOf = (
  city: City,
  record: CaseRecord,
  body: string | undefined,
  now: Instant,
): PublicCopy | GoneCopy | undefined => {
  const { code, seq, published } = record;
  if (published === undefined) return undefined;
  if (!isPublic(record) || body === undefined || body === '')
    return { v: 1, code, seq, gone: true, at: published.at, expires: toSeconds(now) + goneSeconds };
  const { title, summary } = publicWords(body);
  return {
    v: 1,
    code,
    seq,
    kind: record.kind,
    state: record.state,
    title,
    lead: leadOf(summary),
    category: record.category,
    area: record.area,
    unit: record.unit,
    ...pointOf(city, record),
    filedAt: record.filedAt,
    at: published.at,
    editedAt: record.public.at,
    photos: record.public.files.length,
  };
};

/** The month whose list holds it. */
export const monthOf = (at: Instant): string => at.slice(0, 7);

/** The month before, `2026-01` → `2025-12`. */
export const monthBefore = (month: string): string =>
  monthOf(fromSeconds(toSeconds(`${month}-01T00:00:00Z`) - 1));
