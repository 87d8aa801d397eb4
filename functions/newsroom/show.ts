import { type Files, namedIn } from '../announcing/files.ts';
import type { Card, State, Step, Version } from '../announcing/model.ts';
import {
  discard,
  edit,
  type Given,
  giveBack,
  type Outcome,
  publish,
  submit,
  withdraw,
} from '../announcing/rules.ts';
import type { Loaded } from '../announcing/write.ts';
import { type LinkDeps, linksOf } from '../attachments/links.ts';
import { refusalWords } from '../attachments/words.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';

const versionShown = ({ version, content, html, at }: Version) => ({ version, content, html, at });

/** What a person could do now, by trying each rule: the page offers nothing that would be refused. */
const canDo = ({ head, pending, live }: Loaded, city: City, actor: StaffActor, now: Instant) => {
  const words = (pending ?? live)?.content;
  if (words === undefined) return [];
  const given: Given = { city, actor, now, command: { id: '', fingerprint: '' } };
  const reason = 'why';
  const tries: readonly (readonly [
    'edit' | 'submit' | 'return' | 'publish' | 'withdraw' | 'discard',
    Outcome,
  ])[] = [
    ['edit', edit(given, head, words, words, reason)],
    ['submit', submit(given, head, words)],
    ['return', giveBack(given, head, words, reason)],
    ['publish', publish(given, head, words, { reason })],
    ['withdraw', withdraw(given, head, words, reason)],
    ['discard', discard(given, head, words)],
  ];
  return tries.flatMap(([name, outcome]) => ('refuse' in outcome ? [] : [name]));
};

export interface Showing {
  readonly loaded: Loaded;
  readonly steps: readonly Step[];
  readonly files: Files;
  readonly links: LinkDeps;
  readonly city: City;
  readonly actor: StaffActor;
  readonly now: Instant;
  readonly language: Language;
}

/** Everything that the desk shows of one announcement. */
export const shown = ({ loaded, steps, files, links, city, actor, now, language }: Showing) => {
  const { head, live, pending } = loaded;
  const words = (pending ?? live)?.content;
  return {
    live: live === undefined ? null : versionShown(live),
    publishedAt: head.live?.at ?? null,
    expiresAt: head.live?.expiresAt ?? null,
    draft:
      head.pending === undefined || pending === undefined
        ? null
        : {
            ...versionShown(pending),
            stage: head.pending.stage,
            reason: head.pending.reason ?? null,
          },
    withdrawn: head.withdrawn ?? null,
    corrections: head.corrections,
    telling: head.due !== undefined,
    history: steps.map(({ v: _, ...step }) => step),
    files: (words === undefined ? [] : namedIn(words)).flatMap(({ id }) => {
      const file = files.get(id);
      if (file === undefined) return [];
      return [
        {
          id,
          state:
            file.refused !== undefined
              ? ('refused' as const)
              : file.facts === undefined
                ? ('pending' as const)
                : ('ready' as const),
          kind: file.facts?.kind ?? null,
          reason: file.refused === undefined ? null : refusalWords[file.refused][language],
          url: linksOf(links, file, now)?.url ?? null,
        },
      ];
    }),
    can: canDo(loaded, city, actor, now),
  };
};

/** A list of the desk, what publishes last first. */
export const listed = (cards: readonly (Card & { readonly state: State })[], language: Language) =>
  cards
    .map(({ id, kind, state, version, title, unit, at, expiresAt }) => ({
      ...{ id, kind, state, version, unit },
      title: title[language] ?? title.id,
      publishAt: at,
      expiresAt: expiresAt ?? null,
    }))
    .sort((a, b) => (a.publishAt < b.publishAt ? 1 : -1));
