/** Defines the options of an upload, for the library function and the command. */
import type { FileChecker } from '../calls/check/check-file.ts';
import { retryRules } from '../metrika/retry.ts';
import { requireRoomForMark } from '../upload/comment.ts';
import type { UploadOptions } from '../upload/upload-file.ts';
import {
  type CheckingOptions,
  checkOptionsFrom,
  type SkippingOptions,
} from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';

/** The options for the content of an upload and for its sending. */
export interface SendingOptions extends CheckingOptions, SkippingOptions {
  /** The comment of the upload, at most 255 characters. */
  readonly comment?: string | undefined;
  /**
   * The name of the goal for the calls. The service creates the goal if the counter does not have
   * it.
   */
  readonly goalName?: string | undefined;
  /**
   * Whether to check everything, but send nothing; `false` by default. If there is a token and
   * marks are on, a dry run also finds out whether the counter already has the content.
   */
  readonly dryRun?: boolean | undefined;
  /**
   * What happens if the list of uploads cannot be read. `true`: nothing is sent. `false`: the
   * content is sent. The default is `false`. The value `true` needs marks.
   */
  readonly skipExisting?: boolean | undefined;
  /**
   * Whether to send content that the counter already has; `false` by default. Without marks, the
   * library cannot find out whether the counter has the content, and sends the content.
   */
  readonly again?: boolean | undefined;
  /** Whether to make a separate upload for each kind of identifier; `false` by default. */
  readonly splitById?: boolean | undefined;
  /** The maximum size of a part, in bytes; 1 GiB by default. */
  readonly partSize?: number | undefined;
  /** Whether a file that is larger than one part may be split; `true` by default. */
  readonly split?: boolean | undefined;
  /** Whether a file without calls is accepted; nothing is sent for it. */
  readonly allowEmpty?: boolean | undefined;
  /** Whether changes before sending are allowed. If `false`, they are errors. */
  readonly convert?: boolean | undefined;
  /**
   * Whether the comment ends with a mark; `true` by default. If a response is lost, the library
   * finds the upload by this mark.
   */
  readonly mark?: boolean | undefined;
  /** Whether to repeat a request that may have arrived; `true` by default. */
  readonly repeat?: boolean | undefined;
  /** Whether to wait until processing finishes; `false` by default. */
  readonly wait?: boolean | undefined;
  /** The maximum time to wait, in seconds; two hours by default. */
  readonly waitTimeout?: number | undefined;
  /** Seconds between two status requests; 30 by default, and 0.3 for a sandbox. */
  readonly pollInterval?: number | undefined;
  /** The maximum number of times that a request is repeated; 5 by default. */
  readonly retries?: number | undefined;
  readonly sandbox?: boolean | undefined;
}

const SECOND = 1000;

/**
 * Converts the options of a library function to the options that `src/upload` takes.
 *
 * @param options options that `admitted` has already checked
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
    again: options.again ?? false,
    retry: retryRules(options.retries ?? DEFAULTS.retries),
  };
}

/**
 * Returns the longest wait for the end of an upload and the time between two status requests, in
 * milliseconds.
 */
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
