import { env } from '../../functions/kernel/env.ts';

/** The jobs that send by providers which are no AWS services (functions/events/channels). */
const senders: ReadonlySet<string> = new Set(['deliver', 'digest']);

/**
 * Where those providers are on this machine: the outbox, whatever the template says, so that no message of a trial
 * ever leaves it. It asks for no token, and the secret of the tokens is not in the template.
 */
export const providersFor = (functionName: string, url: string): Readonly<Record<string, string>> =>
  senders.has(functionName.slice(functionName.lastIndexOf('-') + 1))
    ? {
        [env.telegramUrl]: `${url}/__local/channels/telegram`,
        [env.whatsappUrl]: `${url}/__local/channels/whatsapp`,
        [env.channelsSecretId]: '',
      }
    : {};
