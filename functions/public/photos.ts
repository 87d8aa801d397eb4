import { type LinkDeps, linksOf } from '../attachments/links.ts';
import type { FileStore } from '../attachments/store.ts';
import type { Instant } from '../kernel/time.ts';

/** A released photo: links work for some minutes. */
export interface Photo {
  readonly id: string;
  readonly url: string;
  readonly thumbnail: string | null;
}

/**
 * Links to the photos of a case that were released, of those that were inspected, are pictures and are its own; the
 * others are left out, as if they had not been released.
 */
export const photosBy =
  (files: Pick<FileStore, 'read'>, links: LinkDeps) =>
  async (code: string, released: readonly string[], now: Instant): Promise<readonly Photo[]> => {
    const found = await Promise.all(released.map((id) => files.read(id)));
    return found.flatMap((file) => {
      const made =
        file?.code === code && file.facts?.kind === 'photo' ? linksOf(links, file, now) : undefined;
      return file === undefined || made === undefined
        ? []
        : [{ id: file.id, url: made.url, thumbnail: made.thumbnail }];
    });
  };
