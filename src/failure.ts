import type { ExitCode } from './exit-codes.ts';

/** What the service added to a refusal, as it wrote it. */
export interface ServiceDetails {
  readonly status?: number;
  readonly errorType?: string;
  readonly location?: string;
  readonly requestId?: string;
}

/** The parts of a {@link Failure}. */
export interface FailureParts {
  /** Stable name in kebab-case, for scripts. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What happened and where. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  readonly details?: ServiceDetails;
  readonly cause?: unknown;
}

/**
 * Something that a user, a file, the network or the service did, and that the program knows how to
 * speak of. Anything else that is thrown is a defect of the program.
 */
export class Failure extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string;
  readonly details: ServiceDetails;

  constructor(parts: FailureParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Failure';
    this.code = parts.code;
    this.exitCode = parts.exitCode;
    this.hint = parts.hint;
    this.details = parts.details ?? {};
  }
}

/** A wrong option, argument or setting (exit code 2). */
export function usageFailure(code: string, message: string, hint: string): Failure {
  return new Failure({ code, exitCode: 2, message, hint });
}

/**
 * The code that the operating system gave an error, such as `ENOENT`, looked for along the chain of
 * causes.
 *
 * @returns the code, or `undefined` when there is none
 */
export function systemErrorCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at.cause;
  }
  return undefined;
}
