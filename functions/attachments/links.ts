import type { Instant } from '../kernel/time.ts';
import { type FileRecord, servedKey } from './model.ts';
import { presignGet, type Signer } from './sign.ts';

/** Long enough to open a page of photos over 3G, too short to be passed on. */
export const linkSeconds = 300;

export interface Links {
  readonly url: string;
  readonly thumbnail: string | null;
  readonly expiresIn: number;
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'application/pdf': 'pdf',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

export interface LinkDeps {
  readonly signer: Signer;
  /** Bucket of what is served. */
  readonly bucket: string;
}

/**
 * Links to what is served of a file; undefined when there is nothing. Whoever calls has asked the case first whether
 * this reader may see the file, each time.
 */
export const linksOf = (
  { signer, bucket }: LinkDeps,
  { id, served }: FileRecord,
  now: Instant,
): Links | undefined => {
  if (served === undefined) return undefined;
  const link = (which: 'full' | 'thumbnail', contentType: string): string =>
    presignGet(signer, {
      bucket,
      key: servedKey(id, which),
      now: Date.parse(now),
      seconds: linkSeconds,
      answers: {
        'response-content-type': contentType,
        // A document is saved, never opened inside a page.
        'response-content-disposition': `${contentType === 'application/pdf' ? 'attachment' : 'inline'}; filename="${id}.${endings[contentType] ?? 'bin'}"`,
        'response-cache-control': 'private, max-age=300',
      },
    });
  return {
    url: link('full', served.full.contentType),
    thumbnail: served.thumbnail === undefined ? null : link('thumbnail', served.thumbnail.contentType),
    expiresIn: linkSeconds,
  };
};
