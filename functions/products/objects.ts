import { incomingKey } from '../attachments/model.ts';
import { presignGet, presignPut, type Signer } from '../attachments/sign.ts';
import { problem } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';

/** Long enough to fetch it over 3G, too short to be passed on. */
export const linkSeconds = 300;
/** Of the function's own calls, with a signature made at each. */
const ownSeconds = 60;
/** As the form of an upload has it for a PDF. */
export const mostBytes = 5_000_000;

/** Where the file of a document lies: by its bytes, so that a second write of the same is no change. */
const keyOf = (digest: string): string => `products/${digest}.pdf`;

/** Files of documents. They are never re-encoded or cleaned, as photos are: one byte less, and no signature fits. */
export interface Objects {
  /** An upload's bytes. @throws Problem uploadMissing, notPdf when it is larger than a document may be */
  readonly upload: (id: string, now: Instant) => Promise<Uint8Array>;
  readonly keep: (digest: string, file: Uint8Array, now: Instant) => Promise<void>;
  /** @param name under which it is saved */
  readonly link: (digest: string, name: string, now: Instant) => string;
}

/**
 * @param incoming bucket where uploads arrive
 * @param files bucket of what is served
 */
export const signedObjects = (
  signer: Signer,
  incoming: string,
  files: string,
  ask: typeof fetch = fetch,
): Objects => {
  /** @throws Error, which the caller reads as an outage that passes */
  const answered = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const response = await ask(url, { ...init, signal: AbortSignal.timeout(10_000) });
    if (response.status >= 500) throw new Error('Unavailable: the store of files');
    return response;
  };
  const own = (now: Instant) => ({ now: Date.parse(now), seconds: ownSeconds });

  return {
    upload: async (id, now) => {
      const url = presignGet(signer, { bucket: incoming, key: incomingKey(id), ...own(now) });
      const response = await answered(url);
      // Without the right to list, what is not there is forbidden.
      if (response.status === 403 || response.status === 404) throw problem('uploadMissing');
      if (!response.ok) throw new Error(`an upload answered ${response.status}`);
      if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw problem('notPdf');
      return new Uint8Array(await response.arrayBuffer());
    },

    keep: async (digest, file, now) => {
      const url = presignPut(signer, { bucket: files, key: keyOf(digest), ...own(now) });
      const response = await answered(url, { method: 'PUT', body: new Blob([new Uint8Array(file)]) });
      if (!response.ok) throw new Error(`a document was not kept: ${response.status}`);
    },

    link: (digest, name, now) =>
      presignGet(signer, {
        bucket: files,
        key: keyOf(digest),
        now: Date.parse(now),
        seconds: linkSeconds,
        answers: {
          'response-content-type': 'application/pdf',
          'response-content-disposition': `attachment; filename="${name}.pdf"`,
          'response-cache-control': 'private, no-store',
        },
      }),
  };
};
