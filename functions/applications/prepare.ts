import type { Upload } from '../attachments/file-id.ts';
import { isIssuedHere, type Service, stateOn } from '../city/services.ts';
import type { DocumentSpec } from '../city/standards.ts';
import { checkAnswers } from '../forms/shared/check-answers.ts';
import { neededDocuments } from '../forms/shared/documents.ts';
import type { Answers, Around, Form } from '../forms/shared/model.ts';
import { tidyAnswers } from '../forms/shared/tidy.ts';
import { sayAnswerProblem } from '../forms/shared/words.ts';
import { type FieldError, type Language, problem } from '../kernel/errors.ts';
import { textsIn, withTexts } from './answers.ts';
import type { Part } from './model.ts';
import { formKinds } from './papers.ts';
import { proofOf } from './proxies.ts';
import type { Applicant } from './shapes.ts';

/**
 * Whether one may apply for a service today, here and as this applicant.
 * @throws Problem serviceElsewhere, servicePaused, serviceClosed, applicantNotServed, onBehalfNotOffered
 */
export const mayApply = (
  service: Service,
  today: string,
  language: Language,
  applicant?: Applicant,
): void => {
  if (!isIssuedHere(service)) {
    const { issued } = service;
    const elsewhere = 'nationally' in issued ? issued.nationally : undefined;
    throw problem('serviceElsewhere', { extra: { system: elsewhere?.system, url: elsewhere?.url } });
  }
  const state = stateOn(service, today);
  if (state !== 'open') {
    const { reason, from, until } = service.status;
    throw problem(state === 'paused' ? 'servicePaused' : 'serviceClosed', {
      extra: { reason: reason?.[language] ?? null, from: from ?? null, until: until ?? null },
    });
  }
  if (applicant === undefined) return;
  const refuse = (code: 'applicantNotServed' | 'onBehalfNotOffered', field: string) =>
    problem(code, { fields: [{ field, problem: code }] });
  if (!service.applicants.includes(applicant.kind)) throw refuse('applicantNotServed', '/applicant/kind');
  if (applicant.kind === 'person' && applicant.proxy !== undefined && !service.onBehalf)
    throw refuse('onBehalfNotOffered', '/applicant/proxy');
};

export interface Handed {
  readonly applicant: Applicant;
  readonly answers: Answers;
  /** Uploads by document, with their seals. */
  readonly documents: Readonly<Record<string, string>>;
}

export interface Asks {
  readonly form: Form;
  readonly documents: readonly DocumentSpec[];
}

export interface Prepared {
  /** As they are kept: tidied, uploads by their plain ids. */
  readonly answers: Answers;
  /** File by part. */
  readonly papers: ReadonlyMap<Part, string>;
}

/** The form's problems as fields of the request. */
export const answerFields = (
  form: Form,
  answers: Answers,
  around: Around,
  language: Language,
): FieldError[] =>
  checkAnswers(form, answers, around).map((one) => ({
    field: `/answers${one.pointer}`,
    problem: sayAnswerProblem(one, language),
  }));

/** Sealed id → what it is to a form, for every upload that answers or documents name. */
export const namedUploads = (
  { answers, documents }: Pick<Handed, 'answers' | 'documents'>,
  uploadOf: (fileId: string) => Upload | undefined,
): ReadonlyMap<string, Upload> => {
  const texts = [...Object.values(documents), ...[...textsIn(answers)].map(([, text]) => text)];
  return new Map(
    texts.flatMap((text) => {
      // Twenty-two characters, a dot and a seal: any other text costs no look at keys.
      const upload = text[22] === '.' ? uploadOf(text) : undefined;
      return upload === undefined ? [] : [[text, upload] as const];
    }),
  );
};

/** As forms look at uploads; one sealed before its kind was asked passes for a picture until it is inspected. */
export const aroundFiles = (uploads: ReadonlyMap<string, Upload>): Around['files'] =>
  new Map(
    [...uploads].flatMap(([fileId, { kind }]) => {
      const is = formKinds[kind ?? 'photo'];
      return is === undefined ? [] : [[fileId, is] as const];
    }),
  );

/**
 * Takes a whole application apart: answers by the form, documents by what the answers need. Everything that is wrong is
 * named at once, at its field.
 * @throws Problem answersWrong, documentMissing, unknownDocument, unknownFile, wrongDocumentKind
 */
export const prepare = (
  { form, documents: specs }: Asks,
  handed: Handed,
  uploads: ReadonlyMap<string, Upload>,
  around: Omit<Around, 'files'>,
  language: Language,
): Prepared => {
  const answers = tidyAnswers(form, handed.answers);
  const files = aroundFiles(uploads);
  const wrong = answerFields(form, answers, { ...around, files }, language);
  const needed = [...neededDocuments(specs, answers, around.today), ...proofOf(handed.applicant)];
  const { fields, code } = documentFields(needed, handed.documents, uploads);
  if (wrong.length > 0) throw problem('answersWrong', { fields: [...wrong, ...fields] });
  if (code !== undefined) throw problem(code, { fields });
  const plain = new Map([...uploads].map(([fileId, { id }]) => [fileId, id]));
  return {
    answers: withTexts(answers, plain),
    papers: new Map([
      ...Object.entries(handed.documents).map(([id, fileId]) => [id, plain.get(fileId) ?? ''] as const),
      ...[...textsIn(answers)].flatMap(([at, text]) => {
        const id = plain.get(text);
        return id === undefined ? [] : [[at, id] as const];
      }),
    ]),
  };
};

type DocumentProblem = 'documentMissing' | 'unknownDocument' | 'unknownFile' | 'wrongDocumentKind';

/** What is wrong with an upload as a document that takes these kinds; undefined when nothing is. */
export const fileFault = (
  upload: Upload | undefined,
  accepts: DocumentSpec['accepts'],
): 'unknownFile' | 'wrongDocumentKind' | undefined => {
  if (upload === undefined) return 'unknownFile';
  const kind = formKinds[upload.kind ?? 'photo'];
  return kind !== undefined && accepts.includes(kind) ? undefined : 'wrongDocumentKind';
};

/** What is wrong with documents, each at its field; the code is that of the first. */
export const documentFields = (
  needed: readonly Pick<DocumentSpec, 'id' | 'accepts'>[],
  given: Readonly<Record<string, string>>,
  uploads: ReadonlyMap<string, Upload>,
): { readonly fields: readonly FieldError[]; readonly code: DocumentProblem | undefined } => {
  const found: (readonly [DocumentProblem, string])[] = [];
  for (const { id, accepts } of needed) {
    const fileId = Object.hasOwn(given, id) ? given[id] : undefined;
    if (fileId === undefined) found.push(['documentMissing', id]);
    else {
      const fault = fileFault(uploads.get(fileId), accepts);
      if (fault !== undefined) found.push([fault, id]);
    }
  }
  for (const id of Object.keys(given)) {
    if (!needed.some((one) => one.id === id)) found.push(['unknownDocument', id]);
  }
  return {
    fields: found.map(([code, id]) => ({ field: `/documents/${id}`, problem: code })),
    code: found[0]?.[0],
  };
};
