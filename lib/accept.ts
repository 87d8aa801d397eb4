import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Accepts one finding of cdk-nag's AwsSolutions rules on one construct. The reason is read by auditors: it says
 * what stands in place of what the rule asks for.
 * @param rule such as `SMG4`, or `IAM5[Resource::*]` for one finding of a rule that reports several
 */
export const accept = (construct: IConstruct, rule: string, reason: string): void => {
  // The default child is the resource itself, so that nothing below it is covered by accident.
  Validations.of(construct.node.defaultChild ?? construct).acknowledge({
    id: `AwsSolutions-${rule}`,
    reason,
  });
};
