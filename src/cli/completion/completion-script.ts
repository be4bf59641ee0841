/** Writes the completion script of a shell. */
import type { Words } from '../../words/en.ts';
import { VERSION } from '../arguments/about.ts';
import type { CommandLineWords } from '../arguments/command.ts';
import { completionModel } from './completion-model.ts';
import { commentLines } from './script-text.ts';
import { type CompletedShell, INSTALL_LINES } from './shells.ts';

/**
 * Returns the completion script of a shell. The script starts no program when a shell reads it. When
 * TAB is pressed, it starts the program only for names of counters and profiles.
 *
 * @param commandLine the words that the script completes
 * @param words the language of the descriptions
 */
export async function completionScript(
  shell: CompletedShell,
  commandLine: CommandLineWords,
  words: Words,
): Promise<string> {
  const said = words.screens.completion;
  const head = [
    // zsh finds the files in $fpath by this line.
    ...(shell === 'zsh' ? ['#compdef metrika-calls'] : []),
    commentLines(said.head(shell, VERSION)),
    commentLines(said.install),
    commentLines(`  ${INSTALL_LINES[shell]}`),
  ];
  const scripts = await import('./scripts.ts');
  return `${head.join('\n')}\n${scripts[shell](completionModel(commandLine, words))}`;
}
