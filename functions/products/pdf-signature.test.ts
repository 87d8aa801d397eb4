import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawing } from '../pdf/draw.ts';
import { a5 } from '../pdf/layout.ts';
import { writePdf } from '../pdf/write.ts';
import { oidOf, partsOf, readDer } from './der.ts';
import { signatureOf } from './pdf-signature.ts';
import { signedPdf } from './test/signed.ts';

const unsigned = (): Uint8Array =>
  writePdf({ ...a5, title: 'x', pages: [drawing(a5.height).content()], at: '2026-11-22T03:00:00Z' });

/** With something written behind the end, as a program does that changes a PDF without touching what is there. */
const appended = (more: string): Buffer => Buffer.concat([signedPdf(), Buffer.from(more, 'latin1')]);
const changed = (find: string, put: string): Buffer =>
  Buffer.from(signedPdf().toString('latin1').replace(find, put), 'latin1');

describe('a signed PDF', () => {
  test('is covered whole, and intact under the certificate that it carries', () => {
    expect(signatureOf(signedPdf())).toEqual({ covers: 'whole', integrity: 'intact', laterData: false });
  });

  test('one changed byte outside of the signature breaks it, wherever it is', () => {
    const file = signedPdf();
    const [from = 0, to = 0] = [file.indexOf('/Contents <') + 10, file.lastIndexOf('> >>') + 1];
    const places = fc.nat({ max: file.length - 1 }).filter((at) => at < from || at >= to);
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(file);
        other[at] = ((other[at] ?? 0) + by) % 256;
        const found = signatureOf(other);
        expect(found.covers === 'whole' && found.integrity === 'intact').toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('a changed page is broken', () => {
    expect(signatureOf(changed('[0 0 200 200]', '[0 0 200 201]'))).toMatchObject({ integrity: 'broken' });
  });

  test('a page added after signing is not covered', () => {
    expect(signatureOf(appended('3 0 obj\n<< /Type /Page /Contents 9 0 R >>\nendobj\n%%EOF\n'))).toEqual({
      covers: 'part',
    });
  });

  test('data for checking it later may follow, and is told', () => {
    const found = signatureOf(appended('9 0 obj\n<< /Type /DSS /Certs [] >>\nendobj\n%%EOF\n'));
    expect(found).toEqual({ covers: 'whole', integrity: 'intact', laterData: true });
  });

  test('a range that leaves out more than the signature is none', () => {
    const text = signedPdf().toString('latin1');
    const [, before = ''] = /\/ByteRange \[0 (\d+)/.exec(text) ?? [];
    const wider = String(Number(before) - 9).padEnd(before.length);
    expect(signatureOf(changed(`[0 ${before}`, `[0 ${wider}`))).toEqual({ covers: 'none' });
  });

  test('a time stamp, whose digest is of itself, is said to be unread', () => {
    expect(signatureOf(changed('2a864886f70d010702', '2a864886f70d010701'))).toMatchObject({
      integrity: 'unread',
    });
  });
});

test.each([
  ['a PDF without signature', unsigned()],
  ['nothing', Buffer.of()],
  ['words that look like one', Buffer.from('/SubFilter /adbe.pkcs7.detached /ByteRange [0 1 9999 1]')],
  ['a signature of another kind', changed('adbe.pkcs7.detached', 'adbe.x509.rsa_sha1.')],
])('%s has none', (_, file) => {
  expect(signatureOf(file)).toEqual({ covers: 'none' });
});

describe('DER', () => {
  test('whatever is read, it never throws and never leaves its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const value = readDer(Buffer.from(bytes));
        if (value === undefined) return;
        expect(value.whole.length).toBeLessThanOrEqual(bytes.length);
        partsOf(value);
        oidOf(value);
      }),
    );
  });

  test('identifiers are read as they are written', () => {
    expect(oidOf({ body: Buffer.from('2a864886f70d010904', 'hex') })).toBe('1.2.840.113549.1.9.4');
    expect(oidOf({ body: Buffer.from('608648016503040201', 'hex') })).toBe('2.16.840.1.101.3.4.2.1');
  });
});
