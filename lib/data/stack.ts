import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { App, Stack } from 'aws-cdk-lib/core';
import { type Deployment, output, stackOf } from '../deployment.ts';
import { type Buckets, buckets } from './buckets.ts';
import { identitiesKey, originSecret, rootSecret } from './keys.ts';
import { citizenPool, type Pool, staffPool } from './pools.ts';
import { casesTable, identitiesTable } from './tables.ts';

/** What must not be lost: it lives longer than any code that reads it. */
export interface Data {
  readonly stack: Stack;
  readonly cases: Table;
  readonly identities: Table;
  readonly identitiesKey: Key;
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
    secret: rootSecret(stack),
    originSecret: originSecret(stack),
    buckets: buckets(stack, d),
    staff: staffPool(stack, d),
    citizens: citizenPool(stack, d),
  };
  output(stack, 'CasesTable', data.cases.tableName, 'The table of all features');
  output(stack, 'StaffPoolId', data.staff.pool.userPoolId, 'Where staff are invited');
  output(stack, 'StaffClientId', data.staff.client.userPoolClientId, 'Client of the staff pages');
  output(stack, 'CitizenPoolId', data.citizens.pool.userPoolId, 'Where citizens sign in');
  output(stack, 'CitizenClientId', data.citizens.client.userPoolClientId, 'Client of the citizen pages');
  return data;
};
