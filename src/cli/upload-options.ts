import { usageFailure } from '../failure.ts';
import { RETRY_TIME } from '../metrika/retry.ts';
import { requireRoomForFingerprint } from '../upload/comment.ts';
import { LARGEST_FILE } from '../upload/portions.ts';
import type { UploadSettings } from '../upload/upload-file.ts';
import { checkOptions } from './check-options.ts';
import type { RawOptions } from './raw-options.ts';
import { POLL_INTERVAL, partSize, uploadParameters, waitSettings } from './settings.ts';

/** The service takes hours, a sandbox a second; in milliseconds. */
const SANDBOX_POLL_INTERVAL = 300;

/** The service takes so many requests of one user at once. */
const MOST_AT_ONCE = 3;

/** What an upload needs that does not come from the connection. */
export type UploadOptions = Omit<UploadSettings, 'counter' | 'retry'>;

/**
 * The options of `upload`.
 *
 * @param files how many files the command line names
 * @throws Failure (exit 2) that names the option and what it takes
 */
export function uploadOptions(options: RawOptions, files: number): UploadOptions {
  const parameters = uploadParameters(options);
  const skipExisting = options.flag('skip-existing');
  if (skipExisting) requireRoomForFingerprint(parameters.comment);
  const interval = options.flag('sandbox') ? SANDBOX_POLL_INTERVAL : POLL_INTERVAL;
  const wait = waitSettings(options, interval);
  return {
    parameters,
    check: checkOptions(options),
    portions: {
      largest: partSize(options) ?? LARGEST_FILE,
      mayCut: options.notRefused('split'),
      byIdentifier: options.flag('split-by-id'),
    },
    rejectsPath: rejectsPath(options, files),
    dryRun: options.flag('dry-run'),
    wait: options.flag('wait') ? wait : undefined,
    repeat: options.notRefused('repeat'),
    skipExisting,
  };
}

/**
 * How often a request may be repeated.
 *
 * @param retries how many times at most
 */
export function retryPolicy(retries: number): UploadSettings['retry'] {
  return { retries, totalTime: RETRY_TIME };
}

/** How many files may be under way at once. */
export function concurrency(options: RawOptions): number {
  return options.wholeNumber('concurrency', 1, 1, MOST_AT_ONCE);
}

function rejectsPath(options: RawOptions, files: number): string | undefined {
  const path = options.text('rejects');
  if (path === undefined) return undefined;
  if (!options.flag('skip-invalid')) {
    throw usageFailure(
      'rejects-without-skipping',
      '--rejects keeps what --skip-invalid leaves out, and --skip-invalid is not given.',
      'Add --skip-invalid, or leave --rejects out.',
    );
  }
  if (files > 1) {
    throw usageFailure(
      'rejects-of-many',
      '--rejects names one file, and several files are to be sent.',
      'Send each file with a --rejects of its own.',
    );
  }
  return path;
}
