import type { Card } from '../announcing/model.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';

type Both = { readonly id: string; readonly en?: string | undefined };
export const said = (text: Both, language: Language): string => text[language] ?? text.id;

const pathOf = (id: string): string => `/v1/public/announcements/${id}`;
export const filePath = (id: string, file: string): string => `${pathOf(id)}/files/${file}`;

/** A card as everybody reads it, in one language, with names in place of ids. */
export const shower = (city: City, language: Language) => {
  const area = (code: string) => ({
    id: code,
    name: city.areas.find((one) => one.code === code)?.name ?? code,
  });
  const topic = (id: string) => {
    const names = city.topics.topics.find((one) => one.id === id)?.names;
    return { id, name: names?.[language] ?? id };
  };
  const unit = (id: string) => ({ id, name: unitOf(city, id)?.name ?? id });

  return (card: Card) => ({
    id: card.id,
    kind: card.kind,
    language: card.title[language] === undefined ? ('id' as const) : language,
    title: said(card.title, language),
    lead: said(card.lead, language),
    unit: unit(card.unit),
    areas: card.areas.map(area),
    topics: card.topics.map(topic),
    publishedAt: card.at,
    expiresAt: card.expiresAt ?? null,
    correctedAt: card.correctedAt ?? null,
    pinned: card.pinned,
    source: card.source === undefined ? null : { name: card.source.name, url: card.source.url ?? null },
    cover:
      card.cover === undefined
        ? null
        : {
            url: filePath(card.id, card.cover.file),
            thumbnail: `${filePath(card.id, card.cover.file)}?size=thumbnail`,
            alt: said(card.cover.alt, language),
          },
    event: card.event ?? null,
    short: `/v1/p/${card.id}`,
  });
};
export type Shown = ReturnType<ReturnType<typeof shower>>;
