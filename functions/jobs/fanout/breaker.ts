import type { ChannelName } from '../../events/told.ts';

/** Failures after each other that say that it is the channel, and not somebody's address. */
const enough = 5;

interface State {
  failures: number;
  /** One failure is enough: it took nothing lately. */
  shy: boolean;
  /** The one message that tries it out, while it does. */
  probe: Promise<void> | undefined;
}

export type Breaker = ReturnType<typeof breaker>;

/**
 * Leaves a channel alone that takes nothing, before thousands of messages have ended in it without a word. One that was
 * down lately is tried with a single message, for which all others wait.
 * @param down channels that took nothing when the last run ended
 */
export const breaker = (down: readonly string[]) => {
  const states = new Map<ChannelName, State>();
  const stateOf = (channel: ChannelName): State => {
    const state = states.get(channel) ?? { failures: 0, shy: down.includes(channel), probe: undefined };
    states.set(channel, state);
    return state;
  };
  const isDown = ({ failures, shy }: State): boolean => failures >= (shy ? 1 : enough);

  /** Sends by a channel, unless it is down. @param work answers whether the channel took part */
  const through = async <T>(
    channel: ChannelName,
    work: () => Promise<T>,
    took: (result: T) => boolean,
  ): Promise<T | undefined> => {
    const state = stateOf(channel);
    while (state.shy && state.probe !== undefined && !isDown(state)) await state.probe;
    if (isDown(state)) return undefined;
    let done: () => void = () => undefined;
    if (state.shy)
      state.probe = new Promise((resolve) => {
        done = resolve;
      });
    try {
      const result = await work();
      if (took(result)) Object.assign(state, { failures: 0, shy: false });
      else state.failures += 1;
      return result;
    } finally {
      state.probe = undefined;
      done();
    }
  };

  return {
    through,
    isOpen: (channel: ChannelName): boolean => isDown(stateOf(channel)),
    /** Those that take nothing; one that was not tried stays so. */
    down: (): readonly string[] =>
      [...new Set([...down, ...states.keys()])].filter((name) => {
        const state = states.get(name as ChannelName);
        return state === undefined || state.shy || isDown(state);
      }),
  };
};
