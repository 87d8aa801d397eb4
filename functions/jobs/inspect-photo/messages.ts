import * as z from 'zod/mini';

/** An object came: as EventBridge passes it on. */
const arrived = z.object({
  source: z.literal('aws.s3'),
  detail: z.object({ object: z.object({ key: z.string().check(z.regex(/^incoming\/[A-Za-z0-9_-]{22}$/)) }) }),
});
/** A case named files: the topic's own message. */
const named = z.object({ code: z.string(), seq: z.int() });

export type Message =
  | { readonly arrived: string; readonly named?: undefined }
  | { readonly named: { readonly code: string; readonly seq: number }; readonly arrived?: undefined };

/** @throws when it is neither */
export const messageOf = (body: string): Message => {
  const json: unknown = JSON.parse(body);
  const object = z.safeParse(arrived, json);
  if (object.success) return { arrived: object.data.detail.object.key.slice('incoming/'.length) };
  const { code, seq } = z.parse(named, json);
  return { named: { code, seq } };
};
