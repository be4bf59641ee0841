/** The tables that `help exit-codes` and `help environment` print. */
import { help } from '../../words/en/help.ts';
import { wrap } from '../../words/format.ts';
import type { HelpTopic } from './command-line.ts';

/**
 * The text of a help topic.
 *
 * @param columns the width to lay it out for, in characters
 */
export function helpTopic(topic: HelpTopic, columns: number): string {
  const { exitCodes, environment } = help;
  const rows = Object.entries(topic === 'exit-codes' ? exitCodes : environment);
  const indent = Math.max(...rows.map(([name]) => name.length)) + 2;
  const width = Math.max(20, Math.min(80, columns) - indent);
  return rows
    .map(([name, meaning]) => {
      const [first = '', ...rest] = wrap(meaning, width);
      return [name.padEnd(indent) + first, ...rest.map((line) => ' '.repeat(indent) + line)].join(
        '\n',
      );
    })
    .join('\n');
}
