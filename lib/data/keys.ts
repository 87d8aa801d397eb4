import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { accept } from '../accept.ts';
import type { Deployment } from '../deployment.ts';

/**
 * The key of everything in the identities table: the table at rest, and each field once more under its own
 * encryption context. DynamoDB may use it for whoever may use the table, so that a function needs a right on the
 * key only for fields, and `complaints` can write an identity that it can never read again.
 */
export const identitiesKey = (stack: Stack, d: Deployment): Key => {
  const key = new Key(stack, 'IdentitiesKey', {
    alias: `${d.prefix}-identities`,
    description: 'Lapau: who the reporters are',
    enableKeyRotation: true,
    removalPolicy: d.settings.removal,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TableAtRest',
      principals: [new AnyPrincipal()],
      actions: ['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'].map(
        (a) => `kms:${a}`,
      ),
      resources: ['*'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': stack.account,
          'kms:ViaService': `dynamodb.${stack.region}.amazonaws.com`,
        },
      },
    }),
  );
  return key;
};

/**
 * What Lapau's own papers are signed with (receipts, drafts; ADR 0155). Asymmetric, so that anybody checks a paper with
 * the public half and no account. In production it outlives its stack, as papers do: KMS gives back no half of a deleted key.
 */
export const papersKey = (stack: Stack, d: Deployment): Key =>
  new Key(stack, 'PapersKey', {
    alias: `${d.prefix}-papers`,
    description: 'Lapau: signs receipts and drafts, never an official document',
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: d.settings.removal,
  });

/** Nothing can be opened without them (codes, PINs, cursors), so they outlive their stack on every stage. */
const kept = { removalPolicy: RemovalPolicy.RETAIN } as const;

/**
 * The one secret that everything keyed is derived from: `{"current":"k1","k1":"<64 characters>"}`. Every derived
 * thing stores the id of its key, so that `k2` is added by hand and the old values stay readable (ADR 0012).
 */
export const rootSecret = (stack: Stack): Secret => {
  const secret = new Secret(stack, 'Secret', {
    ...kept,
    description: 'Lapau: root of every derived key',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ current: 'k1' }),
      generateStringKey: 'k1',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });
  accept(
    secret,
    'SMG4',
    'PINs and codes are derived from it, so a rotation adds a key beside the old one and is a decision of the operator (docs/runbook.md, Rotate the secret); a timed rotation would replace it.',
  );
  return secret;
};

/**
 * What CloudFront shows the API to prove that a viewer's address is told by it. Not derived from the root: it
 * stands readable in CloudFront's configuration, and CloudFormation cannot derive (ADR 0012).
 */
export const originSecret = (stack: Stack): Secret => {
  const secret = new Secret(stack, 'OriginSecret', {
    ...kept,
    description: 'Lapau: shown by CloudFront to the API',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  accept(
    secret,
    'SMG4',
    'It proves only that an address was told by CloudFront; a timed rotation would part CloudFront and the functions until the next deployment. Rotated by hand (docs/runbook.md, Rotate the secret).',
  );
  return secret;
};
