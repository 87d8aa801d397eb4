import type { Answered, Ask, Client } from './client.ts';

/** The answer of a request that has to succeed; fails in the problem's own words. */
export const good = async (asked: Promise<Answered>): Promise<Answered> => {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
};

export interface Filed {
  readonly code: string;
  readonly pin: string;
  readonly unit: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Files a report: as a citizen with an account when `as` is one, as nobody otherwise. */
export const file = async (ask: Client, content: unknown, { as, ...more }: Ask = {}): Promise<Filed> => {
  const path = as === undefined ? '/v1/complaints' : '/v1/me/complaints';
  const { body } = await good(
    ask('POST', path, { ...more, ...(as === undefined ? {} : { as }), body: content }),
  );
  const unit = body['unit'] as { id: string } | null;
  return { code: String(body['code']), pin: String(body['pin']), unit: unit?.id ?? null, body };
};

export interface Shown {
  readonly state: string;
  readonly seq: number;
  readonly unit: { readonly id: string } | null;
  readonly proposal: { readonly unit: { readonly id: string } | null; readonly rule: string | null };
  readonly clocks: readonly {
    readonly name: string;
    readonly startedAt: string;
    readonly due: string;
    readonly doneAt: string | null;
  }[];
  readonly timeline: readonly {
    readonly seq: number;
    readonly type: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly texts: readonly { readonly audience: string; readonly body: string }[];
  }[];
  readonly actions: readonly { readonly id: string }[];
}

export const read = async (ask: Client, as: string, code: string): Promise<Shown> =>
  (await good(ask('GET', `/v1/desk/cases/${code}`, { as }))).body as unknown as Shown;

/** Asks for an action, whatever comes of it. */
export const tryTo = (ask: Client, as: string, code: string, action: string, how: Ask): Promise<Answered> =>
  ask('POST', `/v1/desk/cases/${code}/actions/${action}`, { as, ...how });

/** Takes an action on the case as this person sees it now. @returns its `seq` after it */
export const take = async (
  ask: Client,
  as: string,
  code: string,
  action: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<number> => {
  const { seq } = await read(ask, as, code);
  return Number((await good(tryTo(ask, as, code, action, { body, ifMatch: seq }))).body['seq']);
};

/** Codes of a queue, page after page. */
export const queue = async (ask: Client, as: string, query: string): Promise<readonly string[]> => {
  const codes: string[] = [];
  let cursor = '';
  do {
    const { body } = await good(ask('GET', `/v1/desk/cases?${query}${cursor}`, { as }));
    codes.push(...(body['cases'] as { code: string }[]).map(({ code }) => code));
    cursor = body['next'] === null ? '' : `&cursor=${encodeURIComponent(String(body['next']))}`;
  } while (cursor !== '');
  return codes;
};

export interface Receipt {
  readonly seq: number;
  readonly event: string;
  readonly recipient: { readonly id: string; readonly unit: string };
  readonly via: string;
  readonly channel: string;
  readonly state: string;
  readonly maybeTwice: boolean;
}

export const receiptsOf = async (ask: Client, as: string, code: string): Promise<readonly Receipt[]> =>
  (await good(ask('GET', `/v1/desk/cases/${code}/receipts?size=100`, { as }))).body['receipts'] as Receipt[];

/** Today in the city, a number of days on. */
export const dayFrom = (now: number, days: number): string =>
  new Date(now + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** Staff ids by slug, as the coordinator's list has them. */
export const idsOf = async (ask: Client): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>();
  let cursor = '';
  do {
    const { body } = await good(ask('GET', `/v1/staff?size=100${cursor}`, { as: 'koordinator' }));
    for (const { id, email } of body['staff'] as { id: string; email: string }[])
      ids.set(email.replace(/@.*/, ''), id);
    cursor = body['next'] === null ? '' : `&cursor=${encodeURIComponent(String(body['next']))}`;
  } while (cursor !== '');
  return ids;
};
