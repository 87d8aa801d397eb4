import { readFileSync } from 'node:fs';
import type { Plugin } from 'vitest/config';

/** WebAssembly modules as bytes, as the bundler hands them to functions (lib/bundle.ts). */
export const wasm = (): Plugin => ({
  name: 'wasm',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('.wasm')
      ? `export default Uint8Array.from(Buffer.from('${readFileSync(id).toString('base64')}', 'base64'))`
      : undefined,
});
