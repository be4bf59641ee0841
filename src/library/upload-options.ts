/** The options of an upload, for the function and the command alike. */
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

/** What is sent, and how. */
export interface SendingOptions extends CheckingOptions, SkippingOptions {
  /** At most 255 characters. */
  readonly comment?: string | undefined;
  /** The goal to make for the calls if there is none of this name. */
  readonly goalName?: string | undefined;
  /** Checks everything and sends nothing. */
  readonly dryRun?: boolean | undefined;
  /** Does not send a content that the counter has already. */
  readonly skipExisting?: boolean | undefined;
  /** One upload for each kind of identifier that the file fills. */
  readonly splitById?: boolean | undefined;
  /** The longest part of a file, in bytes; 1 GiB by default. */
  readonly partSize?: number | undefined;
  /** `false` refuses a file that is longer than a part. */
  readonly split?: boolean | undefined;
  /** Whether a file without calls is no error; nothing is sent then. */
  readonly allowEmpty?: boolean | undefined;
  /** `false` makes errors of the changes before sending. */
  readonly convert?: boolean | undefined;
  /** `false` leaves out the mark at the end of the comment, by which a lost upload is known again. */
  readonly mark?: boolean | undefined;
  /** `false` sends nothing again when it is not known whether it arrived. */
  readonly repeat?: boolean | undefined;
  /** Waits until processing finishes. */
  readonly wait?: boolean | undefined;
  /** Seconds after which the waiting ends; two hours by default. */
  readonly waitTimeout?: number | undefined;
  /** Seconds between two looks while waiting; 30 by default. */
  readonly pollInterval?: number | undefined;
  /** How often a request is repeated at most; 5 by default. */
  readonly retries?: number | undefined;
  readonly sandbox?: boolean | undefined;
}

const SECOND = 1000;

/**
 * @param options options that were admitted
 * @param checker the check of an export, where there is a recipe
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

/** How long and how often to ask for the end of an upload, in milliseconds. */
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
