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
    tells: [],
  },
  refuseFile: {
    ...always,
    names: { id: 'Tolak berkas', en: 'Refuse a file' },
    event: 'fileRefused',
    audience: 'reporter',
    tells: ['reporter'],
  },
  checkStaffFile: {
    ...always,
    names: { id: 'Periksa berkas petugas', en: 'Check a file of staff' },
    event: 'fileChecked',
    audience: 'staff',
    tells: [],
  },
};
