import type { IncomingMessage, ServerResponse } from 'node:http';

/** A refusal of one of the small services, in the service's own words. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Operations of a JSON service by name. What is not in the table is refused by name. */
export type Operations = Readonly<Record<string, (input: Input) => unknown>>;

/** A call's input; readers throw the service's validation error. */
export interface Input {
  readonly text: (name: string) => string;
  readonly optional: (name: string) => string | undefined;
  readonly value: (name: string) => unknown;
}

export const inputOf = (body: Readonly<Record<string, unknown>>): Input => ({
  text: (name) => {
    const value = body[name];
    if (typeof value !== 'string' || value === '')
      throw new ServiceError('ValidationException', `${name} must be given as text`);
    return value;
  },
  optional: (name) => {
    const value = body[name];
    return value === undefined || value === null ? undefined : String(value);
  },
  value: (name) => body[name],
});

export const readAll = async (req: IncomingMessage, most = 1_048_576): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most)
      throw new ServiceError('RequestEntityTooLargeException', 'the request is too large', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

export const send = (res: ServerResponse, status: number, type: string, body: string): void => {
  if (res.headersSent || res.destroyed) return;
  const bytes = Buffer.from(body);
  res.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  res.end(bytes);
};

export const sendJson = (res: ServerResponse, status: number, body: unknown): void =>
  send(res, status, 'application/json', JSON.stringify(body));

/** The JSON of a request; an empty body is an empty object. */
export const jsonOf = async (req: IncomingMessage): Promise<unknown> => {
  const text = await readAll(req);
  return text === '' ? {} : JSON.parse(text);
};
