import { localDate } from '../cases/clock/local.ts';
import { isValidOn, unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { ErrorCode, FieldError } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import { faultOf } from './markdown.ts';
import type { Content } from './model.ts';

/** How far ahead, and for how long, anything is announced: a slip of the year is not a plan. */
const mostDays = 731;
const daysBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/**
 * Everything that is wrong with what somebody wrote, field by field; empty when it can be kept. The first one's problem
 * is the answer's.
 */
export const faultsOf = (city: City, content: Content, now: Instant): readonly FieldError[] => {
  const faults: FieldError[] = [];
  const report = (field: string, problem: ErrorCode): void => {
    faults.push({ field: `/content/${field}`, problem });
  };
  const { publishAt, expiresAt, event } = content;
  const begins = publishAt !== undefined && publishAt > now ? publishAt : now;
  if (expiresAt !== undefined && expiresAt <= begins) report('expiresAt', 'expiresBeforePublish');
  if (content.kind === 'emergency' && expiresAt === undefined) report('expiresAt', 'expiryMissing');
  const moments = { publishAt, expiresAt, 'event/end': event?.end };
  for (const [field, at] of Object.entries(moments))
    if (at !== undefined && daysBetween(now, at) > mostDays) report(field, 'dateOutOfRange');
  const unit = unitOf(city, content.unit);
  if (unit === undefined || !isValidOn(unit, localDate(now, city.profile.zone)))
    report('unit', 'unknownUnit');
  content.areas.forEach((code, i) => {
    if (!city.areas.some((area) => area.code === code)) report(`areas/${i}`, 'unknownArea');
  });
  content.topics.forEach((id, i) => {
    if (!city.topics.topics.some((topic) => topic.id === id)) report(`topics/${i}`, 'unknownTopic');
  });
  if ((content.kind === 'agenda') !== (event !== undefined)) report('event', 'agendaEvent');
  if (event !== undefined && event.end < event.start) report('event/end', 'agendaEvent');
  for (const language of ['id', 'en'] as const) {
    const body = content.body[language];
    const fault = body === undefined ? undefined : faultOf(body);
    if (fault !== undefined) report(`body/${language}`, fault === 'html' ? 'htmlInMarkdown' : 'unsafeLink');
  }
  return faults;
};
