import { createHash } from 'node:crypto';

/**
 * Identity of a step that the city takes by itself: the same whoever takes it and whenever, so that it is taken once.
 * Needs no key, since people's command ids are keyed hashes, which nobody can choose to be this one.
 * @param of what makes the step this one
 * @returns 22 characters, 128 bits
 */
export const ownStepId = (...of: readonly string[]): string =>
  createHash('sha256').update(of.join('\u0000')).digest().subarray(0, 16).toString('base64url');
