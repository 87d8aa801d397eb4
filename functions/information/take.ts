import { namedFiles, uploader } from '../attachments/file-id.ts';
import type { CitizenActor, HolderActor, StaffActor } from '../cases/actor.ts';
import { type Acted, act, type CommandDeps } from '../cases/commands.ts';
import { today } from '../cases/common/facts.ts';
import { archivedEvent } from '../cases/timeline.ts';
import type { Language } from '../kernel/errors.ts';
import { parseBody } from '../kernel/request.ts';
import { toSeconds } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';
import type { Books } from './books.ts';

type Fields = Readonly<Record<string, unknown>>;
type Person = StaffActor | CitizenActor | HolderActor;

export interface TakeDeps extends CommandDeps {
  readonly books: Pick<Books, 'enter'>;
  readonly staff: Pick<StaffReader, 'byId'>;
}

export interface Taking {
  readonly code: string;
  readonly action: string;
  readonly body: Fields;
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

/** Names under which this person may have uploaded what the action brings. */
const uploadersOf = (actor: Person, code: string): readonly string[] => {
  if (actor.kind === 'staff') return [uploader.staff(actor.id, code)];
  const own = actor.kind === 'citizen' ? [uploader.citizen(actor.id)] : [];
  return [...own, uploader.holder(code)];
};

/**
 * One action on a request. An objection is entered in its own register with it: a retry finds the number there, and so
 * does whoever looks at a request whose objection was cut off before that.
 */
export const takeAction = async (deps: TakeDeps, actor: Person, taking: Taking): Promise<Acted> => {
  const { language, ...command } = taking;
  const [keys, now] = [await deps.keys(), deps.now()];
  const acted = await act(deps, actor, {
    ...command,
    parse: (spec) => {
      const parsed = parseBody(spec.input, command.body, language) as Fields;
      const { files } = parsed as { readonly files?: readonly string[] };
      return files === undefined
        ? parsed
        : { ...parsed, files: namedFiles(keys, files, uploadersOf(actor, command.code), toSeconds(now)) };
    },
    look: async (input, record) => {
      const { person, seq } = input;
      const known = typeof person === 'string' ? await deps.staff.byId(person) : undefined;
      return {
        pinKey: keys.current,
        event: await archivedEvent(deps.store, record, seq),
        ...(known === undefined || known.status === 'revoked'
          ? {}
          : { person: { id: known.id, unit: known.unit } }),
      };
    },
  });
  if (acted.state === 'objected') await enterObjection(deps, command.code, acted.at);
  return acted;
};

/** @param at when the objection was made */
export const enterObjection = async (
  { books, city }: Pick<TakeDeps, 'books' | 'city'>,
  code: string,
  at: string,
) => books.enter('objections', Number(today(await city(), at).slice(0, 4)), code, at);
