/** The tables that `help exit-codes` and `help environment` print. */
import type { Words } from '../../words/en.ts';
import { wrap } from '../../words/format.ts';

/** The topics that `help` explains in addition to the commands. */
export const HELP_TOPICS = ['exit-codes', 'environment', 'settings'] as const;

export type HelpTopic = (typeof HELP_TOPICS)[number];

/**
 * Returns the text of a help topic.
 *
 * @param columns the width of the screen, in characters
 */
export function helpTopic(topic: HelpTopic, columns: number, { help }: Words): string {
  const rows = {
    'exit-codes': help.exitCodes,
    environment: help.environment,
    settings: help.settings,
  }[topic];
  const width = Math.min(80, columns);
  const notes = topic === 'settings' ? help.settingsNotes : [];
  return [
    ...twoColumns(Object.entries(rows), width),
    ...notes.flatMap((note) => ['', ...wrap(note, width)]),
  ].join('\n');
}

/** The smallest comfortable width of a column of text, in characters. */
const NARROWEST_TEXT = 25;

/**
 * Lays out names and meanings in two columns. On a narrow screen, each meaning is below its name.
 *
 * @param width the width of the screen, in characters
 * @param margin the number of spaces before each name
 */
export function twoColumns(
  rows: readonly (readonly [name: string, meaning: string])[],
  width: number,
  margin = 0,
): string[] {
  const names = margin + Math.max(...rows.map(([name]) => name.length)) + 2;
  const isNarrow = width - names < NARROWEST_TEXT;
  const indent = isNarrow ? margin + 4 : names;
  return rows.flatMap(([name, meaning]) => {
    const head = ' '.repeat(margin) + name.trimEnd();
    const lines = wrap(meaning, width - indent).map((line) => ' '.repeat(indent) + line);
    if (isNarrow) return [head, ...lines];
    const [first = '', ...rest] = lines;
    return [head.padEnd(indent) + first.trimStart(), ...rest];
  });
}
