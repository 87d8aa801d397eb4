import { isHead } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import type { CaseRecord } from '../cases/model.ts';
import { chainOf, unitOf } from '../cases/units.ts';
import { type CannedAnswer, filled, type Placeholder } from '../city/answers.ts';
import { matterOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';

/** For what a case does not have. */
const none = '-';

/** Answers for this category in this state, those made for the category first. */
export const answersFor = (
  city: Pick<City, 'answers'>,
  { category, state }: Pick<CaseRecord, 'category' | 'state'>,
): readonly CannedAnswer[] =>
  city.answers
    .filter(
      ({ categories, states }) =>
        (categories === undefined || (category !== null && categories.includes(category))) &&
        (states === undefined || states.includes(state)),
    )
    .sort((a, b) => Number(a.categories === undefined) - Number(b.categories === undefined));

const dayIn = (at: Instant, city: City, language: Language): string =>
  new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: city.profile.zone,
  }).format(new Date(at));

export interface Facts {
  readonly city: City;
  readonly record: CaseRecord;
  /** Name of the head of the unit in charge, where there is one. */
  readonly head: string | undefined;
  readonly now: Instant;
}

const valuesOf = (
  { city, record, head, now }: Facts,
  language: Language,
): Readonly<Record<Placeholder, string>> => {
  const due = citizenDue(record.clocks);
  const unit = record.unit === null ? undefined : unitOf(city, record.unit);
  return {
    code: record.code,
    unit: unit?.name ?? none,
    head: head ?? none,
    due: due === null ? none : dayIn(due, city, language),
    date: dayIn(now, city, language),
    category: matterOf(city, record.category)?.names[language] ?? none,
    area: city.areas.find(({ code }) => code === record.area)?.name ?? none,
    app: city.profile.app,
  };
};

/** An answer in both languages, ready to be read through and sent. */
export const rendered = (answer: CannedAnswer, facts: Facts) => ({
  id: answer.id,
  names: answer.names,
  texts: {
    id: filled(answer.texts.id, valuesOf(facts, 'id')),
    en: filled(answer.texts.en, valuesOf(facts, 'en')),
  },
});

/** The head of a unit, or of the nearest one above that has one. */
export const headOf = async (
  staff: Pick<StaffReader, 'ofUnit'>,
  city: City,
  unit: string | null,
): Promise<string | undefined> => {
  for (const id of unit === null ? [] : chainOf(city, unit)) {
    const head = (await staff.ofUnit(id)).find(isHead);
    if (head !== undefined) return head.name;
  }
  return undefined;
};
