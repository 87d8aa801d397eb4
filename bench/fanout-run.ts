import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { loadPack } from '../cities/load.ts';
import type { Channel } from '../functions/events/tell.ts';
import { fanout } from '../functions/jobs/fanout/fanout.ts';
import { tableOf } from '../functions/kernel/table.ts';
import { fromSeconds } from '../functions/kernel/time.ts';
import { bookStore } from '../functions/people/book.ts';
import { subscriberReader } from '../functions/people/subscribers.ts';
import { sendingAllowance } from '../functions/sendings/allowance.ts';
import { linksOf } from '../functions/sendings/links.ts';
import { orderStore } from '../functions/sendings/order.ts';
import { sendingReceipts } from '../functions/sendings/receipts.ts';
import { subscriberStore } from '../functions/sendings/subscribers.ts';
import { testKeys } from '../test/identities.ts';
import { meter } from './meter.ts';

/**
 * `fanout-run <engine> <root> <order> <seconds ahead>`: the job `fanout` in a process of its own, invocation after
 * invocation until the order is done. Each message goes to the parent, who is the provider and outlives this process.
 */
const [url = '', root = '', id = '', ahead = '0'] = process.argv.slice(2);
/** As Lambda allows the job. */
const invocationMillis = 60_000;

const client = new DynamoDBClient({
  endpoint: url,
  region: 'ap-southeast-3',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const measure = meter(client);
const pack = loadPack(join(root, 'cities', 'padang-panjang'));
const city = {
  ...pack,
  sendings: {
    ...pack.sendings,
    // How fast this machine is, and not how fast a provider lets it be.
    channels: pack.sendings.channels.map((one) => ({ ...one, perSecond: 100_000, perMonth: 10_000_000 })),
  },
};
const table = tableOf(client, 'cases');
const books = bookStore(tableOf(client, 'identities'));
const channel = (name: 'email' | 'push'): Channel => ({
  name,
  send: (to) =>
    new Promise((resolve) => {
      process.send?.({ to }, undefined, {}, () => resolve({ state: 'sent' }));
    }),
});
const channels = [channel('email'), channel('push')];
const millis = (): number => Date.now() + Number(ahead) * 1000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const run = fanout({
  orders: orderStore(table),
  subscribers: subscriberStore(table),
  receipts: sendingReceipts(table),
  allowance: sendingAllowance(table),
  channels,
  reaching: subscriberReader({
    books,
    // One data key for all: what KMS does is not measured here.
    kms: { send: async () => ({ Plaintext: new Uint8Array(32) }) } as never,
    keys: async () => testKeys,
    channels: new Set(['email', 'push']),
  }),
  gone: books.close,
  links: linksOf(async () => testKeys),
  city: async () => city,
  publish: async () => ({ failed: new Set(), error: undefined }),
  publicUrl: 'https://lapau.example.go.id',
  now: () => fromSeconds(Math.floor(millis() / 1000)),
  millis,
  sleep: (wait) => new Promise((resolve) => setTimeout(resolve, wait)),
  log: silent,
});

const began = performance.now();
const { calls, readUnits, writeUnits } = await measure(async () => {
  for (let ended = 'next'; ended === 'next'; ) {
    const ends = performance.now() + invocationMillis;
    ended = await run({ id, version: 1 }, () => ends - performance.now());
  }
});
process.send?.({
  seconds: (performance.now() - began) / 1000,
  // Kibibytes.
  memory: process.resourceUsage().maxRSS / 1024,
  ...{ calls, readUnits, writeUnits },
});
process.disconnect();
client.destroy();
