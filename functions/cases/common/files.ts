import * as z from 'zod/mini';
import type { ActionSpec, Change, StepContext } from '../workflow.ts';

const input = z.strictObject({ file: z.string(), found: z.string() });

/** Keeps beside the case what was found of one of its files: its kind, or why it is refused. */
const keepFinding = ({ input: found }: StepContext): Change => ({
  facts: { file: String(found['file']), found: String(found['found']) },
});

/**
 * What the inspection found of a file, in every state: a photo may come in after the case has ended. Only a reporter is
 * told, and only of a file of their own that is not taken.
 */
export const fileActions = (
  every: readonly string[],
): Readonly<Record<'acceptFile' | 'refuseFile' | 'checkStaffFile', ActionSpec>> => {
  const always = { by: [], from: every, quiet: true, input, clocks: [], decide: keepFinding } as const;
  return {
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
};
