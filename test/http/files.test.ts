import { describe, expect, test } from 'vitest';
import { oggOf, pdfOf } from '../../functions/jobs/inspect-photo/test/documents.ts';
import { jpegClaiming, jpegOf, picture } from '../../functions/jobs/inspect-photo/test/samples.ts';
import { runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { file, good, read, take, tryTo } from './desk.ts';
import { linked, plain, send, uploading } from './uploads.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const settled = () => city().local.idle(60);

const { formOf, uploaded } = uploading(ask);

const complaint = (...files: readonly string[]) => ({
  text: 'Lampu jalan padam di depan pasar sejak tiga hari lalu.',
  files,
});
const opened = async (code: string, pin: string) => {
  const { body } = await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }));
  const token = { headers: { authorization: `Bearer ${body['token']}` } };
  const { timeline } = body['case'] as { timeline: { type: string; files: Shown[] }[] };
  return { token, files: timeline.flatMap(({ files }) => files), body };
};
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly kind: string | null;
  readonly reason: string | null;
}
const camera = {
  make: 'Samsung',
  model: 'SM-A155F',
  taken: '2026:11:21 16:20:05',
  at: { lat: -0.469, lon: 100.399 },
};

describe('a photo from the form to the page', () => {
  test('uploaded, named while filing, inspected, seen by reporter and officers, and by nobody else', async () => {
    const photo = await jpegOf(picture(900, 600), camera);
    const fileId = await uploaded(photo);
    const { code, pin } = await file(ask, complaint(fileId));
    await settled();
    const own = await opened(code, pin);
    expect(own.files).toEqual([{ id: plain(fileId), state: 'ready', kind: 'photo', reason: null }]);

    const mine = await good(ask('GET', `/v1/track/${code}/files/${fileId}`, own.token));
    expect(mine.body).toMatchObject({
      state: 'ready',
      kind: 'photo',
      contentType: 'image/jpeg',
      expiresIn: 300,
    });
    expect(mine.text).not.toMatch(/Samsung|100\.399/);
    const [full, small] = [await linked(mine), await linked(mine, 'thumbnail')];
    for (const served of [full, small]) {
      expect([served.status, served.type]).toEqual([200, 'image/jpeg']);
      expect(served.bytes.toString('latin1')).not.toMatch(/Samsung|Exif/);
    }
    expect(small.bytes.length).toBeLessThan(full.bytes.length);

    const desk = await good(
      ask('GET', `/v1/desk/cases/${code}/files/${plain(fileId)}`, { as: 'koordinator' }),
    );
    expect(desk.body['facts']).toMatchObject({
      device: 'Samsung SM-A155F',
      takenAt: '2026-11-21T16:20:05',
      point: { lat: -0.469, lon: 100.399 },
      width: 900,
    });
    const seen = await read(ask, 'koordinator', code);
    expect((seen.timeline[0] as unknown as { files: Shown[] }).files).toMatchObject([{ state: 'ready' }]);

    const stranger = await file(ask, complaint());
    const other = await opened(stranger.code, stranger.pin);
    const tries = [
      await ask('GET', `/v1/track/${code}/files/${fileId}`, other.token),
      await ask('GET', `/v1/track/${stranger.code}/files/${fileId}`, other.token),
      await ask('GET', `/v1/me/cases/${code}/files/${fileId}`, { as: 'warga-1' }),
      await ask('GET', `/v1/desk/cases/${code}/files/${plain(fileId)}`, { as: 'penghubung-kesehatan' }),
      await ask('GET', `/v1/desk/cases/${stranger.code}/files/${plain(fileId)}`, { as: 'koordinator' }),
    ];
    expect(tries.map(({ status, body }) => [status, body['code']])).toEqual([
      [401, 'caseTokenInvalid'],
      [404, 'notFound'],
      [404, 'notFound'],
      [404, 'notFound'],
      [404, 'notFound'],
    ]);
  });

  test('named before it comes, it is seen as soon as it came', async () => {
    const form = await formOf('/v1/me/uploads', 'image/jpeg', { as: 'warga-1' });
    const { code } = await file(ask, complaint(form.fileId), { as: 'warga-1' });
    await settled();
    const link = `/v1/me/cases/${code}/files/${form.fileId}`;
    const waiting = await good(ask('GET', link, { as: 'warga-1' }));
    expect([waiting.body['state'], waiting.body['url']]).toEqual(['pending', null]);
    await send(form, await jpegOf(picture(300, 200)));
    await settled();
    const there = await good(ask('GET', link, { as: 'warga-1' }));
    expect([there.body['state'], (await linked(there)).status]).toEqual(['ready', 200]);
  });

  test('refused, it is named by its reason, in the reader’s language', async () => {
    const pieces = [
      [jpegClaiming(65_535, 65_535), 'Ukuran gambar terlalu besar'],
      [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
      [(await jpegOf(picture(200, 200))).subarray(0, 900), 'rusak atau terpotong'],
      [pdfOf({ root: '/OpenAction 5 0 R' }), 'bagian aktif'],
      [Buffer.from('<html><script>alert(1)</script></html>'), 'Jenis berkas tidak dikenal'],
    ] as const;
    const ids: string[] = [];
    for (const [bytes] of pieces) ids.push(await uploaded(bytes));
    const { code, pin } = await file(ask, complaint(...ids));
    await settled();
    const { files, token } = await opened(code, pin);
    expect(files.map(({ state }) => state)).toEqual(Array(5).fill('refused'));
    for (const [i, [, words]] of pieces.entries()) expect(files[i]?.reason).toContain(words);
    const one = await good(ask('GET', `/v1/track/${code}/files/${ids[0]}`, token));
    expect([one.body['url'], one.body['reason']]).toEqual([null, files[0]?.reason]);
  });

  test('documents and voice notes come too; the reporter adds one, an officer proves with another', async () => {
    const how = { as: 'warga-1' };
    const pdf = await uploaded(pdfOf(), '/v1/me/uploads', how, 'application/pdf');
    const { code, pin } = await file(ask, complaint(pdf), how);
    await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
    const { token } = await opened(code, pin);
    const voice = await uploaded(oggOf(4), `/v1/track/${code}/uploads`, token, 'audio/ogg');
    const before = await read(ask, 'koordinator', code);
    const added = await ask('POST', `/v1/track/${code}/actions/addInformation`, {
      ...token,
      body: { text: 'Suara mesinnya terdengar di sini.', files: [voice] },
      ifMatch: before.seq,
    });
    expect([added.status, added.text]).toEqual([200, added.text]);
    const proof = await uploaded(await jpegOf(picture(80, 80)), `/v1/desk/cases/${code}/uploads`, {
      as: 'penghubung-pupr',
    });
    await take(ask, 'penghubung-pupr', code, 'note', { text: 'Sudah dilihat.', files: [proof] });
    await settled();
    const own = await opened(code, pin);
    expect(own.files.map(({ id, kind }) => [id, kind])).toEqual([
      [plain(pdf), 'document'],
      [plain(voice), 'voice'],
    ]);
    const hidden = await ask('GET', `/v1/track/${code}/files/${plain(proof)}`, own.token);
    expect(hidden.status).toBe(404);
    const paper = await linked(await good(ask('GET', `/v1/me/cases/${code}/files/${pdf}`, how)));
    expect([paper.status, paper.bytes.toString('latin1').includes('Budi')]).toEqual([200, false]);
    const staffs = await good(
      ask('GET', `/v1/desk/cases/${code}/files/${plain(proof)}`, { as: 'penghubung-pupr' }),
    );
    expect(staffs.body['state']).toBe('ready');
  });
});

describe('what is not allowed', () => {
  test('types are refused by name, HEIC with what to send instead', async () => {
    const tries = await Promise.all(
      ['image/heic', 'IMAGE/HEIF', 'image/svg+xml', 'text/html', 'application/zip'].map((type) =>
        ask('POST', '/v1/uploads', { body: { type } }),
      ),
    );
    expect(tries.map(({ status, body }) => [status, body['code']])).toEqual([
      [415, 'heicFile'],
      [415, 'heicFile'],
      [415, 'wrongFileType'],
      [415, 'wrongFileType'],
      [415, 'wrongFileType'],
    ]);
  });

  test('a sixth file, somebody else’s, one made up, one of another case', async () => {
    const photo = await jpegOf(picture(40, 40));
    const [own, others] = [
      await uploaded(photo, '/v1/me/uploads', { as: 'warga-1' }),
      await uploaded(photo, '/v1/me/uploads', { as: 'warga-2' }),
    ];
    const filing = (files: readonly string[], how: Ask = { as: 'warga-1' }) =>
      ask('POST', how.as === undefined ? '/v1/complaints' : '/v1/me/complaints', {
        ...how,
        body: complaint(...files),
      });
    const answers = [
      await filing(Array(6).fill(own)),
      await filing([others]),
      await filing([own], {}),
      await filing([`${own.slice(0, 22)}.k1.eyJlIjoxfQ.AAAA`]),
      await filing([own.slice(0, 22)]),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
      [400, 'invalidInput'],
      [422, 'unknownFile'],
      [422, 'unknownFile'],
      [422, 'unknownFile'],
      [422, 'unknownFile'],
    ]);
    expect(answers[1]?.body['errors']).toMatchObject([{ field: '/files/0' }]);

    const [first, second] = [await file(ask, complaint()), await file(ask, complaint())];
    const form = await formOf(`/v1/desk/cases/${first.code}/uploads`, 'image/jpeg', { as: 'koordinator' });
    const { seq } = await read(ask, 'koordinator', second.code);
    const body = { text: 'Dari laporan lain.', files: [form.fileId] };
    const elsewhere = await tryTo(ask, 'koordinator', second.code, 'note', { body, ifMatch: seq });
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([422, 'unknownFile']);
  });

  test('one file on two reports stays with the first', async () => {
    const fileId = await uploaded(await jpegOf(picture(50, 50)));
    const first = await file(ask, complaint(fileId));
    await settled();
    const second = await file(ask, complaint(fileId));
    await settled();
    const [a, b] = [await opened(first.code, first.pin), await opened(second.code, second.pin)];
    expect([a.files[0]?.state, b.files[0]?.state]).toEqual(['ready', 'refused']);
    expect(b.files[0]?.reason).toContain('laporan lain');
  });

  test('more than five forms a case and day; a case that one may not see has none', async () => {
    const { code, pin } = await file(ask, complaint());
    const { token } = await opened(code, pin);
    const path = `/v1/track/${code}/uploads`;
    for (let i = 0; i < 5; i += 1) await formOf(path, 'image/png', token);
    const sixth = await ask('POST', path, { ...token, body: { type: 'image/png' } });
    expect([sixth.status, sixth.body['code']]).toEqual([429, 'tooManyRequests']);
    const foreign = await ask('POST', `/v1/desk/cases/${code}/uploads`, {
      as: 'penghubung-kesehatan',
      body: { type: 'image/png' },
    });
    expect(foreign.status).toBe(404);
  });

  test('filing answers before anything is inspected, the same on a retry', async () => {
    const { fileId } = await formOf('/v1/uploads', 'image/jpeg');
    const how = { body: complaint(fileId), key: 'files-retry-000000000000001' };
    const [one, two] = [
      await good(ask('POST', '/v1/complaints', how)),
      await good(ask('POST', '/v1/complaints', how)),
    ];
    expect(two.body).toEqual(one.body);
    const other = await ask('POST', '/v1/complaints', { ...how, body: complaint() });
    expect([other.status, other.body['code']]).toEqual([422, 'keyReused']);
  });
});
