import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { Words, Workflow } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import { isSecret } from './message.ts';
import type { Notice } from './notice.ts';
import type { CitizenRecipient } from './told.ts';

const news: Words = { id: 'Ada kabar baru tentang laporan ini.', en: 'There is news of this report.' };
const received: Words = { id: 'Laporan Anda sudah kami terima.', en: 'We have received your report.' };

const why: Readonly<Record<CitizenRecipient, (code: string) => Words>> = {
  reporter: (code) => ({
    id: `Anda menerima kabar ini karena laporan ${code} dikirim dengan alamat ini.`,
    en: `You get this because report ${code} was sent with this address.`,
  }),
  supporters: (code) => ({
    id: `Anda menerima kabar ini karena ikut mendukung laporan ${code}.`,
    en: `You get this because you joined report ${code}.`,
  }),
};

export interface CitizenNews {
  readonly city: City;
  readonly workflow: Workflow | undefined;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
  readonly via: CitizenRecipient;
  readonly language: Language;
  /** Without a final slash. */
  readonly publicUrl: string;
  /** Below `publicUrl`. */
  readonly stopPath: string;
  /** Follows the link to the report. */
  readonly fragment: string;
}

/** What happened in the workflow's own words, which the tracking code alone shows; of a secret case only that it did. */
const says = ({ workflow, record, event, via }: CitizenNews): Words => {
  if (isSecret(record)) return news;
  if (event.type === 'filed') return via === 'reporter' ? received : news;
  const action = Object.values(workflow?.actions ?? {}).find((a) => a.event === event.type);
  return action?.says ?? news;
};

/** The page where a citizen follows a report; it asks for the PIN where more than the code is needed. */
const trackLink = (publicUrl: string, code: string): string => `${publicUrl}/lacak/${code}`;

/**
 * One event for a citizen: no word that a person wrote, no unit, no date. It says why it came and how to stop, in
 * Indonesian and English, the chosen language first.
 */
export const citizenNotice = (told: CitizenNews): Notice => {
  const { city, record, via, language, publicUrl } = told;
  const { code } = record;
  const { app } = city.profile;
  const link = `${trackLink(publicUrl, code)}${told.fragment}`;
  const stop = `${publicUrl}${told.stopPath}`;
  const sentence = says(told);
  const reason = why[via](code);
  const paragraph: Readonly<Record<Language, string>> = {
    id: [sentence.id, `Laporan ${code}: ${link}`, '', reason.id, `Berhenti: ${stop}`].join('\n'),
    en: [sentence.en, `Report ${code}: ${link}`, '', reason.en, `Stop: ${stop}`].join('\n'),
  };
  const other: Language = language === 'id' ? 'en' : 'id';
  const first = sentence[language];
  return {
    template: via === 'reporter' ? 'reporter' : 'supporter',
    parameters: [first, code, link, stop],
    subject: language === 'id' ? `${app}: kabar laporan ${code}` : `${app}: news of report ${code}`,
    text: `${paragraph[language]}\n\n${paragraph[other]}`,
    short: `${app}: ${first} ${link}`,
    link,
    stop,
  };
};
