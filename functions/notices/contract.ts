import * as z from 'zod/mini';
import { receiptStates } from '../events/receipts.ts';
import { codePattern } from '../kernel/code.ts';
import { contract, roles, staff } from '../kernel/contract.ts';
import { cursor, instant, pageSize, slug } from '../kernel/schema.ts';

const named = z.object({ id: z.string(), name: z.string() });
const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));

export const protocols = ['email', 'sqs', 'https'] as const;

const wanted = {
  protocol: z.enum(protocols),
  /** An address, an ARN of a queue or an HTTPS URL; the receiver has to confirm email and HTTPS. */
  endpoint: z.string(),
  /** Only cases that these units have or had, their own tops included; empty for all. */
  units: z.array(z.string()),
  kinds: z.array(z.string()),
};

const subscription = z.object({
  id: z.string(),
  ...wanted,
  by: z.string(),
  at: instant,
  /** `pending`: not confirmed yet · `gone`: the receiver unsubscribed, or never confirmed. */
  state: z.enum(['pending', 'confirmed', 'gone']),
});

const keeping = staff('coordinator');

const caseCode = z.strictObject({ code: z.string().check(z.regex(codePattern)) });

const reached = z.object({
  /** About the newest event that concerns the reporter. `underWay`: something waits or was sent, and nothing proves yet that it arrived. */
  state: z.enum(['reached', 'underWay', 'notReached']),
  /** The newest event that the reporter was reached about; 0 for none. */
  upTo: z.int(),
  /** When they last opened the private view. */
  openedAt: z.nullable(instant),
  /** Newest first, at most 50. Never an address. */
  notices: z.array(
    z.object({
      seq: z.int(),
      event: z.string(),
      channel: z.string(),
      state: z.enum(receiptStates),
      at: instant,
      /** Held back until then: quiet hours, or a channel that was down. */
      notBefore: z.nullable(instant),
      deliveredAt: z.nullable(instant),
      /** Counts as delivered. */
      proves: z.boolean(),
      /** Staff id of who handed it over. */
      by: z.nullable(z.string()),
    }),
  ),
});

export const notices = contract({
  feature: 'notices',
  operations: {
    unreachableUnits: {
      method: 'GET',
      path: '/v1/notices/unreachable',
      // A secret report's unit is listed for inspectors only.
      who: staff('coordinator', 'inspector'),
      summary: {
        id: 'Unit yang tidak seorang pun dapat diberi tahu',
        en: 'Units in which nobody can be told',
      },
      status: 200,
      response: z.object({
        units: z.array(
          z.object({
            unit: named,
            since: instant,
            /** The latest notice that reached nobody. */
            at: instant,
            /** `nobody`: no staff in the unit or above it · `failed`: every address was refused. */
            reason: z.enum(['nobody', 'failed']),
            /** Staff in the unit now; told at night, or by `npm run redrive`. */
            people: z.int(),
          }),
        ),
        /** The list was cut. */
        more: z.boolean(),
      }),
      errors: [],
    },
    caseReceipts: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/receipts',
      who: staff(),
      summary: { id: 'Siapa yang diberi tahu tentang laporan ini', en: 'Who was told about this report' },
      params: z.strictObject({ code: z.string().check(z.regex(codePattern)) }),
      query: z.strictObject({ cursor: z.optional(cursor), size: pageSize }),
      status: 200,
      response: z.object({
        receipts: z.array(
          z.object({
            /** The event that it tells. */
            seq: z.int(),
            event: z.string(),
            recipient: z.object({
              id: z.string(),
              name: z.nullable(z.string()),
              role: z.nullable(z.enum(roles)),
              unit: z.string(),
            }),
            /** As what they were told: `unit`, `assignee`, `coordinators`, `validators`, `formerUnit`. */
            via: z.string(),
            channel: z.string(),
            /** `uncertain`: its sender ended without a word; it is sent again. */
            state: z.enum([...receiptStates, 'uncertain']),
            at: instant,
            /** An earlier try may have arrived too. */
            maybeTwice: z.boolean(),
            tries: z.int(),
            reason: z.nullable(z.string()),
          }),
        ),
        next: z.nullable(z.string()),
      }),
      errors: ['notFound', 'badCursor'],
    },
    reporterReached: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/reached',
      who: staff(),
      summary: { id: 'Apakah pelapor sudah menerima kabar', en: 'Whether the reporter was reached' },
      params: caseCode,
      status: 200,
      response: reached,
      errors: ['notFound'],
    },
    recordHandover: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/handovers',
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead', 'inspector'),
      summary: {
        id: 'Catat bahwa pelapor sudah diberi tahu langsung',
        en: 'Record that the reporter was told in person',
      },
      params: caseCode,
      body: z.strictObject({ how: z.enum(['inPerson', 'phone', 'letter']) }),
      ifMatch: true,
      status: 200,
      response: reached,
      errors: ['notFound', 'ifMatchMissing', 'staleVersion'],
    },
    listSubscriptions: {
      method: 'GET',
      path: '/v1/subscriptions',
      who: keeping,
      summary: {
        id: 'Langganan kabar laporan untuk sistem lain',
        en: 'Subscriptions of other systems to case events',
      },
      status: 200,
      response: z.object({ subscriptions: z.array(subscription) }),
      errors: [],
    },
    addSubscription: {
      method: 'POST',
      path: '/v1/subscriptions',
      who: keeping,
      summary: {
        id: 'Tambah langganan: sekurangnya sekali, tanpa urutan, tanpa laporan rahasia',
        en: 'Add a subscription: at least once, unordered, never secret reports',
      },
      body: z.strictObject({
        protocol: wanted.protocol,
        endpoint: z.string().check(z.trim(), z.minLength(3), z.maxLength(2000)),
        units: z._default(z.array(slug).check(z.maxLength(20)), []),
        kinds: z._default(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(5)), []),
      }),
      idempotent: true,
      status: 201,
      response: subscription,
      errors: ['unknownUnit', 'endpointRefused', 'alreadySubscribed', 'tooManySubscriptions', 'keyReused'],
    },
    removeSubscription: {
      method: 'DELETE',
      path: '/v1/subscriptions/{id}',
      who: keeping,
      summary: { id: 'Hapus langganan', en: 'Remove a subscription' },
      params: z.strictObject({ id }),
      status: 204,
      errors: ['notFound', 'subscriptionPending'],
    },
  },
});
