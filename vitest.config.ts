import { defineConfig } from 'vitest/config';
import { summary } from './test/summary.ts';

export default defineConfig({
  test: {
    include: ['{functions,lib,local,cities,bench,scripts,test}/**/*.test.ts'],
    reporters: ['default', summary()],
    globalSetup: ['test/global.ts'],
    // Two cores: each worker may start an engine and workers of its own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    allowOnly: false,
  },
});
