/** `metrika-calls completion`: prints the completion script of a shell. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { quotedWord } from '../../safe-text/quoted.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT } from '../arguments/options.ts';
import { completionScript } from '../completion/completion-script.ts';
import { KNOWN_KINDS, knownNames } from '../completion/known-names.ts';
import { INSTALL_LINES, SHELL_NAMES } from '../completion/shells.ts';

export const completion = defineCommand({
  operands: '<shell>',
  options: [...OUTPUT],
  examples: ['metrika-calls completion bash', ...Object.values(INSTALL_LINES)],
});

/**
 * Prints a script. The scripts themselves use this command with `counters` and `profiles`, which help
 * does not show: then it prints names from the user's own files.
 *
 * @throws Failure `usage` (exit 2) if there is no script for the shell
 */
export async function run(context: ContextOf<typeof completion>): Promise<ExitCode> {
  const { io, operands, reporter, commandLine } = context;
  const [asked = ''] = operands;
  const kind = KNOWN_KINDS.find((known) => known === asked);
  const shell = SHELL_NAMES.find((known) => known === asked);
  if (kind !== undefined) reporter.namesListed(await knownNames(kind, io.environment));
  else if (shell !== undefined) {
    reporter.completionMade(shell, await completionScript(shell, commandLine, io.words));
  } else {
    const problem = {
      kind: 'no-such-operand',
      word: quotedWord(asked),
      among: SHELL_NAMES,
    } as const;
    throw new Failure('usage', { problem, command: 'completion', example: undefined });
  }
  return EXIT_CODES.done;
}
