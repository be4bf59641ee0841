import { EXIT_CODE_MEANINGS } from '../exit-codes.ts';
import { ENVIRONMENT } from './options.ts';
import type { HelpTopic } from './program.ts';
import { wrapped } from './words.ts';

/**
 * The text of a help topic.
 *
 * @param columns the width to lay it out for, in characters
 */
export function helpTopic(topic: HelpTopic, columns: number): string {
  const rows: readonly (readonly [string, string])[] =
    topic === 'exit-codes'
      ? EXIT_CODE_MEANINGS.map(([code, meaning]) => [String(code), meaning])
      : ENVIRONMENT.map(({ name, meaning }) => [name, meaning]);
  const indent = Math.max(...rows.map(([name]) => name.length)) + 2;
  const width = Math.max(20, Math.min(80, columns) - indent);
  return rows
    .map(([name, meaning]) => {
      const [first = '', ...rest] = wrapped(meaning, width);
      return [name.padEnd(indent) + first, ...rest.map((line) => ' '.repeat(indent) + line)].join(
        '\n',
      );
    })
    .join('\n');
}
