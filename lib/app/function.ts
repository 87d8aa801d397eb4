import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { env } from '../../functions/kernel/env.ts';
import { accept } from '../accept.ts';
import type { Deployment } from '../deployment.ts';
import { allow, type Grant } from '../grants.ts';

/** `inspect-photo` → `InspectPhoto`: scope of everything that belongs to one function. */
export const scopeOf = (stack: Stack, name: string): Construct => {
  const id = name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  const there = stack.node.tryFindChild(id);
  return there instanceof Construct ? there : new Construct(stack, id);
};

export interface FunctionSpec {
  readonly name: string;
  readonly does: string;
  /** Folder of its bundle. */
  readonly bundle: string;
  readonly memory: number;
  readonly timeoutSeconds: number;
  readonly grant: Grant;
  /** Rights that come with its trigger. */
  readonly trigger?: readonly PolicyStatement[];
}

/**
 * A function with its own log group and its own role, which holds the given rights whole in one inline policy:
 * nothing is added elsewhere, so the role is the list that an auditor reads and the test compares.
 */
export const lambda = (stack: Stack, d: Deployment, spec: FunctionSpec): Lambda => {
  const scope = scopeOf(stack, spec.name);
  const logs = logGroup(scope, 'Logs', `/lapau/${d.city}-${d.stage}/${spec.name}`, d);
  const role = new Role(scope, 'Role', {
    description: `Lapau ${d.city} ${d.stage}: ${spec.name}`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      rights: new PolicyDocument({
        minimize: true,
        statements: [
          allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]),
          ...(spec.trigger ?? []),
          ...spec.grant.statements,
        ],
      }),
    },
  });
  for (const { rule, reason } of spec.grant.accepted ?? []) accept(role, rule, reason);
  const reserved: Readonly<Record<string, number>> = d.settings.reserved;
  const concurrency = reserved[spec.name];
  return new Lambda(scope, 'Function', {
    functionName: `${d.prefix}-${spec.name}`,
    description: spec.does,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(spec.bundle),
    memorySize: spec.memory,
    timeout: Duration.seconds(spec.timeoutSeconds),
    role: role.withoutPolicyUpdates(),
    logGroup: logs,
    environment: { [env.stage]: d.stage, [env.city]: d.city, ...spec.grant.environment },
    ...(concurrency === undefined ? {} : { reservedConcurrentExecutions: concurrency }),
  });
};

/** Logs hold no personal data and are kept as long as the stage says. */
export const logGroup = (scope: Construct, id: string, name: string, d: Deployment): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName: name,
    retention: d.settings.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
