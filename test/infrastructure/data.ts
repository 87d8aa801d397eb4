import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plain } from '../readable.ts';
import { ofType, production, type Resource, root, templates } from '../synth.ts';

const dev = templates().data;
const prod = templates(production).data;

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.string() }));
const index = z.object({ KeySchema: keySchema, Projection: z.unknown() });
const keysOf = z.record(z.string(), z.object({ KeySchema: keySchema, indexes: z.record(z.string(), index) }));
type Keys = z.output<typeof keysOf>;
const tableProperties = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index.extend({ IndexName: z.string() })),
});

const released = (file: string): unknown =>
  JSON.parse(readFileSync(join(root, 'test', 'released', file), 'utf8'));
const tables = ofType(dev, 'AWS::DynamoDB::Table');
const keysIn = (resources: readonly (readonly [string, Resource])[]): Keys =>
  Object.fromEntries(
    resources.map(([id, { Properties }]) => {
      const { KeySchema, GlobalSecondaryIndexes } = tableProperties.parse(Properties);
      const indexes = GlobalSecondaryIndexes.map(({ IndexName, ...rest }) => [IndexName, rest] as const);
      return [plain(id), { KeySchema, indexes: Object.fromEntries(indexes) }];
    }),
  );

/** What CloudFormation cannot do in one update: replace a table's key, or touch two indexes of one table. */
const undeployable = (from: Keys, to: Keys): string[] =>
  Object.entries(from).flatMap(([name, before]) => {
    const after = to[name];
    if (after === undefined) return [`${name} is gone`];
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    const names = new Set([...Object.keys(before.indexes), ...Object.keys(after.indexes)]);
    const changed = [...names].filter((n) => !same(before.indexes[n], after.indexes[n]));
    return [
      ...(same(before.KeySchema, after.KeySchema) ? [] : [`${name} has another key`]),
      ...(changed.length > 1 ? [`${name} changes ${changed.join(', ')}: one index per deployment`] : []),
    ];
  });

describe('tables', () => {
  const before = keysOf.parse(released('indexes.json'));

  it('can be deployed over the released ones: no other key, at most one changed index', () => {
    expect(undeployable(before, keysIn(tables))).toEqual([]);
  });

  it('would be refused with two new indexes, another key or a table less', () => {
    const { Cases: cases, Identities: identities } = before;
    if (cases === undefined || identities === undefined) throw new Error('the released tables are gone');
    const { gsi4, gsi5, ...fewer } = cases.indexes;
    expect(gsi4 === undefined || gsi5 === undefined).toBe(false);
    expect(undeployable({ ...before, Cases: { ...cases, indexes: fewer } }, before)).toEqual([
      'Cases changes gsi4, gsi5: one index per deployment',
    ]);
    expect(undeployable({ Cases: { ...cases, KeySchema: [] } }, before)).toEqual(['Cases has another key']);
    expect(undeployable(before, { Cases: cases })).toEqual(['Identities is gone']);
  });

  it('hold rows in the indexes that lists read, and keys alone where a case is read in full', () => {
    const projections = Object.entries(keysIn(tables)['Cases']?.indexes ?? {}).map(([n, i]) => [
      n,
      i.Projection,
    ]);
    const row = { ProjectionType: 'INCLUDE', NonKeyAttributes: ['row'] };
    expect(Object.fromEntries(projections)).toEqual({
      gsi1: row,
      gsi2: row,
      gsi3: row,
      gsi4: { ProjectionType: 'KEYS_ONLY' },
      gsi5: row,
    });
  });

  it.each([
    ['dev', dev, false, 'Delete'],
    ['prod', prod, true, 'Retain'],
  ] as const)('on %s are backed up, encrypted and as protected as the stage says', (_, stack, safe, policy) => {
    const found = ofType(stack, 'AWS::DynamoDB::Table');
    expect(found).toHaveLength(2);
    for (const [id, { Properties, DeletionPolicy, UpdateReplacePolicy }] of found) {
      expect(Properties, id).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      });
      expect(Properties['DeletionProtectionEnabled'] ?? false, id).toBe(safe);
      expect([DeletionPolicy, UpdateReplacePolicy], id).toEqual([policy, policy]);
    }
  });

  it('identities lie under their own rotated key', () => {
    const identities = tables.find(([id]) => plain(id) === 'Identities')?.[1].Properties;
    const [key] = ofType(dev, 'AWS::KMS::Key');
    expect(identities?.['SSESpecification']).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: { 'Fn::GetAtt': [key?.[0], 'Arn'] },
    });
    expect(key?.[1].Properties['EnableKeyRotation']).toBe(true);
  });

  it('cases expire by `expires` and tell both images of a change', () => {
    const cases = tables.find(([id]) => plain(id) === 'Cases')?.[1].Properties;
    expect(cases).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });
});

