import * as z from 'zod/mini';
import type { Channel } from '../tell.ts';
import { type Fetch, post } from './http.ts';

/** What the Bot API's `sendMessage` answers. */
const answer = z.pipe(
  z.object({ result: z.object({ message_id: z.union([z.int(), z.string()]) }) }),
  z.transform(({ result }): string => String(result.message_id)),
);

/**
 * The Bot API's `sendMessage`.
 * @param url with `{token}` where the token goes: `https://api.telegram.org/bot{token}/sendMessage`
 */
export const telegramChannel = (fetching: Fetch, url: string, token: () => Promise<string>): Channel => ({
  name: 'telegram',
  send: async (to, notice) => {
    const sent = await post(
      fetching,
      url.includes('{token}') ? url.replace('{token}', encodeURIComponent(await token())) : url,
      {},
      { chat_id: to, text: notice.text, link_preview_options: { is_disabled: true } },
      answer,
    );
    // Telegram says no more than that it took the message.
    return sent.state === 'sent' ? { ...sent, arrived: true } : sent;
  },
});
