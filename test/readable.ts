import * as z from 'zod';
import type { Stack } from './synth.ts';

/** `Cases80582F3E` → `Cases`: the construct path without the hash that CDK appends. */
export const plain = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::ImportValue': z.string() }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);

/**
 * Writes a template value the way one speaks of it, across stacks: `{GetAtt: [Cases80582F3E, Arn]}` → `Cases`,
 * an index of it → `Cases/index/gsi1`. ARN and Ref of one resource read alike, which is what a list of rights needs.
 */
export const readable = (value: unknown, stacks: readonly Stack[]): string => {
  if (typeof value === 'string') return value;
  const i = intrinsic.parse(value);
  if ('Ref' in i) return plain(i.Ref);
  if ('Fn::GetAtt' in i) {
    const [id, attribute] = i['Fn::GetAtt'];
    return attribute === 'Arn' || attribute === 'TopicArn' ? plain(id) : `${plain(id)}.${attribute}`;
  }
  if ('Fn::Join' in i) return i['Fn::Join'][1].map((p) => readable(p, stacks)).join(i['Fn::Join'][0]);
  const name = i['Fn::ImportValue'];
  const found = stacks.flatMap((s) => Object.values(s.Outputs)).find((o) => o.Export?.Name === name);
  if (found === undefined) throw new Error(`no stack exports ${name}`);
  return readable(found.Value, stacks);
};

const many = z.union([z.string().transform((s) => [s]), z.array(z.string())]);
const statement = z.strictObject({
  Effect: z.literal('Allow'),
  Action: many,
  Resource: z.unknown(),
  Condition: z.strictObject({ StringEquals: z.record(z.string(), z.unknown()) }).optional(),
});
const policies = z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }));

/** The rights of a role, one line an action, resource and condition: `dynamodb:Query Cases/index/gsi5`. */
export const rightsOf = (role: Readonly<Record<string, unknown>>, stacks: readonly Stack[]): string[] =>
  policies
    .parse(role['Policies'] ?? [])
    .flatMap((p) => p.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) => {
      const resources = Array.isArray(Resource) ? Resource : [Resource];
      const when = Object.entries(Condition?.StringEquals ?? {}).map(
        ([key, wanted]) =>
          ` where ${key} = ${Array.isArray(wanted) ? wanted.join('|') : readable(wanted, stacks)}`,
      );
      return Action.flatMap((a) => resources.map((r) => `${a} ${readable(r, stacks)}${when.join('')}`));
    })
    .sort();
