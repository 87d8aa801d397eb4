import * as z from 'zod/mini';
import type { Channel } from '../tell.ts';
import { type Fetch, post } from './http.ts';

/** What the Business Cloud API answers. */
const answer = z.pipe(
  z.object({ messages: z.array(z.object({ id: z.string() })).check(z.minLength(1)) }),
  z.transform(({ messages }): string => messages[0]?.id ?? ''),
);

/** Names of the templates that the city has had approved; parameters in the notice's order. */
const templates = {
  case: 'lapau_kabar_laporan',
  digest: 'lapau_ringkasan_pagi',
  reporter: 'lapau_kabar_pelapor',
  supporter: 'lapau_kabar_pendukung',
  announcement: 'lapau_pengumuman',
  warning: 'lapau_peringatan',
  announcements: 'lapau_ringkasan_pengumuman',
  app: 'lapau_kabar_aplikasi',
} as const;

/**
 * The Business Cloud API's template message, the only kind that may be sent without being written to first.
 * @param url `https://graph.facebook.com/v23.0/<phone number id>/messages`
 * @param token undefined where the receiver asks for none
 */
export const whatsappChannel = (
  fetching: Fetch,
  url: string,
  token: () => Promise<string | undefined>,
): Channel => ({
  name: 'whatsapp',
  send: async (to, notice, receipt) => {
    const bearer = await token();
    return post(
      fetching,
      url,
      bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: to.replace(/\D/g, ''),
        type: 'template',
        template: {
          name: templates[notice.template],
          language: { code: 'id' },
          components: [
            { type: 'body', parameters: notice.parameters.map((text) => ({ type: 'text', text })) },
          ],
        },
        // Comes back with every status of this message.
        ...(receipt === undefined ? {} : { biz_opaque_callback_data: receipt }),
      },
      answer,
    );
  },
});
