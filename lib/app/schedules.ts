import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Stack } from 'aws-cdk-lib/core';
import type { Deployment } from '../deployment.ts';
import { allow } from '../grants.ts';
import { scopeOf } from './function.ts';

export interface Timed {
  readonly name: string;
  readonly does: string;
  readonly expression: string;
  readonly fn: IFunction;
}

/** EventBridge Scheduler's schedules, in the city's zone, with one role that may call just these functions. */
export const schedules = (stack: Stack, d: Deployment, timed: readonly Timed[]): void => {
  const role = new Role(stack, 'SchedulerRole', {
    description: `Lapau ${d.city} ${d.stage}: starts the scheduled jobs`,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    inlinePolicies: {
      rights: new PolicyDocument({
        statements: [
          allow(
            ['lambda:InvokeFunction'],
            timed.map((t) => t.fn.functionArn),
          ),
        ],
      }),
    },
  });
  const group = new CfnScheduleGroup(stack, 'Schedules', { name: d.prefix });
  for (const { name, does, expression, fn } of timed) {
    const schedule = new CfnSchedule(scopeOf(stack, name), 'Schedule', {
      name,
      groupName: d.prefix,
      description: does,
      scheduleExpression: expression,
      scheduleExpressionTimezone: d.zone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: fn.functionArn,
        roleArn: role.roleArn,
        // Handing over may be tried again; whether the run itself is, the function says (triggers.ts).
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 300 },
      },
    });
    schedule.addResourceDependency(group);
  }
};
