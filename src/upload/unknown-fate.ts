import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** It was sent, and nobody can say whether it arrived (exit 8). */
export class UnknownFate extends Failure {
  /** The uploadings that may be ours. */
  readonly candidates: readonly CallUploading[];

  constructor(why: Failure, candidates: readonly CallUploading[], known: string, command: string) {
    super({
      code: 'fate-unknown',
      exitCode: 8,
      message: `The file was sent, but it is not known whether it arrived. ${why.message} ${known}`,
      hint: `Look before you send it again: ${command}`,
      details: why.details,
      cause: why,
    });
    this.name = 'UnknownFate';
    this.candidates = candidates;
  }
}
