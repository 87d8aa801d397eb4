import { describe, expect, test } from 'vitest';
import { keysFrom } from '../kernel/keys.ts';
import { fileIdOf, namedFiles, newId, plainId, uploader, uploadOf } from './file-id.ts';

const keys = keysFrom('{"current":"k1","k1":"one"}');
const now = 1_700_000_000;
const mine = uploader.citizen('me');
const made = (of: string) => {
  const id = newId();
  return { id, fileId: fileIdOf(keys, id, of, now) };
};
const wrong = (fileId: string, of: readonly string[] = [mine], at = now) => {
  expect(() => namedFiles(keys, [fileId], of, at)).toThrow('unknownFile');
};

describe('what an uploader is given', () => {
  test('names the upload for its uploader alone', () => {
    const { id, fileId } = made(mine);
    expect(namedFiles(keys, [fileId, fileId], [mine], now)).toEqual([id]);
    expect(namedFiles(keys, undefined, [mine], now)).toEqual([]);
    for (const other of [
      uploader.anonymous,
      uploader.citizen('other'),
      uploader.holder('ABC234567'),
      uploader.staff('me'),
      uploader.staff('me', 'ABC234567'),
    ])
      wrong(fileId, [other]);
    wrong(made(uploader.staff('s1', 'ABC234567')).fileId, [uploader.staff('s1', 'ABC234568')]);
  });

  test('is nothing once changed, shortened, sealed elsewhere or a day old', () => {
    const { id, fileId } = made(mine);
    wrong(id);
    wrong(`${id}.`);
    wrong(fileId.slice(0, -1));
    wrong(`${newId()}${fileId.slice(22)}`);
    wrong(fileIdOf(keysFrom('{"current":"k1","k1":"two"}'), id, mine, now));
    wrong('../../etc/passwd');
    expect(namedFiles(keys, [fileId], [mine], now + 86_399)).toEqual([id]);
    wrong(fileId, [mine], now + 86_400);
  });

  test('says every wrong one by its place', () => {
    const { fileId } = made(mine);
    try {
      namedFiles(keys, [fileId, 'x', fileId, 'y'], [mine], now);
      throw new Error('not refused');
    } catch (e) {
      expect(e).toMatchObject({
        code: 'unknownFile',
        fields: [
          { field: '/files/1', problem: 'unknownFile' },
          { field: '/files/3', problem: 'unknownFile' },
        ],
      });
    }
  });

  test('shows the same id with its seal and without', () => {
    const { id, fileId } = made(mine);
    expect([plainId(fileId), plainId(id)]).toEqual([id, id]);
  });

  test('says what its uploader said that it is, and until when', () => {
    const id = newId();
    const until = now + 86_400;
    expect(uploadOf(keys, fileIdOf(keys, id, mine, now, 'document'), [mine], now)).toEqual({
      id,
      kind: 'document',
      until,
    });
    // Sealed before anybody asked for its kind.
    expect(uploadOf(keys, fileIdOf(keys, id, mine, now), [mine], now)).toEqual({
      id,
      kind: undefined,
      until,
    });
    expect(uploadOf(keys, fileIdOf(keys, id, mine, now, 'photo'), [mine], until)).toBeUndefined();
  });
});
