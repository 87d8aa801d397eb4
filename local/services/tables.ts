import type { Loaded } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import { type Call, EngineError } from './engine.ts';

type Table = Loaded<'AWS::DynamoDB::Table'>;

interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly Projection: {
    readonly ProjectionType: string;
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
}

interface Described {
  readonly KeySchema: Index['KeySchema'];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean; readonly StreamViewType: string };
}

const shape = (index: Index): string =>
  JSON.stringify([
    index.KeySchema.map((k) => `${k.KeyType}:${k.AttributeName}`).sort(),
    index.Projection.ProjectionType,
    [...(index.Projection.NonKeyAttributes ?? [])].sort(),
  ]);

const plain = (index: Index): object => ({
  IndexName: index.IndexName,
  KeySchema: index.KeySchema,
  Projection: index.Projection,
});

const describe = async (call: Call, name: string): Promise<Described | undefined> => {
  try {
    return (await call('DescribeTable', { TableName: name }))['Table'] as unknown as Described;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const create = async (call: Call, { name, props }: Table): Promise<void> => {
  await call('CreateTable', {
    TableName: name,
    KeySchema: props.KeySchema,
    AttributeDefinitions: props.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(props.GlobalSecondaryIndexes.length === 0
      ? {}
      : { GlobalSecondaryIndexes: props.GlobalSecondaryIndexes.map(plain) }),
    ...(props.StreamSpecification === undefined
      ? {}
      : {
          StreamSpecification: {
            StreamEnabled: true,
            StreamViewType: props.StreamSpecification.StreamViewType,
          },
        }),
  });
};

/** Adds and removes indexes as the template says; the engine fills a new one at once. */
const migrate = async (call: Call, table: Table, there: Described): Promise<void> => {
  const { name, props } = table;
  const keys = (schema: Index['KeySchema']): string =>
    schema.map((k) => `${k.KeyType}:${k.AttributeName}`).join();
  if (keys(there.KeySchema) !== keys(props.KeySchema))
    throw new CannotStart(
      `Table ${name} has the keys ${keys(there.KeySchema)}, the template says ${keys(props.KeySchema)}: start with --fresh.`,
    );
  const wanted = props.StreamSpecification?.StreamViewType;
  const found =
    there.StreamSpecification?.StreamEnabled === true ? there.StreamSpecification.StreamViewType : undefined;
  if (wanted !== found)
    throw new CannotStart(
      `Table ${name} has the stream ${found ?? 'off'}, the template says ${wanted ?? 'off'}: start with --fresh.`,
    );
  const before = new Map((there.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const after = new Map(props.GlobalSecondaryIndexes.map((index) => [index.IndexName, index]));
  const change = (update: object): Promise<unknown> =>
    call('UpdateTable', {
      TableName: name,
      AttributeDefinitions: props.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [update],
    });
  for (const [id, index] of before) {
    const next = after.get(id);
    if (next === undefined || shape(next) !== shape(index)) await change({ Delete: { IndexName: id } });
  }
  for (const [id, index] of after) {
    const old = before.get(id);
    if (old === undefined || shape(index) !== shape(old)) await change({ Create: plain(index) });
  }
};

const expiry = async (call: Call, { name, props }: Table): Promise<void> => {
  const wanted = props.TimeToLiveSpecification;
  if (wanted?.AttributeName === undefined) return;
  const now = (await call('DescribeTimeToLive', { TableName: name }))['TimeToLiveDescription'] as {
    AttributeName?: string;
    TimeToLiveStatus?: string;
  };
  if ((now.TimeToLiveStatus === 'ENABLED') === wanted.Enabled) return;
  await call('UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: wanted.AttributeName, Enabled: wanted.Enabled },
  });
};

/** Makes the engine's tables what the template says; stops, naming the table, where only an empty one would do. */
export const prepareTables = async (call: Call, tables: readonly Table[]): Promise<void> => {
  for (const table of tables) {
    const there = await describe(call, table.name);
    if (there === undefined) await create(call, table);
    else await migrate(call, table, there);
    await expiry(call, table);
  }
};
