import { defineConfig } from 'vitest/config';
import { summary } from './test/summary.ts';
import { wasm } from './test/wasm.ts';

export default defineConfig({
  plugins: [wasm()],
  test: {
    // Vite loads the modules of these; Node cannot.
    server: { deps: { inline: [/@jsquash/] } },
    reporters: ['default', summary()],
    globalSetup: ['test/global.ts'],
    // Of three one mostly waits: for timers, for a city to start, for a clock that is moved.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'functions',
          include: ['functions/**/*.test.ts'],
          // No module keeps state that is not made by a test: loaded once a worker, a third of the time is saved.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'city', include: ['{lib,local,cities,bench,scripts,test}/**/*.test.ts'] },
      },
    ],
  },
});
