import { beforeAll, describe, expect, test } from 'vitest';
import { contracts } from '../../functions/contracts.ts';
import { type Operation, roles } from '../../functions/kernel/contract.ts';
import { everybody, runningCity, type Seeded } from './city.ts';

const city = runningCity();

const operations = contracts.flatMap(({ operations: all }) =>
  Object.entries(all).map(([id, operation]) => [id, operation as Operation] as const),
);

/** A path with something in every place; nothing behind it exists. */
const pathOf = (o: Operation): string =>
  o.path
    .replaceAll('{code}', '22222222Y')
    .replaceAll('{kind}', 'routing')
    .replaceAll('{version}', '999')
    .replaceAll(/\{[^}]+\}/g, 'nothing');

let people: readonly Seeded[] = [];
beforeAll(async () => {
  people = await everybody(city());
});

const personWith = (role: string): string => {
  const person = people.find((p) => p.role === role);
  if (person === undefined) throw new Error(`nobody is seeded as ${role}`);
  return person.slug;
};

const send = (o: Operation, headers: Record<string, string>, as?: string) =>
  city().ask(o.method, pathOf(o), {
    headers,
    ...(as === undefined ? {} : { as }),
    ...(o.body === undefined ? {} : { body: {} }),
    ...(o.ifMatch === true ? { ifMatch: 1 } : {}),
  });

const forged =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZG1pbiIsImlzcyI6Imh0dHBzOi8vZXhhbXBsZSJ9.c2lnbmF0dXJl';

describe('the authorization matrix, from the contracts', () => {
  test('every role is seeded, so that every role is tried', () => {
    expect(roles.filter((role) => !people.some((p) => p.role === role))).toEqual([]);
  });

  describe.each(operations)('%s', (_, operation) => {
    const { who } = operation;

    if (who.kind === 'staff' || who.kind === 'citizen') {
      test.each([
        ['no token', {}],
        ['a forged token', { authorization: `Bearer ${forged}` }],
        ['something else', { authorization: 'Basic YTpi' }],
      ])('%s gets the gateway’s own 401', async (_name, headers) => {
        const { status, text } = await send(operation, headers);
        expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
      });

      test('an expired token gets the gateway’s own 401', async () => {
        const { local } = city();
        const token = await local.token(who.kind === 'staff' ? 'koordinator' : 'warga-1', -60);
        expect((await send(operation, { authorization: `Bearer ${token}` })).status).toBe(401);
      });

      test('a token of the other pool gets the gateway’s own 401', async () => {
        expect((await send(operation, {}, who.kind === 'staff' ? 'warga-1' : 'koordinator')).status).toBe(
          401,
        );
      });
    } else {
      test('is open without a token', async () => {
        const { status, text } = await send(operation, {});
        expect(text).not.toBe('{"message":"Unauthorized"}');
        if (who.kind === 'case') expect(status).toBe(401);
      });
    }

    if (who.kind === 'staff') {
      test.each(roles)('%s', async (role) => {
        const { status, body } = await send(operation, {}, personWith(role));
        const refusedByRole = status === 403 && body['code'] === 'forbidden';
        if (who.roles.includes(role)) expect(status).not.toBe(401);
        else expect(refusedByRole).toBe(true);
        expect(status).toBeLessThan(500);
      });
    }
  });
});
