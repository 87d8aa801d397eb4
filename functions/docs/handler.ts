import document from '../../docs/openapi.json' with { type: 'json' };
import type { Language } from '../kernel/errors.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { anonymous } from '../people/anonymous.ts';
import { docs } from './contract.ts';
import { type Document, docsPage, problemsPage } from './page.ts';

const pages = new Map<Language, string>();

export const handler = api(
  docs,
  {
    openapi: async () => ({ body: document }),
    docsPage: async ({ language }) => {
      const known = pages.get(language) ?? docsPage(document as unknown as Document, language);
      pages.set(language, known);
      return { body: known };
    },
    problemsPage: async ({ language }) => ({ body: problemsPage(language) }),
  },
  { log: logFor('docs'), actors: { public: anonymous } },
);
