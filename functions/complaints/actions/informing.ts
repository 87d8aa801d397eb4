import * as z from 'zod/mini';
import { unitStaff } from '../../cases/common/desk.ts';
import { isSecret } from '../../cases/publication.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { codePattern } from '../../kernel/code.ts';
import { every } from '../states.ts';

/** A report that asks for documents, too: what it asks for goes its own way, under the law on public information. */
export const informing: Readonly<Record<'requestInformation', ActionSpec>> = {
  /** By the operation that opens the request, whose code it brings. */
  requestInformation: {
    apart: true,
    at: 'information',
    names: { id: 'Buka permohonan informasi', en: 'Open an information request' },
    by: [
      { roles: ['coordinator'], where: 'desk' },
      { roles: unitStaff, where: 'inCharge' },
    ],
    from: every,
    input: z.strictObject({ request: z.string().check(z.regex(codePattern)) }),
    event: 'informationRequested',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    when: ({ record }) => {
      if (isSecret(record)) return 'secretCase';
      return record.data['information'] === undefined ? undefined : 'informationLinked';
    },
    decide: ({ input }) => {
      const request = String(input['request']);
      return { facts: { request }, data: { information: request } };
    },
  },
};
