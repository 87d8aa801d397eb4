import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  HttpMethods,
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

/**
 * Tells EventBridge of every new object, so that whoever wants to know subscribes in a stack of its own. Set on the
 * resource itself: the library's way would bring a function that changes the bucket behind the template's back.
 */
const announced = (bucket: Bucket): void => {
  if (bucket.node.defaultChild instanceof CfnBucket)
    bucket.node.defaultChild.notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
};

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
    // A page posts the form to S3's own host. Who may, and what, the signed policy says; this only lets a browser ask.
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: [d.publicUrl ?? '*'], maxAge: 3000 }],
  });
  announced(incoming);
  const files = new Bucket(stack, 'Files', {
    ...logged('files'),
    versioned: true,
    // A file overwritten or deleted by mistake can be had back for a month; a redaction is final after it.
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(30) },
      // Registers name people: their files go when the export does (functions/registers/exports.ts), for good.
      {
        prefix: 'exports/',
        expiration: Duration.days(4),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ],
  });
  return { incoming, files, logs };
};
