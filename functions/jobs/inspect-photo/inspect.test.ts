import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createCodecs } from './codecs.ts';
import { inspect } from './inspect.ts';
import { perceptualHash, upright } from './pixels.ts';
import { pdfOf } from './test/documents.ts';
import { jpegClaiming, jpegOf, picture, pngChunk, pngFrom, pngOf, webpOf } from './test/samples.ts';

const codecs = createCodecs();
const look = (bytes: Buffer) => inspect(bytes, codecs);
const taken = async (bytes: Buffer) => {
  const found = await look(bytes);
  if (found.refused !== undefined) throw new Error(found.refused);
  return found;
};

const camera = {
  make: 'Samsung',
  model: 'SM-A155F',
  software: 'A155FXXS6',
  taken: '2026:11:21 16:20:05',
  offset: '+07:00',
  at: { lat: -0.469, lon: 100.399 },
};

describe('a photo', () => {
  test('is served without what the camera wrote, which the facts keep', async () => {
    const bytes = await jpegOf(picture(400, 300), camera);
    const { facts, full, thumbnail } = await taken(bytes);
    expect(facts).toMatchObject({
      kind: 'photo',
      contentType: 'image/jpeg',
      width: 400,
      height: 300,
      bytes: bytes.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      exif: {
        make: 'Samsung',
        model: 'SM-A155F',
        software: 'A155FXXS6',
        takenAt: '2026-11-21T16:20:05+07:00',
        point: { lat: -0.469, lon: 100.399 },
      },
    });
    for (const made of [full, thumbnail])
      expect(made?.body.toString('latin1')).not.toMatch(/Exif|Samsung|A155/);
    expect((await codecs.decode('image/jpeg', full.body)).width).toBe(400);
    expect(Math.max(...Object.values(await sides(thumbnail?.body)))).toBe(320);
  });

  test('of any size is served at most 2048 pixels wide or high', async () => {
    const { full } = await taken(await jpegOf(picture(1500, 3000)));
    expect(await sides(full.body)).toEqual({ width: 1024, height: 2048 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('stored with orientation %i is served upright', async (orientation) => {
    const { full } = await taken(await jpegOf(picture(80, 40), { orientation }));
    const shown = await codecs.decode('image/jpeg', full.body);
    expect([shown.width, shown.height]).toEqual(orientation >= 5 ? [40, 80] : [80, 40]);
    const red = (x: number, y: number): boolean => (shown.data[(y * shown.width + x) * 4] ?? 0) > 150;
    // Where the red quarter of the stored picture has to be, by the standard's own table.
    const corner = { 1: 'lt', 2: 'rt', 3: 'rb', 4: 'lb', 5: 'lt', 6: 'rt', 7: 'rb', 8: 'lb' }[orientation];
    const [x, y] = [corner?.[0] === 'l' ? 5 : shown.width - 6, corner?.[1] === 't' ? 5 : shown.height - 6];
    expect(red(x, y)).toBe(true);
    expect(red(shown.width - 1 - x, shown.height - 1 - y)).toBe(false);
  });

  test('as PNG loses its texts and its transparency; as WebP it is read too', async () => {
    const clear = picture(64, 64);
    clear.data.fill(0);
    const text = pngChunk('tEXt', Buffer.from('Author\0Budi', 'latin1'));
    const { facts, full } = await taken(pngOf(clear, [text]));
    expect(facts.contentType).toBe('image/png');
    expect(full.body.toString('latin1')).not.toContain('Budi');
    expect((await codecs.decode('image/jpeg', full.body)).data[0]).toBeGreaterThan(250);
    const webp = await taken(await webpOf(picture(64, 48)));
    expect([webp.facts.contentType, webp.full.contentType, webp.facts.width]).toEqual([
      'image/webp',
      'image/jpeg',
      64,
    ]);
  });

  test('seen twice has a near perceptual hash, another one a far one', async () => {
    const one = (await taken(await jpegOf(picture(900, 600)))).facts.perceptualHash ?? '';
    const same = (await taken(pngOf(picture(450, 300)))).facts.perceptualHash ?? '';
    const other = perceptualHash(upright(picture(900, 600), 3)) ?? '';
    expect(distance(one, same)).toBeLessThanOrEqual(4);
    expect(distance(one, other)).toBeGreaterThan(12);
  });
});

const sides = async (body: Buffer | undefined) => {
  const { width, height } = await codecs.decode('image/jpeg', body ?? Buffer.alloc(0));
  return { width, height };
};
const distance = (a: string, b: string): number =>
  (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));

describe('what is not a harmless photo', () => {
  test('is named by what is wrong with it', async () => {
    const jpeg = await jpegOf(picture(300, 200), camera);
    const png = pngOf(picture(300, 200));
    const damaged = Buffer.from(png);
    damaged[damaged.length - 30] = (damaged[damaged.length - 30] ?? 0) ^ 1;
    const animated = Buffer.concat([
      Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x09\0\0\x09\0\0', 'latin1'),
    ]);
    const cases: readonly (readonly [string, Buffer, string])[] = [
      ['nothing', Buffer.alloc(0), 'empty'],
      ['a text', Buffer.from('<script>alert(1)</script> and more of it'), 'unknownType'],
      ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'), 'unknownType'],
      ['a page that calls itself a photo', Buffer.from('GIF89a<html>.........'), 'unknownType'],
      ['an iPhone’s HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'heic'],
      ['a photo cut off', cut(jpeg, 0.6), 'broken'],
      ['a photo cut before its end marker', jpeg.subarray(0, -2), 'broken'],
      ['only a beginning', jpeg.subarray(0, 20), 'broken'],
      ['a PNG cut off', cut(png, 0.6), 'broken'],
      ['a PNG with a damaged byte', damaged, 'broken'],
      ['a moving picture', animated, 'animated'],
      ['a header of 65535 × 65535', jpegClaiming(65_535, 65_535), 'tooManyPixels'],
      ['a header of 0 × 100', jpegClaiming(0, 100), 'broken'],
      ['a header without data', jpegClaiming(100, 100), 'broken'],
    ];
    for (const [name, bytes, reason] of cases)
      expect([name, (await look(bytes)).refused]).toEqual([name, reason]);
  });

  test('as a bomb is refused by its header, in no time and no memory', async () => {
    const bomb = pngFrom(30_000, 30_000, deflateSync(Buffer.alloc(60_000_000)));
    expect(bomb.length).toBeLessThan(100_000);
    const [before, started] = [process.memoryUsage().rss, performance.now()];
    expect((await look(bomb)).refused).toBe('tooManyPixels');
    expect(performance.now() - started).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  test('as a bomb in a text chunk is never unpacked', async () => {
    const text = pngChunk(
      'zTXt',
      Buffer.concat([Buffer.from('a\0\0', 'latin1'), deflateSync(Buffer.alloc(50_000_000))]),
    );
    expect((await taken(pngOf(picture(20, 20), [text]))).facts.width).toBe(20);
  });

  test('as two files in one is served as the one that was seen', async () => {
    const both = Buffer.concat([
      await jpegOf(picture(50, 50)),
      Buffer.from('PK\x03\x04<script>evil()</script>'),
    ]);
    expect((await taken(both)).full.body.toString('latin1')).not.toMatch(/evil|PK/);
    const pdf = Buffer.concat([pdfOf(), Buffer.from('PK\x03\x04 an archive behind it')]);
    expect((await look(pdf)).refused).toBe('broken');
  });

  test('never breaks the decoder for the next one', async () => {
    const good = await jpegOf(picture(60, 60));
    for (let i = 0; i < 40; i += 1) {
      const bad = Buffer.from(good);
      for (let j = 0; j < 8; j += 1)
        bad[20 + ((i * 131 + j * 977) % (bad.length - 22))] = (i * 31 + j * 7) & 255;
      const found = await look(bad);
      expect([undefined, 'broken', 'tooManyPixels', 'unknownType']).toContain(found.refused);
    }
    expect((await taken(good)).facts.width).toBe(60);
  });
});
