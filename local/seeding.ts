import type { Runtime } from './runtime.ts';
import type { User } from './services/cognito.ts';

/** What a seed may use of an instance that serves already but has not said so. */
export interface Seeding {
  readonly url: string;
  /** Nothing was kept from an earlier run. */
  readonly fresh: boolean;
  readonly city: string;
  /** The environment of a function, with the addresses of the services: what its code would see. */
  readonly environmentOf: (functionName: string) => Readonly<Record<string, string>>;
  /** The user if there is one with that address, otherwise a new one. @param pool `staff` or `citizens` */
  readonly poolUser: (pool: 'staff' | 'citizens', email: string, name: string) => User;
  /** A bearer token of somebody in a pool. */
  readonly token: (who: string) => Promise<string>;
  /** Calls a function with a payload; throws its error. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
}

export type Seed = (at: Seeding) => Promise<void>;

export const seedingOf = (
  runtime: Runtime,
  at: { readonly city: string; readonly fresh: boolean; readonly log: (line: string) => void },
): Seeding => {
  const pool = (name: string) => {
    const found = runtime.functions.find(name);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found;
  };
  return {
    ...at,
    url: runtime.url,
    environmentOf: (name) => pool(name).spec.environment,
    poolUser: (short, email, name) => {
      const into = runtime.tokens.pools.find((p) => p.short === short);
      if (into === undefined) throw new Error(`no user pool ${short}`);
      return (
        runtime.users.find(into.id, email) ??
        runtime.users.create(into.id, email, { email, email_verified: 'true', name })
      );
    },
    token: (who) => runtime.people.token(who),
    invoke: async (name, payload) => {
      const outcome = await pool(name).invoke(JSON.stringify(payload));
      if (outcome === undefined) throw new Error(`${name} is throttled`);
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
      return JSON.parse(outcome.payload) as unknown;
    },
  };
};
