import { drawing } from '../../../functions/pdf/draw.ts';
import { a4 } from '../../../functions/pdf/layout.ts';
import { writePdf } from '../../../functions/pdf/write.ts';
import type { Api } from '../api.ts';

/** What the story promised to show, and whether it came true. */
export type Check = readonly [said: string, true: boolean];

export interface Upload {
  readonly as: string;
  readonly path: string;
  /** Stands on the page. */
  readonly title: string;
}

/** A page that says what it stands for. */
const page = (title: string): Uint8Array => {
  const on = drawing(a4.height);
  on.text(48, 96, title, { size: 20, face: 'bold' });
  on.text(48, 124, 'Contoh untuk peragaan, bukan dokumen sungguhan.', { size: 11 });
  return writePdf({ ...a4, title, pages: [on.content()], at: '2026-11-23T01:00:00Z' });
};

/** Uploads a PDF by the form that the API signs, as a browser does. @returns its id, for a command to name */
export const upload = async (api: Api, { as, path, title }: Upload): Promise<string> => {
  const { fileId, url, fields } = await api.ask<{
    fileId: string;
    url: string;
    fields: Readonly<Record<string, string>>;
  }>('POST', path, { as, body: { type: 'application/pdf' } });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(page(title))]), 'dokumen.pdf');
  const sent = await fetch(url, { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`${sent.status} ${await sent.text()}`);
  return fileId;
};
