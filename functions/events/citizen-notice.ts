import { capital } from '../cases/common/says.ts';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import type { CaseKind, Words } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import { type Notice, unnamed } from './notice.ts';
import type { CitizenRecipient } from './told.ts';

const news = ({ id, en }: Words): Words => ({
  id: `Ada kabar baru tentang ${id} ini.`,
  en: `There is news of this ${en}.`,
});
const received = ({ id, en }: Words): Words => ({
  id: `${capital(id)} Anda sudah kami terima.`,
  en: `We have received your ${en}.`,
});

/** The report by which somebody came to wait for another one, into which it was merged. */
export interface Merged {
  readonly code: string;
  readonly as: 'reporter' | 'supporter';
}

const why = ({ record: { code }, via, merged }: CitizenNews, noun: Words): Words => {
  if (merged?.as === 'reporter')
    return {
      id: `Anda menerima kabar ini karena laporan Anda ${merged.code} digabung ke laporan ${code}.`,
      en: `You get this because your report ${merged.code} was merged into report ${code}.`,
    };
  if (merged !== undefined)
    return {
      id: `Anda menerima kabar ini karena laporan ${merged.code} yang Anda dukung digabung ke laporan ${code}.`,
      en: `You get this because report ${merged.code}, which you joined, was merged into report ${code}.`,
    };
  return via === 'reporter'
    ? {
        id: `Anda menerima kabar ini karena ${noun.id} ${code} dikirim dengan alamat ini.`,
        en: `You get this because ${noun.en} ${code} was sent with this address.`,
      }
    : {
        id: `Anda menerima kabar ini karena ikut mendukung laporan ${code}.`,
        en: `You get this because you joined report ${code}.`,
      };
};

export interface CitizenNews {
  readonly city: City;
  readonly workflow: CaseKind | undefined;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
  readonly via: CitizenRecipient;
  readonly merged?: Merged | undefined;
  readonly language: Language;
  /** Without a final slash. */
  readonly publicUrl: string;
  /** Below `publicUrl`. */
  readonly stopPath: string;
  /** Follows the link to the report. */
  readonly fragment: string;
}

/** What happened in the workflow's own words, which the tracking code alone shows; of a secret case only that it did. */
const says = ({ workflow, record, event, via }: CitizenNews, noun: Words): Words => {
  if (isSecret(record)) return news(noun);
  if (event.type === 'filed') return via === 'reporter' ? received(noun) : news(noun);
  return workflow?.says[event.type] ?? news(noun);
};

/** The page where a citizen follows a report; it asks for the PIN where more than the code is needed. */
const trackLink = (publicUrl: string, code: string): string => `${publicUrl}/lacak/${code}`;

/**
 * One event for a citizen: no word that a person wrote, no unit, no date. It says why it came and how to stop, in
 * Indonesian and English, the chosen language first.
 */
export const citizenNotice = (told: CitizenNews): Notice => {
  const { city, record, via, language, publicUrl } = told;
  // Who joined a report that was merged follows the one that lives; its reporter may still object to the merging.
  const code = via === 'supporters' ? (record.mergedInto ?? record.code) : record.code;
  const { app } = city.profile;
  const link = `${trackLink(publicUrl, code)}${told.fragment}`;
  const stop = `${publicUrl}${told.stopPath}`;
  const noun = told.workflow?.noun ?? unnamed;
  const sentence = says(told, noun);
  const reason = why(told, noun);
  const paragraph: Readonly<Record<Language, string>> = {
    id: [sentence.id, `${capital(noun.id)} ${code}: ${link}`, '', reason.id, `Berhenti: ${stop}`].join('\n'),
    en: [sentence.en, `${capital(noun.en)} ${code}: ${link}`, '', reason.en, `Stop: ${stop}`].join('\n'),
  };
  const other: Language = language === 'id' ? 'en' : 'id';
  const first = sentence[language];
  return {
    template: via === 'reporter' ? 'reporter' : 'supporter',
    parameters: [first, code, link, stop],
    subject: language === 'id' ? `${app}: kabar ${noun.id} ${code}` : `${app}: news of ${noun.en} ${code}`,
    text: `${paragraph[language]}\n\n${paragraph[other]}`,
    short: `${app}: ${first} ${link}`,
    link,
    stop,
  };
};
