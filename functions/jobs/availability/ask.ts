import { lookup } from 'node:dns';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublic } from './address.ts';
import { type Ask, privateCode } from './look.ts';

const headerBytes = 16_384;

/**
 * A lookup that knows public addresses only. The connection is made to the very addresses that were looked at, so that a name
 * cannot lead elsewhere between the two; one private address among public ones refuses the name.
 */
export const publicLookup =
  (resolve: typeof lookup = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublic(address))) {
        const refused: NodeJS.ErrnoException = new Error('the name leads into a private network');
        refused.code = privateCode;
        return callback(refused, '', 0);
      }
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };

/** Asks an app itself. The connection is closed with the head of the answer: its body is never read. */
export const askDirectly =
  (resolve: LookupFunction = publicLookup()): Ask =>
  (method, url, signal) =>
    new Promise((done, failed) => {
      const asked = request(
        url,
        {
          method,
          signal,
          lookup: resolve,
          agent: false,
          maxHeaderSize: headerBytes,
          headers: { 'user-agent': 'Lapau-availability/1', accept: '*/*' },
        },
        (answer) => {
          const { statusCode = 0, headers } = answer;
          answer.destroy();
          done({ status: statusCode, location: headers.location });
        },
      );
      asked.on('error', failed);
      asked.end();
    });

/** Asks whoever looks for us: an outgoing proxy of the city, or the local runtime, where nothing leaves the machine. */
export const askVia =
  (via: string, fetching: typeof fetch = fetch): Ask =>
  async (method, url, signal) => {
    const answer = await fetching(`${via}?${new URLSearchParams({ method, url: url.href })}`, {
      signal,
      redirect: 'manual',
    });
    return { status: answer.status, location: answer.headers.get('location') ?? undefined };
  };
