import { step } from '../cases/engine.ts';
import { excerptOf } from '../cases/excerpt.ts';
import type { CaseRecord } from '../cases/model.ts';
import { begun, type Came, filedWith } from '../cases/opening.ts';
import { categoryOf } from '../city/find.ts';
import type { City, RoadClass } from '../city/schema.ts';
import { isOfficeOpen } from '../events/duty.ts';
import type { Instant } from '../kernel/time.ts';
import type { Entry } from './entry.ts';
import { type Located, locate, type Place } from './place.ts';
import { type Proposal, propose } from './route.ts';
import { isCertain } from './rules/assigning.ts';
import type { Suggestion } from './suggest.ts';

/** A complaint as it came in, every field parsed. */
export interface Filing {
  readonly text: string;
  readonly kind: string;
  readonly place?:
    | (Place & { readonly rt?: string | undefined; readonly rw?: string | undefined })
    | undefined;
  readonly category?: string | undefined;
  readonly roadClass?: RoadClass | undefined;
  readonly confidential: boolean;
  readonly oversight: boolean;
  readonly about?: string | undefined;
  readonly anonymous: boolean;
  /** Ids of uploads, their seals checked and taken off. */
  readonly files?: readonly string[] | undefined;
}

/** How the city reads a complaint: where, what, to whom, how urgent. Decided before any id exists. */
export interface Understood {
  readonly located: Located;
  readonly category: string | null;
  readonly by: 'reporter' | 'suggested' | 'none';
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly proposal: Proposal;
  readonly confidential: boolean;
  readonly oversight: boolean;
  readonly emergency: boolean;
  /** Goes to its unit without triage. */
  readonly direct: boolean;
  /** Goes there without triage while that unit's office is closed: nobody of the unit sees what waits in triage. */
  readonly urgent: boolean;
}

/** Confidence from which a suggested category alone makes a report one of oversight. */
const sureOfMisconduct = 0.7;

/**
 * Area → category → unit, each with its reason. The given category wins over the suggested one; an oversight or
 * confidential category makes the case so.
 * @param suggested what the text alone suggests
 */
export const understand = (
  city: City,
  filing: Filing,
  filedAt: Instant,
  suggested: Suggestion,
): Understood => {
  const located = locate(city, filing.place ?? {});
  // A guess shuts a report away from everybody but the Inspektorat only when it is a good one.
  const unsure =
    filing.category === undefined &&
    categoryOf(city, suggested.category)?.oversight === true &&
    suggested.confidence < sureOfMisconduct;
  const category = unsure ? null : (filing.category ?? suggested.category);
  const known = category === null ? undefined : categoryOf(city, category);
  const { roadClass } = filing;
  const proposal = propose(city, { category, area: located.code, roadClass, filedAt });
  const oversight = filing.oversight || known?.oversight === true;
  // Not sure enough to send it to the Inspektorat, sure enough not to show it to the unit or area it may be about.
  const smellsOfMisconduct =
    category === null &&
    suggested.candidates.slice(0, 2).some((c) => categoryOf(city, c.category)?.oversight === true);
  const emergency = known?.emergency === true || speaksOfDanger(city, filing.text);
  const hasUnit = proposal.unit !== null && located.how !== 'outside';
  return {
    located,
    category,
    by: filing.category !== undefined ? 'reporter' : category === null ? 'none' : 'suggested',
    confidence: filing.category !== undefined ? 1 : suggested.confidence,
    reasons: filing.category !== undefined ? [] : suggested.reasons,
    proposal,
    confidential: filing.confidential || known?.confidential === true || smellsOfMisconduct,
    oversight,
    emergency,
    direct: oversight || filing.about !== undefined || (known?.dispatch === 'direct' && hasUnit),
    urgent: emergency && hasUnit && !smellsOfMisconduct,
  };
};

/** Whether a complaint that is recorded at this moment waits for nobody in triage. */
export const goesStraight = (
  city: City,
  { direct, urgent, proposal }: Pick<Understood, 'direct' | 'urgent' | 'proposal'>,
  now: Instant,
): boolean => direct || (urgent && proposal.unit !== null && !isOfficeOpen(city, proposal.unit, now));

/** Whole words only: `api` is a fire, `kapilarisasi` is not. */
const speaksOfDanger = (city: City, text: string): boolean => {
  const spaced = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return city.profile.emergency.words.some((word) => spaced.includes(` ${word.toLowerCase()} `));
};

export interface Opening extends Came {
  readonly workflow: Entry;
  readonly filing: Filing;
  readonly understood: Understood;
  /** Id of the system's own step, when the case is routed at once. */
  readonly routeId: string;
}

/** A new case with its first event, and the system's assignment where it goes straight to a unit. Pure. */
export const openCase = (o: Opening): CaseRecord => {
  const { workflow, city, understood: u, filing } = o;
  const base: CaseRecord = {
    ...begun(o, workflow, 'triage'),
    excerpt: excerptOf(filing.text),
    category: u.category,
    categoryBy: u.by,
    area: u.located.code,
    areaHow: u.located.how,
    flags: {
      anonymous: filing.anonymous || (o.actor.kind === 'anonymous' && !o.identified),
      confidential: u.confidential,
      oversight: u.oversight,
      emergency: u.emergency,
    },
    proposal: {
      unit: u.proposal.unit,
      outside: u.proposal.outside,
      rule: u.proposal.rule,
      losers: [...u.proposal.losers],
    },
    unit: null,
    root: null,
    data: u.confidential ? { confidentialBy: filing.confidential ? 'reporter' : 'category' } : {},
    ...(filing.place?.point === undefined ? {} : { point: filing.place.point }),
    ...(filing.about === undefined ? {} : { about: filing.about }),
    ...(filing.roadClass === undefined ? {} : { roadClass: filing.roadClass }),
  };
  const record = filedWith(o, base, {
    starts: [...workflow.start.clocks, ...(isCertain(city, base) ? (['dispatch'] as const) : [])],
    worded: true,
    files: filing.files,
    facts: { by: u.by, confidence: u.confidence, area: u.located.how },
    decided: ['units', 'routing', 'categories', 'clocks', 'calendars'],
  });
  if (!goesStraight(city, u, o.now)) return record;
  // It never waited for anybody in triage, so no stay there is measured.
  const routed = step(
    workflow,
    city,
    { ...record, custody: [] },
    { id: o.routeId, fingerprint: o.command.fingerprint, action: 'route', input: {} },
    { kind: 'system', id: 'routing' },
    o.now,
  );
  // A rule that leads to no valid unit leaves the case in triage: the coordinator sees it, nothing is lost.
  return 'refuse' in routed ? record : { ...routed.record, rev: 1 };
};
