import { earliestDue } from '../cases/clock/clock.ts';
import { wallTime } from '../cases/clock/local.ts';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind, Recipient, Words } from '../cases/workflow.ts';
import type { City, Zone } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * What leaves the city's own systems: that something happened and where to read it. Nothing that a person wrote,
 * since mail and chat pass through others' hands, some of them abroad.
 */
export interface Notice {
  /** Name of the template where a channel sends only approved ones (WhatsApp), with its parameters in order. */
  readonly template:
    | 'case'
    | 'digest'
    | 'reporter'
    | 'supporter'
    | 'announcement'
    | 'warning'
    | 'announcements'
    | 'app';
  readonly parameters: readonly string[];
  readonly subject: string;
  /** The whole text, link included. */
  readonly text: string;
  /** One line with the link, for channels that are short: SMS, push. */
  readonly short?: string;
  /** A warning of danger: a phone that sleeps is woken. */
  readonly urgent?: true;
  /** Where a click leads. */
  readonly link?: string;
  /** Stops notices like this one by a POST without more (RFC 8058). */
  readonly stop?: string;
}

const zoneNames: Readonly<Record<Zone, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** `25-11-2026 16.00 WIB`, as Indonesian offices write it. */
export const localTime = (at: Instant, zone: Zone): string => {
  const local = wallTime(at, zone);
  const [year, month, day] = local.slice(0, 10).split('-');
  return `${day}-${month}-${year} ${local.slice(11, 16).replace(':', '.')} ${zoneNames[zone]}`;
};

/** Of a kind that is not known here. */
export const unnamed: Words = { id: 'berkas', en: 'case' };

export const neutral: Words = {
  id: 'Ada berkas yang perlu Anda buka.',
  en: 'There is a case for you to open.',
};
const filed: Words = { id: 'Laporan darurat baru masuk.', en: 'A new emergency report came in.' };
const byRecipient: Readonly<Partial<Record<Recipient, Words>>> = {
  duty: {
    id: 'Laporan darurat masuk di luar jam kantor; Anda sedang piket.',
    en: 'An emergency came in outside of office hours; you are on duty.',
  },
  assignee: {
    id: 'Ada perkembangan pada berkas yang ditugaskan kepada Anda.',
    en: 'News of a case assigned to you.',
  },
  formerUnit: {
    id: 'Berkas ini tidak lagi pada unit Anda.',
    en: 'This case is no longer with your unit.',
  },
};

export const sentence = (workflow: CaseKind | undefined, event: CaseEvent, via: Recipient): Words => {
  if (event.type === 'filed' && workflow?.start.tells === undefined) return byRecipient[via] ?? filed;
  return byRecipient[via] ?? workflow?.says[event.type] ?? neutral;
};

export interface CaseNews {
  readonly city: City;
  readonly workflow: CaseKind | undefined;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
  readonly via: Recipient;
  /** Without a final slash. */
  readonly publicUrl: string;
}

/** The page of a case for staff. */
const deskLink = (publicUrl: string, code: string): string => `${publicUrl}/desk/cases/${code}`;

/** One event in plain words, with unit, deadline and link; of a secret case only that there is something to open. */
export const caseNotice = ({ city, workflow, record, event, via, publicUrl }: CaseNews): Notice => {
  const secret = isSecret(record);
  const says = secret ? neutral : sentence(workflow, event, via);
  const link = deskLink(publicUrl, record.code);
  const here = !secret && via !== 'formerUnit';
  const unit = here && record.unit !== null ? (unitOf(city, record.unit)?.name ?? '-') : '-';
  const due = here ? earliestDue(record.clocks) : null;
  const until = due === null ? '-' : localTime(due, city.profile.zone);
  return {
    template: 'case',
    parameters: [says.id, unit, until, link],
    subject: `${city.profile.app}: ${(workflow?.noun ?? unnamed).id} ${record.code}`,
    text: [
      says.id,
      ...(unit === '-' ? [] : [`Unit: ${unit}`]),
      ...(until === '-' ? [] : [`Tenggat: ${until}`]),
      `Buka: ${link}`,
      '',
      `${says.en} Open the link above.`,
    ].join('\n'),
  };
};
