import type { SettingKind } from '../../functions/city/schema.ts';

/** A setting as the API tells it. */
export interface LiveSetting {
  readonly version: number;
  readonly reason: string;
  readonly actor: string;
  readonly body: unknown;
}

export interface Refused {
  readonly code: string;
  readonly title: string;
  readonly errors: readonly { readonly field: string; readonly problem: string }[];
}

/** What an answer holds, or why it was refused. */
export type Answered<T> = { readonly ok: true; readonly body: T } | ({ readonly ok: false } & Refused);

export interface Preview {
  readonly looked: number;
  readonly stopped: boolean;
  readonly proposals: readonly unknown[];
  readonly dues: readonly unknown[];
  readonly steps: readonly unknown[];
}

export type SettingsApi = ReturnType<typeof settingsApi>;

/** The settings operations, over HTTP as everybody else reaches them. */
export const settingsApi = (url: string, token: string) => {
  const call = async <T>(
    method: 'GET' | 'POST',
    path: string,
    more: { readonly body?: unknown; readonly key?: string } = {},
  ): Promise<Answered<T>> => {
    const answer = await fetch(`${url}/v1/settings${path}`, {
      method,
      signal: AbortSignal.timeout(60_000),
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'id',
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(more.key === undefined ? {} : { 'idempotency-key': more.key }),
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
    });
    const body: unknown = await answer.json().catch(() => ({}));
    if (answer.ok) return { ok: true, body: body as T };
    const { code = String(answer.status), title = '', errors = [] } = body as Partial<Refused>;
    return { ok: false, code, title, errors };
  };
  const version = (kind: SettingKind, of: number) => `/${kind}/versions/${of}`;
  return {
    live: (kind: SettingKind) => call<{ readonly live: LiveSetting | null }>('GET', `/${kind}?size=1`),
    draft: (kind: SettingKind, body: unknown, reason: string, key: string) =>
      call<{ readonly version: number }>('POST', `/${kind}/drafts`, { body: { body, reason }, key }),
    preview: (kind: SettingKind, of: number) => call<Preview>('POST', `${version(kind, of)}/preview`),
    activate: (kind: SettingKind, of: number, reason: string) =>
      call<unknown>('POST', `${version(kind, of)}/activate`, { body: { reason } }),
  };
};

export const saying = ({ code, title, errors }: Refused): string =>
  [`${code}: ${title}`, ...errors.slice(0, 10).map(({ field, problem }) => `    ${field}: ${problem}`)].join(
    '\n',
  );
