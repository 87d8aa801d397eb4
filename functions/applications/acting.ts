import { namedFiles, uploader } from '../attachments/file-id.ts';
import { handles } from '../cases/access.ts';
import type { Actor } from '../cases/actor.ts';
import { type Acted, act, type CommandDeps } from '../cases/commands.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseStore } from '../cases/store.ts';
import type { ActionSpec } from '../cases/workflow.ts';
import type { DocumentSpec } from '../city/standards.ts';
import type { Answers } from '../forms/shared/model.ts';
import type { Language } from '../kernel/errors.ts';
import { parseBody } from '../kernel/request.ts';
import { toSeconds } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';
import { answerAt } from './answers.ts';
import { type LookDeps, lookAt } from './look.ts';
import { dataOf } from './model.ts';
import { specOf } from './proxies.ts';
import type { AnswerStore } from './sealed.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface ActingDeps extends CommandDeps, LookDeps {
  readonly store: CaseStore;
  readonly answers: AnswerStore;
  readonly staff: Pick<StaffReader, 'byId'>;
}

export interface Asked {
  readonly code: string;
  readonly body: Fields;
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

/** Names under which this actor may have uploaded for the application. */
export const uploadersOf = (actor: Actor, code: string): readonly string[] => {
  if (actor.kind === 'staff') return [uploader.staff(actor.id, code)];
  return [
    ...(actor.kind === 'citizen' ? [uploader.citizen(actor.id)] : []),
    uploader.holder(code),
    uploader.anonymous,
  ];
};

/** Takes one action of an applicant or of staff; the facts that its rule needs are looked up here. */
export const taking =
  (deps: ActingDeps) =>
  async (actor: Actor, action: string, { language, ...asked }: Asked): Promise<Acted> => {
    const [keys, now] = [await deps.keys(), deps.now()];
    const mine = uploadersOf(actor, asked.code);
    const before = action === 'askCorrection' ? await checked(deps, actor, asked.code) : undefined;
    return act(deps, actor, {
      ...asked,
      action,
      parse: (spec: ActionSpec) => {
        const parsed = parseBody(spec.input, asked.body, language) as Fields;
        const { files } = parsed as { readonly files?: readonly string[] };
        const plain = files === undefined ? {} : { files: namedFiles(keys, files, mine, toSeconds(now)) };
        return { ...parsed, ...plain, ...(before === undefined ? {} : verdictOf(before, parsed)) };
      },
      look: async ({ person }, record) => {
        const known = typeof person === 'string' ? await deps.staff.byId(person) : undefined;
        return {
          pinKey: keys.current,
          own: await lookAt(deps, record, now),
          ...(known === undefined || known.status === 'revoked'
            ? {}
            : { person: { id: known.id, unit: known.unit } }),
        };
      },
    });
  };

interface Checked {
  readonly documents: readonly Pick<DocumentSpec, 'id' | 'name' | 'accepts'>[];
  readonly answers: Answers;
}

/** What a verdict speaks of: documents by name, answers by where they are. Of whoever does not handle it nothing is opened. */
const checked = async (deps: ActingDeps, actor: Actor, code: string): Promise<Checked | undefined> => {
  const record = await deps.store.read(code);
  if (record?.kind !== 'application') return undefined;
  if (actor.kind !== 'staff' || !handles(subjectOf(record), actor)) return undefined;
  const [{ offer }, { answers }] = await Promise.all([
    lookAt(deps, record, deps.now()),
    deps.answers.read(dataOf(record).answers),
  ]);
  return { documents: offer.standard.documents, answers };
};

/** The answers that a verdict may name, and its notes on parts as words to the applicant. */
const verdictOf = ({ documents, answers }: Checked, input: Fields): Fields => {
  const named = Object.keys(Object(input['answers']));
  const notes = Object.entries(Object(input['notes']) as Readonly<Record<string, string>>).map(
    ([part, note]) => `${specOf(documents, part)?.name.id ?? part}: ${note}`,
  );
  const text = [input['text'], ...notes].filter((line) => typeof line === 'string').join('\n');
  return {
    pointers: named.filter((pointer) => answerAt(answers, pointer) !== undefined),
    ...(text === '' ? {} : { text }),
  };
};
