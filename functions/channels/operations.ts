import type { News } from '../events/feedback.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { channels } from './contract.ts';
import { newsOf, sameToken } from './rules.ts';

type Operations = (typeof channels)['operations'];

/** What the app's owner agreed with WhatsApp: under what it signs, and by what it knows us. */
export interface Agreed {
  readonly appSecret: string;
  readonly verifyToken: string;
}

/** Whoever calls: WhatsApp, proved by its signature over the body; or nobody. */
export interface Provider {
  readonly signed: boolean;
}

export interface Deps {
  /** Undefined where the city has no WhatsApp. */
  readonly agreed: () => Promise<Agreed | undefined>;
  readonly hear: (ref: string, news: News) => Promise<void>;
}

export const operations = ({ agreed, hear }: Deps) => ({
  whatsappStatus: async ({ input, actor }: Call<Operations['whatsappStatus'], Provider>) => {
    if (!actor.signed) throw problem('signatureWrong');
    const statuses = input.body.entry.flatMap(({ changes }) =>
      changes.flatMap(({ value }) => value.statuses ?? []),
    );
    let heard = 0;
    // One after the other: two statuses of one message may come together, in the order in which they happened.
    for (const status of statuses) {
      const news = newsOf(status);
      if (news === undefined || status.biz_opaque_callback_data === undefined) continue;
      await hear(status.biz_opaque_callback_data, news);
      heard += 1;
    }
    return { body: { heard } };
  },

  whatsappVerify: async ({ input }: Call<Operations['whatsappVerify'], Provider>) => {
    const known = await agreed();
    if (known === undefined) throw problem('channelOff');
    if (!sameToken(input.query['hub.verify_token'], known.verifyToken)) throw problem('signatureWrong');
    return { body: input.query['hub.challenge'] };
  },
});
