import { concerns } from '../announcing/areas.ts';
import type { Card, Kind } from '../announcing/model.ts';
import type { Found } from '../announcing/store.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import { questionOf } from '../postings/question.ts';

interface Filters {
  readonly area?: string | undefined;
  readonly topic?: string | undefined;
  readonly unit?: string | undefined;
  readonly kind?: Kind | undefined;
}

/** What a filter keeps. @throws Problem unknownArea, unknownTopic, unknownUnit */
export const keeping = (city: City, { area, topic, unit, kind }: Filters) => {
  const known = (
    given: string | undefined,
    there: boolean,
    name: string,
    code: 'unknownArea' | 'unknownTopic' | 'unknownUnit',
  ) => {
    if (given !== undefined && !there)
      throw problem(code, { fields: [{ field: `?${name}`, problem: code }] });
  };
  known(
    area,
    city.areas.some(({ code }) => code === area),
    'area',
    'unknownArea',
  );
  known(
    topic,
    city.topics.topics.some(({ id }) => id === topic),
    'topic',
    'unknownTopic',
  );
  known(unit, unit !== undefined && unitOf(city, unit) !== undefined, 'unit', 'unknownUnit');
  return (card: Card): boolean =>
    (area === undefined || concerns(card.areas, area)) &&
    (topic === undefined || card.topics.includes(topic)) &&
    (unit === undefined || card.unit === unit) &&
    (kind === undefined || card.kind === kind);
};

/** Whether every word that is asked for is there. @throws Problem searchWords */
export const holding = (city: City, q: string) => {
  const question = questionOf(q, city);
  if (question === undefined)
    throw problem('searchWords', { fields: [{ field: '?q', problem: 'searchWords' }] });
  const { terms, beginning } = question;
  return ({ words }: Found): boolean =>
    terms.every((term) => words.includes(term)) &&
    (beginning === undefined || words.some((word) => word.startsWith(beginning)));
};
