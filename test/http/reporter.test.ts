import { beforeAll, describe, expect, test } from 'vitest';
import { trackingCode } from '../../functions/kernel/code.ts';
import { runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { file, good, heardBy, type Member, membersOf, noticesOf, outbox, type Sent } from './desk.ts';
import { identity, reporters, staffOnly, type Told, tellStories } from './stories.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const nowhere = trackingCode(Buffer.alloc(32), 'nobody', 0);
const hook = 'https://integrator.example.go.id/lapau';

let told: readonly Told[] = [];
let sent: readonly Sent[] = [];
let members: readonly Member[] = [];

beforeAll(async () => {
  const endpoint = { protocol: 'https', endpoint: hook };
  await good(ask('POST', '/v1/subscriptions', { as: 'koordinator', body: endpoint }));
  members = await membersOf(ask);
  told = await tellStories(ask, members);
  await city().local.idle(60);
  sent = await outbox(ask);
}, 120_000);

const open = (code: string, pin: string) => ask('POST', `/v1/track/${code}/open`, { body: { pin } });
const withToken = (code: string, token: unknown) =>
  ask('GET', `/v1/track/${code}/private`, { headers: { authorization: `Bearer ${token}` } });
const plain = ({ requestId: _, ...rest }: Record<string, unknown>) => rest;

describe('what the reporter sees', () => {
  test('by the code alone: no words of anybody, and of a secret report that it needs the PIN', async () => {
    for (const { name, code, secret } of told) {
      const { status, body, text, headers } = await ask('GET', `/v1/track/${code}`);
      if (secret === true) {
        expect([name, status, body['code'], headers.get('etag')]).toEqual([name, 403, 'pinNeeded', null]);
        expect(Object.keys(plain(body)).sort()).toEqual(['code', 'status', 'title', 'type']);
      } else expect([name, status]).toEqual([name, 200]);
      expect([name, text]).not.toEqual([
        name,
        expect.stringMatching(new RegExp(`${staffOnly}|${reporters}`)),
      ]);
      expect(text).not.toMatch(/noted|corrected|marked|petugas-|penghubung-/);
    }
    const none = await ask('GET', `/v1/track/${nowhere}`);
    expect([none.status, none.body['code']]).toEqual([404, 'notFound']);
  });

  test('by PIN: the own words and the replies, never what staff note', async () => {
    for (const { name, code, pin, goes, secret } of told) {
      const opened = await good(open(code, pin));
      const own = await good(withToken(code, opened.body['token']));
      expect(own.body).toEqual(opened.body['case']);
      for (const { text } of [opened, own]) {
        expect(text).toContain(reporters);
        expect([name, text]).not.toEqual([name, expect.stringContaining(staffOnly)]);
        expect(text).not.toMatch(/"(noted|corrected|marked)"|petugas-|penghubung-/);
      }
      if (String(goes).includes('moved')) expect(own.text).toContain('Kami tambal.');
      // Who handles a secret one is not said, even to the reporter.
      if (secret === true) {
        const { unit, timeline } = own.body as { unit: unknown; timeline: { unit: unknown }[] };
        expect([unit, ...timeline.map((entry) => entry.unit)].filter((one) => one !== null)).toEqual([]);
      }
    }
  });

  test('in the own list: every report once, with no unit of a secret one', async () => {
    const { body, text } = await good(ask('GET', '/v1/me/cases', { as: 'warga-1' }));
    const cases = body['cases'] as { code: string; unit: unknown }[];
    expect(cases.map(({ code }) => code).sort()).toEqual(told.map(({ code }) => code).sort());
    for (const { code, unit } of cases)
      if (told.some((story) => story.code === code && story.secret === true)) expect(unit).toBeNull();
    expect(text).not.toContain(staffOnly);
  });

  test('and nobody else does: not another citizen, not a foreign PIN or token', async () => {
    expect((await good(ask('GET', '/v1/me/cases', { as: 'warga-2' }))).body).toEqual({
      cases: [],
      next: null,
    });
    const stranger = await file(ask, { text: 'Jalan berlubang di depan rumah saya.' });
    const foreign = (await good(open(stranger.code, stranger.pin))).body['token'];
    const noPin = await open(nowhere, stranger.pin);
    const noToken = await withToken(nowhere, foreign);
    expect([noPin.status, noPin.body['code'], noToken.status, noToken.body['code']]).toEqual([
      403,
      'wrongPin',
      401,
      'caseTokenInvalid',
    ]);
    for (const { code } of told) {
      const [wrong, other] = [await open(code, stranger.pin), await withToken(code, foreign)];
      expect([wrong.status, plain(wrong.body)]).toEqual([noPin.status, plain(noPin.body)]);
      expect([other.status, plain(other.body)]).toEqual([noToken.status, plain(noToken.body)]);
    }
  });
});

/** The reporter's own number, as channels write it. */
const own = identity.phone.replace(/^0/, '62');
const toReporter = ({ to }: { readonly to: readonly string[] }): boolean => to.includes(own);
const about = (code: string) => noticesOf(sent, code).filter((letter) => !toReporter(letter));

describe('who is told', () => {
  test('only who may see it, and every unit that has one', () => {
    for (const { name, code, told: may } of told) {
      const heard = heardBy(members, about(code));
      expect([name, heard.filter((one) => !may.includes(one))]).toEqual([name, []]);
      if (may.length > 0) expect([name, heard]).not.toEqual([name, []]);
    }
  });

  test('the reporter hears of each own report, also of a secret one, at the number that came with it', () => {
    for (const { name, code } of told) {
      const heard = noticesOf(sent, code).filter(toReporter);
      expect([name, heard.length > 0]).toEqual([name, true]);
    }
  });

  test('a notice carries nobody’s words, names or addresses, and of a secret report nothing but that it is', () => {
    const letters = sent.filter(({ channel }) => channel !== 'sns-https');
    expect(letters.length).toBeGreaterThan(told.length);
    const words = new RegExp([staffOnly, reporters, identity.name, identity.phone, 'tambal'].join('|'));
    for (const letter of letters) expect(JSON.stringify(letter)).not.toMatch(words);
    const always = told.filter(({ name, secret }) => secret === true && !name.includes('made confidential'));
    for (const { code } of always.filter(({ name }) => !name.includes('found in triage')))
      for (const { text } of about(code))
        expect(text).not.toMatch(/Unit:|Tenggat:|PUPR|Inspektorat|diteruskan/);
  });

  test('other systems hear of what the code shows, never of a secret report or what staff note', () => {
    const heard = sent.flatMap(({ channel, to, text }) =>
      channel === 'sns-https' && to.includes(hook)
        ? [
            JSON.parse((JSON.parse(text) as { Message?: string }).Message ?? text) as {
              code: string;
              event: string;
            },
          ]
        : [],
    );
    expect(heard.map(({ event }) => event)).toEqual(expect.arrayContaining(['filed', 'assigned', 'replied']));
    expect(heard.filter(({ event }) => /noted|corrected|marked|changed|overdue/.test(event))).toEqual([]);
    // What was an ordinary report until it was marked had its say until then.
    const since = /found in triage|made confidential/;
    const secret = told.filter((story) => story.secret === true && !since.test(story.name));
    expect(heard.filter(({ code }) => secret.some((story) => story.code === code))).toEqual([]);
  });

  test('once marked, only those hear of it who may know it now', async () => {
    const { code } = told.find(({ name }) => name.includes('made confidential')) ?? { code: '' };
    await good(ask('DELETE', '/__local/outbox'));
    const { body } = await good(ask('GET', `/v1/desk/cases/${code}`, { as: 'koordinator' }));
    const how = { as: 'kepala-pupr', ifMatch: Number(body['seq']) };
    const acts = `/v1/desk/cases/${code}/actions`;
    const back = { reason: 'needsOtherUnit', text: 'Bukan kami juga.' };
    const returned = await good(ask('POST', `${acts}/return`, { ...how, body: back }));
    const again = { as: 'koordinator', ifMatch: Number(returned.body['seq']), body: { unit: 'kesehatan' } };
    await good(ask('POST', `${acts}/assign`, again));
    await city().local.idle(60);
    sent = await outbox(ask);
    expect(heardBy(members, about(code))).toEqual(['kepala-kesehatan', 'koordinator', 'koordinator-2']);
    expect(sent.filter(({ channel }) => channel === 'sns-https')).toEqual([]);
  });
});
