import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { asking, page } from '../kernel/page.ts';
import type { Clock } from '../kernel/time.ts';
import { subscriberRef } from '../people/book.ts';
import type { Pending, PendingStore } from '../people/pending.ts';
import {
  confirmPath,
  readConfirmToken,
  readSubscriberToken,
  stopPath,
  subscriberToken,
} from '../sendings/links.ts';
import type { subscriptions } from './contract.ts';
import { byAddress } from './news.ts';
import type { Own } from './own.ts';
import { joined } from './rules.ts';

type Operations = (typeof subscriptions)['operations'];

const words = {
  id: {
    confirm: {
      title: 'Terima pengumuman di alamat ini?',
      ask: 'Kami mengirim pengumuman yang Anda pilih ke alamat ini. Anda dapat berhenti kapan saja dengan satu klik.',
      button: 'Ya, kirimkan',
      done: 'Langganan berlaku.',
      manage: 'Atur langganan',
    },
    stop: {
      title: 'Berhenti berlangganan?',
      ask: 'Anda tidak akan lagi menerima pengumuman, juga tidak peringatan darurat. Kabar tentang laporan Anda tetap dikirim.',
      button: 'Berhenti',
      done: 'Langganan dihentikan.',
      again: 'Untuk menerima pengumuman lagi, simpan kembali langganan Anda.',
    },
  },
  en: {
    confirm: {
      title: 'Get announcements at this address?',
      ask: 'We send the announcements that you chose to this address. You can stop at any time with one click.',
      button: 'Yes, send them',
      done: 'Your subscription holds.',
      manage: 'Change it',
    },
    stop: {
      title: 'End your subscription?',
      ask: 'You will get no more announcements, and no warnings either. Notices about your reports still come.',
      button: 'Stop',
      done: 'Your subscription has ended.',
      again: 'To get announcements again, save your subscriptions once more.',
    },
  },
} as const satisfies Record<Language, object>;

export interface PagesDeps {
  readonly own: Pick<Own, 'take' | 'stop'>;
  readonly pending: Pick<PendingStore, 'read' | 'confirm'>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/**
 * What the links of letters and messages lead to. A look is safe, since mail programs and scanners follow links: only the
 * POST confirms or stops, once or again; that of stopping is also the mailbox's own one-click button (RFC 8058).
 */
export const pageOperations = ({ own, pending, keys, now }: PagesDeps) => {
  const waiting = async (token: string): Promise<{ readonly ref: string; readonly one: Pending }> => {
    const secret = await keys();
    const id = readConfirmToken(secret, token, now());
    const ref = id === undefined ? undefined : subscriberRef(secret, id);
    const one = ref === undefined ? undefined : (await pending.read([ref], now())).get(ref);
    if (ref === undefined || one === undefined) throw problem('linkInvalid');
    return { ref, one };
  };
  const stopped = async (token: string): Promise<string> => {
    const id = readSubscriberToken(await keys(), 'stop', token);
    if (id === undefined) throw problem('linkInvalid');
    return id;
  };

  return {
    confirmPage: async ({ input, language }: Call<Operations['confirmPage'], unknown>) => {
      const { t } = input.query;
      await waiting(t);
      const { title, ask, button } = words[language].confirm;
      return { body: page(language, title, asking(ask, `${confirmPath}?t=${t}`, button)) };
    },
    confirm: async ({ input, language }: Call<Operations['confirm'], unknown>) => {
      const { ref, one } = await waiting(input.query.t);
      // What was confirmed and changed since is not undone by the same link.
      if (one.confirmedAt === undefined) {
        await own.take(
          byAddress(one.id),
          (was) => ({ subscriptions: joined(was?.subscriptions ?? [], one.wanted), hour: one.hour }),
          { language: one.language, quiet: one.quiet, reach: { email: one.reach } },
        );
        await pending.confirm(ref, now());
      }
      const { done, manage } = words[language].confirm;
      const token = subscriberToken(await keys(), 'manage', one.id);
      return { body: page(language, done, `<p><a href="/langganan#t=${token}">${manage}</a></p>`) };
    },
    stopNewsPage: async ({ input, language }: Call<Operations['stopNewsPage'], unknown>) => {
      const { t } = input.query;
      await stopped(t);
      const { title, ask, button } = words[language].stop;
      return { body: page(language, title, asking(ask, `${stopPath}?t=${t}`, button)) };
    },
    stopNews: async ({ input, language }: Call<Operations['stopNews'], unknown>) => {
      await own.stop(await stopped(input.query.t));
      const { done, again } = words[language].stop;
      return { body: page(language, done, `<p>${again}</p>`) };
    },
  };
};
