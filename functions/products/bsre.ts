import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { problem } from '../kernel/errors.ts';
import type { Official, Signer } from './signer.ts';

export interface Bsre {
  /** Of the city's own eSign Client Service, without a final slash. */
  readonly url: string;
  readonly credentials: () => Promise<{ readonly username: string; readonly password: string }>;
  readonly ask?: typeof fetch;
}

/** Signing takes seconds; the gateway gives up after 30. */
const patience = 20_000;
/** A signed PDF is a little larger than what was handed in (5 MB at most). */
const mostBytes = 8_000_000;

/**
 * BSrE's eSign Client Service, which a city runs itself: `POST /api/sign/pdf`, basic authorization.
 *
 * | part | where it was read |
 * |---|---|
 * | endpoint and basic authorization of version 1 | contents of BSrE's *Petunjuk Teknis Penggunaan API eSign Client Service* v2.0, January 2024, §5.1 and §5.2 (scribd.com/document/710812206) |
 * | `file`, `nik`, `passphrase`, `tampilan` = `invisible`, as multipart form | src/ESignBsre.php of Diskominfotik-Banda-Aceh/E-Sign-BSrE-PHP, a city's published client |
 * | a 200 whose body is the signed PDF | tests of published clients of the same service; **unverified** against BSrE's own text |
 * | 400 and 401 as a refusal of person or passphrase, what an error's body holds | **unverified**: no word of it is passed on |
 * | `image`, `linkQR`, `page`, `xAxis`, `yAxis`, `width`, `height` of a visible signature | seen in published clients, units **unverified**: not sent |
 *
 * Off unless a deployment names the service; nobody has tried it against the real one (ADR 0156).
 */
export const bsreSigner = ({ url, credentials, ask = fetch }: Bsre): Signer => {
  const form = (pdf: Uint8Array, { nik, passphrase }: Official): FormData => {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), 'dokumen.pdf');
    body.set('nik', nik);
    body.set('passphrase', passphrase);
    body.set('tampilan', 'invisible');
    return body;
  };

  const post = async (pdf: Uint8Array, as: Official): Promise<Response> => {
    const { username, password } = await credentials();
    try {
      return await ask(`${url}/api/sign/pdf`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
        body: form(pdf, as),
        // A passphrase goes where the deployment says, and nowhere on from there.
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      // The reason may quote the request; nothing of it is kept.
      throw problem('signerDown', { retryAfter: 30 });
    }
  };

  return {
    sign: async (pdf, as) => {
      const answered = await post(pdf, as);
      if (answered.status >= 500) throw problem('signerDown', { retryAfter: 30 });
      if (!answered.ok) throw problem('signerRefused');
      if (Number(answered.headers.get('content-length') ?? 0) > mostBytes) throw problem('signerDown');
      const signed = new Uint8Array(await answered.arrayBuffer());
      if (Buffer.from(signed.subarray(0, 5)).toString('latin1') !== '%PDF-') throw problem('signerRefused');
      return signed;
    },
  };
};

const secret = z.object({
  username: z.string().check(z.minLength(1)),
  password: z.string().check(z.minLength(1)),
});

/** What the city's account at the service is, from `{"username": "…", "password": "…"}` in Secrets Manager; read once. */
export const bsreCredentials = (
  client: Pick<SecretsManagerClient, 'send'>,
  secretId: string,
): Bsre['credentials'] => {
  let read: ReturnType<Bsre['credentials']> | undefined;
  const load = async () => {
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return secret.parse(JSON.parse(SecretString));
  };
  return () => {
    read ??= load().catch((e: unknown) => {
      read = undefined;
      throw e;
    });
    return read;
  };
};
