import * as z from 'zod/mini';

/** Plain text that a person wrote: trimmed, no control characters but line breaks and tabs. */
export const words = (min: number, max: number) =>
  z.string().check(
    z.trim(),
    z.minLength(min),
    z.maxLength(max),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
    z.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]*$/u, 'controlCharacter'),
  );

/** Identifier that the city chose: units, categories, rules. Never reused. */
export const slug = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'slug'), z.maxLength(48));

/** Kemendagri code of a kecamatan (`13.74.01`) or kelurahan (`13.74.01.1001`). */
export const areaCode = z.string().check(z.regex(/^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/, 'areaCode'));

/** UTC instant to the second, `2026-11-22T03:00:00Z`. */
export const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/));

/** What a client may send as an instant: any RFC 3339 date and time with an offset. */
export const instantIn = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text: string) => `${new Date(text).toISOString().slice(0, 19)}Z`),
);

/** Calendar date in the city's zone, `2026-11-22`. */
export const day = z.iso.date();

/** WGS 84, degrees. Indonesia lies within 6° N … 11° S, 95° … 141° E; a point elsewhere is still kept. */
const degrees = (limit: number) =>
  z.pipe(
    z.number().check(z.gte(-limit), z.lte(limit)),
    // A tenth of a metre; finer digits are noise of the receiver.
    z.transform((value: number) => Math.round(value * 1e6) / 1e6),
  );
export const point = z.strictObject({ lat: degrees(90), lon: degrees(180) });

/** A file that an operation answers. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const cursor = z.string().check(z.minLength(1), z.maxLength(1024));
export const pageSize = z.pipe(
  z.optional(z.string().check(z.regex(/^\d{1,3}$/))),
  z.transform((text, context) => {
    const size = text === undefined ? 25 : Number(text);
    if (size >= 1 && size <= 100) return size;
    context.issues.push({ code: 'custom', message: 'pageSize', input: text });
    return z.NEVER;
  }),
);
