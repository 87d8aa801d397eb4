import { setFlagsFromString } from 'node:v8';
import type { MovedClock } from '../moved.ts';
import { createRights, policyOf, type Rights } from '../rights/rights.ts';
import { awsPath } from '../services/aws.ts';
import type { Engine } from '../services/engine.ts';
import { type Faults, faultyServices } from '../services/faults.ts';
import type { Queues } from '../services/queues.ts';
import { account, region } from '../template/kind.ts';
import type { Loaded, Loadout } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import { createPool, type Pool } from './pool.ts';
import { providersFor } from './providers.ts';
import type { FunctionSpec, Outcome, WorkerSetting } from './worker.ts';

export interface Functions {
  readonly byArn: (arn: string) => Pool;
  /** By full name, or by its last words: `complaints` for `lapau-…-complaints`. */
  readonly find: (name: string) => Pool | undefined;
  readonly all: () => readonly Pool[];
  /** Calls `listener` after every invocation: it may have written to a table. */
  readonly onDone: (listener: () => void) => void;
  readonly rights: Rights;
  readonly stop: () => Promise<void>;
}

export interface FunctionParts {
  readonly loadout: Loadout;
  readonly engine: Engine;
  readonly queues: Queues;
  readonly clock: MovedClock;
  readonly faults: Faults;
  readonly url: string;
  readonly port: number;
  readonly instances: number;
  readonly log: (source: string, line: string) => void;
}

type Fn = Loaded<'AWS::Lambda::Function'>;

/** What Lambda itself puts into the environment, and where the services are on this machine. */
const around = ({ url, engine, queues }: FunctionParts, name: string, memory: number, handler: string) => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  _HANDLER: handler,
  TZ: ':UTC',
  AWS_ENDPOINT_URL_DYNAMODB: engine.url,
  AWS_ENDPOINT_URL_SQS: queues.url,
  AWS_ENDPOINT_URL_S3: queues.url,
  AWS_ENDPOINT_URL_SNS: `${url}${awsPath}/sns`,
  AWS_ENDPOINT_URL_KMS: `${url}${awsPath}/kms`,
  AWS_ENDPOINT_URL_SES: `${url}${awsPath}/ses`,
  AWS_ENDPOINT_URL_SESV2: `${url}${awsPath}/ses`,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: `${url}${awsPath}/secretsmanager`,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `${url}${awsPath}/cognito`,
});

const specOf = (fn: Fn, parts: FunctionParts, apiUrls: readonly string[]): FunctionSpec => {
  const { props, name, arn, stack, logicalId } = fn;
  const code = stack.assets.get(props.Code.S3Key ?? '');
  if (code === undefined)
    throw new CannotStart(
      `${stack.name}/${logicalId}: the assembly has no code for ${props.Code.S3Key ?? 'inline text'}`,
    );
  const policy = policyOf(parts.loadout, fn);
  const environment: Record<string, string> = {};
  // The address that the API would have on AWS is this machine's.
  for (const [key, value] of Object.entries(props.Environment?.Variables ?? {}))
    environment[key] = apiUrls.reduce((text, url) => text.replaceAll(url, parts.url), value);
  return {
    name,
    arn,
    code,
    handler: props.Handler,
    memory: props.MemorySize,
    timeout: props.Timeout,
    reserved: props.ReservedConcurrentExecutions,
    environment: {
      ...environment,
      ...providersFor(name, parts.url, environment),
      ...around(parts, name, props.MemorySize, props.Handler),
    },
    policy:
      policy === undefined
        ? undefined
        : {
            statements: policy.statements,
            user: `arn:aws:sts::${account}:assumed-role/${policy.role}/${name}`,
            region,
            account,
          },
  };
};

const failed = (errorMessage: string): Outcome => ({
  ok: false,
  requestId: 'fault',
  error: { errorType: 'ServiceException', errorMessage },
});

/** A function that was asked to fail answers so before it is called. */
const faulty = (pool: Pool, short: string, faults: Faults): Pool => ({
  ...pool,
  invoke: (event) => {
    const fault = faults.hit('lambda', short);
    if (fault === 'throttle') return Promise.resolve(undefined);
    if (fault === 'down') return Promise.resolve(failed('The function is down (a fault was asked for)'));
    return pool.invoke(event);
  },
});

// A young generation of a few megabytes is swept sooner than helpers are woken; with one a worker they only take the
// processor from each other.
setFlagsFromString('--no-parallel-scavenge');

/** The functions of the template, each with its pool of workers; none runs before it is called. */
export const startFunctions = (parts: FunctionParts): Functions => {
  const { loadout, engine, queues, clock, faults } = parts;
  const listeners: (() => void)[] = [];
  const apiUrls = loadout
    .of('AWS::ApiGatewayV2::Api')
    .map((api) => `https://${api.ref}.execute-api.${region}.amazonaws.com`);
  const specs = loadout.of('AWS::Lambda::Function').map((fn) => specOf(fn, parts, apiUrls));
  const rights = createRights(
    new Map(specs.flatMap(({ name, policy }) => (policy === undefined ? [] : [[name, policy.statements]]))),
    parts.log,
  );
  const setting: WorkerSetting = {
    clock: clock.shared,
    flags: faults.flags,
    redirects: (
      [
        ['dynamodb', engine.port],
        ['sqs', queues.port],
        ['s3', queues.port],
      ] as const
    ).map(([service, port]) => ({
      port,
      flag: faultyServices.indexOf(service),
      path: `${awsPath}/${service}`,
    })),
    runtimePort: parts.port,
    onRight: rights.told,
    log: parts.log,
  };
  const pools = new Map<string, Pool>();
  for (const spec of specs) {
    const pool = createPool(spec, parts.instances, setting, () => {
      for (const listener of listeners) listener();
    });
    pools.set(spec.arn, faulty(pool, spec.name.slice(spec.name.lastIndexOf('-') + 1), faults));
  }
  const all = (): Pool[] => [...pools.values()];
  return {
    all,
    rights,
    byArn: (arn) => {
      // A route may name the function's ARN or the path of its invocation.
      const plain = arn.replace(/^.*\/functions\/(arn:.*)\/invocations$/, '$1');
      const pool = pools.get(plain) ?? pools.get(`arn:aws:lambda:${region}:${account}:function:${plain}`);
      if (pool === undefined) throw new CannotStart(`${arn} is no function of the template`);
      return pool;
    },
    find: (name) => {
      const exact = all().find((p) => p.spec.name === name);
      if (exact !== undefined) return exact;
      const ending = all().filter((p) => p.spec.name.endsWith(`-${name}`));
      return ending.length === 1 ? ending[0] : undefined;
    },
    onDone: (listener) => {
      listeners.push(listener);
    },
    stop: async () => {
      await Promise.all(all().map((pool) => pool.stop()));
    },
  };
};
