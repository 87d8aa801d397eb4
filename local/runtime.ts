import { rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createControl } from './control/control.ts';
import { type Functions, startFunctions } from './functions/functions.ts';
import { createAuthorizer } from './gateway/authorize.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { type MovedClock, openClock } from './moved.ts';
import { listen } from './ports.ts';
import { awsPath, serveAws } from './services/aws.ts';
import { cognito, openUsers, type Users } from './services/cognito.ts';
import { type Engine, startEngine } from './services/engine.ts';
import { createFaults, type Faults } from './services/faults.ts';
import { kms } from './services/kms.ts';
import { memoryDir } from './services/memory-dir.ts';
import { type Outbox, openOutbox } from './services/outbox.ts';
import { type Queues, startQueues } from './services/queues.ts';
import { secretsManager } from './services/secrets.ts';
import { createTopics } from './services/sns.ts';
import { prepareTables } from './services/tables.ts';
import { startUpkeep } from './services/upkeep.ts';
import { createIssuer, type Issuer } from './signin/issuer.ts';
import { openPeople, type People } from './signin/people.ts';
import { openTokens, type Tokens } from './signin/tokens.ts';
import { openBus } from './sources/bus.ts';
import type { Source } from './sources/source.ts';
import { startSources } from './sources/sources.ts';
import { openState, type State } from './state.ts';
import { type Loadout, load } from './template/load.ts';
import type { Stack } from './template/model.ts';

export interface RuntimeOptions {
  readonly stacks: readonly Stack[];
  /** Where `node_modules` is. */
  readonly root: string;
  /** 0 for any. */
  readonly port: number;
  /** Where everything is kept; undefined keeps it in memory. */
  readonly stateDir: string | undefined;
  /** Workers a function. */
  readonly instances: number;
  readonly log: (source: string, line: string) => void;
}

/** Everything that runs, for the parts that are built on it. */
export interface Runtime {
  readonly url: string;
  readonly loadout: Loadout;
  readonly engine: Engine;
  readonly queues: Queues;
  readonly functions: Functions;
  readonly clock: MovedClock;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly state: State;
  readonly users: Users;
  readonly tokens: Tokens;
  readonly people: People;
  readonly issuer: Issuer;
  readonly gateway: Gateway;
  readonly sources: readonly Source[];
  readonly stop: () => Promise<void>;
}

const controlPath = '/__local/';

/**
 * Starts what the stacks say, in the order in which the parts need each other: state, engine and queues, then the
 * template (which names their addresses), then tables, then the functions and the gateway in front of them.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { stacks, root, stateDir, log } = options;
  const ending: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    let serve = async (_req: IncomingMessage, res: ServerResponse): Promise<void> => {
      res.writeHead(503).end();
    };
    const { server, port } = await listen(options.port, (req, res) => {
      serve(req, res).catch((error: unknown) => {
        log('runtime', String(error instanceof Error ? error.stack : error));
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
    });
    ending.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const url = `http://127.0.0.1:${port}`;
    const state = openState(stateDir);
    ending.push(() => state.close());
    const clock = openClock(state);
    const memory = stateDir === undefined ? memoryDir() : undefined;
    if (memory !== undefined) ending.push(() => rmSync(memory, { recursive: true, force: true }));
    const dir = stateDir ?? memory;
    const file = dir === undefined ? undefined : join(dir, 'dynamodb.db');
    const [engine, queues] = await Promise.all([startEngine(root, file), startQueues(stateDir)]);
    ending.push(
      () => engine.stop(),
      () => queues.stop(),
    );
    if (file !== undefined && engine.pid !== undefined) {
      const upkeep = startUpkeep(file, (line) => log('engine', line));
      ending.push(() => upkeep.stop());
    }
    const loadout = load(stacks, { url, queues: queues.url });
    const outbox = openOutbox(state, clock.now);
    const faults = createFaults();
    const users = openUsers(state, clock.now);
    const [tokens] = await Promise.all([
      openTokens(loadout.of('AWS::Cognito::UserPool'), loadout.of('AWS::Cognito::UserPoolClient'), state),
      prepareTables(engine.call, loadout.of('AWS::DynamoDB::Table')),
      queues.prepare(
        loadout.of('AWS::SQS::Queue'),
        loadout.of('AWS::S3::Bucket').map((b) => b.ref),
      ),
    ]);
    const people = openPeople(tokens, users, clock.now);
    const topics = createTopics(loadout.of('AWS::SNS::Topic'), loadout.of('AWS::SNS::Subscription'), {
      queues,
      outbox,
      state,
      now: clock.now,
    });
    const aws = serveAws({
      json: {
        kms: kms(loadout.of('AWS::KMS::Key'), loadout.of('AWS::KMS::Alias'), state),
        secretsmanager: secretsManager(loadout.of('AWS::SecretsManager::Secret'), state),
        cognito: cognito(loadout.of('AWS::Cognito::UserPool'), users, state),
      },
      topics,
      outbox,
      faults,
      bus: openBus(loadout, queues, clock),
      behind: { dynamodb: engine.url, sqs: queues.url, s3: queues.url },
    });
    const functions = startFunctions({
      loadout,
      engine,
      queues,
      clock,
      faults,
      url,
      port,
      instances: options.instances,
      log,
    });
    const sources = await startSources({
      loadout,
      functions,
      engine,
      queues,
      topics,
      clock,
      state,
      instances: options.instances,
      log,
    });
    ending.push(async () => {
      // Sources take nothing new, workers end what they were given, and then the sources see that it is over.
      const ended = sources.map((source) => source.stop());
      await functions.stop();
      await Promise.all(ended);
    });
    const issuer = createIssuer(tokens, clock, url, (line) => log('issuer', line));
    ending.push(() => issuer.stop());
    const gateway = createGateway({
      loadout,
      poolOf: functions.byArn,
      authorize: createAuthorizer(tokens.keyOf, clock.now),
      now: clock.now,
    });
    const runtime: Runtime = {
      url,
      loadout,
      engine,
      queues,
      functions,
      clock,
      outbox,
      faults,
      state,
      users,
      tokens,
      people,
      issuer,
      gateway,
      sources,
      stop,
    };
    const control = createControl(runtime);
    serve = async (req, res) => {
      const path = req.url ?? '/';
      if (!path.startsWith(controlPath)) return gateway(req, res);
      if (path.startsWith(`${awsPath}/`) && (await aws(req, res))) return;
      return control(req, res);
    };
    return runtime;
  } catch (error) {
    await stop();
    throw error;
  }
};
