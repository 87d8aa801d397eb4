import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contracts } from '../functions/contracts.ts';
import { type Document, docsPage, problemsPage } from '../functions/docs/page.ts';
import { errorCodes } from '../functions/kernel/problems.ts';
import { openapi, openapiFile } from '../scripts/openapi.ts';
import { operationsFile, operationsText } from '../scripts/operations.ts';

test('docs/openapi.json says what the contracts say (else: npm run openapi)', () => {
  expect(readFileSync(openapiFile, 'utf8') === openapi()).toBe(true);
});

test('docs/operations.json says what staff may call (else: npm run openapi)', () => {
  expect(readFileSync(operationsFile, 'utf8') === operationsText(contracts)).toBe(true);
});

test('a change of a contract would be noticed', () => {
  const [first] = contracts;
  expect(openapi(contracts.filter((c) => c !== first)) === openapi()).toBe(false);
});

const document = JSON.parse(openapi()) as Document & { openapi: string };

test('every operation and every error code has its place on the pages', () => {
  expect(document.openapi).toBe('3.1.0');
  const page = docsPage(document, 'id');
  for (const { operations } of contracts)
    for (const id of Object.keys(operations)) expect(page).toContain(`id="${id}"`);
  const problems = problemsPage('en');
  for (const code of errorCodes) expect(problems).toContain(`id="${code}"`);
});

test('the pages load nothing from elsewhere and run no script', () => {
  const page = docsPage(document, 'en') + problemsPage('id');
  expect(page).not.toMatch(/<script|src=|@import|url\(|href="https?:/i);
});
