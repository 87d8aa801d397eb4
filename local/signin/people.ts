import type { User, Users } from '../services/cognito.ts';
import { CannotStart } from '../template/model.ts';
import type { Pool, Tokens } from './tokens.ts';

/** Somebody who can sign in here. */
export interface Person {
  /** What `npm run token -- <slug>` takes: the address up to its `@`. */
  readonly slug: string;
  readonly pool: Pool;
  readonly user: User;
}

export interface People {
  readonly list: () => readonly Person[];
  /** By slug, user name, `sub` or address. */
  readonly find: (who: string) => Person | undefined;
  /** A bearer token of a person by the moved clock; throws for somebody who is not there or may not sign in. */
  readonly token: (who: string, lifetime?: number) => Promise<string>;
}

/** Citizens who are there from the first start; everybody else is seeded or invited. */
const citizens = [
  ['warga-1', 'Yusniar'],
  ['warga-2', 'Syafrizal'],
  ['warga-3', 'Gusmawati'],
] as const;

export const slugOf = (user: User): string => (user.attributes['email'] ?? user.username).replace(/@.*$/, '');

export const openPeople = (tokens: Tokens, users: Users, now: () => number): People => {
  const pool = tokens.pools.find((p) => p.short.startsWith('citizen'));
  if (pool !== undefined)
    for (const [slug, name] of citizens) {
      const email = `${slug}@warga.example`;
      if (users.find(pool.id, email) === undefined)
        users.create(pool.id, email, { email, email_verified: 'true', name });
    }
  const list = (): Person[] =>
    tokens.pools.flatMap((p) => users.list(p.id).map((user) => ({ slug: slugOf(user), pool: p, user })));
  const find = (who: string): Person | undefined =>
    list().find(
      ({ slug, user }) =>
        slug === who || user.username === who || user.sub === who || user.attributes['email'] === who,
    );
  return {
    list,
    find,
    token: async (who, lifetime) => {
      const person = find(who);
      if (person === undefined)
        throw new CannotStart(`Tidak ada orang bernama ${who} di sini · nobody here is called ${who}`);
      if (!person.user.enabled) throw new CannotStart(`${who} tidak boleh masuk · ${who} may not sign in`);
      return tokens.mint(person.pool, person.user, now(), lifetime);
    },
  };
};
