import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { smallCity } from '../../test/small-city.ts';
import { type Operation, staff } from '../kernel/contract.ts';
import { signedIn, staffActor, staffFreshFor } from './actors.ts';
import type { Standing } from './delegations.ts';
import type { StaffReader, StaffRecord } from './staff.ts';

const city = smallCity();
const operation: Operation = {
  method: 'GET',
  path: '/v1/x',
  who: staff('liaison'),
  summary: { id: '-', en: '-' },
  status: 204,
  errors: [],
};
const event = (claims: Record<string, string>) =>
  ({ requestContext: { authorizer: { jwt: { claims } } } }) as unknown as APIGatewayProxyEventV2;
const rina = event({ iss: 'https://pool.example', sub: 's1' });

const record: StaffRecord = {
  v: 1,
  id: 'p1',
  name: 'Rina',
  email: 'rina@kota.go.id',
  role: 'liaison',
  unit: 'pupr',
  status: 'active',
  channels: {},
  rev: 1,
  invitedBy: 'x',
  invitedAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
};

const world = () => {
  const state = { now: 0, record, reads: 0, standings: [] as readonly Standing[] };
  const reader: Pick<StaffReader, 'byId' | 'bound' | 'standingsOf'> = {
    byId: async () => {
      state.reads += 1;
      return state.record;
    },
    bound: async (_, subject) => (subject === 's1' ? 'p1' : undefined),
    standingsOf: async () => state.standings,
  };
  const instance = () => staffActor({ staff: reader, city: async () => city, clock: () => state.now });
  const asks = (resolve: ReturnType<typeof instance>, from = rina) =>
    resolve(from, operation).then(
      (actor) => actor.id,
      (e: { code: string }) => e.code,
    );
  return { state, instance, asks };
};

it('a revoked officer is out on every instance within 60 seconds, whenever each read the record', async () => {
  const { state, instance, asks } = world();
  const [a, b] = [instance(), instance()];
  expect(await asks(a)).toBe('p1');
  state.now = 30_000;
  expect(await asks(b)).toBe('p1');
  state.record = { ...record, status: 'revoked' };
  const revokedAt = state.now;
  for (state.now = revokedAt; state.now < revokedAt + staffFreshFor; state.now += 5_000) {
    await Promise.all([asks(a), asks(b)]);
  }
  state.now = revokedAt + staffFreshFor;
  expect(await Promise.all([asks(a), asks(b)])).toEqual(['notStaff', 'notStaff']);
});

it('within a minute a person is read once, and a changed role holds after it', async () => {
  const { state, instance, asks } = world();
  const resolve = instance();
  await asks(resolve);
  state.now = 59_999;
  await asks(resolve);
  expect(state.reads).toBe(1);
  state.record = { ...record, role: 'officer' };
  state.now = 60_000;
  expect(await asks(resolve)).toBe('forbidden');
});

it('a clock that moved backwards makes the copy old', async () => {
  const { state, instance, asks } = world();
  const resolve = instance();
  state.now = 90_000;
  await asks(resolve);
  state.record = { ...record, status: 'revoked' };
  state.now = 0;
  expect(await asks(resolve)).toBe('notStaff');
});

it('a sign-in that nobody is bound to is told how to bind', async () => {
  const { instance } = world();
  await expect(
    instance()(event({ iss: 'https://pool.example', sub: 's2' }), operation),
  ).rejects.toMatchObject({
    code: 'notStaff',
    extra: { bind: 'POST /v1/me/bind' },
  });
});

it.each([
  [{ email: 'a@b.id', email_verified: 'true' }, 'a@b.id'],
  [{ email: 'a@b.id', email_verified: 'false' }, undefined],
  [{ email: 'a@b.id' }, undefined],
  [{ email_verified: 'true' }, undefined],
])('an address counts only when its issuer verified it: %j', async (claims, expected) => {
  const from = event({ iss: 'https://pool.example', sub: 's1', ...claims } as Record<string, string>);
  expect((await signedIn(from)).verifiedEmail).toBe(expected);
});

it('stands in for a colleague of the same unit within the days, on every read, and not a moment longer', async () => {
  const { state, instance } = world();
  const start = Date.parse('2026-11-23T17:00:00Z');
  const days = { fromAt: '2026-11-23T17:00:00Z', untilAt: '2026-11-24T17:00:00Z' };
  state.standings = [
    { id: '1', absent: 'budi', unit: 'pupr', ...days },
    { id: '2', absent: 'from-another-unit', unit: 'kominfo', ...days },
  ];
  const resolve = instance();
  const standsFor = async (now: number) => {
    state.now = now;
    return [...((await resolve(rina, operation)).standsFor ?? [])];
  };
  expect(await standsFor(start - 1000)).toEqual([]);
  expect(await standsFor(start)).toEqual(['budi']);
  expect(await standsFor(start + 86_399_000)).toEqual(['budi']);
  expect(await standsFor(start + 86_400_000)).toEqual([]);
});
