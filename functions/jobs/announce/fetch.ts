import { isPublicHttps } from '../../announcing/cap/feed.ts';

const mostBytes = 512 * 1024;
const patienceMs = 5000;

/**
 * The text behind a public https address, or undefined when there is none to be had: an answer that redirects, lasts or
 * grows too long is none. Asks nobody but whom the city's settings name.
 */
export const fetchText =
  (ask: typeof fetch = fetch) =>
  async (url: string): Promise<string | undefined> => {
    if (!isPublicHttps(url)) return undefined;
    try {
      const answer = await ask(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
        headers: {
          accept: 'application/cap+xml, application/rss+xml, application/atom+xml, application/xml',
        },
      });
      if (!answer.ok || answer.body === null) return undefined;
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of answer.body) {
        bytes += chunk.length;
        if (bytes > mostBytes) return undefined;
        chunks.push(chunk);
      }
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    } catch {
      return undefined;
    }
  };
