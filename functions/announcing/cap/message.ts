import { fromSeconds, type Instant } from '../../kernel/time.ts';
import { capFaults, type Fault } from './schema.ts';
import { type Element, readXml } from './xml.ts';

interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface CapArea {
  readonly name: string;
  readonly polygons: readonly (readonly Point[])[];
  readonly circles: readonly { readonly centre: Point; readonly km: number }[];
  readonly geocodes: readonly string[];
}

export interface CapInfo {
  /** As it says, `id`, `en-US`; English when it does not (3.2.2). */
  readonly language: string;
  readonly event: string;
  readonly severity: string;
  readonly headline: string | undefined;
  readonly description: string | undefined;
  readonly instruction: string | undefined;
  readonly web: string | undefined;
  readonly senderName: string | undefined;
  readonly effective: Instant | undefined;
  readonly expires: Instant | undefined;
  readonly areas: readonly CapArea[];
}

/** An earlier message, as `references` names it. */
export interface Reference {
  readonly sender: string;
  readonly identifier: string;
}

export interface CapMessage extends Reference {
  readonly sent: Instant;
  readonly status: string;
  readonly type: 'Alert' | 'Update' | 'Cancel' | 'Ack' | 'Error';
  readonly scope: string;
  readonly references: readonly Reference[];
  readonly infos: readonly CapInfo[];
}

export type Read =
  | { readonly message: CapMessage; readonly faults?: undefined }
  /** Undefined faults: not even well-formed, or not allowed. */
  | { readonly message?: undefined; readonly faults: readonly Fault[] | 'malformed' };

const textsOf = (element: Element, name: string): readonly string[] =>
  element.children.filter((child) => child.name === name).map(({ text }) => text.trim());
const textOf = (element: Element, name: string): string | undefined => {
  const [text] = textsOf(element, name);
  return text === undefined || text === '' ? undefined : text;
};
const momentOf = (element: Element, name: string): Instant | undefined => {
  const text = textOf(element, name);
  return text === undefined ? undefined : fromSeconds(Date.parse(text) / 1000);
};

const pointOf = (text: string): Point => {
  const [lat, lon] = text.split(',').map(Number);
  return { lat: lat ?? 0, lon: lon ?? 0 };
};

const areaOf = (element: Element): CapArea => ({
  name: textOf(element, 'areaDesc') ?? '',
  polygons: textsOf(element, 'polygon').map((text) => text.split(/\s+/).map(pointOf)),
  circles: textsOf(element, 'circle').map((text) => {
    const [centre = '', km = '0'] = text.split(/\s+/);
    return { centre: pointOf(centre), km: Number(km) };
  }),
  geocodes: element.children
    .filter(({ name }) => name === 'geocode')
    .flatMap((code) => textOf(code, 'value') ?? []),
});

const infoOf = (element: Element): CapInfo => ({
  language: textOf(element, 'language') ?? 'en-US',
  event: textOf(element, 'event') ?? '',
  severity: textOf(element, 'severity') ?? '',
  headline: textOf(element, 'headline'),
  description: textOf(element, 'description'),
  instruction: textOf(element, 'instruction'),
  web: textOf(element, 'web'),
  senderName: textOf(element, 'senderName'),
  effective: momentOf(element, 'effective'),
  expires: momentOf(element, 'expires'),
  areas: element.children.filter(({ name }) => name === 'area').map(areaOf),
});

/** `sender,identifier,sent`, with blanks between several (3.2.1). */
const referencePattern =
  /^([^\s,<&]{1,300}),([^\s,<&]{1,300}),\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}$/;
const mostReferences = 50;

const referencesOf = (text: string | undefined): readonly Reference[] | undefined => {
  if (text === undefined) return [];
  const all = text.split(/\s+/).map((one) => referencePattern.exec(one));
  const read = all.flatMap((match) =>
    match?.[1] === undefined || match[2] === undefined ? [] : [{ sender: match[1], identifier: match[2] }],
  );
  return read.length === all.length && read.length <= mostReferences ? read : undefined;
};

/** What the words of the standard ask for beside its schema (3.2.1, 3.2.2). */
const furtherFaults = (message: CapMessage, root: Element, references: boolean): readonly Fault[] => {
  const faults: Fault[] = [];
  const report = (at: string, why: Fault['why']): void => {
    faults.push({ at: `/alert/${at}`, why });
  };
  const { type, scope, infos } = message;
  if (!references) report('references', 'invalid');
  else if ((type === 'Update' || type === 'Cancel') && message.references.length === 0)
    report('references', 'missing');
  if (scope === 'Restricted' && textOf(root, 'restriction') === undefined) report('restriction', 'missing');
  if (scope === 'Private' && textOf(root, 'addresses') === undefined) report('addresses', 'missing');
  if ((type === 'Alert' || type === 'Update') && infos.length === 0) report('info', 'missing');
  infos.forEach(({ expires, effective }, i) => {
    if (expires !== undefined && expires <= (effective ?? message.sent))
      report(`info[${i + 1}]/expires`, 'invalid');
  });
  return faults;
};

/** Reads a CAP 1.2 message, or says everything that is wrong with it. */
export const readCap = (xml: string): Read => {
  const root = readXml(xml);
  if (root === undefined) return { faults: 'malformed' };
  const faults = capFaults(root);
  if (faults.length > 0) return { faults };
  const references = referencesOf(textOf(root, 'references'));
  const message: CapMessage = {
    identifier: textOf(root, 'identifier') ?? '',
    sender: textOf(root, 'sender') ?? '',
    sent: momentOf(root, 'sent') ?? '',
    status: textOf(root, 'status') ?? '',
    type: textOf(root, 'msgType') as CapMessage['type'],
    scope: textOf(root, 'scope') ?? '',
    references: references ?? [],
    infos: root.children.filter(({ name }) => name === 'info').map(infoOf),
  };
  const further = furtherFaults(message, root, references !== undefined);
  return further.length > 0 ? { faults: further } : { message };
};
