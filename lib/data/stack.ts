import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { App, Stack } from 'aws-cdk-lib/core';
import { type Deployment, output, stackOf } from '../deployment.ts';
import { type Buckets, buckets } from './buckets.ts';
import { identitiesKey, originSecret, papersKey, rootSecret } from './keys.ts';
import { citizenPool, type Pool, staffPool } from './pools.ts';
import { casesTable, identitiesTable } from './tables.ts';

/** What must not be lost: it lives longer than any code that reads it. */
export interface Data {
  readonly stack: Stack;
  readonly cases: Table;
  readonly identities: Table;
  readonly identitiesKey: Key;
  /** Signs Lapau's own papers. */
  readonly papersKey: Key;
  readonly secret: Secret;
  readonly originSecret: Secret;
  readonly buckets: Buckets;
  readonly staff: Pool;
  readonly citizens: Pool;
}

export const dataStack = (app: App, d: Deployment): Data => {
  const stack = stackOf(app, d, 'data', 'Lapau: tables, keys, files and sign-in');
  const key = identitiesKey(stack, d);
  const data: Data = {
    stack,
    cases: casesTable(stack, d),
    identities: identitiesTable(stack, d, key),
    identitiesKey: key,
    papersKey: papersKey(stack, d),
    secret: rootSecret(stack),
    originSecret: originSecret(stack),
    buckets: buckets(stack, d),
    staff: staffPool(stack, d),
    citizens: citizenPool(stack, d),
  };
  // Exported whether anybody imports them or not: otherwise a function that gives up its last right would take
  // the export along, which CloudFormation refuses while the deployed app still imports it.
  for (const value of [
    data.cases.tableName,
    data.cases.tableArn,
    data.cases.tableStreamArn,
    data.identities.tableName,
    data.identities.tableArn,
    key.keyArn,
    data.papersKey.keyArn,
    data.secret.secretArn,
    data.originSecret.secretArn,
    ...[data.staff, data.citizens].flatMap(({ pool, client }) => [
      pool.userPoolId,
      pool.userPoolArn,
      client.userPoolClientId,
    ]),
    ...Object.values(data.buckets).flatMap((b: Bucket) => [b.bucketName, b.bucketArn]),
  ])
    stack.exportValue(value);
  output(stack, 'CasesTable', data.cases.tableName, 'The table of all features');
  output(stack, 'StaffPoolId', data.staff.pool.userPoolId, 'Where staff are invited');
  output(stack, 'StaffClientId', data.staff.client.userPoolClientId, 'Client of the staff pages');
  output(stack, 'CitizenPoolId', data.citizens.pool.userPoolId, 'Where citizens sign in');
  output(stack, 'CitizenClientId', data.citizens.client.userPoolClientId, 'Client of the citizen pages');
  return data;
};
