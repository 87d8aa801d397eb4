import type { KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import type { Keys } from '../kernel/keys.ts';
import { words } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { contact } from '../people/contact.ts';
import { identityRef } from '../people/identity.ts';
import { openGroup, sealedGroup, sealGroup } from '../people/sealed.ts';

/** Who asks, as the law wants it known (UU 14/2008 article 22, Perki 1/2021): never anonymous, never public. */
export const requesterKinds = ['person', 'group', 'organisation'] as const;

const { phone, email } = contact.shape;

/** What a requester gives; a proxy shows a power of attorney as a file. */
export const requester = z.strictObject({
  kind: z._default(z.enum(requesterKinds), 'person'),
  name: words(2, 120),
  address: words(5, 300),
  phone,
  email,
  occupation: words(2, 80),
  /** What the information is for. */
  purpose: words(5, 1000),
  /** NIK, as the person gives it: 16 digits; only its shape is checked. */
  nik: z.optional(z.string().check(z.regex(/^\d{16}$/, 'nik'))),
  /** Deed or decision by which an organisation exists. */
  deed: z.optional(words(3, 120)),
  /** Who acts for the requester. */
  proxy: z.optional(z.strictObject({ name: words(2, 120), address: words(5, 300) })),
});
export type Requester = z.output<typeof requester>;

/** As it is sealed: every field text, the proxy's beside the own. */
const fieldsOf = ({ proxy, ...own }: Requester): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...own, proxyName: proxy?.name, proxyAddress: proxy?.address }).filter(
      (field): field is [string, string] => field[1] !== undefined,
    ),
  );

/** What of it is shown after a reveal, and stands in the registers. */
export const requesterShown = z.object({
  kind: z.enum(requesterKinds),
  name: z.string(),
  address: z.string(),
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
  occupation: z.string(),
  purpose: z.string(),
  nik: z.nullable(z.string()),
  deed: z.nullable(z.string()),
  proxy: z.nullable(z.object({ name: z.string(), address: z.string() })),
});
export type RequesterShown = z.output<typeof requesterShown>;

const shownFrom = (fields: Readonly<Record<string, string>>): RequesterShown => {
  const { kind, name = '', address = '', phone, email, occupation = '', purpose = '', nik, deed } = fields;
  const { proxyName, proxyAddress = '' } = fields;
  return {
    kind: requesterKinds.find((one) => one === kind) ?? 'person',
    ...{ name, address, occupation, purpose },
    phone: phone ?? null,
    email: email ?? null,
    nik: nik ?? null,
    deed: deed ?? null,
    proxy: proxyName === undefined ? null : { name: proxyName, address: proxyAddress },
  };
};

const item = z.object({ v: z.literal(1), answers: sealedGroup, at: z.string() });
const keyOf = (ref: string) => ({ pk: `I#${ref}`, sk: 'REQUESTER' });

export interface SealDeps {
  /** Table `identities`. */
  readonly table: Table;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keys: () => Promise<Keys>;
}

/** Seals who asks, once: a retry finds it there. Never reads or opens. @returns false when it was there already */
export const requesterWriter =
  ({ table, kms, keys, keyId }: SealDeps & { readonly keyId: string }) =>
  async (code: string, given: Requester, at: Instant): Promise<boolean> => {
    const ref = identityRef(await keys(), code);
    const { done } = await table.put(
      { ...keyOf(ref), v: 1, answers: await sealGroup({ kms, keyId }, ref, 'answers', fieldsOf(given)), at },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return done;
  };

/** Opens who asks; undefined where nobody completed it. Who may call this is decided by the function's rights. */
export const requesterReader =
  ({ table, kms, keys }: SealDeps) =>
  async (code: string): Promise<RequesterShown | undefined> => {
    const ref = identityRef(await keys(), code);
    const found = await table.get(keyOf(ref));
    if (found === undefined) return undefined;
    return shownFrom(await openGroup(kms, ref, 'answers', item.parse(found).answers));
  };
