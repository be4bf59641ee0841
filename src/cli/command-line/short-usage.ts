/** The short usage: the output of the program when it runs without a command. */
import type { Words } from '../../words/en.ts';
import { COMMAND_NAMES, type CommandName } from '../commands/index.ts';
import { twoColumns } from './help-topic.ts';

/** The aims of users in the usual order of work, each with the commands for that aim. */
const AIMS = {
  check: ['validate', 'inspect', 'explain'],
  convert: ['init', 'convert'],
  send: ['upload'],
  look: ['status', 'list', 'counters'],
  practise: ['sandbox'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>;

const WITH_AIM: readonly CommandName[] = Object.values(AIMS).flatMap((names) => [...names]);

/** The commands that no aim has. They share one row, so that the text stays short. */
const OTHERS = COMMAND_NAMES.filter((name) => !WITH_AIM.includes(name));

/** Returns the commands by aim, and the command to try first. The text fits a small window. */
export function shortUsage(help: Words['help'], width: number): string {
  const aims = Object.entries(AIMS).map(
    ([aim, names]) => [help.aims[aim as keyof typeof AIMS], names] as const,
  );
  const widest = Math.max(...aims.map(([aim]) => aim.length));
  const rows = aims.flatMap(([aim, names]) =>
    names.map((name, at) => {
      const head = `${(at === 0 ? aim : '').padEnd(widest)}  ${name}`;
      // The first part of a summary is the purpose of the command.
      const [purpose = ''] = help.commands[name].summary.split(/[;:,]/, 1);
      return [head, purpose] as const;
    }),
  );
  const more = [[help.aims.more.padEnd(widest), OTHERS.join(', ')]] as const;
  return [
    help.usage,
    ...twoColumns(rows, width, 2),
    ...twoColumns(more, width, 2),
    '',
    help.try,
    help.allOptions,
  ].join('\n');
}
