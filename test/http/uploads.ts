import type { Answered, Ask, Client } from './client.ts';
import { good } from './desk.ts';

/** A form as an upload answers it. */
export interface Form {
  readonly fileId: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Posts the form as a browser does: every field, then the file. */
export const send = async ({ url, fields }: Form, bytes: Buffer): Promise<void> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'foto.jpg');
  const res = await fetch(url, { method: 'POST', body: form });
  if (!res.ok) throw new Error(`${res.status} ${await res.text()}`);
};

export const uploading = (ask: Client) => {
  const formOf = async (path: string, type: string, how: Ask = {}): Promise<Form> =>
    (await good(ask('POST', path, { ...how, body: { type } }))).body as unknown as Form;

  /** Uploads a file whole. @returns its fileId */
  const uploaded = async (
    bytes: Buffer,
    path = '/v1/uploads',
    how: Ask = {},
    type = 'image/jpeg',
  ): Promise<string> => {
    const form = await formOf(path, type, how);
    await send(form, bytes);
    return form.fileId;
  };
  return { formOf, uploaded };
};

/** The id that a case shows, without the seal. */
export const plain = (fileId: string): string => fileId.slice(0, 22);

/** What lies behind a link of an answer. */
export const linked = async (answer: Answered, which: 'url' | 'thumbnail' = 'url') => {
  const res = await fetch(String(answer.body[which]));
  return {
    status: res.status,
    type: res.headers.get('content-type'),
    bytes: Buffer.from(await res.arrayBuffer()),
  };
};
