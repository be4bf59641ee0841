/** Makes the names of files safe to show to people. */
import { maskedName } from '../../../safe-text/masking.ts';
import type { Style } from '../output.ts';

/** The parts of a style that the name of a file depends on. */
export type Naming = Pick<Style, 'words' | 'knownNumbers'>;

/**
 * Returns the name of a file for a sentence. Phone numbers in the name are masked.
 *
 * @param name the name as the user wrote it; `-` is standard input
 */
export function shownName(name: string, { words, knownNumbers }: Naming): string {
  if (name === '-') return words.screens.files.standardInput;
  const shown = maskedName(name, knownNumbers);
  // The runner of GitHub Actions reads a line that begins with `::` as a command.
  return shown.startsWith('::') ? `./${shown}` : shown;
}
