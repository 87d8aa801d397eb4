import type { Upload } from '../attachments/file-id.ts';
import type { Actor } from '../cases/actor.ts';
import { type Acted, act, identify } from '../cases/commands.ts';
import { today } from '../cases/common/facts.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { AnswerProblem } from '../forms/shared/answer-problems.ts';
import { checkAnswers } from '../forms/shared/check-answers.ts';
import { neededDocuments } from '../forms/shared/documents.ts';
import type { Answer, Answers, Around, Form } from '../forms/shared/model.ts';
import { askedOnly, tidyAnswers } from '../forms/shared/tidy.ts';
import { sayAnswerProblem } from '../forms/shared/words.ts';
import { keyedHash } from '../kernel/code.ts';
import { type FieldError, problem } from '../kernel/errors.ts';
import { type ActingDeps, type Asked, uploadersOf } from './acting.ts';
import { answerAt, textsIn, withAnswer, withTexts } from './answers.ts';
import { aroundOf, uploadsBy } from './apply.ts';
import { type Known, lookAt } from './look.ts';
import { dataOf, type Part } from './model.ts';
import { formKinds } from './papers.ts';
import { aroundFiles, fileFault, namedUploads } from './prepare.ts';
import { specOf } from './proxies.ts';
import { type HandedIn, handIn } from './rules/checking.ts';

/** A correction as it came: uploads by document, answers by pointer. */
export interface Corrections {
  readonly documents: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<Part, Answer>>;
}

/**
 * Hands in parts anew. The whole is judged as a new application is, so that what was corrected still fits what was not;
 * which parts are open is the rule's to say (`handIn`). The new answers are sealed before the case names them, under an id
 * of their own content.
 * @param record that this actor may read, as the operation found
 * @throws Problem answersWrong, documentMissing, unknownFile, wrongDocumentKind, partNotOpen, partMissing, nothingHandedIn
 */
export const handingIn =
  (deps: ActingDeps) =>
  async (
    actor: Actor,
    record: CaseRecord,
    { body, ...asked }: Omit<Asked, 'body'> & { readonly body: Corrections },
  ): Promise<Acted> => {
    const [keys, city] = [await deps.keys(), await deps.city()];
    const now = deps.now();
    const known = await lookAt(deps, record, now);
    const content = await deps.answers.read(dataOf(record).answers);
    const { form, documents: specs } = known.offer.standard;
    if (form === undefined) throw problem('notSetUp');
    const lookUp = uploadsBy(keys, uploadersOf(actor, asked.code), now);
    const uploads = namedUploads(body, lookUp);
    // What is asked is what was asked: days that pass meanwhile ask for nothing more.
    const day = today(city, record.filedAt);
    const { answers: whole, dropped } = withGiven(form, content.answers, body.answers, day);
    const files = new Map([...filesKept(known), ...aroundFiles(uploads)]);
    const kept = new Set([...known.papers.keys()].filter((part) => !Object.hasOwn(body.answers, part)));
    const idle = idleAnswers(content.answers, body.answers, dropped);
    const wrong = [...idle, ...wrongOnBoth(form, whole, { ...aroundOf(city, now), files }, day)]
      // A file that stays was judged when it came.
      .filter(({ pointer }) => !kept.has(pointer))
      .map(
        (one): FieldError => ({
          field: `/answers${one.pointer}`,
          problem: sayAnswerProblem(one, asked.language),
        }),
      );
    if (wrong.length > 0) throw problem('answersWrong', { fields: wrong });
    const needed = neededDocuments(specs, whole, day).map(({ id }) => id);
    refuseWrongDocuments(known, body.documents, needed, uploads);

    const plain = new Map([...uploads].map(([fileId, { id }]) => [fileId, id]));
    const papers = new Map([
      ...Object.entries(body.documents).map(([id, fileId]) => [id, plain.get(fileId) ?? ''] as const),
      ...[...textsIn(whole)].flatMap(([at, text]) => {
        const id = plain.get(text);
        return id === undefined ? [] : [[at, id] as const];
      }),
    ]);
    const command = identify(keys, actor, asked.idempotencyKey, body);
    const changes = Object.keys(body.answers).length > 0;
    const answersId = changes
      ? keyedHash(keys.first('command'), 'answers', command.id, command.fingerprint)
      : dataOf(record).answers;
    const given: HandedIn = {
      papers,
      changed: Object.keys(body.answers),
      answers: answersId,
      fresh: freshParts(known, content.answers, body.answers, needed),
      needless: needlessParts(known, whole, needed),
    };
    const judged = handIn({ record, input: { given }, actor, now, city, looked: { own: known } });
    // What the rule refuses is not worth keeping; a retry, whose parts are open no more, has kept it already.
    if (changes && !('refuse' in judged)) {
      await deps.answers.put(answersId, { ...content, answers: { ...withTexts(whole, plain) } }, now);
    }
    return act(deps, actor, {
      code: asked.code,
      action: 'handIn',
      apart: true,
      body: { ...body },
      parse: () => ({ given, files: [...new Set(papers.values())] }),
      look: async (_, current) => ({ own: await lookAt(deps, current, now) }),
      idempotencyKey: asked.idempotencyKey,
      ifMatch: asked.ifMatch,
    });
  };

