import * as z from 'zod/mini';
import { whenContended } from '../kernel/contention.ts';
import type { Role } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';
import type { Table, TransactPart } from '../kernel/table.ts';
import {
  bindingKey,
  emailKey,
  type StaffRecord,
  type StaffRow,
  seatKey,
  staffItem,
  staffKey,
  staffReader,
  staffRecord,
  staffRow,
  staffUnitIndex,
} from '../people/staff.ts';

const snapshot = z.pick(staffRecord, {
  name: true,
  email: true,
  role: true,
  unit: true,
  position: true,
  status: true,
  channels: true,
});
export type Snapshot = z.output<typeof snapshot>;

/** One change of one person; its number is the `rev` that it led to, so that none is missing and none stands twice. */
export const staffAudit = z.object({
  v: z.literal(1),
  id: z.string(),
  rev: z.int(),
  what: z.enum(['invited', 'changed', 'revoked', 'bound']),
  actor: z.string(),
  reason: z.string(),
  at: instant,
  before: z.nullable(snapshot),
  after: snapshot,
  /** Keyed hash of the invitation: tells a retry from a reused key. */
  fingerprint: z.optional(z.string()),
});
export type StaffAudit = z.output<typeof staffAudit>;

export const snapshotOf = (record: StaffRecord): Snapshot => z.parse(snapshot, record);

const auditKey = (id: string, rev: number) => ({
  pk: `STAFF#${id}`,
  sk: `AUDIT#${String(rev).padStart(6, '0')}`,
});
const holder = z.object({ staffId: z.nullable(z.string()) });

/** What stood in the way of a write. */
export type Blocked = 'actor' | 'record' | 'audit' | 'mail' | 'binding' | 'seat';

export interface Binding {
  readonly issuer: string;
  readonly subject: string;
}

export interface StaffWrite {
  readonly record: StaffRecord;
  readonly audit: StaffAudit;
  /** The record as it was read; absent for a new person. */
  readonly before?: StaffRecord;
  /** Who acts on somebody else: has to hold the role still, in this very write. */
  readonly by?: { readonly id: string; readonly role: Role };
  /** Claims the address; `from` is the revoked person who had it. */
  readonly mail?: { readonly hash: string; readonly from: string | undefined };
  readonly bind?: Binding;
}

interface Part {
  readonly what: Blocked;
  readonly part: TransactPart;
}

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/**
 * Keeps the last coordinator and the last inspector: whoever takes one away is another one, at the moment of the
 * write.
 */
const stillHolds = ({ id, role }: NonNullable<StaffWrite['by']>): Part => ({
  what: 'actor',
  part: {
    check: {
      key: staffKey(id),
      ConditionExpression: '#role = :role AND #status <> :revoked',
      ExpressionAttributeNames: { '#role': 'role', '#status': 'status' },
      values: { ':role': role, ':revoked': 'revoked' },
    },
  },
});

const recordPart = ({ record, before }: StaffWrite): Part => ({
  what: 'record',
  part: {
    put: {
      item: staffItem(record),
      ...(before === undefined
        ? isNew
        : {
            ConditionExpression: '#rev = :seen',
            ExpressionAttributeNames: { '#rev': 'rev' },
            values: { ':seen': before.rev },
          }),
    },
  },
});

const seatParts = ({ record, before }: StaffWrite): readonly Part[] => {
  if (record.seat === before?.seat) return [];
  const move = (seat: string, staffId: string | null, ConditionExpression: string): Part => ({
    what: 'seat',
    part: {
      put: {
        item: { ...seatKey(seat), v: 1, staffId },
        ConditionExpression,
        values: { ':id': record.id, ...(staffId === null ? {} : { ':nobody': null }) },
      },
    },
  });
  return [
    ...(before?.seat === undefined ? [] : [move(before.seat, null, 'staffId = :id')]),
    ...(record.seat === undefined
      ? []
      : [move(record.seat, record.id, 'attribute_not_exists(pk) OR staffId = :nobody OR staffId = :id')]),
  ];
};

