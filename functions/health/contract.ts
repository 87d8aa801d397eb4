import * as z from 'zod/mini';
import { anyone, contract } from '../kernel/contract.ts';

export const health = contract({
  feature: 'health',
  operations: {
    health: {
      method: 'GET',
      path: '/v1/health',
      who: anyone,
      summary: { id: 'Apakah layanan ini hidup', en: 'Whether the service is up' },
      status: 200,
      response: z.object({ ok: z.boolean(), city: z.string(), stage: z.string(), ready: z.boolean() }),
      errors: [],
    },
  },
});
