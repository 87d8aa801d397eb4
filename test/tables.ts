import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** `CreateTable` inputs by table, as the template declares them. */
export type TableDefinitions = Readonly<Record<'cases' | 'identities', object>>;

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>> & { readonly TableName: string };
}

/** Reads both tables out of a synthesized app, so that no test or benchmark declares them again. */
export const tableDefinitions = (assembly: CloudAssembly): TableDefinitions => {
  const resources = assembly.stacks.flatMap((stack) =>
    Object.values((stack.template as { Resources: Record<string, Resource> }).Resources),
  );
  const definition = (suffix: string): object => {
    const table = resources.find(
      (r) => r.Type === 'AWS::DynamoDB::Table' && r.Properties.TableName.endsWith(suffix),
    );
    if (table === undefined) throw new Error(`the template has no table ${suffix}`);
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, StreamSpecification } = table.Properties;
    return {
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes,
      BillingMode: 'PAY_PER_REQUEST',
      ...(StreamSpecification === undefined
        ? {}
        : { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
    };
  };
  return { cases: definition('-cases'), identities: definition('-identities') };
};
