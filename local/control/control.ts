import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readMove } from '../moved.ts';
import type { Runtime } from '../runtime.ts';
import { faultyServices } from '../services/faults.ts';
import { jsonOf, readAll, sendJson } from '../services/protocol.ts';
import { CannotStart } from '../template/model.ts';
import { answerChannel, answerLink, answerPush } from './channels.ts';
import { idle } from './idle.ts';
import { answerOutbox } from './outbox-page.ts';
import { giveToken, listPeople, signinPage } from './people.ts';
import { status } from './status.ts';

export interface Asked {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  /** What follows the endpoint's name in the path. */
  readonly rest: string;
  readonly runtime: Runtime;
}

type Endpoint = (asked: Asked) => Promise<void> | void;

const faultBody = z.strictObject({
  service: z.enum(faultyServices),
  action: z.string().optional(),
  mode: z.enum(['down', 'throttle', 'off']),
  count: z.number().int().positive().optional(),
});
const moveBody = z.strictObject({ to: z.string() });
const clockNow = ({ clock }: Runtime) => ({
  now: new Date(clock.now()).toISOString(),
  offset: clock.offset(),
});

const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET status': async ({ res, runtime }) => sendJson(res, 200, await status(runtime)),
  'GET rights': ({ res, runtime }) => sendJson(res, 200, runtime.functions.rights.list()),
  'GET people': ({ res, runtime }) => listPeople(res, runtime),
  'GET signin': ({ res, runtime }) => signinPage(res, runtime),
  'GET token': ({ req, res, url, runtime }) => giveToken(req, res, url, runtime),
  'GET clock': ({ res, runtime }) => sendJson(res, 200, clockNow(runtime)),
  'POST clock': async ({ req, res, runtime }) => {
    const { to } = moveBody.parse(await jsonOf(req));
    const offset = readMove(to, Date.now(), runtime.clock.offset());
    if (offset === undefined)
      throw new CannotStart(`${to}: bukan waktu · not a time (+3d, -2h, 2026-12-01T08:00+07:00, reset)`);
    runtime.clock.move(offset);
    sendJson(res, 200, clockNow(runtime));
  },
  'POST kill': ({ res, rest, runtime }) => {
    const pool = runtime.functions.find(rest);
    if (pool === undefined) return sendJson(res, 404, { error: `no function ${rest}` });
    sendJson(res, 200, { killed: pool.kill() });
  },
  'POST fault': async ({ req, res, runtime }) => {
    const { service, action, mode, count } = faultBody.parse(await jsonOf(req));
    runtime.faults.set(service, action, mode, count);
    sendJson(res, 200, runtime.faults.list());
  },
  'POST invoke': async ({ req, res, rest, runtime }) => {
    const pool = runtime.functions.find(rest);
    if (pool === undefined) return sendJson(res, 404, { error: `no function ${rest}` });
    const outcome = await pool.invoke((await readAll(req, 6 * 1_048_576)) || '{}');
    if (outcome === undefined) return sendJson(res, 429, { error: 'throttled' });
    if (!outcome.ok) return sendJson(res, 502, outcome.error);
    sendJson(res, 200, JSON.parse(outcome.payload));
  },
  'GET idle': async ({ res, url, runtime }) => {
    const seconds = Number(url.searchParams.get('seconds') ?? 30);
    const busy = await idle(runtime, seconds, url.searchParams.get('without') ?? undefined);
    sendJson(res, busy.length === 0 ? 200 : 408, { idle: busy.length === 0, busy });
  },
  'GET outbox': ({ req, res, url, runtime }) => answerOutbox(req, res, url, runtime),
  'DELETE outbox': ({ res, runtime }) => {
    runtime.outbox.clear();
    sendJson(res, 200, {});
  },
  'POST channels': answerChannel,
  'POST push': answerPush,
  'GET links': answerLink,
};

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);

/** A page elsewhere may point its name at 127.0.0.1; the name in `Host` gives it away. */
const isOwnName = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');

/** Serves `/__local/…`: for people and tests on this machine, and nobody else. */
export const createControl =
  (runtime: Runtime) =>
  async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!isLoopback(req.socket.remoteAddress) || !isOwnName(req.headers.host))
      return sendJson(res, 403, { error: 'only from this machine' });
    const url = new URL(req.url ?? '/', runtime.url);
    const [name = '', ...rest] = url.pathname.slice('/__local/'.length).split('/');
    if (name === 'issuer') return runtime.issuer.serve(req, res);
    const endpoint = endpoints[`${req.method} ${name}`];
    if (endpoint === undefined) return sendJson(res, 404, { error: `no ${req.method} /__local/${name}` });
    try {
      await endpoint({ req, res, url, rest: decodeURIComponent(rest.join('/')), runtime });
    } catch (error) {
      if (error instanceof z.ZodError) return sendJson(res, 400, { error: z.prettifyError(error) });
      if (error instanceof SyntaxError || error instanceof CannotStart)
        return sendJson(res, 400, { error: error.message });
      throw error;
    }
  };
