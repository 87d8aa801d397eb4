import * as z from 'zod/mini';
import type { OutsideLink } from '../cases/outside.ts';
import type { Keys } from '../kernel/keys.ts';
import { instant } from '../kernel/schema.ts';
import { seal, unseal } from '../kernel/token.ts';

const bound = 'outside';
const sealed = z.object({ c: z.string(), b: z.string(), v: z.int(), e: instant });

export interface LinkToken extends OutsideLink {
  readonly code: string;
}

/** What the link of a body outside carries: case, body, version of the link, end. The same of the same, on every retry. */
export const linkToken = (keys: Keys, { code, body, version, until }: LinkToken): string =>
  seal(keys, 'token', { c: code, b: body, v: version, e: until } satisfies z.output<typeof sealed>, bound);

/** Undefined when it is none of ours. Whether it still opens anything is for the case to say. */
export const readLinkToken = (keys: Keys, text: string): LinkToken | undefined => {
  const { data } = sealed.safeParse(unseal(keys, 'token', text, bound));
  return data === undefined ? undefined : { code: data.c, body: data.b, version: data.v, until: data.e };
};
