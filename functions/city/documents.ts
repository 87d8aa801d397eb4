import * as z from 'zod/mini';

/** A host by name: `dukcapil.kemendagri.go.id`. */
const host = z.string().check(z.maxLength(100), z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'host'));

/**
 * How official documents come to a city: the kind `documents` of a pack, which may do without and then hands over files
 * alone.
 */
export const documents = z.strictObject({
  /** Where the ministry's civil registry hands over what it issued; hosts below them count too. */
  ministryHosts: z.array(host).check(z.maxLength(10)),
});
export type Documents = z.output<typeof documents>;

/** Of a city that set none. */
export const noDocuments: Documents = { ministryHosts: [] };
