import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import decodeJpeg, { init as initJpegDecoder } from '@jsquash/jpeg/decode.js';
import encodeJpeg, { init as initJpegEncoder } from '@jsquash/jpeg/encode.js';
import pngDecoder from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import decodePng, { init as initPngDecoder } from '@jsquash/png/decode.js';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.wasm';
import decodeWebp, { init as initWebpDecoder } from '@jsquash/webp/decode.js';
import type { Picture } from './pixels.ts';

/** Decoders and the encoder, as WebAssembly that the bundle carries: the same on every processor (ADR 0097). */
export interface Codecs {
  /** @throws whatever the decoder throws at a picture that it cannot read */
  readonly decode: (type: 'image/jpeg' | 'image/png' | 'image/webp', bytes: Buffer) => Promise<Picture>;
  readonly encode: (picture: Picture) => Promise<Buffer>;
}

/** What a telephone shows well; a progressive file would be 8 % smaller and take twice as long. */
const encoding = { quality: 80, progressive: false } as const;

/** How a decoder is started. What it says of a damaged picture is no line of our log. */
const startedWith = (module: WebAssembly.Module) => ({
  instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
    const instance = new WebAssembly.Instance(module, imports);
    done(instance);
    return instance.exports;
  },
  print: () => {},
  printErr: () => {},
});

const alone = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

/** Compiles the modules once; they run the first time that one is needed. */
export const createCodecs = (): Codecs => {
  const modules = new Map<Uint8Array, WebAssembly.Module>();
  const compiled = (code: Uint8Array<ArrayBuffer>): WebAssembly.Module => {
    const module = modules.get(code) ?? new WebAssembly.Module(code);
    modules.set(code, module);
    return module;
  };
  return {
    decode: async (type, bytes) => {
      // A fresh instance each: one that broke over a picture is not used again, and its memory goes with it.
      switch (type) {
        case 'image/jpeg':
          await initJpegDecoder(startedWith(compiled(jpegDecoder)));
          return decodeJpeg(alone(bytes));
        case 'image/webp':
          await initWebpDecoder(startedWith(compiled(webpDecoder)));
          return decodeWebp(alone(bytes));
        case 'image/png':
          await initPngDecoder(compiled(pngDecoder));
          return decodePng(alone(bytes));
      }
    },
    encode: async ({ data, width, height }) => {
      await initJpegEncoder(startedWith(compiled(jpegEncoder)));
      const picture = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' as const };
      return Buffer.from(await encodeJpeg(picture, encoding));
    },
  };
};
