import * as z from 'zod/mini';
import { positions } from '../city/positions.ts';
import { contract, roles, staff } from '../kernel/contract.ts';

const named = z.object({ id: z.string(), name: z.string() });
const names = z.object({ id: z.string(), en: z.string() });

export const me = contract({
  feature: 'me',
  operations: {
    whoAmI: {
      method: 'GET',
      path: '/v1/me',
      who: staff(),
      summary: { id: 'Siapa saya, dan apa yang boleh saya lakukan', en: 'Who I am and what I may do' },
      status: 200,
      response: z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(roles),
        position: z.nullable(z.enum(positions)),
        unit: z.object({ id: z.string(), name: z.string(), short: z.string(), kind: z.string() }),
        /** The top of the unit's branch, which cases are measured on. */
        root: named,
        /** Own unit and everything below it. */
        units: z.array(named),
        /** Areas that those units govern. */
        areas: z.array(z.object({ code: z.string(), name: z.string() })),
        city: z.object({
          code: z.string(),
          names,
          app: z.string(),
          zone: z.string(),
          languages: z.array(z.string()),
        }),
        /** Operations that this role may call; on a case, the case itself says which actions are open. */
        operations: z.array(
          z.object({ id: z.string(), method: z.string(), path: z.string(), summary: z.string() }),
        ),
      }),
      errors: [],
    },
  },
});
