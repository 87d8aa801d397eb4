import { afterAll, beforeAll } from 'vitest';
import { type Local, type LocalOptions, startLocal } from '../../local/local.ts';
import { seed } from '../../local/seed.ts';
import { type Client, client } from './client.ts';

export interface Running {
  readonly local: Local;
  readonly ask: Client;
}

/** A seeded city of its own for one test file, started before its tests and stopped after them. */
export const runningCity = (options: LocalOptions = {}): (() => Running) => {
  let running: Running | undefined;
  beforeAll(async () => {
    const local = await startLocal({ seed, instances: 2, ...options });
    running = { local, ask: client(local) };
  }, 120_000);
  afterAll(async () => {
    await running?.local.stop();
  });
  return () => {
    if (running === undefined) throw new Error('not started');
    return running;
  };
};

/** A person of the seeded city with a role, whoever that is in this city. */
export interface Seeded {
  readonly slug: string;
  readonly role: string;
  readonly unit: string;
}

/** Everybody on the staff list, read as the coordinator. */
export const everybody = async ({ ask }: Running): Promise<readonly Seeded[]> => {
  const people: Seeded[] = [];
  let cursor: string | undefined;
  do {
    const { status, body, text } = await ask(
      'GET',
      `/v1/staff?size=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      { as: 'koordinator' },
    );
    if (status !== 200) throw new Error(text);
    const page = body as { staff: { email: string; role: string; unit: string }[]; next: string | null };
    people.push(...page.staff.map((s) => ({ slug: s.email.replace(/@.*/, ''), role: s.role, unit: s.unit })));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return people;
};
