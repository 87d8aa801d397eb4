import { inflateSync } from 'node:zlib';

/** Names by which a PDF runs something, opens something, carries files or sends forms. */
const active = new Set([
  'JavaScript',
  'JS',
  'Launch',
  'Named',
  'EmbeddedFile',
  'EmbeddedFiles',
  'Filespec',
  'XFA',
  'OpenAction',
  'AA',
  'SubmitForm',
  'ResetForm',
  'Hide',
  'SetOCGState',
  'ImportData',
  'GoToR',
  'GoToE',
  'RichMedia',
  'RichMediaExecute',
  'GoTo3DView',
  'Rendition',
  'Movie',
  'Sound',
  '3D',
]);

/** Objects packed together, all of them unpacked; real documents stay far below. */
const mostPacked = 64_000_000;
const mostStreams = 10_000;

const isRegular = (byte: number): boolean =>
  byte > 0x20 && byte < 0x7f && !'()<>[]{}/%'.includes(String.fromCharCode(byte));

interface Name {
  readonly name: string;
  /** Where what follows it begins. */
  readonly end: number;
}

/** Every name of a text, `#xx` resolved: `/Java#53cript` is `JavaScript`. */
const namesIn = function* (bytes: Buffer): Generator<Name> {
  for (let at = bytes.indexOf(0x2f); at >= 0; at = bytes.indexOf(0x2f, at + 1)) {
    let end = at + 1;
    while (end < bytes.length && end - at < 64 && isRegular(bytes[end] ?? 0)) end += 1;
    const name = bytes
      .toString('latin1', at + 1, end)
      .replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    yield { name, end };
  }
};

/** Where the dictionary before a stream begins: at the object's own `obj`. */
const dictionaryBefore = (bytes: Buffer, stream: number): Buffer => {
  const from = Math.max(0, stream - 2048);
  const window = bytes.subarray(from, stream);
  const obj = window.lastIndexOf(' obj');
  return obj < 0 ? window : window.subarray(obj + 4);
};

/** The objects that a stream packs; undefined when they cannot be read, and so cannot be judged. */
const unpacked = (
  bytes: Buffer,
  at: number,
  names: ReadonlySet<string>,
  left: number,
): Buffer | undefined => {
  if (!names.has('FlateDecode') || names.has('DecodeParms') || names.has('DP')) return undefined;
  for (const other of ['ASCIIHexDecode', 'ASCII85Decode', 'LZWDecode', 'RunLengthDecode', 'Crypt'])
    if (names.has(other)) return undefined;
  const start = at + 'stream'.length + (bytes[at + 6] === 0x0d ? 2 : 1);
  try {
    return inflateSync(bytes.subarray(start), { maxOutputLength: left });
  } catch {
    return undefined;
  }
};

/** What may follow the name `URI`: another member where it is the kind of an action, or a plain link of the web. */
const plainLink = /^\s*(?:\/|>>|\(\s*(?:(?:https?|mailto|tel):|[^:\\()]*\)))/i;

/** A link that a reader has to click, and that leads where every browser does, is no more than text. */
const isActive = (bytes: Buffer, { name, end }: Name, passed: ReadonlySet<string>): boolean =>
  (active.has(name) && !passed.has(name)) ||
  (name === 'URI' && !plainLink.test(bytes.toString('latin1', end, end + 256)));

export type Pdf = 'plain' | 'activeContent' | 'encrypted' | 'broken';

/**
 * Whether a PDF only shows pages. It is read as bytes and not as a document: a table of contents that points into the
 * middle of something hides nothing from it. Names are looked for in all of the file as it stands and in every stream
 * of packed objects; a stream of them that it cannot unpack, or that is packed twice, is refused, since nothing can be
 * said of what is in it.
 * @param passed names that do no harm by themselves, for files that cannot be printed anew because they are signed
 */
export const judgePdf = (bytes: Buffer, passed: ReadonlySet<string> = new Set()): Pdf => {
  const tail = bytes.subarray(-1024).toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8)) || !/%%EOF\s*$/.test(tail)) return 'broken';
  let packs = 0;
  for (const found of namesIn(bytes)) {
    if (found.name === 'Encrypt') return 'encrypted';
    if (isActive(bytes, found, passed)) return 'activeContent';
    if (found.name === 'ObjStm') packs += 1;
  }
  let left = mostPacked;
  let streams = 0;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    streams += 1;
    if (streams > mostStreams) return 'activeContent';
    const names = new Set([...namesIn(dictionaryBefore(bytes, at))].map(({ name }) => name));
    if (!names.has('ObjStm')) continue;
    packs -= 1;
    const objects = unpacked(bytes, at, names, left);
    if (objects === undefined) return 'activeContent';
    left -= objects.length;
    if (left <= 0) return 'activeContent';
    for (const found of namesIn(objects)) if (isActive(objects, found, passed)) return 'activeContent';
  }
  // A pack that stands where no stream was found is hidden on purpose.
  return packs === 0 ? 'plain' : 'activeContent';
};
