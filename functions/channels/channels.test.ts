import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { News } from '../events/feedback.ts';
import { isProblem } from '../kernel/errors.ts';
import { operations } from './operations.ts';
import { isSigned, newsOf } from './rules.ts';

const secret = 'rahasia';
const signed = (body: string, by = secret) => `sha256=${createHmac('sha256', by).update(body).digest('hex')}`;

test.each([
  ['as signed', signed('{"a":1}'), true],
  ['by another secret', signed('{"a":1}', 'lain'), false],
  ['of another body', signed('{"a":2}'), false],
  ['without its prefix', signed('{"a":1}').slice(7), false],
  ['cut', signed('{"a":1}').slice(0, -2), false],
  ['none', undefined, false],
])('a signature %s', (_, header, is) => {
  expect(isSigned(secret, Buffer.from('{"a":1}'), header)).toBe(is);
});

const status = (name: string, more: object = {}) => ({ status: name, timestamp: '1764000000', ...more });
test.each([
  ['sent', {}, undefined],
  ['delivered', {}, { kind: 'arrived', at: '2025-11-24T16:00:00Z' }],
  ['read', {}, { kind: 'arrived', at: '2025-11-24T16:00:00Z' }],
  ['failed', { errors: [{ code: 131026 }] }, { kind: 'bounced', why: 'notOnWhatsapp', forGood: true }],
  ['failed', { errors: [{ code: 131047 }] }, { kind: 'bounced', why: 'error131047', forGood: false }],
  ['failed', {}, { kind: 'bounced', why: 'error0', forGood: false }],
  ['deleted', {}, undefined],
])('status %s %o', (name, more, expected) => {
  expect(newsOf(status(name, more))).toEqual(expected);
});

const heard: [string, News][] = [];
const ops = operations({
  agreed: async () => ({ appSecret: secret, verifyToken: 'kata' }),
  hear: async (ref, news) => {
    heard.push([ref, news]);
  },
});
const post = (statuses: object[], isTrue = true) =>
  ops.whatsappStatus({
    input: { body: { entry: [{ changes: [{ value: { statuses } }, { value: {} }] }] } },
    actor: { signed: isTrue },
  } as never);
const verify = (token: string, of = ops) =>
  of.whatsappVerify({
    input: { query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' } },
  } as never);
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (e: unknown) => (isProblem(e) ? e.code : e),
  );

test('statuses with a reference of ours are heard in their order; others and unsigned ones are not', async () => {
  const ref = 'ABCDEFGHJ.reporter.whatsapp.2.x';
  const both = [
    status('delivered', { biz_opaque_callback_data: ref }),
    status('delivered'),
    status('sent', { biz_opaque_callback_data: ref }),
    status('failed', { biz_opaque_callback_data: ref, errors: [{ code: 131026 }] }),
  ];
  expect(await refusal(post(both, false))).toBe('signatureWrong');
  expect(heard).toEqual([]);
  expect((await post(both)).body).toEqual({ heard: 2 });
  expect(heard.map(([of, { kind }]) => [of, kind])).toEqual([
    [ref, 'arrived'],
    [ref, 'bounced'],
  ]);
});

test('registration answers the challenge to who knows the word', async () => {
  expect((await verify('kata')).body).toBe('1158201444');
  expect(await refusal(verify('lain'))).toBe('signatureWrong');
  const none = operations({ agreed: async () => undefined, hear: async () => {} });
  expect(await refusal(verify('kata', none))).toBe('channelOff');
});
