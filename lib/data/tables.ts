import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import type { Deployment } from '../deployment.ts';

const caseIndexes = ['gsi1', 'gsi2', 'gsi3', 'gsi4', 'gsi5'] as const;
export type CaseIndex = (typeof caseIndexes)[number];

const key = (name: string) => ({ name, type: AttributeType.STRING });

const common = (d: Deployment) => ({
  partitionKey: key('pk'),
  sortKey: key('sk'),
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: d.settings.pointInTimeRecovery },
  deletionProtection: d.settings.deletionProtection,
  removalPolicy: d.settings.removal,
});

/**
 * The single table of all features. All five indexes exist from the first deployment, because CloudFormation
 * changes one index per update; what each holds is in docs/access-patterns.md.
 */
export const casesTable = (stack: Stack, d: Deployment): Table => {
  const table = new Table(stack, 'Cases', {
    ...common(d),
    tableName: `${d.prefix}-cases`,
    encryption: TableEncryption.AWS_MANAGED,
    timeToLiveAttribute: 'expires',
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  for (const index of caseIndexes) {
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: key(`${index}pk`),
      sortKey: key(`${index}sk`),
      // gsi4 wakes cases that are then read in full; a row in the others is all that a list shows.
      ...(index === 'gsi4'
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['row'] }),
    });
  }
  return table;
};

/** Who people are, apart from what they said: own table, own key, found by a keyed hash of the phone number. */
export const identitiesTable = (stack: Stack, d: Deployment, encryptionKey: IKey): Table => {
  const table = new Table(stack, 'Identities', {
    ...common(d),
    tableName: `${d.prefix}-identities`,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    // Drafts of forms go by it; who somebody is does not expire.
    timeToLiveAttribute: 'expires',
  });
  table.addGlobalSecondaryIndex({
    indexName: 'gsi1',
    partitionKey: key('gsi1pk'),
    sortKey: key('gsi1sk'),
    projectionType: ProjectionType.KEYS_ONLY,
  });
  return table;
};
