import type { Language } from '../kernel/errors.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { asking, page } from '../kernel/page.ts';
import type { Clock } from '../kernel/time.ts';
import { unseal } from '../kernel/token.ts';
import type { BookStore } from '../people/book.ts';
import { stopPath } from '../people/citizens.ts';
import type { citizens } from './contract.ts';

type Operations = (typeof citizens)['operations'];

export interface StopDeps {
  readonly books: Pick<BookStore, 'change'>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

const words = {
  id: {
    title: 'Berhenti menerima kabar?',
    ask: 'Anda tidak akan lagi menerima kabar tentang laporan ini. Laporannya tetap ditangani, dan tetap dapat dilacak.',
    button: 'Berhenti',
    done: 'Kabar tentang laporan ini sudah dihentikan.',
    again: 'Untuk menerima kabar lagi, buka laporan dengan kode dan PIN, lalu atur kabar.',
  },
  en: {
    title: 'Stop these notices?',
    ask: 'You will get no more notices about this report. It is handled all the same, and you can still follow it.',
    button: 'Stop',
    done: 'Notices about this report have stopped.',
    again: 'To get them again, open the report with its code and PIN and set your notices.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/**
 * Stops notices by the link that each of them carries. A look is safe, since mail programs and scanners follow links:
 * only the POST stops, once or again, which is also the mailbox's own one-click button (RFC 8058).
 */
export const stopOperations = ({ books, keys, now }: StopDeps) => {
  const refOf = async (token: string): Promise<string> => {
    const ref = unseal(await keys(), 'stop', token);
    if (typeof ref !== 'string') throw problem('linkInvalid');
    return ref;
  };
  return {
    stopPage: async ({ input, language }: Call<Operations['stopPage'], unknown>) => {
      const { t } = input.query;
      await refOf(t);
      const { title, ask, button } = words[language];
      return { body: page(language, title, asking(ask, `${stopPath}?t=${t}`, button)) };
    },
    stopNotices: async ({ input, language }: Call<Operations['stopNotices'], unknown>) => {
      await books.change(await refOf(input.query.t), { stopped: true }, now());
      const { done, again } = words[language];
      return { body: page(language, done, `<p>${again}</p>`) };
    },
  };
};
