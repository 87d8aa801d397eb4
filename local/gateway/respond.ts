import type { ServerResponse } from 'node:http';

/** What the gateway itself says, byte for byte. */
export const ownAnswers = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type OwnStatus = keyof typeof ownAnswers;

export const answerItself = (
  res: ServerResponse,
  status: OwnStatus,
  requestId: string,
  extra: Readonly<Record<string, string>> = {},
): void => {
  if (res.headersSent || res.destroyed) return;
  const body = `{"message":"${ownAnswers[status]}"}`;
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'apigw-requestid': requestId,
    ...extra,
  });
  res.end(body);
};

/** A gateway sets these itself, whatever a function says. */
const withheld = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'trailer',
  'te',
]);

const isRecord = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/**
 * Writes what a function returned (response format 2.0): with `statusCode` it is a response, without it is itself
 * the JSON body of a 200. Anything that is no response is the gateway's 500.
 */
export const answerFor = (res: ServerResponse, payload: string, requestId: string): void => {
  if (res.headersSent || res.destroyed) return;
  const said: unknown = JSON.parse(payload);
  if (!isRecord(said) || said['statusCode'] === undefined) {
    const body = Buffer.from(typeof said === 'string' ? said : payload);
    res.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
      'apigw-requestid': requestId,
    });
    res.end(body);
    return;
  }
  const status = Number(said['statusCode']);
  const { body = '', headers = {}, cookies = [] } = said;
  const valid =
    Number.isInteger(status) && status >= 100 && status <= 599 && isRecord(headers) && Array.isArray(cookies);
  if (!valid || typeof body !== 'string') {
    answerItself(res, 500, requestId);
    return;
  }
  const out: Record<string, string | number | string[]> = { 'content-type': 'text/plain;charset=utf-8' };
  for (const [name, value] of Object.entries(headers))
    if (!withheld.has(name.toLowerCase())) out[name.toLowerCase()] = String(value);
  if (cookies.length > 0) out['set-cookie'] = cookies.map(String);
  const bytes = Buffer.from(body, said['isBase64Encoded'] === true ? 'base64' : 'utf8');
  if (status === 204 || status === 304) delete out['content-type'];
  else out['content-length'] = bytes.length;
  out['apigw-requestid'] = requestId;
  res.writeHead(status, out);
  res.end(status === 204 || status === 304 ? undefined : bytes);
};
