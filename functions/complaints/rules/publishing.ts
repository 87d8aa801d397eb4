import { findPersonal } from '../../cases/personal.ts';
import { isSecret } from '../../cases/publication.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';

/** Photos that may be public at once. */
const releasedLimit = 10;

export const mayPublish = ({ record }: Situation): ErrorCode | undefined =>
  isSecret(record) ? 'secretCase' : undefined;

export const isPublic = ({ record }: Situation): ErrorCode | undefined =>
  record.public === undefined ? 'notPublished' : undefined;

/** Texts that the coordinator said may be public though they lead to a person: an office's own number. */
const confirmedIn = (findings: unknown): ReadonlySet<string> =>
  new Set(
    (Array.isArray(findings) ? findings : []).map((finding: { readonly text: string }) =>
      finding.text.trim(),
    ),
  );

/**
 * Title and summary as the coordinator edited them become public, or replace what is. A find that was not confirmed
 * one by one stops it, by the field that it stands in.
 */
export const publish = ({ record, input, now, textId }: StepContext): Change | Refusal => {
  if (textId === undefined) return refuse('invalidInput', 'summary');
  const confirmed = confirmedIn(input['findings']);
  for (const field of ['title', 'summary'] as const) {
    if (findPersonal(String(input[field])).some(({ text }) => !confirmed.has(text)))
      return refuse('personalDataFound', field);
  }
  const versions = (record.published?.versions ?? 0) + 1;
  return {
    facts: { version: versions },
    set: {
      public: { at: now, text: textId, files: record.public?.files ?? [] },
      published: { at: record.published?.at ?? now, versions },
    },
  };
};

/** Words that leaked something are overwritten, the others stay for those who ask what was public. */
export const takedown = ({ record, input }: StepContext): Change => ({
  reasonCode: String(input['reason']),
  set: { public: undefined },
  ...(input['reason'] === 'personalData' && record.public !== undefined
    ? { redacts: [record.public.text] }
    : {}),
});

/** One photo at a time, of those that came with the case; what the desk keeps to itself stays there. */
export const releaseFile = ({ record, input, looked }: StepContext): Change | Refusal => {
  const { public: shown } = record;
  const seq = Number(input['seq']);
  const file = String(input['file']);
  const event = record.events.find((e) => e.seq === seq) ?? looked.event;
  if (shown === undefined) return refuse('notPublished');
  if (
    event?.seq !== seq ||
    event.files?.some(({ id, audience }) => id === file && audience !== 'staff') !== true
  )
    return refuse('unknownFile', 'file');
  if (shown.files.includes(file)) return refuse('invalidInput', 'file');
  if (shown.files.length >= releasedLimit) return refuse('tooManyFiles', 'file');
  return { facts: { file }, set: { public: { ...shown, files: [...shown.files, file] } } };
};

export const withholdFile = ({ record, input }: StepContext): Change | Refusal => {
  const { public: shown } = record;
  const file = String(input['file']);
  return shown?.files.includes(file) === true
    ? { facts: { file }, set: { public: { ...shown, files: shown.files.filter((id) => id !== file) } } }
    : refuse('unknownFile', 'file');
};
