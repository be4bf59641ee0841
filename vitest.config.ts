import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    testTimeout: 30_000,
    // Most tests wait for processes and sockets, so there is work for one more than Vitest takes by itself.
    maxWorkers: Math.max(2, availableParallelism()),
    // A run that prints what it skipped cannot hide a test that does not run.
    allowOnly: false,
  },
});
