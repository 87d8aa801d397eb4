import * as z from 'zod/mini';
import type { City } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { type Content, content } from '../model.ts';
import { literally } from '../text.ts';
import { areasOf } from './areas.ts';
import type { CapInfo, CapMessage } from './message.ts';

/** No warning stands longer than this, whatever it says. */
const longestSeconds = 31 * 86_400;

/** Longest text of another body that is taken over; escaped it is at most twice as long. */
const mostCharacters = 2900;

const toMinute = (at: Instant, up: boolean): Instant => {
  const seconds = toSeconds(at);
  return fromSeconds((up ? Math.ceil(seconds / 60) : Math.floor(seconds / 60)) * 60);
};

/** Everything that people could not read. */
const readable = (text: string): string =>
  text.replace(/[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');

const oneLine = (text: string): string => readable(text).replace(/\s+/g, ' ').trim();

const titleOf = ({ headline, event }: CapInfo): string => oneLine(headline ?? event).slice(0, 150);

const bodyOf = ({ description, instruction, event }: CapInfo): string =>
  [description ?? event, instruction]
    .flatMap((text) => (text === undefined ? [] : [literally(readable(text).slice(0, mostCharacters))]))
    .join('\n\n');

const inLanguage = (infos: readonly CapInfo[], ...tags: readonly string[]): CapInfo | undefined =>
  infos.find(({ language }) => tags.includes(language.slice(0, 2).toLowerCase()));

export type Read =
  | { readonly content: Content }
  /** Nothing of it is for this city, or it is over. */
  | { readonly not: 'elsewhere' | 'over' | 'unusable' };

/**
 * The warning as the city announces it: an emergency for the areas that it names, in words that are shown as they came,
 * until the last of its parts expires.
 */
export const articleOf = (city: City, { infos, sent, sender }: CapMessage, now: Instant): Read => {
  const { alerts } = city.topics;
  // `in` is what the language was called before 1989, and still is in many systems.
  const main = inLanguage(infos, 'id', 'in') ?? infos[0];
  if (alerts === undefined || main === undefined) return { not: 'unusable' };
  const areas = areasOf(
    city,
    infos.flatMap((info) => info.areas),
  );
  if (areas === undefined) return { not: 'elsewhere' };
  const lasts = fromSeconds(toSeconds(sent) + alerts.hours * 3600);
  const ends = infos.map(({ expires }) => expires ?? lasts).sort();
  const latest = fromSeconds(toSeconds(sent) + longestSeconds);
  const expiresAt = toMinute([ends.at(-1) ?? lasts, latest].sort()[0] ?? lasts, true);
  if (expiresAt <= now) return { not: 'over' };
  const begins = infos.map(({ effective }) => effective ?? sent).sort()[0] ?? sent;
  const english = inLanguage(infos, 'en');
  const other = english === undefined || english === main ? undefined : english;
  const url = main.web !== undefined && /^https:\/\/[^\s<>"]{3,480}$/.test(main.web) ? { url: main.web } : {};
  const parsed = z.safeParse(content, {
    kind: 'emergency',
    title: { id: titleOf(main), ...(other === undefined ? {} : { en: titleOf(other) }) },
    body: { id: bodyOf(main), ...(other === undefined ? {} : { en: bodyOf(other) }) },
    unit: alerts.unit,
    areas,
    topics: [alerts.topic],
    expiresAt,
    source: { name: oneLine(main.senderName ?? sender).slice(0, 200), ...url },
    ...(begins > now ? { publishAt: toMinute(begins, false) } : {}),
  });
  return parsed.success ? { content: parsed.data } : { not: 'unusable' };
};
