import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod/mini';
import { env } from '../../kernel/env.ts';
import type { Channel } from '../tell.ts';
import { emailChannel } from './email.ts';
import type { Fetch } from './http.ts';
import { type PushParts, pushChannel } from './push.ts';
import { telegramChannel } from './telegram.ts';
import { whatsappChannel } from './whatsapp.ts';

const url = z.optional(z.url({ protocol: /^https?$/ }));
/** What is not set is off. Mail is always on. */
const environment = z.object({
  [env.telegramUrl]: url,
  [env.whatsappUrl]: url,
  [env.channelsSecretId]: z.optional(z.string().check(z.minLength(1))),
  [env.mailEvents]: z.optional(z.string()),
  [env.pushVia]: url,
});

const tokens = z.object({ telegram: z.optional(z.string()), whatsapp: z.optional(z.string()) });

/** Reads the tokens when one is first needed; a failed read is tried again by the next notice. */
const tokensFrom = (secretId: string | undefined): (() => Promise<z.output<typeof tokens>>) => {
  if (secretId === undefined) return async () => ({});
  const client = new SecretsManagerClient({});
  let loading: Promise<z.output<typeof tokens>> | undefined;
  return () => {
    loading ??= client
      .send(new GetSecretValueCommand({ SecretId: secretId }))
      .then(({ SecretString: json }) => tokens.parse(JSON.parse(json ?? '{}')))
      .catch((e: unknown) => {
        loading = undefined;
        throw e;
      });
    return loading;
  };
};

export interface ChannelParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly ses: Pick<SESv2Client, 'send'>;
  readonly mailFrom: string;
  readonly fetching?: Fetch;
  /** Web push, for the function that tells citizens. */
  readonly push?: Pick<PushParts, 'keys' | 'seconds' | 'subject'>;
  /** Text messages, where the city pays for them. */
  readonly sms?: Channel | undefined;
}

/**
 * The channels of this deployment.
 * @throws Error at load when a setting is not a URL, with its name
 */
export const configuredChannels = (parts: ChannelParts): readonly Channel[] => {
  const { fetching = fetch } = parts;
  // An empty variable is one that is not set.
  const given = Object.fromEntries(
    Object.keys(environment.shape).map((name) => [name, parts.environment[name] || undefined]),
  );
  const read = z.safeParse(environment, given);
  if (!read.success)
    throw new Error(`environment variable ${read.error.issues[0]?.path.join('.') ?? '?'} is not usable`);
  const { TELEGRAM_URL: telegram, WHATSAPP_URL: whatsapp, CHANNELS_SECRET_ID: secretId } = read.data;
  const { MAIL_EVENTS: events, PUSH_VIA: via } = read.data;
  if (telegram?.includes('{token}') === true && secretId === undefined)
    throw new Error(`${env.telegramUrl} needs a token: set ${env.channelsSecretId}`);
  const load = tokensFrom(secretId);
  const must = async (): Promise<string> => {
    const { telegram: token } = await load();
    if (token === undefined) throw new Error('the secret of the channels has no telegram token');
    return token;
  };
  return [
    emailChannel(parts.ses, parts.mailFrom, undefined, events),
    ...(telegram === undefined ? [] : [telegramChannel(fetching, telegram, must)]),
    ...(whatsapp === undefined
      ? []
      : [whatsappChannel(fetching, whatsapp, async () => (await load()).whatsapp)]),
    ...(parts.push === undefined ? [] : [pushChannel({ fetching, via, ...parts.push })]),
    ...(parts.sms === undefined ? [] : [parts.sms]),
  ];
};
