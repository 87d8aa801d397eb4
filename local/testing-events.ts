// For tests alone: a table, functions that say what they saw, and what was heard.
import { type Local, startLocal } from './local.ts';
import type { Resource } from './template/model.ts';
import { type Bench, casesTable, item } from './testing.ts';

/** Every function of these tests tells the outbox what it saw, so that a test can ask: `await say(text)`. */
export const tell = `const say = (text) => fetch(process.env.TELL + '/__local/channels/test', { method: 'POST', body: JSON.stringify({ text: String(text) }) });`;
export const told = { Environment: { Variables: { TELL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } } };

/** What was said so far, in order. */
export const heard = (at: Local): string[] =>
  at.runtime.outbox
    .list(500)
    .map((m) => m.text)
    .reverse();

const api: Readonly<Record<string, Resource>> = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
};

/** Starts the table `Cases` and more; whatever was started is stopped by `stop`. */
export const startCases = (bench: Bench) => {
  let local: Local | undefined;
  const stop = async (): Promise<void> => {
    await local?.stop();
    local = undefined;
  };
  const start = async (resources: Readonly<Record<string, Resource>>, stateDir?: string): Promise<Local> => {
    local = await startLocal({
      stacks: [bench.stack({ ...api, ...casesTable, ...resources })],
      ...(stateDir === undefined ? {} : { stateDir }),
    });
    return local;
  };
  return { start, stop };
};

export const put = (at: Local, ...args: Parameters<typeof item>) =>
  at.runtime.engine.call('PutItem', item(...args));
