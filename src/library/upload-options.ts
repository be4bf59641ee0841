/** The options of an upload, for the library function and the command. */
import type { FileChecker } from '../calls/check/check-file.ts';
import { requireRoomForMark } from '../upload/comment.ts';
import type { UploadOptions } from '../upload/upload-file.ts';
import { retryOf } from './open-service.ts';
import {
  type CheckingOptions,
  checkOptionsFrom,
  type SkippingOptions,
} from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';

/** What to send, and how. */
export interface SendingOptions extends CheckingOptions, SkippingOptions {
  /** The comment of the upload, at most 255 characters. */
  readonly comment?: string | undefined;
  /** The goal for the calls; created if the counter has no goal of this name. */
  readonly goalName?: string | undefined;
  /** Checks everything and sends nothing. */
  readonly dryRun?: boolean | undefined;
  /** Skips content that the counter already has. */
  readonly skipExisting?: boolean | undefined;
  /** Makes a separate upload for each kind of identifier in the file. */
  readonly splitById?: boolean | undefined;
  /** The maximum size of a part, in bytes; 1 GiB by default. */
  readonly partSize?: number | undefined;
  /** `false` refuses a file that is larger than one part. */
  readonly split?: boolean | undefined;
  /** Accepts a file without calls; nothing is sent then. */
  readonly allowEmpty?: boolean | undefined;
  /** `false` treats changes before sending as errors. */
  readonly convert?: boolean | undefined;
  /** `false` leaves out the mark at the end of the comment, which identifies a lost upload. */
  readonly mark?: boolean | undefined;
  /** `false` never repeats a request whose fate is unknown. */
  readonly repeat?: boolean | undefined;
  /** Waits until processing finishes. */
  readonly wait?: boolean | undefined;
  /** The maximum time to wait, in seconds; two hours by default. */
  readonly waitTimeout?: number | undefined;
  /** Seconds between two status requests; 30 by default. */
  readonly pollInterval?: number | undefined;
  /** How often a request is repeated at most; 5 by default. */
  readonly retries?: number | undefined;
  readonly sandbox?: boolean | undefined;
}

const SECOND = 1000;

/**
 * @param options options that `admitted` has checked
 * @param checker the check that converts an export first, if there is a recipe
 * @throws Failure `comment-too-long` (exit 2)
 */
export function uploadOptionsFrom(
  options: SendingOptions,
  counter: number,
  checker: FileChecker | undefined,
): UploadOptions {
  const marks = options.mark ?? true;
  if (marks) requireRoomForMark(options.comment);
  return {
    counter,
    parameters: { comment: options.comment, newGoalName: options.goalName },
    check: checkOptionsFrom(options),
    checker,
    portions: {
      largest: options.partSize ?? DEFAULTS.partSize,
      mayCut: options.split ?? true,
      byIdentifier: options.splitById ?? false,
    },
    rejectsPath: options.rejects,
    dryRun: options.dryRun ?? false,
    wait: options.wait === true ? waitOptionsFrom(options) : undefined,
    marks,
    repeat: options.repeat ?? true,
    skipExisting: options.skipExisting ?? false,
    retry: retryOf(options.retries ?? DEFAULTS.retries),
  };
}

/** Returns how long and how often to ask for the status of an upload, in milliseconds. */
export function waitOptionsFrom({
  waitTimeout = DEFAULTS.waitTimeout,
  pollInterval,
  sandbox = false,
}: Pick<SendingOptions, 'waitTimeout' | 'pollInterval' | 'sandbox'>): {
  readonly interval: number;
  readonly timeout: number;
} {
  const usual = sandbox ? DEFAULTS.sandboxPollInterval : DEFAULTS.pollInterval;
  return { interval: (pollInterval ?? usual) * SECOND, timeout: waitTimeout * SECOND };
}
