import type { Instant } from '../kernel/time.ts';

export interface AtomEntry {
  /** Never changes, whatever becomes of the page's address (RFC 4287, 4.2.6). */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly link: string;
  readonly author: string;
  readonly categories: readonly { readonly id: string; readonly name: string }[];
  readonly published: Instant;
  readonly updated: Instant;
}

export interface AtomFeed {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly language: string;
  /** Of the feed itself, and of the page that it mirrors. */
  readonly self: string;
  readonly page: string;
  /** Of a feed without entries. */
  readonly updated: Instant;
  readonly entries: readonly AtomEntry[];
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 has no way to write is left out: all but `Char` (production 2), unpaired surrogates too. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const escaped = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"']/g, (sign) => named[sign] ?? sign);

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const entry = (one: AtomEntry): string =>
  [
    '<entry>',
    element('id', one.id),
    element('title', one.title),
    `<link rel="alternate" type="text/html" href="${escaped(one.link)}"/>`,
    element('published', one.published),
    element('updated', one.updated),
    `<author>${element('name', one.author)}</author>`,
    ...one.categories.map(({ id, name }) => `<category term="${escaped(id)}" label="${escaped(name)}"/>`),
    element('summary', one.summary),
    '</entry>',
  ].join('');

/** An Atom document (RFC 4287). All text is plain, so that no reader has HTML to trust. */
export const atom = (feed: AtomFeed): string => {
  const newest = feed.entries
    .map(({ updated }) => updated)
    .sort()
    .at(-1);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(feed.language)}">`,
    element('id', feed.id),
    element('title', feed.title),
    element('updated', newest ?? feed.updated),
    `<author>${element('name', feed.author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(feed.page)}"/>`,
    ...feed.entries.map(entry),
    '</feed>\n',
  ].join('\n');
};
