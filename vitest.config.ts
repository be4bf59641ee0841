import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { HUNG } from './test/support/patience.ts';

/** Tests that start processes; they take longer than all others together. */
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
    // To load the sources takes longer than most files of tests, so a process goes on with the next file.
    isolate: false,
    // There is a process for each processor; more threads for garbage would only be in their way.
    execArgv: ['--single-threaded-gc'],
    maxWorkers: Math.max(2, availableParallelism()),
    // A run that prints what it skipped cannot hide a test that does not run.
    allowOnly: false,
  },
}));
