import type { CaseRecord } from '../cases/model.ts';
import { outsideOf } from '../cases/outside.ts';
import { isSecret } from '../cases/publication.ts';
import type { PrivateView, Seen } from './view.ts';
import { appealSays, markSays } from './words.ts';

/** Where the report lies outside of the city, as its reporter reads it. */
export const outsideView = ({ city, record }: Pick<Seen, 'city' | 'record'>): PrivateView['outside'] => {
  const lies = outsideOf(record);
  if (lies === undefined) return null;
  const { body, kind, number, answerBy, answered, reply } = lies;
  return {
    body: city.outside.find(({ id }) => id === body)?.name ?? body,
    reference: kind === undefined || number === undefined ? null : { kind, number },
    answerBy: answerBy ?? null,
    answered: answered === true,
    reply: reply ?? null,
  };
};

/** The report to follow after a merge. One that turned secret meanwhile is not known to those who joined it. */
export const survivorView = (survivor: CaseRecord | undefined): PrivateView['mergedInto'] =>
  survivor === undefined || isSecret(survivor) ? null : survivor.code;

/** What the report was marked as, and that this can be objected to: how often, to whom and until when. */
export const appealView = (
  { record, language }: Pick<Seen, 'record' | 'language'>,
  until: string | null,
): PrivateView['appeal'] => {
  const mark = record.data['mark'];
  const says = typeof mark === 'string' ? markSays[mark]?.[language] : undefined;
  return until === null ? null : { says: [says, appealSays[language]].filter(Boolean).join(' '), until };
};
