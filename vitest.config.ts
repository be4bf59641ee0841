import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    testTimeout: 30_000,
    // A run that prints what it skipped cannot hide a test that does not run.
    allowOnly: false,
  },
});