describe('what must not be lost', () => {
  it('keeps its logical ids, because another id is another, empty resource', () => {
    const stateful = z.record(z.string(), z.array(z.string())).parse(released('logical-ids.json'));
    const now = Object.keys(stateful).map((type) => [type, ofType(prod, type).map(([id]) => id)]);
    expect(Object.fromEntries(now)).toEqual(stateful);
  });

  it('stays in production when its stack is deleted', () => {
    const kept = ['DynamoDB::Table', 'KMS::Key', 'SecretsManager::Secret', 'S3::Bucket', 'Cognito::UserPool'];
    for (const type of kept)
      for (const [id, r] of ofType(prod, `AWS::${type}`)) expect(r.DeletionPolicy, id).toMatch(/^Retain/);
  });

  it('is one root secret and the origin secret, both kept on every stage', () => {
    const secrets = ofType(dev, 'AWS::SecretsManager::Secret');
    expect(secrets.map(([id, r]) => [plain(id), r.DeletionPolicy])).toEqual([
      ['Secret', 'Retain'],
      ['OriginSecret', 'Retain'],
    ]);
    expect(secrets[0]?.[1].Properties['GenerateSecretString']).toMatchObject({
      SecretStringTemplate: '{"current":"k1"}',
      GenerateStringKey: 'k1',
    });
  });
});

describe('buckets', () => {
  it('are closed, encrypted and logged; uploads that nobody looked at go after a day', () => {
    for (const [id, { Properties }] of ofType(dev, 'AWS::S3::Bucket')) {
      expect(Properties, id).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    }
    const incoming = ofType(dev, 'AWS::S3::Bucket').find(([id]) => plain(id) === 'Incoming')?.[1];
    expect(incoming?.Properties['LifecycleConfiguration']).toMatchObject({
      Rules: [{ ExpirationInDays: 1, Status: 'Enabled' }],
    });
    const files = ofType(dev, 'AWS::S3::Bucket').find(([id]) => plain(id) === 'Files')?.[1];
    expect(files?.Properties['LifecycleConfiguration']).toMatchObject({
      Rules: [
        { NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        {
          Prefix: 'exports/',
          ExpirationInDays: 4,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
      ],
    });
    expect(incoming?.Properties['NotificationConfiguration']).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  it('a browser posts uploads from the city’s own page, and asks for nothing else', () => {
    const cors = ofType(prod, 'AWS::S3::Bucket').map(([id, r]) => [
      plain(id),
      r.Properties['CorsConfiguration'],
    ]);
    expect(Object.fromEntries(cors)).toEqual({
      AccessLogs: undefined,
      Incoming: {
        CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: [production.publicUrl], MaxAge: 3000 }],
      },
      Files: undefined,
    });
  });
});

describe('sign-in', () => {
  const pool = (stack: typeof dev, id: string) =>
    ofType(stack, 'AWS::Cognito::UserPool').find(([logical]) => plain(logical) === id)?.[1].Properties;

  it('staff are invited and need a second factor', () => {
    expect(pool(dev, 'StaffPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('citizens sign up themselves and get a code by email, never by SMS', () => {
    expect(pool(dev, 'CitizenPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    for (const id of ['StaffPool', 'CitizenPool'])
      expect(pool(prod, id)).not.toHaveProperty('SmsConfiguration');
  });

  it('production sends its codes from its own address and refuses to lose its pools', () => {
    for (const id of ['StaffPool', 'CitizenPool'])
      expect(pool(prod, id)).toMatchObject({
        DeletionProtection: 'ACTIVE',
        EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'Lapau <lapau@example.go.id>' },
      });
  });
});
