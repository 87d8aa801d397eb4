import * as z from 'zod/mini';
import type { ActionSpec } from '../../cases/workflow.ts';
import { keepFinding } from '../rules/files.ts';
import { states } from '../states.ts';

const input = z.strictObject({ file: z.string(), found: z.string() });
const always = {
  by: [],
  from: Object.keys(states),
  quiet: true,
  input,
  clocks: [],
  decide: keepFinding,
} as const;

/**
 * What the inspection found of a file, in every state: a photo may come in after the case has ended. Only a reporter is
 * told, and only of a file of their own that is not taken.
 */
export const fileActions: Readonly<Record<string, ActionSpec>> = {
  acceptFile: {
    ...always,
    names: { id: 'Terima berkas', en: 'Accept a file' },
    event: 'fileAccepted',
    audience: 'reporter',
    says: { id: 'Berkas diperiksa dan disimpan.', en: 'The file was checked and kept.' },
    tells: [],
  },
  refuseFile: {
    ...always,
    names: { id: 'Tolak berkas', en: 'Refuse a file' },
    event: 'fileRefused',
    audience: 'reporter',
    says: {
      id: 'Berkas tidak dapat diterima. Alasannya ada pada laporan Anda; kirim lagi bila perlu.',
      en: 'The file could not be taken. The reason is shown in your report; send it again if needed.',
    },
    tells: ['reporter'],
  },
  checkStaffFile: {
    ...always,
    names: { id: 'Periksa berkas petugas', en: 'Check a file of staff' },
    event: 'fileChecked',
    audience: 'staff',
    says: { id: 'Berkas petugas diperiksa.', en: 'A file of staff was checked.' },
    tells: [],
  },
};
