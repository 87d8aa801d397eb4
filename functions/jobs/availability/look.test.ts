import { describe, expect, it } from 'vitest';
import { isPublic } from './address.ts';
import { askDirectly, askVia, publicLookup } from './ask.ts';
import { type Answered, type Ask, look } from './look.ts';

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '103.28.12.1',
    '172.15.255.255',
    '172.32.0.1',
    '2400:cb00::1',
    '2606:4700::1111',
  ])('%s is of the internet', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.168.1.1', '198.18.0.1', '224.0.0.1'],
    ...['255.255.255.255', '::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::10.0.0.1', '64:ff9b::a00:1'],
    ...[
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
    ],
    ...['', 'localhost', '1.2.3', '0x7f000001', '2130706433', '1.2.3.4.5'],
  ])('%s is not', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('a name', () => {
  const resolving = (...addresses: string[]) =>
    publicLookup(((_: string, __: object, done: (e: null, all: object[]) => void) => {
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    }) as never);
  const found = (lookup: ReturnType<typeof publicLookup>, all: boolean) =>
    new Promise((done) => {
      lookup('contoh.go.id', { all }, (error, address) => done(error?.code ?? address));
    });

  it('leads to the addresses that were looked at', async () => {
    expect(await found(resolving('8.8.8.8', '8.8.4.4'), false)).toBe('8.8.8.8');
    expect(await found(resolving('8.8.8.8'), true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('is refused when one of its addresses is private, or when it has none', async () => {
    expect(await found(resolving('8.8.8.8', '169.254.169.254'), true)).toBe('EPRIVATE');
    expect(await found(resolving(), false)).toBe('EPRIVATE');
  });

  it('of this very machine is never connected to', async () => {
    const asked = askDirectly()('HEAD', new URL('https://localhost/'), AbortSignal.timeout(5000));
    await expect(asked).rejects.toMatchObject({ code: 'EPRIVATE' });
  });
});

/** Answers in order, and what was asked. */
const answering = (...answers: (Answered | string)[]) => {
  const asked: string[] = [];
  const ask: Ask = async (method, url) => {
    asked.push(`${method} ${url.href}`);
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked too often');
    if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
    return answer;
  };
  return { ask, asked };
};
const is = (status: number, location?: string): Answered => ({ status, location });

describe('an app', () => {
  const url = 'https://app.contoh.go.id/';

  it.each<[string, (Answered | string)[], string | undefined]>([
    ['that answers is there', [is(200)], undefined],
    ['that asks for a password is there', [is(401), is(401)], undefined],
    ['whose server knows no HEAD is there', [is(405), is(200)], undefined],
    ['that fails at HEAD alone is there', [is(500), is(200)], undefined],
    ['that leads on is there when what it leads to is', [is(302, '/masuk'), is(200)], undefined],
    ['that leads to a page without https is there', [is(301, 'http://app.contoh.go.id/')], undefined],
    ['that fails is not', [is(503), is(503)], 'status'],
    ['that is not at its address is not', [is(404), is(404)], 'status'],
    ['that leads nowhere else is not', Array.from({ length: 8 }, () => is(302, '/')), 'redirects'],
    ['that leads to a number is not', [is(302, 'https://10.0.0.1/'), is(302, 'https://[::1]/')], 'private'],
    [
      'that leads to a port is not',
      [is(302, 'https://a.contoh.go.id:8443/'), is(302, 'https://a.id:1/')],
      'private',
    ],
    ['whose name is not found is not', ['ENOTFOUND'], 'dns'],
    ['whose name is private is not', ['EPRIVATE'], 'private'],
    ['whose certificate is over is not', ['CERT_HAS_EXPIRED'], 'tls'],
    ['with a certificate of its own is not', ['DEPTH_ZERO_SELF_SIGNED_CERT'], 'tls'],
    ['that refuses to connect is not', ['ECONNREFUSED'], 'connect'],
    ['that takes too long is not', ['ETIMEDOUT'], 'timeout'],
  ])('%s', async (_, answers, why) => {
    expect(await look(answering(...answers).ask, url)).toBe(why);
  });

  it('is asked with HEAD, and with GET only where that says too little', async () => {
    const first = answering(is(200));
    await look(first.ask, url);
    expect(first.asked).toEqual([`HEAD ${url}`]);
    const second = answering(is(403), is(403));
    await look(second.ask, url);
    expect(second.asked).toEqual([`HEAD ${url}`, `GET ${url}`]);
  });

  it.each([
    'http://app.contoh.go.id/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://u:p@a.contoh.go.id/',
    'x',
  ])('at %s is never asked', async (link) => {
    const { ask, asked } = answering();
    expect(await look(ask, link)).toBeDefined();
    expect(asked).toEqual([]);
  });

  it('may be looked at by somebody else', async () => {
    const asked: string[] = [];
    const via = askVia('http://127.0.0.1:1/links', async (input) => {
      asked.push(String(input));
      return new Response(null, { status: 204 });
    });
    expect(await look(via, url)).toBeUndefined();
    expect(asked).toEqual([`http://127.0.0.1:1/links?method=HEAD&url=${encodeURIComponent(url)}`]);
  });
});
