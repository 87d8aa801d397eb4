import { readCode, trackingCode } from '../kernel/code.ts';

/** Another command's number is passed over at most this often; with 2⁴⁰ of them even a second try is rare. */
const attempts = 8;

/**
 * The numbers that a document may get, in order: `dukcapil-2026-7K2M9QXAB`, whose last symbol checks the eight before
 * it. Random to whoever does not know the key, so that nobody reads by it how much a unit issues or tries the next one.
 * @param year of issue in the city's zone
 */
export function* numbersFor(
  key: Buffer,
  unit: string,
  year: string,
  commandId: string,
): Generator<string, void> {
  for (let attempt = 0; attempt < attempts; attempt += 1)
    yield `${unit}-${year}-${trackingCode(key, `issued|${commandId}`, attempt)}`;
}

/** Reads a number as people type it: any case, with blanks. Undefined when mistyped. */
export const readNumber = (typed: string): string | undefined => {
  const [, unit = '', year = '', symbols = ''] =
    /^([a-z0-9]+(?:-[a-z0-9]+){0,7})-(\d{4})-([a-z0-9]{9})$/i.exec(typed.replace(/\s/g, '')) ?? [];
  const code = readCode(symbols);
  return code === undefined ? undefined : `${unit.toLowerCase()}-${year}-${code}`;
};
