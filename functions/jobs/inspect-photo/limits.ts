/** Bytes of an upload by what it is; the form of an upload says the same (functions/files/rules.ts). */
export const maxBytes = { photo: 10_000_000, document: 5_000_000, voice: 3_000_000 } as const;

/**
 * A photo of 36 megapixels takes 144 MB as pixels, and there are two copies of them at once: the most that fits in the
 * function's 512 MB (docs/adr/0097-decoding.md has the measurement).
 */
export const maxPixels = 36_000_000;

/** Longest side of what is served. */
export const fullSide = 2048;
export const thumbSide = 320;

/** A voice note of two minutes, with the last second that a recorder adds. */
export const maxSeconds = 121;
