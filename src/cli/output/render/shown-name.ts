/** The names of files as people are shown them. */
import type { Words } from '../../../words/en.ts';
import { withoutControls } from '../terminal.ts';

/** @param name as the user wrote it; `-` is standard input */
export function shownName(name: string, words: Words): string {
  if (name === '-') return words.screens.files.standardInput;
  const shown = withoutControls(name);
  // A line that begins with :: is a command to the runner of GitHub Actions.
  return shown.startsWith('::') ? `./${shown}` : shown;
}
