import type { TestProject } from 'vitest/node';
import { removeTemporary, synth } from './synth.ts';
import { type TableDefinitions, tableDefinitions } from './tables.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    tables: TableDefinitions;
  }
}

/** Synthesizes once for the whole run; store tests create their tables from what came out. */
export const setup = (project: TestProject): void => {
  project.provide('tables', tableDefinitions(synth()));
  removeTemporary();
};
