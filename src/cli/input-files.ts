import { resolve } from 'node:path';
import { usageFailure } from '../failure.ts';
import { LocalFile } from '../upload/local-file.ts';
import type { Io } from './io.ts';
import { withoutControls } from './terminal.ts';

/** A file that the command line names. */
export interface InputFile {
  /** As the user wrote it. */
  readonly name: string;
  /** @throws UnreadableFile */
  readonly open: () => Promise<LocalFile>;
}

/** A file's name as people are shown it. */
export function shownName(name: string): string {
  if (name === '-') return 'standard input';
  const shown = withoutControls(name);
  // A line that begins with :: is an order to the runner of GitHub Actions.
  return shown.startsWith('::') ? `./${shown}` : shown;
}

/** The name under which standard input is sent. */
const STDIN_FILE_NAME = 'calls.csv';

/**
 * The files of a command line; `-` is standard input.
 *
 * @throws Failure (exit 2) when one is named twice, or when standard input is a terminal
 */
export function inputFiles(operands: readonly string[], io: Io): InputFile[] {
  const seen = new Set<string>();
  return operands.map((name) => {
    const key = name === '-' ? '-' : resolve(name);
    if (seen.has(key)) {
      throw usageFailure(
        'file-twice',
        `The file ${name} is named twice.`,
        'Name each file once; twice named it would be handled twice.',
      );
    }
    seen.add(key);
    if (name !== '-') return { name, open: () => LocalFile.open(name, io.signal) };
    if (io.stdin.isTTY === true) {
      throw usageFailure(
        'stdin-is-terminal',
        'Standard input is a terminal, so there are no calls to read.',
        'Pipe a file in, or name one: metrika-calls validate calls.csv',
      );
    }
    return { name, open: () => LocalFile.spool(io.stdin, STDIN_FILE_NAME, io.signal) };
  });
}
