import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { incomingKey, servedKey } from '../../attachments/model.ts';
import type { Made } from './inspect.ts';

/** An upload as it lies there; its body is only read when its size is bearable. */
export type Upload = { readonly bytes: number; readonly read: () => Promise<Buffer> };

/** The two buckets, as the job uses them. */
export interface Objects {
  /** Undefined while nothing came, or when it was taken away. */
  readonly upload: (id: string) => Promise<Upload | undefined>;
  readonly serve: (id: string, which: 'full' | 'thumbnail', made: Made) => Promise<void>;
  /** Takes the original away; again changes nothing. */
  readonly remove: (id: string) => Promise<void>;
}

export const s3Objects = (incoming: string, files: string): Objects => {
  const client = new S3Client({});
  return {
    upload: async (id) => {
      try {
        const { Body, ContentLength = 0 } = await client.send(
          new GetObjectCommand({ Bucket: incoming, Key: incomingKey(id) }),
        );
        if (Body === undefined) return undefined;
        return { bytes: ContentLength, read: async () => Buffer.from(await Body.transformToByteArray()) };
      } catch (e) {
        if (e instanceof NoSuchKey) return undefined;
        throw e;
      }
    },
    serve: async (id, which, { contentType, body }) => {
      await client.send(
        new PutObjectCommand({
          Bucket: files,
          Key: servedKey(id, which),
          Body: body,
          ContentType: contentType,
        }),
      );
    },
    remove: async (id) => {
      await client.send(new DeleteObjectCommand({ Bucket: incoming, Key: incomingKey(id) }));
    },
  };
};
