import { namedFiles, uploader } from '../attachments/file-id.ts';
import type { CitizenActor, HolderActor, StaffActor } from '../cases/actor.ts';
import { act, type CommandDeps } from '../cases/commands.ts';
import { archivedEvent } from '../cases/timeline.ts';
import { pinOf } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import { parseBody } from '../kernel/request.ts';
import type { Table } from '../kernel/table.ts';
import { toSeconds } from '../kernel/time.ts';
import { openByPin } from './pin.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Asked {
  readonly code: string;
  readonly input: { readonly params: { readonly action: string }; readonly body: Fields };
  readonly language: Language;
  readonly idempotencyKey: string;
  readonly ifMatch: number;
}

/** One action of the reporter on the own case. @throws Problem notFound when it is not theirs, or what it refuses with */
export const takeAction = async (deps: CommandDeps, actor: CitizenActor | HolderActor, asked: Asked) => {
  const { code, input, language, idempotencyKey, ifMatch } = asked;
  const [keys, now] = [await deps.keys(), toSeconds(deps.now())];
  const mine = [
    ...(actor.kind === 'citizen' ? [uploader.citizen(actor.id)] : []),
    uploader.holder(code),
    uploader.anonymous,
  ];
  const { facts: _, ...body } = await act(deps, actor, {
    code,
    action: input.params.action,
    body: input.body,
    parse: (spec) => {
      const parsed = parseBody(spec.input, input.body, language) as Fields;
      const { files } = parsed as { readonly files?: readonly string[] };
      return files === undefined ? parsed : { ...parsed, files: namedFiles(keys, files, mine, now) };
    },
    look: async ({ seq }, record) => ({ event: await archivedEvent(deps.store, record, seq) }),
    idempotencyKey,
    ifMatch,
  });
  return { body, etag: body.seq };
};

interface Claim {
  readonly code: string;
  readonly pin: string;
  readonly address: string;
  readonly idempotencyKey: string;
}

/** Keeps a case in the account of whoever knows its PIN. One that is kept there already stays as it is. */
export const claimCase = async (
  deps: CommandDeps & { readonly table: Table },
  actor: CitizenActor,
  { code, pin, address, idempotencyKey }: Claim,
) => {
  const record = await openByPin(deps, code, pin, address);
  if (record.reporter === actor.id) return { body: { code, seq: record.seq }, etag: record.seq };
  const opened = { ...actor, opened: { code, pinVersion: record.pin.version } };
  const { seq } = await act(deps, opened, {
    code,
    action: 'claim',
    apart: true,
    body: {},
    parse: () => ({}),
    look: async () => ({}),
    idempotencyKey,
  });
  return { body: { code, seq }, etag: seq };
};

/**
 * A new version of a case's PIN, answered once and again on a retry of the same key; never stored.
 * @param reason staff only: how the person showed that the case is theirs
 */
export const renewPin = async (
  deps: CommandDeps,
  actor: CitizenActor | HolderActor | StaffActor,
  code: string,
  idempotencyKey: string,
  reason?: string,
) => {
  const keys = await deps.keys();
  const input = reason === undefined ? {} : { text: reason };
  const { seq, facts } = await act(deps, actor, {
    code,
    action: 'renewPin',
    apart: true,
    body: input,
    parse: () => input,
    look: async () => ({ pinKey: keys.current }),
    idempotencyKey,
  });
  const [version, key] = [Number(facts?.['version']), keys.of('pin', String(facts?.['key']))];
  if (key === undefined) throw problem('busy', { retryAfter: 1 });
  return { body: { code, pin: pinOf(key, code, version), version }, etag: seq };
};
