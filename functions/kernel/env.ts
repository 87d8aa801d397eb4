/** Names of the environment variables that the infrastructure gives and the handlers read: one list for both. */
export const env = {
  stage: 'STAGE',
  city: 'CITY',
  casesTable: 'CASES_TABLE',
  identitiesTable: 'IDENTITIES_TABLE',
  identitiesKey: 'IDENTITIES_KEY',
  /** BSrE's eSign Client Service and the secret of the city's account there; absent where it is not connected. */
  bsreUrl: 'BSRE_URL',
  bsreSecretId: 'BSRE_SECRET_ID',
  /** Asymmetric key that signs Lapau's own papers. */
  papersKey: 'PAPERS_KEY',
  secretId: 'SECRET_ID',
  originSecretId: 'ORIGIN_SECRET_ID',
  caseEventsTopic: 'CASE_EVENTS_TOPIC',
  staffPoolId: 'STAFF_POOL_ID',
  staffIssuer: 'STAFF_ISSUER',
  citizenIssuer: 'CITIZEN_ISSUER',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  /** Buckets: what came in and nobody looked at, and what is served. */
  incomingBucket: 'INCOMING_BUCKET',
  filesBucket: 'FILES_BUCKET',
  /** Filings an hour from one address or account. */
  filingsPerHour: 'FILINGS_PER_HOUR',
  /** The next three switch channels beside mail on; they are read by functions/events/channels alone. */
  telegramUrl: 'TELEGRAM_URL',
  whatsappUrl: 'WHATSAPP_URL',
  /** Secret with `{"telegram": "<bot token>", "whatsapp": "<access token>"}`. */
  channelsSecretId: 'CHANNELS_SECRET_ID',
  /** SES configuration set that tells what became of a mail. */
  mailEvents: 'MAIL_EVENTS',
  /** Where web push is handed over instead of the browsers' own services: an outgoing proxy, or the local outbox. */
  pushVia: 'PUSH_VIA',
  /** Who looks at links instead of the function itself: an outgoing proxy, or the local runtime. */
  linksVia: 'LINKS_VIA',
  /** SMS that may be sent in a month; absent where SMS is off. */
  smsPerMonth: 'SMS_PER_MONTH',
  /** Channels by which citizens can be reached, with commas. */
  citizenChannels: 'CITIZEN_CHANNELS',
} as const;

/** Tag of a mail by which its events find the receipt; the rules of the infrastructure read it too. */
export const receiptTag = 'receipt';

type Name = keyof typeof env;

/**
 * Reads the named settings once, when the function loads. A missing one stops the load with its name, so that a
 * misconfiguration is seen at deployment and never by a citizen.
 */
export const readEnv = <const N extends readonly Name[]>(...names: N): Readonly<Record<N[number], string>> =>
  Object.fromEntries(
    names.map((name) => {
      const value = process.env[env[name]];
      if (value === undefined || value === '')
        throw new Error(`environment variable ${env[name]} is not set`);
      return [name, value];
    }),
  ) as Record<N[number], string>;
