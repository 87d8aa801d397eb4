import type { Reporter, TestModule } from 'vitest/node';

/** One plain line at the end, for whoever reads the log of a build: how many tests passed, failed and were skipped. */
export const summary = (): Reporter => ({
  onTestRunEnd: (modules: readonly TestModule[]) => {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules)
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = count.failed + count.pending + broken;
    process.stdout.write(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`);
    if (count.passed === 0) process.exitCode = 1;
  },
});
