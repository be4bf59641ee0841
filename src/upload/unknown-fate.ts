/** The failure for a file that may or may not have arrived (exit 8). */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { KnownOfFate } from '../words/failure-parameters.ts';
import type { CommandReference } from '../words/said.ts';

/** A file was sent, but it is unknown whether it arrived. */
export class UnknownFate extends Failure {
  /** The uploads that may contain the file. */
  readonly candidates: readonly CallUploading[];

  /**
   * @param why the failure of the request
   * @param known the result of searching the list
   * @param command the command that shows the list
   * @param candidates the uploads that may contain the file
   */
  constructor(
    why: Failure,
    known: KnownOfFate,
    command: CommandReference | undefined,
    candidates: readonly CallUploading[] = [],
  ) {
    super('fate-unknown', { why, known, command }, { details: why.details, cause: why });
    this.name = 'UnknownFate';
    this.candidates = candidates;
  }
}
