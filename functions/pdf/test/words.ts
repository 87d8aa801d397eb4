import { inflateSync } from 'node:zlib';

/** The words on the pages, in the order in which they were drawn. */
export const wordsOf = (pdf: Uint8Array): readonly string[] => {
  const raw = Buffer.from(pdf);
  const words: string[] = [];
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 1)) {
    if (raw.subarray(at - 3, at).toString() === 'end') continue;
    const end = raw.indexOf('\nendstream', at);
    const content = inflateSync(raw.subarray(at + 7, end)).toString('latin1');
    for (const [, hex = ''] of content.matchAll(/<([0-9a-f]*)> Tj/g))
      words.push(new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')));
  }
  return words;
};
