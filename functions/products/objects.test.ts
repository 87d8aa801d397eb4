import { describe, expect, test } from 'vitest';
import { mostBytes, signedObjects } from './objects.ts';

const signer = {
  region: 'ap-southeast-3',
  endpoint: undefined,
  credentials: () => ({ accessKeyId: 'AKIA', secretAccessKey: 'secret' }),
};
const now = '2026-11-23T08:00:00Z';
const digest = 'a'.repeat(64);

const answering = (status: number, body = '', headers: Readonly<Record<string, string>> = {}) => {
  const asked: { readonly url: URL; readonly method: string; readonly body: unknown }[] = [];
  const ask: typeof fetch = async (url, init) => {
    asked.push({ url: new URL(String(url)), method: init?.method ?? 'GET', body: init?.body });
    return new Response(body, { status, headers: { 'content-length': String(body.length), ...headers } });
  };
  return { asked, objects: signedObjects(signer, 'incoming', 'files', ask) };
};

describe('files of documents', () => {
  test('are read from where uploads arrive', async () => {
    const { asked, objects } = answering(200, '%PDF-1.7');
    expect(Buffer.from(await objects.upload('abc', now)).toString()).toBe('%PDF-1.7');
    expect(asked[0]?.url.href).toContain('https://incoming.s3.ap-southeast-3.amazonaws.com/incoming/abc?');
  });

  test.each([
    [403, {}, 'uploadMissing'],
    [404, {}, 'uploadMissing'],
    [200, { 'content-length': String(mostBytes + 1) }, 'notPdf'],
  ])('an upload that answers %i %o is %s', async (status, headers, code) => {
    await expect(answering(status, '', headers).objects.upload('abc', now)).rejects.toMatchObject({ code });
  });

  test('a store that is down is an outage, never a lost document', async () => {
    await expect(answering(503).objects.upload('abc', now)).rejects.toThrow('Unavailable');
    await expect(answering(503).objects.keep(digest, Buffer.from('x'), now)).rejects.toThrow('Unavailable');
    await expect(answering(403).objects.keep(digest, Buffer.from('x'), now)).rejects.toThrow('not kept');
  });

  test('are kept under their bytes, and fetched under their number', async () => {
    const { asked, objects } = answering(200);
    await objects.keep(digest, Buffer.from('x'), now);
    expect(asked[0]).toMatchObject({ method: 'PUT' });
    expect(asked[0]?.url.pathname).toBe(`/products/${digest}.pdf`);
    const link = new URL(objects.link(digest, 'dukcapil-2026-7K2M9QXAB', now));
    expect(link.pathname).toBe(`/products/${digest}.pdf`);
    expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(link.searchParams.get('response-content-disposition')).toBe(
      'attachment; filename="dukcapil-2026-7K2M9QXAB.pdf"',
    );
  });
});
