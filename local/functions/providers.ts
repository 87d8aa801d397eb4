import { env } from '../../functions/kernel/env.ts';

/** The jobs that send by providers which are no AWS services (functions/events/channels). */
const senders: ReadonlySet<string> = new Set(['deliver', 'digest', 'availability']);

/**
 * Where those providers are on this machine: the outbox, whatever the template says, so that no message of a trial
 * ever leaves it. It asks for no token, and the secret of the tokens is not in the template.
 */
export const providersFor = (
  functionName: string,
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const name = functionName.slice(functionName.lastIndexOf('-') + 1);
  const offered = environment[env.citizenChannels];
  return {
    // Each channel that leads to the outbox is offered to citizens here; SMS where the template pays for it.
    ...(offered === undefined
      ? {}
      : { [env.citizenChannels]: [...new Set([...offered.split(','), 'telegram', 'whatsapp'])].join(',') }),
    ...(senders.has(name)
      ? {
          [env.telegramUrl]: `${url}/__local/channels/telegram`,
          [env.whatsappUrl]: `${url}/__local/channels/whatsapp`,
          [env.pushVia]: `${url}/__local/push`,
          [env.linksVia]: `${url}/__local/links`,
          [env.channelsSecretId]: '',
        }
      : {}),
  };
};
