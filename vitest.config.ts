import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { HUNG } from './test/support/patience.ts';

/** Tests that start processes. They take longer than all others together. */
const PROCESSES = 'test/processes/**/*.test.ts';

// `npm test` runs the tests that start no process, `--mode processes` the others, `--mode all` both.
export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'processes' ? PROCESSES : 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'test' ? [PROCESSES] : [])],
    globalSetup: ['test/build-once.ts'],
    setupFiles: ['test/unchanged-process.ts'],
    testTimeout: HUNG,
    hookTimeout: HUNG,
    // Loading the sources takes longer than most test files. So each process runs many files.
    isolate: false,
    // Each processor already has a process, so more threads for garbage collection would only slow
    // them down.
    execArgv: ['--single-threaded-gc'],
    maxWorkers: Math.max(2, availableParallelism()),
    // A test file with `.only` would hide the tests that do not run.
    allowOnly: false,
  },
}));
