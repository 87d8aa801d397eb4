import * as z from 'zod/mini';
import { positions } from '../city/positions.ts';
import { roles } from '../kernel/contract.ts';
import { instant, slug } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { delegationReader } from './delegations.ts';

export const staffRecord = z.object({
  v: z.literal(1),
  /** Random slug, never reused; the pseudonym that events carry. */
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  unit: slug,
  position: z.optional(z.enum(positions)),
  status: z.enum(['invited', 'active', 'revoked']),
  /** Addresses by channel; email is always there. */
  channels: z._default(z.object({ telegram: z.optional(z.string()), whatsapp: z.optional(z.string()) }), {}),
  /** The pool's account that the invitation made; absent where a foreign issuer keeps the accounts. */
  account: z.optional(z.object({ issuer: z.string(), subject: z.string() })),
  /** The single position that this person holds, as its key: `mayor`, `ppidPelaksana#<root unit>`. */
  seat: z.optional(z.string()),
  /** Counts changes; guards concurrent edits. */
  rev: z.int(),
  invitedBy: z.string(),
  invitedAt: instant,
  changedAt: instant,
});
export type StaffRecord = z.output<typeof staffRecord>;

/** What the unit index carries: enough to tell a unit's people without another read. */
export const staffRow = z.pick(staffRecord, {
  id: true,
  name: true,
  email: true,
  role: true,
  unit: true,
  position: true,
  status: true,
  channels: true,
});
export type StaffRow = z.output<typeof staffRow>;

export const staffKey = (id: string) => ({ pk: 'STAFF', sk: id });
/** A pool's subject bound to a staff record: immutable, so it may be kept for as long as the process lives. */
export const bindingKey = (issuer: string, subject: string) => ({
  pk: `SUB#${issuer}|${subject}`,
  sk: 'BIND',
});
/** One staff record per email address. */
export const emailKey = (emailHash: string) => ({ pk: `STAFFMAIL#${emailHash}`, sk: 'MAIL' });
/** Who holds a seat, or `null` after it was given up. */
export const seatKey = (seat: string) => ({ pk: `SEAT#${seat}`, sk: 'HOLDER' });

export const staffUnitIndex = (unit: string): string => `S#${unit}`;

export const staffItem = (record: StaffRecord) => ({
  ...staffKey(record.id),
  gsi2pk: staffUnitIndex(record.unit),
  gsi2sk: `${record.role}#${record.id}`,
  row: z.parse(staffRow, record),
  ...record,
});

/** A unit has few people; a larger one is cut here and says so by its length. */
const unitPeopleLimit = 200;

export type StaffReader = ReturnType<typeof staffReader>;

/** Reads staff; only the staff feature writes them. */
export const staffReader = (table: Table) => {
  const byId = async (id: string): Promise<StaffRecord | undefined> => {
    const item = await table.get(staffKey(id));
    return item === undefined ? undefined : staffRecord.parse(item);
  };

  /** The staff id bound to a sign-in, if any. */
  const bound = async (issuer: string, subject: string): Promise<string | undefined> => {
    const item = await table.get(bindingKey(issuer, subject));
    return typeof item?.['staffId'] === 'string' ? item['staffId'] : undefined;
  };

  /** Whether nobody holds a seat, such as the Sekda's (staff/rules.ts names them). */
  const isVacant = async (seat: string): Promise<boolean> => {
    const item = await table.get(seatKey(seat));
    return typeof item?.['staffId'] !== 'string';
  };

  /** People of exactly this unit who are not revoked. */
  const ofUnit = async (unit: string): Promise<readonly StaffRow[]> => {
    const page = await table.query({
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :unit',
      ExpressionAttributeNames: { '#row': 'row' },
      ProjectionExpression: '#row',
      values: { ':unit': staffUnitIndex(unit) },
      Limit: unitPeopleLimit,
    });
    return page.items.map((item) => staffRow.parse(item['row'])).filter((row) => row.status !== 'revoked');
  };

  return { byId, bound, isVacant, ofUnit, ...delegationReader(table) };
};
