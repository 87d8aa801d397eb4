import * as z from 'zod/mini';
import { anyone, contract } from '../kernel/contract.ts';

export const docs = contract({
  feature: 'docs',
  operations: {
    openapi: {
      method: 'GET',
      path: '/v1/openapi.json',
      who: anyone,
      summary: { id: 'Dokumen OpenAPI 3.1', en: 'The OpenAPI 3.1 document' },
      status: 200,
      response: z.unknown(),
      errors: [],
    },
    docsPage: {
      method: 'GET',
      path: '/v1/docs',
      who: anyone,
      summary: { id: 'Halaman API', en: 'The API as a page' },
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: [],
    },
    problemsPage: {
      method: 'GET',
      path: '/v1/problems',
      who: anyone,
      summary: { id: 'Arti setiap kode kesalahan', en: 'What each problem code means' },
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: [],
    },
  },
});
