import { beforeAll, describe, expect, test } from 'vitest';
import { trackingCode } from '../../functions/kernel/code.ts';
import { runningCity } from './city.ts';
import type { Answered, Ask } from './client.ts';
import { file, good, membersOf, read, take, tryTo } from './desk.ts';
import { identity, type Told, tellStories, watchers } from './stories.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const nowhere = trackingCode(Buffer.alloc(32), 'nobody', 0);
const words = {
  title: 'Jalan berlubang di depan pasar',
  summary: 'Lubang besar di depan pasar sudah dua minggu belum ditambal.',
};

const complaint = {
  text: 'Jalan berlubang di depan rumah Pak Budi, hubungi 081234567890 segera.',
  category: 'road-damage',
  place: { area: '13.74.01.1001', address: 'Jl. Rahasia 7' },
  contact: identity,
};

const publicCodes = async (query = ''): Promise<readonly string[]> => {
  const { body } = await good(ask('GET', `/v1/public/cases?size=100${query}`));
  return (body['cases'] as { code: string }[]).map(({ code }) => code);
};
const mapped = async (): Promise<readonly string[]> => {
  const { text } = await good(ask('GET', '/v1/public/map'));
  return (JSON.parse(text) as { features: { properties: { code: string } }[] }).features.map(
    ({ properties }) => properties.code,
  );
};
const shown = (code: string) => ask('GET', `/v1/public/cases/${code}`);

const filedAndChecked = async (): Promise<string> => {
  const { code } = await file(ask, complaint);
  await take(ask, 'koordinator', code, 'verify');
  return code;
};

describe('publishing over HTTP', () => {
  test('nothing is public before the coordinator’s words are; then those are, and nothing else', async () => {
    const code = await filedAndChecked();
    await city().local.idle(30);
    expect([await publicCodes(), await mapped(), (await shown(code)).status]).toEqual([[], [], 404]);

    const { body: proposal } = await good(
      ask('GET', `/v1/desk/cases/${code}/publication`, { as: 'koordinator' }),
    );
    expect(proposal).toMatchObject({
      not: null,
      findings: [{ kind: 'phone', text: '081234567890' }],
      published: null,
    });
    expect(JSON.stringify(proposal['proposal'])).not.toContain('0812');

    const { seq } = await read(ask, 'koordinator', code);
    const leaky = { ...words, summary: 'Hubungi pelapor di nomor 081234567890 untuk keterangan.' };
    const refused = await tryTo(ask, 'koordinator', code, 'publish', { body: leaky, ifMatch: seq });
    expect([refused.status, refused.body['code']]).toEqual([422, 'personalDataFound']);
    expect(refused.body['errors']).toMatchObject([{ field: '/summary' }]);

    await take(ask, 'koordinator', code, 'publish', words);
    const one = await good(shown(code));
    expect(one.body).toMatchObject({ ...words, version: 1, photos: [] });
    await city().local.idle(30);
    expect([await publicCodes(), await publicCodes('&category=road-damage'), await mapped()]).toEqual([
      [code],
      [code],
      [code],
    ]);
    expect(await publicCodes('&state=closed')).toEqual([]);
    const everything = [one, await ask('GET', '/v1/public/cases'), await ask('GET', '/v1/public/map')];
    for (const { text, headers } of everything) {
      expect(text).not.toMatch(/Budi|0812|Rahasia 7|Jl\./);
      expect(text).not.toContain(identity.name);
      expect(headers.get('cache-control')).toMatch(/^public, max-age=\d{2}$/);
    }

    const tag = one.headers.get('etag') ?? '';
    const again = await ask('GET', `/v1/public/cases/${code}`, { headers: { 'if-none-match': tag } });
    expect([again.status, again.text]).toEqual([304, '']);

    await take(ask, 'koordinator', code, 'takedown', { reason: 'personalData' });
    expect((await shown(code)).body['code']).toBe('notFound');
    await city().local.idle(30);
    expect([await publicCodes(), await mapped()]).toEqual([[], []]);
  }, 60_000);

  test('a case that turns secret is gone from everywhere by that', async () => {
    const code = await filedAndChecked();
    await take(ask, 'koordinator', code, 'publish', words);
    await city().local.idle(30);
    expect(await publicCodes()).toContain(code);
    await take(ask, 'koordinator', code, 'mark', { oversight: true, text: 'Ada dugaan pungutan.' });
    expect((await shown(code)).status).toBe(404);
    await city().local.idle(30);
    expect([await publicCodes(), await mapped()]).toEqual([[], []]);
    expect((await ask('GET', `/v1/desk/cases/${code}/publication`, { as: 'koordinator' })).status).toBe(404);
  }, 60_000);

  test.each([
    ['?area=13.74.99', 'unknownArea'],
    ['?category=nothing', 'unknownCategory'],
    ['?state=nothing', 'invalidInput'],
    ['?cursor=abc', 'badCursor'],
    ['?size=0', 'invalidInput'],
    ['?unit=pupr', 'invalidInput'],
  ])('%s is refused as %s', async (query, code) => {
    expect((await ask('GET', `/v1/public/cases${query}`)).body['code']).toBe(code);
  });
});

