import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bus } from '../sources/bus.ts';
import { type Faults, type FaultyService, faultError } from './faults.ts';
import type { Outbox } from './outbox.ts';
import { inputOf, type Operations, readAll, ServiceError, send } from './protocol.ts';
import { handOn } from './proxy.ts';
import { sendEmail } from './ses.ts';
import type { Topics } from './sns.ts';
import { answerQuery, queryError } from './sns-query.ts';

/** Where `AWS_ENDPOINT_URL_<SERVICE>` of a worker points, below the runtime's own address. */
export const awsPath = '/__local/aws';

export interface AwsParts {
  /** Services that answer JSON by `x-amz-target`. */
  readonly json: Readonly<Partial<Record<FaultyService, Operations>>>;
  readonly topics: Topics;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly bus: Bus;
  /** Services with an endpoint of their own, reached through here only while they have a fault. */
  readonly behind: Readonly<Partial<Record<FaultyService, string>>>;
}

const operationOf = (req: IncomingMessage): string =>
  String(req.headers['x-amz-target'] ?? '').replace(/^.*\./, '');

const trouble = (error: unknown): ServiceError =>
  error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error), 500);

const answerJson = async (
  req: IncomingMessage,
  res: ServerResponse,
  service: FaultyService,
  operations: Operations,
  { faults }: AwsParts,
): Promise<void> => {
  try {
    const name = operationOf(req);
    const fault = faults.hit(service, name);
    const body = await readAll(req);
    if (fault !== undefined) throw faultError(service, fault);
    const operation = operations[name];
    if (operation === undefined)
      throw new ServiceError('UnknownOperationException', `${name} is not known here`);
    const input = inputOf((body === '' ? {} : JSON.parse(body)) as Record<string, unknown>);
    send(res, 200, 'application/x-amz-json-1.1', JSON.stringify(operation(input)));
  } catch (error) {
    const { code, message, status } = trouble(error);
    send(res, status, 'application/x-amz-json-1.1', JSON.stringify({ __type: code, message }));
  }
};

const answerSns = async (
  req: IncomingMessage,
  res: ServerResponse,
  { faults, topics }: AwsParts,
): Promise<void> => {
  try {
    const body = await readAll(req);
    const fault = faults.hit('sns', /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? '');
    if (fault !== undefined) throw faultError('sns', fault);
    send(res, 200, 'text/xml', answerQuery(body, topics));
  } catch (error) {
    const found = trouble(error);
    send(res, found.status, 'text/xml', queryError(found));
  }
};

const answerSes = async (req: IncomingMessage, res: ServerResponse, parts: AwsParts): Promise<void> => {
  try {
    const body = await readAll(req, 10 * 1_048_576);
    if (req.method !== 'POST' || req.url !== `${awsPath}/ses/v2/email/outbound-emails`)
      throw new ServiceError('NotFoundException', `${req.method} ${req.url} is not known here`, 404);
    const fault = parts.faults.hit('ses', 'SendEmail');
    if (fault !== undefined) throw faultError('ses', fault);
    send(res, 200, 'application/json', JSON.stringify(sendEmail(JSON.parse(body), parts.outbox, parts.bus)));
  } catch (error) {
    const { code, message, status } = trouble(error);
    if (!res.headersSent) res.setHeader('x-amzn-errortype', code);
    send(res, status, 'application/json', JSON.stringify({ message }));
  }
};

/** A call that a worker sent here because its service has a fault: it meets the fault, or goes on to the service. */
const answerBehind = (
  req: IncomingMessage,
  res: ServerResponse,
  service: FaultyService,
  at: string,
  parts: AwsParts,
): void => {
  const fault = parts.faults.hit(service, operationOf(req));
  if (fault !== undefined) {
    req.resume();
    const { code, message, status } = faultError(service, fault);
    send(res, status, 'application/x-amz-json-1.0', JSON.stringify({ __type: code, message }));
    return;
  }
  handOn(req, res, at, (req.url ?? '').slice(`${awsPath}/${service}`.length) || '/');
};

/** Serves the AWS calls below `awsPath`. @returns false for a service that is not known here */
export const serveAws = (parts: AwsParts) => {
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const [service = ''] = (req.url ?? '').slice(awsPath.length + 1).split(/[/?]/);
    const name = service as FaultyService;
    const json = parts.json[name];
    const behind = parts.behind[name];
    if (json !== undefined) await answerJson(req, res, name, json, parts);
    else if (service === 'sns') await answerSns(req, res, parts);
    else if (service === 'ses') await answerSes(req, res, parts);
    else if (behind !== undefined) answerBehind(req, res, name, behind, parts);
    else return false;
    return true;
  };
  return serve;
};
