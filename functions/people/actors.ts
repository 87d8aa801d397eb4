import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { CitizenActor, StaffActor } from '../cases/actor.ts';
import { areasOf, branchOf, rootOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import type { Operation } from '../kernel/contract.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { fromSeconds, type Instant } from '../kernel/time.ts';
import { readCaseToken } from '../kernel/token.ts';
import { isNow, type Standing } from './delegations.ts';
import type { StaffReader, StaffRecord } from './staff.ts';

/** A revoked officer is out on every instance within this many milliseconds. */
export const staffFreshFor = 60_000;
/** Staff records kept at once; a city has a few hundred. */
const keptRecords = 2000;

interface Claims {
  readonly issuer: string;
  readonly subject: string;
}

/** What the gateway's authorizer proved. Identity comes from nowhere else. */
const provedOf = (event: APIGatewayProxyEventV2): Readonly<Record<string, unknown>> | undefined => {
  const { authorizer } = event.requestContext as {
    authorizer?: { jwt?: { claims?: Record<string, unknown> } };
  };
  return authorizer?.jwt?.claims;
};

const claimsOf = (event: APIGatewayProxyEventV2): Claims => {
  const claims = provedOf(event);
  const issuer = claims?.['iss'];
  const subject = claims?.['sub'];
  if (typeof issuer !== 'string' || typeof subject !== 'string')
    throw new Error('no claims behind an authorizer');
  return { issuer, subject };
};

export const citizenActor =
  (keys: () => Promise<Keys>) =>
  async (event: APIGatewayProxyEventV2): Promise<CitizenActor> => {
    const { issuer, subject } = claimsOf(event);
    return {
      kind: 'citizen',
      id: keyedHash((await keys()).first('reporter'), issuer, subject),
      scope: `${issuer}|${subject}`,
    };
  };

/** A case token in `Authorization: Bearer`: code and PIN version that it opens. */
export const caseActor =
  (keys: () => Promise<Keys>, nowSeconds: () => number) =>
  async (event: APIGatewayProxyEventV2): Promise<{ readonly code: string; readonly pinVersion: number }> => {
    const token = /^Bearer (\S{1,600})$/.exec(event.headers['authorization'] ?? '')?.[1];
    const read = token === undefined ? undefined : readCaseToken(await keys(), token, nowSeconds());
    if (read === undefined) throw problem('caseTokenInvalid');
    return read;
  };

/** Somebody with a token of the staff's issuer who need not be staff yet. */
export interface SignedIn {
  readonly kind: 'signedIn';
  readonly issuer: string;
  readonly subject: string;
  /** Only when the issuer says that it checked the address. Claims arrive as text. */
  readonly verifiedEmail: string | undefined;
}

export const signedIn = async (event: APIGatewayProxyEventV2): Promise<SignedIn> => {
  const claims = provedOf(event);
  const email = claims?.['email'];
  const verified = typeof email === 'string' && claims?.['email_verified'] === 'true';
  return { kind: 'signedIn', ...claimsOf(event), verifiedEmail: verified ? email : undefined };
};

interface Known {
  readonly record: StaffRecord | undefined;
  readonly standings: readonly Standing[];
}
const nobody: Known = { record: undefined, standings: [] };

export interface StaffActorDeps {
  readonly staff: Pick<StaffReader, 'bound' | 'byId' | 'standingsOf'>;
  readonly city: () => Promise<City>;
  readonly clock?: () => number;
}

/**
 * Who a staff token is now: the binding is kept for good, the record for at most a minute.
 * @throws Problem notStaff when nobody or a revoked person stands behind the token; forbidden for another role
 */
export const staffActor = ({ staff, city, clock = Date.now }: StaffActorDeps) => {
  const bindings = new Map<string, string>();
  const records = new Map<string, Known & { readonly at: number }>();

  const recordOf = async (claims: Claims): Promise<Known> => {
    const name = `${claims.issuer}|${claims.subject}`;
    const id = bindings.get(name) ?? (await staff.bound(claims.issuer, claims.subject));
    if (id === undefined) return nobody;
    if (bindings.size >= keptRecords) bindings.clear();
    bindings.set(name, id);
    const now = clock();
    const kept = records.get(id);
    if (kept !== undefined && now >= kept.at && now - kept.at < staffFreshFor) return kept;
    const [record, standings] = await Promise.all([staff.byId(id), staff.standingsOf(id)]);
    if (records.size >= keptRecords) records.clear();
    records.set(id, { record, standings, at: now });
    return { record, standings };
  };

  return async (event: APIGatewayProxyEventV2, operation: Operation): Promise<StaffActor> => {
    const [{ record, standings }, live] = await Promise.all([recordOf(claimsOf(event)), city()]);
    // A sign-in that nobody is bound to may be an invited person's first one.
    if (record === undefined) throw problem('notStaff', { extra: { bind: 'POST /v1/me/bind' } });
    if (record.status === 'revoked') throw problem('notStaff');
    const { who } = operation;
    if (who.kind !== 'staff' || !who.roles.includes(record.role)) throw problem('forbidden');
    return staffActorOf(
      record,
      live,
      standingNow(record, standings, fromSeconds(Math.floor(clock() / 1000))),
    );
  };
};

/** Absent colleagues of the same unit for whom this one acts at this moment. */
const standingNow = (
  { unit }: Pick<StaffRecord, 'unit'>,
  standings: readonly Standing[],
  now: Instant,
): ReadonlySet<string> =>
  new Set(standings.flatMap((one) => (one.unit === unit && isNow(one, now) ? [one.absent] : [])));

/**
 * A record's rights in the city as it is now.
 * @param standsFor colleagues whose assigned cases this one acts on today
 */
export const staffActorOf = (
  record: Pick<StaffRecord, 'id' | 'name' | 'role' | 'unit' | 'position'>,
  city: City,
  standsFor: ReadonlySet<string> = new Set(),
): StaffActor => {
  const units = branchOf(city, record.unit);
  return {
    kind: 'staff',
    id: record.id,
    name: record.name,
    role: record.role,
    unit: record.unit,
    root: rootOf(city, record.unit),
    units,
    areas: areasOf(city, units),
    ...(record.position === undefined ? {} : { position: record.position }),
    ...(standsFor.size === 0 ? {} : { standsFor }),
  };
};