describe('papers over HTTP', () => {
  let told: readonly Told[] = [];
  beforeAll(async () => {
    told = await tellStories(ask, await membersOf(ask));
  }, 120_000);

  const telling = ({ status, headers, body, text }: Answered) => {
    const { requestId: _, ...rest } = body;
    const pdf = headers.get('content-type') === 'application/pdf';
    return { status, type: headers.get('content-type'), body: rest, starts: pdf ? text.slice(0, 8) : '' };
  };
  const papers = ['sheet.pdf', 'receipt.pdf', 'summary'];

  test.each(watchers)('%s prints the cases that they see, and the others do not exist', async (as) => {
    const answers = async (code: string) =>
      Promise.all(
        papers.map(async (paper) => telling(await ask('GET', `/v1/desk/cases/${code}/${paper}`, { as }))),
      );
    const unknown = await answers(nowhere);
    expect(unknown.map(({ status }) => status)).toEqual([404, 404, 404]);
    for (const { name, code, sees } of told) {
      const [sheet, receipt, summary] = await answers(code);
      if (!sees.includes(as)) expect([name, sheet, summary]).toEqual([name, unknown[0], unknown[2]]);
      else {
        expect([name, sheet?.status, sheet?.starts]).toEqual([name, 200, '%PDF-1.4']);
        expect([name, receipt?.type]).toEqual([name, 'application/pdf']);
        expect([200, 409]).toContain(summary?.status);
      }
    }
  });

  test('the copy for the group never has who reports, and of a secret case there is none', async () => {
    const { code } = await file(ask, complaint);
    const { text, headers } = await good(ask('GET', `/v1/desk/cases/${code}/summary`, { as: 'koordinator' }));
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toContain('[nomor telepon]');
    expect(text).not.toMatch(/0812/);
    expect(text).not.toContain(identity.name);
    const secret = await file(ask, { ...complaint, confidential: true });
    const refused = await ask('GET', `/v1/desk/cases/${secret.code}/summary`, { as: 'koordinator' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'secretCase']);
  });

  test('whoever records at the counter gets the PIN on paper; it opens the case', async () => {
    const { body } = await good(
      ask('POST', '/v1/desk/complaints', {
        as: 'penghubung-pupr',
        body: { ...complaint, origin: 'counter' },
      }),
    );
    const receipt = await ask('GET', `/v1/desk/cases/${String(body['code'])}/receipt.pdf`, {
      as: 'penghubung-pupr',
    });
    expect([receipt.status, receipt.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(receipt.headers.get('content-disposition')).toBe(
      `inline; filename="tanda-terima-${String(body['code'])}.pdf"`,
    );
  });
});
