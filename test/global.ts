import type { TestProject } from 'vitest/node';
import { synth } from './synth.ts';

/** `CreateTable` inputs by table, read from the synthesized template once for the whole run. */
export type TableDefinitions = Readonly<Record<'cases' | 'identities', object>>;

declare module 'vitest' {
  export interface ProvidedContext {
    tables: TableDefinitions;
  }
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>> & { readonly TableName: string };
}

export const setup = (project: TestProject): void => {
  const assembly = synth();
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
  project.provide('tables', { cases: definition('-cases'), identities: definition('-identities') });
};
