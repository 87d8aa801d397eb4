import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOf, render } from './markdown.ts';
import { leadOf, literally, plain } from './text.ts';

describe('what a text brings along', () => {
  test.each([
    ['<script>alert(1)</script>', 'html'],
    ['teks <b onclick="x()">tebal</b>', 'html'],
    ['<!-- tersembunyi -->', 'html'],
    ['<iframe src="https://contoh.example">', 'html'],
    ['[klik](javascript:alert(1))', 'link'],
    ['[klik](JaVaScRiPt:alert(1))', 'link'],
    ['[klik](java&#x73;cript:alert(1))', 'link'],
    ['[klik](&#106;avascript&colon;alert(1))', 'link'],
    ['[klik](data:text/html;base64,PHNjcmlwdD4=)', 'link'],
    ['[klik](vbscript:x)', 'link'],
    ['[klik][a]\n\n[a]: javascript:x', 'link'],
    ['<javascript:alert(1)>', 'link'],
    ['![gambar](javascript:x)', 'link'],
  ])('%s is refused', (markdown, fault) => {
    expect(faultOf(markdown)).toBe(fault);
  });

  test.each([
    '# Pemadaman air\n\n**Sabtu** 08.00–12.00, lihat [jadwal](https://kota.example/jadwal) atau [surel](mailto:pdam@kota.example).',
    'Biaya < Rp 5.000 & gratis untuk anak; 3 < 5 > 2',
    '- satu\n- dua\n\n1. tiga\n\n> kutipan\n\n`kode <b>`',
    '[berkas](/v1/public/announcements/ABC) dan <https://kota.example>',
  ])('%s is not', (markdown) => {
    expect(faultOf(markdown)).toBeUndefined();
  });
});

/** Tags that the renderer itself writes, with what attributes it gives them: a target has a known scheme or none. */
const own =
  /^<\/?(?:p|h[1-6]|em|strong|ul|ol(?: start="\d+")?|li|blockquote|pre|code(?: class="language-[^"<>]*")?|hr \/|br \/|a(?: href="(?:(?:https?|ircs?|mailto|xmpp):[^"<>]*|[^":<>/?#]*(?:[/?#][^"<>]*)?)"(?: title="[^"<>]*")?)?)>$/;

const hostile = fc.array(
  fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      ...[
        '<script>',
        '</script>',
        '<img src=x onerror=a>',
        '<!--',
        '<![CDATA[',
        '<?x',
        '<a href="',
        '"',
        "'",
      ],
      ...[
        '[a](',
        '](',
        ')',
        '![',
        '[',
        ']',
        ']: ',
        'javascript:',
        'JAVASCRIPT:',
        'data:text/html,',
        'vbscript:',
      ],
      ...[
        '&#x6a;avascript&colon;',
        '&#0;',
        '&lt;',
        '\u0000',
        '\n',
        '\n\n',
        '    ',
        '\t',
        '```',
        '`',
        '~~~',
        '> ',
      ],
      ...[
        '<',
        '>',
        '\\',
        '*',
        '_',
        '# ',
        '- ',
        '1. ',
        '<javascript:x>',
        '<https://a.example/"onclick=x>',
        'a title="',
      ],
    ),
  ),
  { maxLength: 40 },
);

test('whatever comes in, only tags and targets that the renderer writes go out', () => {
  fc.assert(
    fc.property(hostile, (parts) => {
      const html = render(parts.join(''));
      for (const tag of html.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(own);
    }),
    { numRuns: 700 },
  );
});

test('what comes as plain text stays just that', () => {
  fc.assert(
    fc.property(hostile, (parts) => {
      const text = parts.join('').replaceAll('\u0000', '\ufffd');
      const markdown = literally(text);
      expect(faultOf(markdown)).toBeUndefined();
      const words = (of: string) => of.replace(/\s+/g, ' ').trim();
      expect(plain(render(markdown))).toBe(words(text));
    }),
    { numRuns: 300 },
  );
});

test('the longest hostile texts are read in bounded time', () => {
  const begun = performance.now();
  // The worst of many tried; the longest text takes the last one 1.5 s.
  for (const part of ['[', '[a]: b\n', '> ', '1) ']) faultOf(part.repeat(Math.floor(6000 / part.length)));
  expect(performance.now() - begun).toBeLessThan(8000);
});

test('the first words are cut between two of them', () => {
  expect(leadOf('<p>Halo <strong>warga</strong>, &amp; tamu</p>\n<p>Juga</p>')).toBe(
    'Halo warga, & tamu Juga',
  );
  const long = leadOf(`<p>${'kata '.repeat(100)}</p>`);
  expect(long.length).toBeLessThanOrEqual(242);
  expect(long).toMatch(/kata …$/);
});
