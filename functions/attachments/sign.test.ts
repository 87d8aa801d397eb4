import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { presignGet, presignPost, type Signer } from './sign.ts';

/** The key of Amazon's own examples. */
const example: Signer = {
  region: 'us-east-1',
  endpoint: undefined,
  credentials: () => ({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }),
};

test('a link is signed as the example of the S3 manual is', () => {
  // The manual signs for the host examplebucket.s3.amazonaws.com: an endpoint whose bucket is in the host already.
  const link = new URL(
    presignGet(
      { ...example, endpoint: 'https://examplebucket.s3.amazonaws.com' },
      { bucket: '..', key: 'test.txt', now: Date.UTC(2013, 4, 24), seconds: 86_400 },
    ),
  );
  expect(link.pathname).toBe('/test.txt');
  expect(link.searchParams.get('X-Amz-Credential')).toBe(
    'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
  );
  expect(link.searchParams.get('X-Amz-Signature')).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

test('a form lets one key, type and size through, for ten minutes', () => {
  const { url, fields } = presignPost(example, {
    bucket: 'incoming-bucket',
    key: 'incoming/abc',
    contentType: 'image/jpeg',
    maxBytes: 10_000_000,
    now: Date.UTC(2026, 10, 22, 3),
    seconds: 600,
  });
  expect(url).toBe('https://incoming-bucket.s3.us-east-1.amazonaws.com');
  const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as Record<
    string,
    unknown
  >;
  expect(policy).toEqual({
    expiration: '2026-11-22T03:10:00.000Z',
    conditions: [
      { bucket: 'incoming-bucket' },
      ['content-length-range', 1, 10_000_000],
      { key: 'incoming/abc' },
      { 'Content-Type': 'image/jpeg' },
      { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256' },
      { 'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/s3/aws4_request' },
      { 'X-Amz-Date': '20261122T030000Z' },
    ],
  });
  const step = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
  const key = ['20261122', 'us-east-1', 's3', 'aws4_request'].reduce<Buffer | string>(
    step,
    'AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  );
  expect(fields['X-Amz-Signature']).toBe(step(key, fields['Policy'] ?? '').toString('hex'));
});

test('a session’s token is part of both, and an emulator is spoken to by path', () => {
  const local: Signer = {
    region: 'ap-southeast-3',
    endpoint: 'http://127.0.0.1:4566',
    credentials: () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c/d=' }),
  };
  const { url, fields } = presignPost(local, {
    bucket: 'in',
    key: 'incoming/x',
    contentType: 'audio/ogg',
    maxBytes: 1,
    now: 0,
    seconds: 1,
  });
  expect([url, fields['X-Amz-Security-Token']]).toEqual(['http://127.0.0.1:4566/in', 'c/d=']);
  const link = new URL(
    presignGet(local, {
      bucket: 'files',
      key: 'served/x y/full',
      now: 0,
      seconds: 300,
      answers: { 'response-content-disposition': 'inline; filename="a(b).jpg"' },
    }),
  );
  expect(link.href.startsWith('http://127.0.0.1:4566/files/served/x%20y/full?')).toBe(true);
  expect(link.searchParams.get('X-Amz-Security-Token')).toBe('c/d=');
  expect(link.searchParams.get('response-content-disposition')).toBe('inline; filename="a(b).jpg"');
});
