/** The names of files as people are shown them. */
import { maskedName } from '../../../safe-text/masking.ts';
import type { Style } from '../output.ts';

/** What the name of a file in a sentence depends on. */
export type Naming = Pick<Style, 'words' | 'knownNumbers'>;

/**
 * The name of a file in a sentence, without the phone numbers in it.
 *
 * @param name as the user wrote it; `-` is standard input
 */
export function shownName(name: string, { words, knownNumbers: knownNumbers }: Naming): string {
  if (name === '-') return words.screens.files.standardInput;
  const shown = maskedName(name, knownNumbers);
  // A line that begins with :: is a command to the runner of GitHub Actions.
  return shown.startsWith('::') ? `./${shown}` : shown;
}
