import { RemovalPolicy } from 'aws-cdk-lib/core';

/** What differs between a stage for trying things and the stage that a city relies on. */
export interface Stage {
  readonly region: string;
  /** What happens to tables, keys, pools and buckets when their stack is deleted. */
  readonly removal: RemovalPolicy;
  /** Refuses the deletion of tables and pools, whoever asks. */
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
  /** Days that logs are kept; one of the periods that CloudWatch Logs knows. */
  readonly logDays: 7 | 30 | 90 | 180;
  /** Requests a second and burst of a route whose contract names none. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /**
   * Filings an hour from one address or account. Thousands share an address behind a mobile operator, so this
   * stops a machine and not a person; on `dev` load tests file from one address.
   */
  readonly filingsPerHour: number;
  /** Reserved concurrency by function. None by default: a new account may not reserve any. */
  readonly reserved: Readonly<Record<string, number>>;
  /** SMS costs more than everything else together; a city switches it on knowingly. */
  readonly sms: boolean;
  /** Must the deployment name its mail sender and its public address? */
  readonly needsAddresses: boolean;
}

const region = 'ap-southeast-3';

export const stages = {
  dev: {
    region,
    removal: RemovalPolicy.DESTROY,
    deletionProtection: false,
    pointInTimeRecovery: true,
    logDays: 7,
    throttle: { rate: 500, burst: 1000 },
    filingsPerHour: 1_000_000,
    reserved: {},
    sms: false,
    needsAddresses: false,
  },
  prod: {
    region,
    removal: RemovalPolicy.RETAIN,
    deletionProtection: true,
    pointInTimeRecovery: true,
    logDays: 90,
    throttle: { rate: 100, burst: 200 },
    filingsPerHour: 120,
    reserved: {},
    sms: false,
    needsAddresses: true,
  },
} as const satisfies Readonly<Record<string, Stage>>;

export type StageName = keyof typeof stages;

export const isStage = (name: string): name is StageName => Object.hasOwn(stages, name);
