import { expect, test } from 'vitest';
import { maxBytes } from '../jobs/inspect-photo/limits.ts';
import { judgeType, mostBytes } from './types.ts';

test('a form lets through what the inspection takes, and no more', () => {
  expect(mostBytes).toEqual(maxBytes);
});

test('types are read as browsers write them', () => {
  expect(judgeType('Image/JPEG; charset=binary')).toEqual({
    type: 'image/jpeg',
    kind: 'photo',
    maxBytes: 10_000_000,
  });
  expect(judgeType('audio/ogg; codecs=opus')).toEqual({
    type: 'audio/ogg',
    kind: 'voice',
    maxBytes: 3_000_000,
  });
  for (const heic of ['image/heic', 'image/heif', 'image/heic-sequence'])
    expect(judgeType(heic)).toEqual({ refuse: 'heicFile' });
  for (const other of [
    '',
    'image/svg+xml',
    'constructor',
    '__proto__',
    'video/mp4',
    'application/javascript',
  ])
    expect(judgeType(other)).toEqual({ refuse: 'wrongFileType' });
});
