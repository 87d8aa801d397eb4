import { describe, expect, test } from 'vitest';
import { createCodecs } from './codecs.ts';
import { inspect } from './inspect.ts';
import { m4aOf, mp3Of, oggOf, packedObjects, pdfOf, wavOf } from './test/documents.ts';

const codecs = createCodecs();
const look = (bytes: Buffer) => inspect(bytes, codecs);
const taken = async (bytes: Buffer) => {
  const found = await look(bytes);
  if (found.refused !== undefined) throw new Error(found.refused);
  return found;
};
const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));

describe('a PDF', () => {
  test('that only shows pages is served without its author', async () => {
    for (const pdf of [pdfOf(), pdfOf({ more: packedObjects('6 0 << /Type /Font >>') })]) {
      const { facts, full } = await taken(pdf);
      expect(facts.kind).toBe('document');
      expect(full.body.length).toBe(pdf.length);
      expect(full.body.toString('latin1')).not.toContain('Budi');
    }
  });

  const link = (to: string) =>
    pdfOf({ more: `6 0 obj << /Subtype /Link /A << /Type /Action /S /URI /URI ${to} >> >> endobj` });
  test('with links that a reader may click is served', async () => {
    for (const to of [
      '(https://padangpanjang.go.id/a?b=c)',
      '( HTTP://a.id)',
      '(mailto:a@b.id)',
      '(tel:112)',
    ])
      expect((await taken(link(to))).facts.kind).toBe('document');
    expect((await taken(link('(www.padangpanjang.go.id)'))).facts.kind).toBe('document');
    const inPack = pdfOf({ more: packedObjects('6 0 << /URI(https://a.id)/S/URI>>') });
    expect((await taken(inPack)).facts.kind).toBe('document');
  });

  const script = '6 0 << /S /JavaScript /JS (app.alert(1)) >>';
  const packed = (objects: string, dictionary?: string) =>
    pdfOf({ more: packedObjects(objects, dictionary) });
  test.each([
    ['a script', pdfOf({ more: '6 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj' })],
    ['a script spelt in hexadecimal', pdfOf({ more: '6 0 obj << /S /Java#53cript >> endobj' })],
    ['an action on opening', pdfOf({ root: '/OpenAction 6 0 R' })],
    ['a program to start', pdfOf({ more: '6 0 obj << /S /Launch /F (cmd.exe) >> endobj' })],
    ['an attachment', pdfOf({ root: '/Names << /EmbeddedFiles 6 0 R >>' })],
    ['a form', pdfOf({ root: '/AcroForm << /XFA 6 0 R >>' })],
    ['an action by its name', pdfOf({ more: '6 0 obj << /S /Named /N /Print >> endobj' })],
    ['fields to hide', pdfOf({ more: '6 0 obj << /S /Hide /T (all) >> endobj' })],
    ['a form to send', pdfOf({ more: '6 0 obj << /S /SubmitForm /F (https://a.id) >> endobj' })],
    ['a way into another file', pdfOf({ more: '6 0 obj << /S /GoToR /F (a.pdf) >> endobj' })],
    ['a link that runs', link('(javascript:alert\\(1\\))')],
    ['a link to files of the reader', link('(file:///etc/passwd)')],
    ['a link whose kind is escaped', link('(java\\163cript:a)')],
    ['a link in hexadecimal', link('<6a617661736372697074>')],
    ['a link that stands elsewhere', link('7 0 R')],
    ['a link that runs, packed', packed('6 0 << /S /URI /URI (javascript:a) >>')],
    [
      'a link whose name is in hexadecimal',
      pdfOf({ more: '6 0 obj << /S /URI /U#52I (file:///a) >> endobj' }),
    ],
    ['a script in packed objects', packed(script)],
    ['objects packed twice', packed(script, '/Filter [/ASCIIHexDecode /FlateDecode]')],
    ['objects packed in another way', packed(script, '/Filter /LZWDecode')],
    ['a pack with predictors', packed(script, '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>')],
    ['a pack that is no pack', pdfOf({ more: '5 0 obj << /Type /ObjStm >> endobj' })],
    ['packed objects that unpack without end', packed(' '.repeat(70_000_000))],
  ])('with %s is refused', async (_, pdf) => {
    expect((await look(pdf)).refused).toBe('activeContent');
  });

  test('locked, cut off or with something before it is refused', async () => {
    expect((await look(pdfOf({ root: '/Encrypt 9 0 R' }))).refused).toBe('encrypted');
    expect((await look(cut(pdfOf(), 0.5))).refused).toBe('broken');
    expect((await look(Buffer.concat([Buffer.from('<html>'), pdfOf()]))).refused).toBe('unknownType');
  });
});

describe('a voice note', () => {
  const kinds = [
    ['wav', wavOf, 'audio/wav'],
    ['mp3', (seconds: number) => mp3Of(Math.round((seconds * 44_100) / 1152)), 'audio/mpeg'],
    ['m4a', m4aOf, 'audio/mp4'],
    ['ogg', oggOf, 'audio/ogg'],
  ] as const;
  test.each(kinds)('as %s is served without names and places', async (_, make, contentType) => {
    const bytes = make(5);
    const { facts, full, thumbnail } = await taken(bytes);
    expect([facts.kind, facts.contentType, full.contentType, thumbnail]).toEqual([
      'voice',
      contentType,
      contentType,
      undefined,
    ]);
    expect(facts.seconds).toBeCloseTo(5, 0);
    expect(full.body.toString('latin1')).not.toMatch(/Budi|100\.399/);
    const again = await taken(full.body);
    expect(again.facts.seconds).toBeCloseTo(5, 0);
  });

  test.each(kinds)('as %s may last two minutes and has to be whole', async (name, make) => {
    expect((await look(make(130))).refused).toBe('tooLong');
    const whole = make(5);
    const half = await look(cut(whole, 0.5));
    // Frames of MP3 stand by themselves: half of them is a shorter note.
    expect(half.refused).toBe(name === 'mp3' ? undefined : 'broken');
  });

  test('with pictures in it is no voice note', async () => {
    expect((await look(m4aOf(5, 'vide'))).refused).toBe('broken');
  });
});
