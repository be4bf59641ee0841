/** What an option is when nobody gives it, for the library and the command line alike. */
import { LARGEST_FILE } from '../../limits.ts';

/** Times are in seconds, sizes in bytes. */
export const DEFAULTS = {
  maxErrors: 20,
  /** Without progress. */
  timeout: 60,
  retries: 5,
  partSize: LARGEST_FILE,
  waitTimeout: 2 * 60 * 60,
  /** The service takes hours, a sandbox a second. */
  pollInterval: 30,
  sandboxPollInterval: 0.3,
  /** How long each status lasts in the sandbox of one run. */
  sandboxStageTime: 0.25,
  /** Uploads that are listed. */
  limit: 20,
  timezone: 'UTC',
} as const;
