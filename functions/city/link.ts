import * as z from 'zod/mini';

/** A public page: https, a host by name, no user, no port of its own, no fragment. */
export const link = z.string().check(
  z.maxLength(500),
  z.regex(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,24}([/?][!-~]*)?$/, 'link'),
  z.refine((text) => !/[#@\\"<>]/.test(text), 'link'),
);
