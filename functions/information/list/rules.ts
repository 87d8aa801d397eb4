import type { StaffActor } from '../../cases/actor.ts';
import { isValidOn, unitOf } from '../../cases/units.ts';
import type { City } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { ItemBody, ListItem } from './model.ts';

/** Items of one city: what one reading of the whole list takes. */
export const itemsLimit = 2000;

type Editor = Pick<StaffActor, 'role' | 'position' | 'units'>;

/** The desk of PPID Utama keeps the whole list, a PPID Pelaksana what the own unit holds. */
export const mayEdit = ({ role, position, units }: Editor, unit: string): boolean =>
  role === 'coordinator' || position === 'ppidUtama' || (position === 'ppidPelaksana' && units.has(unit));

/** What becomes public is PPID Utama's decision (UU 14/2008 article 13, Perki 1/2021). */
export const mayPublish = ({ position }: Editor): boolean => position === 'ppidUtama';

/** Why a body cannot be an item; undefined when it can. @param today local date */
export const misshapen = (
  city: City,
  { class: kind, exempt, unit: id, files }: ItemBody,
  today: string,
): { readonly code: ErrorCode; readonly field: string } | undefined => {
  const unit = unitOf(city, id);
  if (unit === undefined || !isValidOn(unit, today)) return { code: 'unknownUnit', field: '/unit' };
  if ((kind === 'exempt') !== (exempt !== undefined))
    return { code: 'consequenceTestMissing', field: '/exempt' };
  const strange = exempt?.documents.findIndex((document) => !files.includes(document)) ?? -1;
  return strange >= 0 ? { code: 'unknownFile', field: `/exempt/documents/${strange}` } : undefined;
};

/** Why it cannot be published: nothing to read, or a consequence test without its document. */
export const unpublishable = (
  { class: kind, files, link, where, exempt }: ItemBody,
  inspected: ReadonlySet<string>,
): ErrorCode | undefined => {
  if (files.some((file) => !inspected.has(file))) return 'nothingToRead';
  if (kind === 'exempt') return exempt === undefined ? 'consequenceTestMissing' : undefined;
  return files.length === 0 && link === undefined && where === undefined ? 'nothingToRead' : undefined;
};

/** An item as its next change leaves it. */
export const changedItem = (
  item: ListItem,
  change: Partial<Pick<ListItem, 'state' | 'body' | 'reason'>>,
  by: Pick<ListItem, 'by' | 'at' | 'command'>,
): ListItem => {
  const { reason: _, ...rest } = item;
  const state = change.state ?? item.state;
  return {
    ...rest,
    ...change,
    ...by,
    rev: item.rev + 1,
    ...(state === 'published' ? { firstAt: item.firstAt ?? by.at } : {}),
  };
};