/**
 * What is wrong by the day on which it was submitted and by today: an answer that was right cannot become wrong by itself,
 * where nobody could change it any more, and one given anew may be younger than the application.
 * @param then calendar day of the submission
 */
const wrongOnBoth = (
  form: Form,
  answers: Answers,
  around: Around,
  then: string,
): readonly AnswerProblem[] => {
  const now = checkAnswers(form, answers, around);
  return checkAnswers(form, answers, { ...around, today: then }).filter(({ pointer, problem: what }) =>
    now.some((one) => one.pointer === pointer && one.problem === what),
  );
};

/** The answers with those given anew, and without those that are not asked any more because of them. */
const withGiven = (
  form: Form,
  answers: Answers,
  given: Readonly<Record<Part, Answer>>,
  day: string,
): ReturnType<typeof askedOnly> => {
  const all = Object.entries(given).reduce(
    (sum, [pointer, value]) => withAnswer(sum, pointer, value),
    answers,
  );
  return askedOnly(form, tidyAnswers(form, all), day);
};

/** New answers to what is not asked: nobody would read them, and who gave them would not know. */
const idleAnswers = (
  before: Answers,
  given: Readonly<Record<Part, Answer>>,
  dropped: readonly string[],
): readonly AnswerProblem[] =>
  Object.keys(given)
    .filter(
      (pointer) =>
        answerAt(before, pointer) === undefined &&
        dropped.some((at) => pointer === at || pointer.startsWith(`${at}/`)),
    )
    .map((pointer) => ({ pointer, problem: 'notAsked' }));

/** Files that are there already, by their plain ids. */
const filesKept = ({ papers }: Known): ReadonlyMap<string, 'image' | 'pdf'> =>
  new Map(
    [...papers.values()].flatMap(({ file, state }) => {
      const kind = state.state === 'ready' ? formKinds[state.kind] : 'image';
      return kind === undefined ? [] : [[file, kind] as const];
    }),
  );

/** A document that new answers ask for comes with them; what is no upload of a fitting kind is refused by its name. */
const refuseWrongDocuments = (
  { papers, offer }: Known,
  given: Readonly<Record<string, string>>,
  needed: readonly string[],
  uploads: ReadonlyMap<string, Upload>,
): void => {
  const at = (code: 'documentMissing' | 'unknownFile' | 'wrongDocumentKind', id: string) =>
    problem(code, { fields: [{ field: `/documents/${id}`, problem: code }] });
  const missing = needed.find((id) => !papers.has(id) && !Object.hasOwn(given, id));
  if (missing !== undefined) throw at('documentMissing', missing);
  for (const [id, fileId] of Object.entries(given)) {
    const spec = specOf(offer.standard.documents, id);
    // One that the service does not know is no open part: the rule says so.
    const fault = spec === undefined ? undefined : fileFault(uploads.get(fileId), spec.accepts);
    if (fault !== undefined) throw at(fault, id);
  }
};

/** Documents that the answers need no more, and what is not asked any more; proofs of who applies are needed always. */
const needlessParts = (
  { papers, rejected, offer }: Known,
  whole: Answers,
  needed: readonly string[],
): ReadonlySet<Part> => {
  const documents = new Set(offer.standard.documents.map(({ id }) => id));
  return new Set(
    [...papers.keys(), ...rejected.keys()].filter((part) =>
      part.startsWith('/')
        ? answerAt(whole, part) === undefined
        : documents.has(part) && !needed.includes(part),
    ),
  );
};

/** Parts that nobody was asked for before: open to whoever changes what they follow from. */
const freshParts = (
  { papers }: Known,
  before: Answers,
  given: Readonly<Record<Part, Answer>>,
  needed: readonly string[],
): ReadonlySet<Part> =>
  new Set([
    ...Object.keys(given).filter((pointer) => answerAt(before, pointer) === undefined),
    ...needed.filter((id) => !papers.has(id)),
  ]);
