import type { Element } from './xml.ts';

/** Namespace of CAP 1.2 (OASIS, 1 July 2010). */
export const capSpace = 'urn:oasis:names:tc:emergency:cap:1.2';

/** How often an element stands in its place of the sequence. */
type Times = 'one' | 'maybe' | 'some' | 'any';

/** What an element holds: a text that fits, or further elements in order. */
interface Rule {
  readonly times: Times;
  readonly fits?: (text: string) => boolean;
  readonly holds?: Sequence;
}
type Sequence = Readonly<Record<string, Rule>>;

const anything = (): boolean => true;
const oneOf =
  (...values: readonly string[]) =>
  (text: string): boolean =>
    values.includes(text);
/** `identifier` and `sender`: no blanks, commas, `<` or `&` (3.2.1). */
const plainId = (text: string): boolean => /^[^\s,<&]{1,300}$/.test(text);

const moment = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})[-+](\d{2}):(\d{2})$/;
/** Date and time with an offset and never with `Z` (3.3.2), of a day that there is. */
const isMoment = (text: string): boolean => {
  const [, year, month, day, hour, minute, second, offsetHour, offsetMinute] = (moment.exec(text) ?? []).map(
    Number,
  );
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    (hour ?? 24) < 24 &&
    (minute ?? 60) < 60 &&
    (second ?? 60) < 60 &&
    (offsetHour ?? 15) <= 14 &&
    (offsetMinute ?? 60) < 60
  );
};

const isPoint = (text: string): boolean => {
  const [lat, lon, more] = text.split(',');
  const degrees = /^-?\d{1,3}(\.\d{1,15})?$/;
  if (lat === undefined || lon === undefined || more !== undefined) return false;
  return (
    degrees.test(lat) && degrees.test(lon) && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180
  );
};
const points = (text: string): readonly string[] => text.trim().split(/\s+/);

/** At least four points, the last one the first again (3.2.4). */
const isPolygon = (text: string): boolean => {
  const all = points(text);
  return all.length >= 4 && all.every(isPoint) && all[0] === all.at(-1);
};
/** A point and a radius in kilometres. */
const isCircle = (text: string): boolean => {
  const [point = '', radius = '', more] = points(text);
  return more === undefined && isPoint(point) && /^\d{1,5}(\.\d{1,6})?$/.test(radius);
};
const isNumber = (text: string): boolean => /^[-+]?\d{1,9}(\.\d{1,9})?$/.test(text);

const one = (fits: (text: string) => boolean = anything): Rule => ({ times: 'one', fits });
const maybe = (fits: (text: string) => boolean = anything): Rule => ({ times: 'maybe', fits });
const any = (fits: (text: string) => boolean = anything): Rule => ({ times: 'any', fits });
const pairs: Rule = { times: 'any', holds: { valueName: one(), value: one() } };

/** The schema of CAP 1.2, 3.4, element by element in its order. */
const schema: Sequence = {
  identifier: one(plainId),
  sender: one(plainId),
  sent: one(isMoment),
  status: one(oneOf('Actual', 'Exercise', 'System', 'Test', 'Draft')),
  msgType: one(oneOf('Alert', 'Update', 'Cancel', 'Ack', 'Error')),
  source: maybe(),
  scope: one(oneOf('Public', 'Restricted', 'Private')),
  restriction: maybe(),
  addresses: maybe(),
  code: any(),
  note: maybe(),
  references: maybe(),
  incidents: maybe(),
  info: {
    times: 'any',
    holds: {
      language: maybe((text) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(text)),
      category: {
        times: 'some',
        fits: oneOf(
          ...['Geo', 'Met', 'Safety', 'Security', 'Rescue', 'Fire', 'Health', 'Env', 'Transport'],
          ...['Infra', 'CBRNE', 'Other'],
        ),
      },
      event: one((text) => text !== ''),
      responseType: any(
        oneOf('Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'),
      ),
      urgency: one(oneOf('Immediate', 'Expected', 'Future', 'Past', 'Unknown')),
      severity: one(oneOf('Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown')),
      certainty: one(oneOf('Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown')),
      audience: maybe(),
      eventCode: pairs,
      effective: maybe(isMoment),
      onset: maybe(isMoment),
      expires: maybe(isMoment),
      senderName: maybe(),
      headline: maybe(),
      description: maybe(),
      instruction: maybe(),
      web: maybe(),
      contact: maybe(),
      parameter: pairs,
      resource: {
        times: 'any',
        holds: {
          resourceDesc: one(),
          mimeType: one(),
          size: maybe((text) => /^\d{1,15}$/.test(text)),
          uri: maybe(),
          derefUri: maybe(),
          digest: maybe(),
        },
      },
      area: {
        times: 'any',
        holds: {
          areaDesc: one((text) => text !== ''),
          polygon: any(isPolygon),
          circle: any(isCircle),
          geocode: pairs,
          altitude: maybe(isNumber),
          ceiling: maybe(isNumber),
        },
      },
    },
  },
};

/** What is wrong, at which element: `/alert/info[1]/urgency`. */
export interface Fault {
  readonly at: string;
  readonly why: 'missing' | 'unexpected' | 'invalid';
}

const least: Readonly<Record<Times, number>> = { one: 1, some: 1, maybe: 0, any: 0 };
const isMany = (times: Times): boolean => times === 'some' || times === 'any';

const checkHeld = (element: Element, rule: Rule, at: string): readonly Fault[] => {
  if (rule.holds !== undefined) return checkSequence(element.children, rule.holds, at);
  if (element.children.length > 0) return [{ at, why: 'unexpected' }];
  return rule.fits?.(element.text.trim()) === false ? [{ at, why: 'invalid' }] : [];
};

const checkSequence = (children: readonly Element[], sequence: Sequence, at: string): readonly Fault[] => {
  const faults: Fault[] = [];
  let next = 0;
  for (const [name, rule] of Object.entries(sequence)) {
    let times = 0;
    for (; children[next]?.name === name && children[next]?.space === capSpace; next += 1) {
      const element = children[next];
      times += 1;
      if (element === undefined) break;
      const place = `${at}/${name}${isMany(rule.times) ? `[${times}]` : ''}`;
      faults.push(
        ...(times > 1 && !isMany(rule.times)
          ? [{ at: place, why: 'unexpected' as const }]
          : checkHeld(element, rule, place)),
      );
    }
    if (times < least[rule.times]) faults.push({ at: `${at}/${name}`, why: 'missing' });
  }
  const rest = children[next];
  if (rest !== undefined) faults.push({ at: `${at}/${rest.name}`, why: 'unexpected' });
  return faults;
};

/** Signatures stand behind everything else, in a namespace of their own; who sent a warning is checked by the city's list. */
const signatures = 'http://www.w3.org/2000/09/xmldsig#';

/** Everything in which a document departs from the schema; empty when it is CAP 1.2. */
export const capFaults = (root: Element): readonly Fault[] => {
  if (root.name !== 'alert' || root.space !== capSpace) return [{ at: `/${root.name}`, why: 'unexpected' }];
  const children = root.children.filter(({ space }) => space !== signatures);
  return checkSequence(children, schema, '/alert');
};
