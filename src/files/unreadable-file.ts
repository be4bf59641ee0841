/**
 * The failure for a file that cannot be read as calls. It can also be shown as a finding about the
 * file.
 */
import { Failure, type FailureArguments, type FailureCode } from '../failure.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import type { fileProblems } from '../words/en/file-problems.ts';

/** The codes of failures that are also findings. */
export type FileProblemCode = keyof ReturnType<typeof fileProblems> & FailureCode;

/** Ends the work on one file, with exit code 3. */
export class UnreadableFile extends Failure {
  declare readonly code: FileProblemCode;
  declare readonly parameters: FailureParameters[FileProblemCode];

  constructor(...[code, parameters]: FailureArguments<undefined, FileProblemCode>) {
    super(...([code, parameters] as FailureArguments));
    this.name = 'UnreadableFile';
  }
}
