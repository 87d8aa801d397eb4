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

export interface Member {
  readonly id: string;
  readonly slug: string;
  readonly unit: string;
  readonly role: string;
  /** As the outbox names them. */
  readonly addresses: readonly string[];
}

/** Everybody on the staff list, as the coordinator reads it. */
export const membersOf = async (ask: Client): Promise<readonly Member[]> => {
  interface Row extends Pick<Member, 'id' | 'unit' | 'role'> {
    readonly email: string;
    readonly channels: Readonly<Record<string, string>>;
  }
  const members: Member[] = [];
  let cursor = '';
  do {
    const { body } = await good(ask('GET', `/v1/staff?size=100${cursor}`, { as: 'koordinator' }));
    for (const { id, unit, role, email, channels } of body['staff'] as Row[]) {
      const chats = Object.values(channels).map((to) => to.replace(/^\+/, ''));
      members.push({ id, unit, role, slug: email.replace(/@.*/, ''), addresses: [email, ...chats] });
    }
    cursor = body['next'] === null ? '' : `&cursor=${encodeURIComponent(String(body['next']))}`;
  } while (cursor !== '');
  return members;
};

export interface Sent {
  readonly channel: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly text: string;
  readonly raw: unknown;
}

/** What would have left the machine, newest first. */
export const outbox = async (ask: Client): Promise<readonly Sent[]> =>
  (await good(ask('GET', '/__local/outbox?limit=500'))).body['messages'] as Sent[];

/** Notices to people about a case, other systems left out. */
export const noticesOf = (sent: readonly Sent[], code: string): readonly Sent[] =>
  sent.filter((one) => !one.channel.startsWith('sns') && JSON.stringify(one).includes(code));

/** Who of the staff got them. */
export const heardBy = (members: readonly Member[], notices: readonly Sent[]): readonly string[] => {
  const slugOf = (to: string): string =>
    members.find(({ addresses }) => addresses.includes(to))?.slug ?? `nobody known: ${to}`;
  return [...new Set(notices.flatMap(({ to }) => to.map(slugOf)))].sort();
};
