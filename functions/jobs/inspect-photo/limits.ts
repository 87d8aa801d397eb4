/** Bytes of an upload by what it is; the form of an upload says the same (functions/attachments/types.ts). */
export const maxBytes = { photo: 10_000_000, document: 5_000_000, voice: 3_000_000 } as const;

/**
 * What newer telephones take by themselves (5712 × 4284). It is held as pixels twice, 4 bytes each, and what the photo
 * before it left is not always gone yet: the most that fits in the function's 512 MB (docs/adr/0097-decoding.md).
 */
export const maxPixels = 25_000_000;

/** Longest side of what is served. */
export const fullSide = 2048;
export const thumbSide = 320;

/** A voice note of two minutes, with the last second that a recorder adds. */
export const maxSeconds = 121;
