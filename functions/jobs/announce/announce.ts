import { linksIn } from '../../announcing/cap/feed.ts';
import type { alertTaker } from '../../announcing/cap/take.ts';
import type { telling } from '../../announcing/telling.ts';
import type { City } from '../../city/schema.ts';
import { isProblem } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, type Instant, toSeconds } from '../../kernel/time.ts';
import type { SeenStore } from './store.ts';

/** Announcements that one run hands over; warnings that it reads. The next minute goes on. */
const atOnce = 100;
const newLinks = 12;
/** Sources are asked this often: BMKG allows 60 requests a minute, and its warnings last hours. */
const minutesBetween = 5;

export interface AnnounceDeps {
  readonly telling: Pick<ReturnType<typeof telling>, 'sweep'>;
  readonly take: ReturnType<typeof alertTaker>;
  readonly fetchText: (url: string) => Promise<string | undefined>;
  readonly seen: SeenStore;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface Announced {
  readonly told: number;
  readonly alerts: number;
  readonly failed: number;
}

/**
 * What time alone does not do for announcements: has subscribers told whose moment has come or whose instance died, and
 * reads warnings where the city says so. Nothing is published or ended here: who reads, decides by the clock.
 */
export const announce = (deps: AnnounceDeps) => {
  /** Takes one message. @returns whether it was one; a refusal is final, an outage of ours is not */
  const taken = async (xml: string): Promise<boolean> => {
    try {
      const { became, again } = await deps.take(xml);
      if (!again) deps.log.info('a warning was taken', { became });
      return true;
    } catch (e) {
      if (!isProblem(e) || e.code === 'busy') throw e;
      deps.log.warn('a warning was refused', { code: e.code });
      return false;
    }
  };

  const readLinks = async (links: readonly string[], seconds: number): Promise<number> => {
    let alerts = 0;
    let left = newLinks;
    for (const link of links) {
      if (left === 0) break;
      if (await deps.seen.has(link, seconds)) continue;
      left -= 1;
      const xml = await deps.fetchText(link);
      if (xml === undefined) continue;
      if (await taken(xml)) alerts += 1;
      await deps.seen.add(link, seconds);
    }
    return alerts;
  };

  const poll = async (source: string, now: Instant): Promise<number> => {
    const text = await deps.fetchText(source);
    const found = text === undefined ? undefined : linksIn(text, source);
    if (found === undefined) {
      deps.log.warn('a source of warnings gave none', { host: new URL(source).host });
      return 0;
    }
    if ('message' in found) return (await taken(found.message)) ? 1 : 0;
    return readLinks(found.links, toSeconds(now));
  };

  return async (): Promise<Announced> => {
    const now = deps.now();
    const { told, failed } = await deps.telling.sweep(now, atOnce);
    for (const error of failed) deps.log.error('subscribers could not be told yet', error);
    let alerts = 0;
    let broken = failed.length;
    const { alerts: setting } = (await deps.city()).topics;
    if (setting !== undefined && Math.floor(toSeconds(now) / 60) % minutesBetween === 0) {
      for (const source of setting.feeds) {
        try {
          alerts += await poll(source, now);
        } catch (e) {
          broken += 1;
          deps.log.error('warnings could not be taken yet', e);
        }
      }
    }
    return { told, alerts, failed: broken };
  };
};
