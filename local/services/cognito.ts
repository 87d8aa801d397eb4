import { randomUUID } from 'node:crypto';
import type { State } from '../state.ts';
import type { Loaded } from '../template/load.ts';
import { type Input, type Operations, ServiceError } from './protocol.ts';

export interface User {
  readonly username: string;
  readonly sub: string;
  readonly enabled: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The people of each pool; who signs in is one of them. */
export interface Users {
  readonly list: (poolId: string) => readonly User[];
  /** By user name, `sub` or email address. */
  readonly find: (poolId: string, name: string) => User | undefined;
  readonly create: (poolId: string, username: string, attributes: Readonly<Record<string, string>>) => User;
}

interface Pair {
  readonly Name: string;
  readonly Value: string;
}

const pairs = (value: unknown): readonly Pair[] => (Array.isArray(value) ? (value as Pair[]) : []);

const shown = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.createdAt / 1000,
  Enabled: user.enabled,
  UserStatus: 'CONFIRMED',
});

const attributesOf = (user: User): Pair[] =>
  Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value }));

const spaceOf = (poolId: string): string => `users:${poolId}`;

export const openUsers = (state: State, now: () => number): Users => {
  const list = (poolId: string): User[] => state.list(spaceOf(poolId)).map(({ value }) => value as User);
  const find = (poolId: string, name: string): User | undefined =>
    (state.get(spaceOf(poolId), name) as User | undefined) ??
    list(poolId).find((u) => u.sub === name || u.attributes['email']?.toLowerCase() === name.toLowerCase());
  return {
    list,
    find,
    create: (poolId, username, attributes) => {
      const email = attributes['email'];
      if (find(poolId, username) !== undefined || (email !== undefined && find(poolId, email) !== undefined))
        throw new ServiceError('UsernameExistsException', 'User account already exists');
      const sub = randomUUID();
      // A pool whose people sign in by address keeps its own name for them, as Cognito does.
      const name = username.includes('@') ? sub : username;
      const user: User = {
        username: name,
        sub,
        enabled: true,
        attributes: { ...(username.includes('@') ? { email: username } : {}), ...attributes },
        createdAt: now(),
      };
      state.set(spaceOf(poolId), name, user);
      return user;
    },
  };
};

/** The administrator's calls that the functions make; users are kept in the state. */
export const cognito = (
  pools: readonly Loaded<'AWS::Cognito::UserPool'>[],
  users: Users,
  state: State,
): Operations => {
  const poolOf = (input: Input): string => {
    const id = input.text('UserPoolId');
    if (!pools.some((p) => p.ref === id))
      throw new ServiceError('ResourceNotFoundException', `User pool ${id} does not exist.`);
    return id;
  };
  const userOf = (input: Input): { pool: string; user: User } => {
    const pool = poolOf(input);
    const user = users.find(pool, input.text('Username'));
    if (user === undefined) throw new ServiceError('UserNotFoundException', 'User does not exist.');
    return { pool, user };
  };
  const change = (input: Input, next: (user: User) => User): Record<string, never> => {
    const { pool, user } = userOf(input);
    state.set(spaceOf(pool), user.username, next(user));
    return {};
  };
  return {
    AdminCreateUser: (input) => {
      const given = Object.fromEntries(pairs(input.value('UserAttributes')).map((a) => [a.Name, a.Value]));
      const user = users.create(poolOf(input), input.text('Username'), given);
      return {
        User: { ...shown(user), UserStatus: 'FORCE_CHANGE_PASSWORD', Attributes: attributesOf(user) },
      };
    },
    AdminGetUser: (input) => {
      const { user } = userOf(input);
      return { ...shown(user), UserAttributes: attributesOf(user) };
    },
    AdminDisableUser: (input) => change(input, (user) => ({ ...user, enabled: false })),
    AdminEnableUser: (input) => change(input, (user) => ({ ...user, enabled: true })),
    AdminUserGlobalSignOut: (input) => change(input, (user) => user),
    AdminUpdateUserAttributes: (input) =>
      change(input, (user) => ({
        ...user,
        attributes: {
          ...user.attributes,
          ...Object.fromEntries(pairs(input.value('UserAttributes')).map((a) => [a.Name, a.Value])),
        },
      })),
    AdminDeleteUser: (input) => {
      const { pool, user } = userOf(input);
      state.remove(spaceOf(pool), user.username);
      return {};
    },
    ListUsers: (input) => {
      const pool = poolOf(input);
      const filter = /^\s*(\w+)\s*(\^?=)\s*"(.*)"\s*$/.exec(input.optional('Filter') ?? '');
      const fits = (user: User): boolean => {
        if (filter === null) return true;
        const [, name = '', operator, wanted = ''] = filter;
        const has =
          name === 'sub' ? user.sub : name === 'username' ? user.username : (user.attributes[name] ?? '');
        return operator === '=' ? has === wanted : has.startsWith(wanted);
      };
      const all = users.list(pool).filter(fits);
      const from = Number(input.optional('PaginationToken') ?? 0);
      const limit = Number(input.optional('Limit') ?? 60);
      return {
        Users: all.slice(from, from + limit).map((u) => ({ ...shown(u), Attributes: attributesOf(u) })),
        ...(from + limit < all.length ? { PaginationToken: String(from + limit) } : {}),
      };
    },
  };
};
