/** The default values of options, for the library and the command line. */
import { LARGEST_FILE } from '../../limits.ts';

/** Times are in seconds, sizes in bytes. */
export const DEFAULTS = {
  maxErrors: 20,
  /** A request fails after this time without progress. */
  timeout: 60,
  retries: 5,
  partSize: LARGEST_FILE,
  waitTimeout: 2 * 60 * 60,
  /** The service needs hours to process an upload. A sandbox needs about a second. */
  pollInterval: 30,
  sandboxPollInterval: 0.3,
  /** How long each status lasts in a sandbox that the option `sandbox` starts. */
  sandboxStageTime: 0.25,
  /** The number of uploads in a list. */
  limit: 20,
  timezone: 'UTC',
} as const;
