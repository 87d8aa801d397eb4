import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { Deployment } from '../deployment.ts';

/** What every bucket of Lapau has: nothing public, nothing unencrypted, nothing in the clear on the wire. */
export const closed = (d: Deployment): BucketProps => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  removalPolicy: d.settings.removal,
});

export interface Buckets {
  /** Uploads that nobody has looked at; gone after a day. */
  readonly incoming: Bucket;
  /** Photos and documents that passed inspection. */
  readonly files: Bucket;
  /** Who read what: access logs of the other two. */
  readonly logs: Bucket;
}

export const buckets = (stack: Stack, d: Deployment): Buckets => {
  const logs = new Bucket(stack, 'AccessLogs', {
    ...closed(d),
    lifecycleRules: [{ expiration: Duration.days(d.settings.logDays) }],
  });
  const logged = (name: string): BucketProps => ({
    ...closed(d),
    // The library's classes miss its own interfaces under exactOptionalPropertyTypes.
    serverAccessLogsBucket: logs as IBucket,
    serverAccessLogsPrefix: `${name}/`,
  });
  const incoming = new Bucket(stack, 'Incoming', {
    ...logged('incoming'),
    lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  const files = new Bucket(stack, 'Files', {
    ...logged('files'),
    versioned: true,
    // A file overwritten or deleted by mistake can be had back for a month; a redaction is final after it.
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
  });
  return { incoming, files, logs };
};
