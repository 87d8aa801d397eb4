import { namedFiles, uploader } from '../attachments/file-id.ts';
import type { StaffActor } from '../cases/actor.ts';
import { alongside } from '../cases/alongside.ts';
import { type Acted, act, type CommandDeps } from '../cases/commands.ts';
import { archivedEvent } from '../cases/timeline.ts';
import type { Language } from '../kernel/errors.ts';
import { parseBody } from '../kernel/request.ts';
import { toSeconds } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface TakeDeps extends CommandDeps {
  readonly staff: Pick<StaffReader, 'byId' | 'isVacant'>;
}

export interface Taking {
  readonly code: string;
  readonly action: string;
  readonly body: Fields;
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

/** Takes one action of a member of staff; facts that its rule needs are looked up here. */
export const taking =
  (deps: TakeDeps) =>
  async (actor: StaffActor, { language, ...command }: Taking): Promise<Acted> => {
    const [keys, now] = [await deps.keys(), toSeconds(deps.now())];
    const mine = [uploader.staff(actor.id, command.code)];
    return act(deps, actor, {
      ...command,
      along: alongside(deps),
      parse: (spec) => {
        const parsed = parseBody(spec.input, command.body, language) as Fields;
        const { files } = parsed as { readonly files?: readonly string[] };
        return files === undefined ? parsed : { ...parsed, files: namedFiles(keys, files, mine, now) };
      },
      look: async (input, record) => {
        const { person, seq } = input;
        const known = typeof person === 'string' ? await deps.staff.byId(person) : undefined;
        // Asked of who decides in the Sekda's place alone: one read more.
        const vacant =
          command.action === 'decideDispute' &&
          actor.role === 'inspector' &&
          (await deps.staff.isVacant('sekda'));
        return {
          pinKey: keys.current,
          ...(vacant ? { vacant: ['sekda'] } : {}),
          event: await archivedEvent(deps.store, record, seq),
          ...(known === undefined || known.status === 'revoked'
            ? {}
            : { person: { id: known.id, unit: known.unit } }),
        };
      },
    });
  };
