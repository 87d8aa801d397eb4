import type { SendingChannel } from '../../city/sendings.ts';
import type { ChannelName } from '../../events/told.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Allowance } from '../../sendings/allowance.ts';

interface Stock {
  readonly channel: SendingChannel;
  /** Places that were taken in its queue, the first at `from`. */
  readonly places: number;
  readonly from: number;
  /** Messages that the month still gives this page. */
  left: number;
  /** Epoch milliseconds from when on the next one may be sent. */
  nextAt: number;
}

export interface PurseParts {
  readonly allowance: Pick<Allowance, 'take' | 'giveBack' | 'queue' | 'leave'>;
  readonly channels: ReadonlyMap<ChannelName, SendingChannel>;
  readonly emergency: boolean;
  readonly at: Instant;
  readonly millis: () => number;
}

export type Purse = Awaited<ReturnType<typeof purse>>;

/**
 * What one page may send: its messages of the month and its places in the queues of the channels, taken at once for all
 * of its people and given back where they were not used.
 * @param wanted messages by channel
 */
export const purse = async (parts: PurseParts, wanted: ReadonlyMap<ChannelName, number>) => {
  const { allowance, channels, emergency, at, millis } = parts;
  const stocks = new Map<ChannelName, Stock>();

  const fill = async (name: ChannelName, n: number): Promise<Stock | undefined> => {
    const channel = channels.get(name);
    if (channel === undefined) return undefined;
    const granted = await allowance.take(channel, emergency, n, at);
    const nextAt = granted === 0 ? millis() : await allowance.queue(channel, granted, millis());
    const stock = { channel, places: granted, from: nextAt, left: granted, nextAt };
    stocks.set(name, stock);
    return stock;
  };
  await Promise.all([...wanted].map(([name, n]) => fill(name, n)));

  /** @returns from when on one message may be sent, epoch milliseconds; undefined: the month has none left */
  const take = async (name: ChannelName): Promise<number | undefined> => {
    const stock = stocks.get(name) ?? (await fill(name, 1));
    if (stock === undefined || stock.left === 0) return undefined;
    stock.left -= 1;
    const { nextAt } = stock;
    stock.nextAt += 1000 / stock.channel.perSecond;
    return nextAt;
  };

  /** It was not sent, or not taken. */
  const putBack = (name: ChannelName): void => {
    const stock = stocks.get(name);
    if (stock !== undefined) stock.left += 1;
  };

  /** When the last message that was taken up front may be sent, epoch milliseconds. */
  const lastAt = (): number =>
    Math.max(
      millis(),
      ...[...stocks.values()].map(({ left, nextAt, channel }) => nextAt + (left * 1000) / channel.perSecond),
    );

  /** Nothing is sent after all: the queues are as if nobody had asked. */
  const leave = async (): Promise<void> => {
    await Promise.all(
      [...stocks.values()].map(({ channel, places, from }) =>
        places === 0 ? undefined : allowance.leave(channel, places, from),
      ),
    );
  };

  const close = async (): Promise<void> => {
    await Promise.all(
      [...stocks].map(([name, stock]) => {
        const { left } = stock;
        stock.left = 0;
        return allowance.giveBack(name, left, at);
      }),
    );
  };

  return { take, putBack, lastAt, leave, close };
};
