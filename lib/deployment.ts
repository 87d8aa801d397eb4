import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type App,
  CfnOutput,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib/core';
import * as z from 'zod';
import { loadPack } from '../cities/load.ts';
import type { HttpPart } from './features.ts';
import { isStage, type Stage, type StageName, stages } from './stages.ts';

/** Channels beside mail; each is off unless its address is given, and none works without the secret of their tokens. */
export interface Channels {
  /** `https://api.telegram.org/bot{token}/sendMessage`, with `{token}` as it stands here. */
  readonly telegramUrl: string | undefined;
  /** `https://graph.facebook.com/v23.0/<phone number id>/messages` */
  readonly whatsappUrl: string | undefined;
  /**
   * Secret with `{"telegram": "<bot token>", "whatsapp": "<access token>", "whatsappApp": "<app secret>",
   * "whatsappVerify": "<verify token>"}`, made by hand: no token is in a template.
   */
  readonly secretArn: string | undefined;
  /** SMS to citizens that may be sent in a month; absent is none at all. */
  readonly smsPerMonth: number | undefined;
}

/** BSrE's signing service, which a city runs by itself; official documents come already signed unless it is given. */
export interface Signing {
  /** `https://esign.example.go.id`: of the eSign Client Service, reachable from here by https. */
  readonly bsreUrl: string;
  /** Secret with `{"username": "…", "password": "…"}`, made by hand. */
  readonly secretArn: string;
}

/** One city on one stage: everything that the stacks need to know about it. */
export interface Deployment {
  readonly city: string;
  readonly stage: StageName;
  readonly settings: Stage;
  /** IANA zone of the city: the digest leaves at 07:30 there. */
  readonly zone: string;
  /** `lapau-<city>-<stage>`: prefix of every stack and physical name. */
  readonly prefix: string;
  /** The sender of every email; its domain is the verified SES identity. */
  readonly mailFrom: string;
  /** Where citizens reach Lapau, without a final slash; the API's own address when not given. */
  readonly publicUrl: string | undefined;
  /** Certificate in us-east-1 for the host of `publicUrl`. */
  readonly certificateArn: string | undefined;
  /** Who is told of alarms. */
  readonly alarmEmail: string | undefined;
  readonly channels: Channels;
  readonly signing: Signing | undefined;
}

const host = z.url({ protocol: /^https$/ }).regex(/[^/]$/, 'has no final slash');
const secretArn = z
  .string()
  .regex(/^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/, 'is the ARN of a secret');
const context = z.strictObject({
  // Short enough for every name made from it (a role's 64 characters) and fit for a sign-in domain.
  city: z
    .string('is missing: -c city=…, or the context of cdk.json')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is a slug such as padang-panjang')
    .max(24),
  stage: z.string().refine(isStage, `is one of ${Object.keys(stages).join(', ')}`),
  mailFrom: z.email().optional(),
  publicUrl: host.optional(),
  certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:').optional(),
  alarmEmail: z.email().optional(),
  telegramUrl: z
    .url({ protocol: /^https$/ })
    .includes('{token}')
    .optional(),
  whatsappUrl: z.url({ protocol: /^https$/ }).optional(),
  channelsSecretArn: secretArn.optional(),
  bsreUrl: host.optional(),
  bsreSecretArn: secretArn.optional(),
  smsPerMonth: z.coerce.number().int().min(1).max(1_000_000).optional(),
});

/**
 * The zone of the city's pack; Western Indonesian time for a city whose pack is not written yet. A pack with anything
 * wrong in it stops the synthesis: a category without a clock would otherwise be found by its first citizen.
 */
const zoneOf = (root: string, city: string): string => {
  const pack = join(root, 'cities', city);
  return existsSync(join(pack, 'profile.json')) ? loadPack(pack).profile.zone : 'Asia/Jakarta';
};

/** A channel without its token would fail at the first notice, and a secret in another region cannot be read. */
const channelsOf = (
  { region }: Stage,
  { telegramUrl, whatsappUrl, channelsSecretArn: secretArn, smsPerMonth }: z.output<typeof context>,
): Channels => {
  const wanted = telegramUrl !== undefined || whatsappUrl !== undefined;
  if (wanted !== (secretArn !== undefined))
    throw new Error('context: telegramUrl or whatsappUrl, and channelsSecretArn: only together');
  if (secretArn !== undefined && !secretArn.startsWith(`arn:aws:secretsmanager:${region}:`))
    throw new Error(`context: channelsSecretArn is not in ${region}`);
  return { telegramUrl, whatsappUrl, secretArn, smsPerMonth };
};

/** The service without the account there signs nothing. */
const signingOf = (
  { region }: Stage,
  { bsreUrl, bsreSecretArn: secretArn }: z.output<typeof context>,
): Signing | undefined => {
  if ((bsreUrl === undefined) !== (secretArn === undefined))
    throw new Error('context: bsreUrl and bsreSecretArn: only together');
  if (bsreUrl === undefined || secretArn === undefined) return undefined;
  if (!secretArn.startsWith(`arn:aws:secretsmanager:${region}:`))
    throw new Error(`context: bsreSecretArn is not in ${region}`);
  return { bsreUrl, secretArn };
};

/**
 * Reads the deployment from context (`-c city=… -c stage=…`); a city is not assumed, the stage is `dev`. A wrong or missing setting stops the synthesis
 * with its name, since a wrong sender or address would otherwise be seen first by a citizen.
 * @param root the repository, where `cities/` is
 */
export const readDeployment = (given: Readonly<Record<string, unknown>>, root: string): Deployment => {
  const named = Object.fromEntries(
    Object.keys(context.shape).flatMap((k) => (given[k] === undefined ? [] : [[k, given[k]]])),
  );
  const read = context.safeParse({ stage: 'dev', ...named });
  if (!read.success) throw new Error(`context: ${z.prettifyError(read.error)}`);
  const { city, stage, mailFrom, publicUrl, certificateArn, alarmEmail } = read.data;
  if (!isStage(stage)) throw new Error(`context: no stage ${stage}`);
  const settings = stages[stage];
  if (settings.needsAddresses) {
    const missing = Object.entries({ mailFrom, publicUrl, certificateArn, alarmEmail })
      .filter(([, v]) => v === undefined)
      .map(([k]) => k);
    if (missing.length > 0) throw new Error(`stage ${stage} needs context ${missing.join(', ')}`);
  }
  return {
    city,
    stage,
    channels: channelsOf(settings, read.data),
    signing: signingOf(settings, read.data),
    settings,
    zone: zoneOf(root, city),
    prefix: `lapau-${city}-${stage}`,
    mailFrom: mailFrom ?? `lapau@${city}.example`,
    publicUrl,
    certificateArn,
    alarmEmail,
  };
};

export type Part = 'data' | 'app' | HttpPart | 'gate' | 'web';

/** A stack of this deployment, with nothing in its template but what was asked for. */
export const stackOf = (app: App, d: Deployment, part: Part, description: string): Stack =>
  new Stack(app, `${d.prefix}-${part}`, {
    description,
    env: { region: d.settings.region },
    terminationProtection: d.settings.deletionProtection,
    analyticsReporting: false,
    // The library's classes miss its own interfaces under exactOptionalPropertyTypes.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    tags: { lapau: d.prefix },
  });

/** Printed after a deployment; scripts and operators read it. */
export const output = (stack: Stack, name: string, value: string, description: string): void => {
  new CfnOutput(stack, name, { value, description });
};
