/** The jobs that send by providers which are no AWS services (functions/events/channels). */
const senders: ReadonlySet<string> = new Set(['deliver', 'digest']);

/**
 * Where those providers are on this machine: the outbox, whatever the template says, so that no message of a trial
 * ever leaves it. The outbox asks for no token.
 */
export const providersFor = (functionName: string, url: string): Readonly<Record<string, string>> =>
  senders.has(functionName.slice(functionName.lastIndexOf('-') + 1))
    ? {
        TELEGRAM_URL: `${url}/__local/channels/telegram`,
        WHATSAPP_URL: `${url}/__local/channels/whatsapp`,
      }
    : {};
