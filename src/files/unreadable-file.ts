/** A file that cannot be read as calls at all: a failure, and a finding about the file. */
import { Failure, type FailureArguments, type FailureCode } from '../failure.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import type { fileProblems } from '../words/en/file-problems.ts';

/** The codes that are failures and findings alike. */
export type FileProblemCode = keyof ReturnType<typeof fileProblems> & FailureCode;

/** Ends a run over one file with exit code 3. */
export class UnreadableFile extends Failure {
  declare readonly code: FileProblemCode;
  declare readonly parameters: FailureParameters[FileProblemCode];

  constructor(...[code, parameters]: FailureArguments<undefined, FileProblemCode>) {
    super(...([code, parameters] as FailureArguments));
    this.name = 'UnreadableFile';
  }
}
