/** What the program prints when it is run alone. */
import type { Words } from '../../words/en.ts';
import type { CommandName } from '../commands/index.ts';
import { twoColumns } from './help-topic.ts';

/** What somebody wants, in the order of the work, with the commands for it. */
const AIMS = {
  check: ['validate', 'inspect', 'explain'],
  convert: ['init', 'convert'],
  send: ['upload'],
  look: ['status', 'list'],
  practise: ['sandbox'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>;

/** Without a command: what there is, by aims, and what to run first. It fits a small window. */
export function shortUsage(help: Words['help'], width: number): string {
  const aims = Object.entries(AIMS).map(
    ([aim, names]) => [help.aims[aim as keyof typeof AIMS], names] as const,
  );
  const widest = Math.max(...aims.map(([aim]) => aim.length));
  const rows = aims.flatMap(([aim, names]) =>
    names.map((name, at) => {
      const head = `${(at === 0 ? aim : '').padEnd(widest)}  ${name}`;
      // The first part of a summary says what it is for.
      const [purpose = ''] = help.commands[name].summary.split(/[;:,]/, 1);
      return [head, purpose] as const;
    }),
  );
  return [help.usage, '', ...twoColumns(rows, width, 2), '', help.try, help.allOptions].join('\n');
}
