/** Commands that several sentences end with; they are the same in every language. */
import type { CommandReference } from './said.ts';
import { command, option, type OptionReference } from './said.ts';

/** What a file and its sheet are called in commands to paste. */
export interface SourceNames {
  readonly file?: string | undefined;
  /** The sheet that the user asked for. */
  readonly sheet?: string | undefined;
}

/** A header below lines of text. */
export interface HeaderBelow extends SourceNames {
  readonly line: number;
  /** Whether the names are those of another system. */
  readonly isForeign: boolean;
}

/** A header of another system. */
export interface ForeignHeader extends SourceNames {
  readonly columns: readonly { readonly heading: string; readonly means: string }[];
  /** Whether a heading says that the times are those of UTC. */
  readonly isUtc?: boolean;
  /** The line of the header, where others are above it. */
  readonly headerLine?: number | undefined;
}

/** Converts a file whose header is in another line. */
export function headerLineCommand({ line, isForeign, ...names }: HeaderBelow): CommandReference {
  const converting = isForeign
    ? [option('auto'), option('timezone', 'Europe/Moscow'), option('defaultRegion', 'RU')]
    : [];
  return convertCommand(names, [option('headerLine', line), ...converting]);
}

/** Converts a file by its headings. */
export function autoCommand({
  columns,
  headerLine,
  isUtc,
  ...names
}: ForeignHeader): CommandReference {
  const hasPhones = columns.some(({ means }) => means === 'PhoneNumber');
  return convertCommand(names, [
    ...(headerLine === undefined ? [] : [option('headerLine', headerLine)]),
    option('auto'),
    option('timezone', isUtc === true ? 'UTC' : 'Europe/Moscow'),
    ...(hasPhones ? [option('defaultRegion', 'RU')] : []),
    option('output', 'converted.csv'),
  ]);
}

/** Gives columns of an export the names of a call. */
export function renameCommand(
  columns: readonly { readonly column: string; readonly near: string }[],
): CommandReference {
  const renames = columns.map(({ column, near }) => option('map', { from: column, to: near }));
  return command('convert', { operands: [undefined], options: renames });
}

function convertCommand(
  { file, sheet }: SourceNames,
  options: readonly OptionReference[],
): CommandReference {
  return command('convert', {
    operands: [file === '-' ? undefined : file],
    options: [...(sheet === undefined ? [] : [option('sheet', sheet)]), ...options],
  });
}
