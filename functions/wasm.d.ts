/** A WebAssembly module as bytes: the bundler puts it into the bundle (lib/bundle.ts). */
declare module '*.wasm' {
  const code: Uint8Array<ArrayBuffer>;
  // biome-ignore lint/style/noDefaultExport: the bundler gives such a module nothing else.
  export default code;
}

/** The little of the web platform that the decoders name; Node's own types leave it out. */
declare namespace WebAssembly {
  type Imports = Readonly<Record<string, unknown>>;
  type Exports = Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noEmptyInterface: nobody looks inside.
  interface Module {}
  interface Instance {
    readonly exports: Exports;
  }
  const Module: new (code: Uint8Array<ArrayBuffer>) => Module;
  const Instance: new (module: Module, imports: Imports) => Instance;
}
interface ImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'srgb' | 'display-p3';
}
