/** The short usage: the output of the program when it runs without a command. */
import type { Words } from '../../words/en.ts';
import type { CommandName } from '../commands/index.ts';
import { twoColumns } from './help-topic.ts';

/** The aims of users in the usual order of work, each with the commands for that aim. */
const AIMS = {
  check: ['validate', 'inspect', 'explain'],
  convert: ['init', 'convert'],
  send: ['upload'],
  look: ['status', 'list', 'counters'],
  account: ['login', 'logout', 'whoami'],
  keep: ['config'],
  complete: ['completion'],
  practise: ['sandbox'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>;

/** Returns the commands by aim, and the command to try first. The text fits a small window. */
export function shortUsage(help: Words['help'], width: number): string {
  const aims = Object.entries(AIMS).map(
    ([aim, names]) => [help.aims[aim as keyof typeof AIMS], names.join(', ')] as const,
  );
  return [
    help.usage,
    '',
    ...twoColumns(aims, width, 2),
    '',
    help.try,
    help.allCommands,
    help.allOptions,
  ].join('\n');
}