const mailPart = (id: string, { hash, from }: NonNullable<StaffWrite['mail']>): Part => ({
  what: 'mail',
  part: {
    put: {
      item: { ...emailKey(hash), v: 1, staffId: id },
      ...(from === undefined ? isNew : { ConditionExpression: 'staffId = :from', values: { ':from': from } }),
    },
  },
});

const partsOf = (write: StaffWrite): readonly Part[] => [
  ...(write.by === undefined ? [] : [stillHolds(write.by)]),
  recordPart(write),
  {
    what: 'audit',
    part: { put: { item: { ...auditKey(write.audit.id, write.audit.rev), ...write.audit }, ...isNew } },
  },
  ...(write.mail === undefined ? [] : [mailPart(write.record.id, write.mail)]),
  ...(write.bind === undefined
    ? []
    : [
        {
          what: 'binding' as const,
          part: {
            put: {
              item: { ...bindingKey(write.bind.issuer, write.bind.subject), v: 1, staffId: write.record.id },
              ...isNew,
            },
          },
        },
      ]),
  ...seatParts(write),
];

export type StaffStore = ReturnType<typeof staffStore>;

/** The only writer of staff, their sign-ins, addresses, seats and audit. */
export const staffStore = (table: Table) => {
  const { byId, bound } = staffReader(table);

  /** Everything of one change together or not at all; answers what stood in the way. */
  const write = async (change: StaffWrite): Promise<readonly Blocked[]> => {
    const parts = partsOf(change);
    const written = await whenContended(() => table.transact(parts.map(({ part }) => part)));
    return written.done ? [] : written.failed.flatMap((i) => parts[i]?.what ?? []);
  };

  const heldBy = async (key: { readonly pk: string; readonly sk: string }): Promise<string | undefined> => {
    const item = await table.get(key);
    return item === undefined ? undefined : (holder.parse(item).staffId ?? undefined);
  };
  const mailHolder = (hash: string) => heldBy(emailKey(hash));
  const seatHolder = (seat: string) => heldBy(seatKey(seat));

  const audit = async (id: string, rev: number): Promise<StaffAudit | undefined> => {
    const item = await table.get(auditKey(id, rev));
    return item === undefined ? undefined : staffAudit.parse(item);
  };

  /** Changes of one person, newest first, below `before`. */
  const audits = async (id: string, before: number | undefined, limit: number) => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      values: {
        ':pk': auditKey(id, 0).pk,
        ':first': auditKey(id, 1).sk,
        ':last': auditKey(id, before === undefined ? 999_999 : before - 1).sk,
      },
      ScanIndexForward: false,
      Limit: limit,
    });
    return { changes: page.items.map((item) => staffAudit.parse(item)), more: page.last !== undefined };
  };

  /** All staff in the order of their ids. */
  const list = async (after: string | undefined, limit: number) => {
    const page = await table.query({
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      values: { ':pk': staffKey('').pk, ...(after === undefined ? {} : { ':after': after }) },
      Limit: limit,
    });
    return { rows: page.items.map((item) => z.parse(staffRow, item)), more: page.last !== undefined };
  };

  /** People of exactly this unit, revoked ones too, by role. */
  const listUnit = async (unit: string, after: string | undefined, limit: number) => {
    const page = await table.query({
      IndexName: 'gsi2',
      KeyConditionExpression: after === undefined ? 'gsi2pk = :unit' : 'gsi2pk = :unit AND gsi2sk > :after',
      values: { ':unit': staffUnitIndex(unit), ...(after === undefined ? {} : { ':after': after }) },
      Limit: limit,
    });
    const rows: StaffRow[] = page.items.map((item) => staffRow.parse(item['row']));
    const last = page.items.at(-1)?.['gsi2sk'];
    return { rows, more: page.last !== undefined, last: typeof last === 'string' ? last : undefined };
  };

  return { byId, bound, write, mailHolder, seatHolder, audit, audits, list, listUnit };
};
