import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { env } from '../functions/kernel/env.ts';
import { allow, type Granting, identities, type Resources } from './grants.ts';

const books = (on: Resources): PolicyStatement =>
  allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], [on.identities.tableArn]);

/** Reach citizens: open where they can be reached, never who they are; mark addresses that are closed. */
export const citizenContacts: Granting = (on) => ({
  statements: [
    books(on),
    allow(['kms:Decrypt'], [on.identitiesKey.keyArn], {
      'kms:EncryptionContext:purpose': ['contact', 'notices'],
    }),
  ],
  environment: identities(on),
});

/** Reach who asked to be told, and open only what they gave for that; mark addresses that are closed. */
export const chosenAddresses: Granting = (on) => ({
  statements: [
    books(on),
    allow(['kms:Decrypt'], [on.identitiesKey.keyArn], { 'kms:EncryptionContext:purpose': 'notices' }),
  ],
  environment: identities(on),
});

/** Let citizens choose how they are told: seal an address, and open none. */
export const citizenChoices: Granting = (on) => ({
  statements: [
    books(on),
    allow(['kms:GenerateDataKey'], [on.identitiesKey.keyArn], {
      'kms:EncryptionContext:purpose': 'notices',
    }),
  ],
  environment: {
    ...identities(on),
    [env.citizenChannels]: [
      'email',
      'push',
      ...(on.channels.telegramUrl === undefined ? [] : ['telegram']),
      ...(on.channels.whatsappUrl === undefined ? [] : ['whatsapp']),
      ...(on.channels.smsPerMonth === undefined ? [] : ['sms']),
    ].join(','),
  },
});

/** Mark an address as closed, without reading anybody's. */
export const closedAddresses: Granting = (on) => ({
  statements: [allow(['dynamodb:UpdateItem'], [on.identities.tableArn])],
  environment: { [env.identitiesTable]: on.identities.tableName },
});

/** Send mail whose fate is told. */
export const trackedMail: Granting = (on) => ({
  statements: [allow(['ses:SendEmail'], [on.mailEvents.arn], { 'ses:FromAddress': on.mailFrom })],
  environment: { [env.mailEvents]: on.mailEvents.name },
});

/** Text messages, as many in a month as the city pays for; nothing at all where it pays for none. */
export const texts: Granting = ({ channels: { smsPerMonth } }) =>
  smsPerMonth === undefined
    ? { statements: [], environment: {} }
    : {
        statements: [allow(['sns:Publish'], ['*'])],
        environment: { [env.smsPerMonth]: String(smsPerMonth) },
        accepted: [
          {
            rule: 'IAM5[Resource::*]',
            reason: 'IAM knows no resource for a text to a phone number; the month’s allowance bounds them.',
          },
        ],
      };

/** What providers sign their news with. */
export const channelsSecret: Granting = ({ channels: { whatsappUrl, secretArn } }) =>
  whatsappUrl === undefined || secretArn === undefined
    ? { statements: [], environment: {} }
    : {
        statements: [allow(['secretsmanager:GetSecretValue'], [secretArn])],
        environment: { [env.channelsSecretId]: secretArn },
      };
