import type { CaseEvent, CaseRecord, CaseText } from '../cases/model.ts';
import { findPersonal, maskPersonal } from '../cases/personal.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';

/** Longest that `publish` takes. */
const titleLength = 120;
const summaryLength = 1500;

const cut = (text: string, length: number): string => {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 2);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), length / 2))} …`;
};

/** `Jalan rusak di Ganting`, for the coordinator to make better. */
const titleOf = (city: City, record: CaseRecord): string => {
  const category = categoryOf(city, record.category)?.names.id ?? 'Laporan warga';
  const area = city.areas.find(({ code }) => code === record.area)?.name;
  return cut(area === undefined ? category : `${category} di ${area}`, titleLength);
};

/** What a coordinator begins to edit: the report with what leads to a person masked, and what that was. Pure. */
export const proposed = (city: City, record: CaseRecord, filed: CaseText | undefined) => {
  const body = filed?.body ?? '';
  return {
    proposal: { title: titleOf(city, record), summary: cut(maskPersonal(body), summaryLength) },
    findings: findPersonal(body).map(({ kind, text }) => ({ field: 'summary', kind, text })),
  };
};

/** Files of the case by the event that brought them. */
export const filesOf = (events: readonly CaseEvent[], released: readonly string[]) =>
  events.flatMap(({ seq, files = [] }) =>
    files.map(({ id }) => ({ id, seq, released: released.includes(id) })),
  );
