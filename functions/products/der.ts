/** One value of ASN.1 in DER (X.690): just as much of the notation as a signature needs. */
export interface Der {
  readonly tag: number;
  /** The whole value with its header, and what it holds. */
  readonly whole: Buffer;
  readonly body: Buffer;
}

export const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31 } as const;
/** `[n]` around parts. */
export const context = (n: number): number => 0xa0 + n;

/** The first value; undefined when the bytes hold no whole one. Lengths of five bytes and more are refused. */
export const readDer = (bytes: Buffer): Der | undefined => {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first - 0x80;
  if (more > 4 || bytes.length < 2 + more || first === 0x80) return undefined;
  const length = more === 0 ? first : bytes.readUIntBE(2, more);
  const start = 2 + more;
  if (start + length > bytes.length) return undefined;
  return {
    tag,
    whole: bytes.subarray(0, start + length),
    body: bytes.subarray(start, start + length),
  };
};

/** Of a certificate list or attributes; no real signature has more. */
const mostParts = 200;

/** The values inside of one; undefined when they are not whole. */
export const partsOf = ({ body }: Pick<Der, 'body'>): readonly Der[] | undefined => {
  const parts: Der[] = [];
  for (let at = 0; at < body.length; ) {
    const part = readDer(body.subarray(at));
    if (part === undefined || parts.length === mostParts) return undefined;
    parts.push(part);
    at += part.whole.length;
  }
  return parts;
};

/** An object identifier as text: `1.2.840.113549.1.9.4`. */
export const oidOf = ({ body }: Pick<Der, 'body'>): string => {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = numbers;
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...rest].join('.');
};
