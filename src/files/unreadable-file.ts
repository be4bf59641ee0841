/**
 * The failure for a file that cannot be read as calls. A report can show the failure as a finding
 * about the file.
 */
import { Failure, type FailureArguments, type FailureCode } from '../failure.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import type { fileProblems } from '../words/en/file-problems.ts';

/** The codes of failures that are also findings. */
export type FileProblemCode = keyof ReturnType<typeof fileProblems> & FailureCode;

/** The failure that ends the work on one file. The exit code is 3. */
export class UnreadableFile extends Failure {
  declare readonly code: FileProblemCode;
  declare readonly parameters: FailureParameters[FileProblemCode];

  constructor(...[code, parameters]: FailureArguments<undefined, FileProblemCode>) {
    super(...([code, parameters] as FailureArguments));
    this.name = 'UnreadableFile';
  }
}
