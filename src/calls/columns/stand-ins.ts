/** Recognizes stand-ins: what databases and programs write for a missing value. */
import { type ColumnName, IDENTIFIER_COLUMNS } from './columns.ts';

/** What spreadsheets show in a cell that they cannot compute, in English and in Russian. */
const ERRORS_OF_SHEETS =
  '#n/a #ref! #value! #div/0! #name? #null! #num! #spill! #calc! #error! #н/д #ссылка! #знач! #дел/0! #имя? #пусто! #число!';

const WORDS = new Set([
  ...['null', 'none', 'undefined', 'nan', '-', '(not set)'],
  ...ERRORS_OF_SHEETS.split(' '),
]);
const LONGEST_WORD = 9;

/** The characters that a stand-in can begin with. All are ASCII. */
export const STAND_IN_BEGINNINGS = 'nNuU-#(0';

/**
 * These characters, and the spaces that may precede them. Most cells begin with another character.
 */
const MAY_BEGIN = new Uint8Array(65_536);
for (const character of `${STAND_IN_BEGINNINGS} \t\r\n\u00a0\u202f\ufeff`) {
  MAY_BEGIN[character.charCodeAt(0)] = 1;
}

/** An identifier of zeros alone identifies nobody. A UUID of zeros has dashes between them. */
const ZEROS = /^(?:0+|0{8}-(?:0{4}-){3}0{12})$/;

/** Columns of free text, where such a word may be a real value. */
const LEFT_ALONE: ReadonlySet<ColumnName> = new Set(['Tag', 'URL', 'CallTrackerURL']);

/** Says whether a cell is a stand-in for a missing value. */
export function isStandIn(column: ColumnName, cell: string): boolean {
  if (MAY_BEGIN[cell.charCodeAt(0)] !== 1 || LEFT_ALONE.has(column)) return false;
  const value = cell.trim();
  if (value.length <= LONGEST_WORD && WORDS.has(value.toLowerCase())) return true;
  return isIdentifier(column) && value.charCodeAt(0) === 0x30 && ZEROS.test(value);
}

function isIdentifier(column: ColumnName): boolean {
  return (IDENTIFIER_COLUMNS as readonly ColumnName[]).includes(column);
}

/** Returns a record with its stand-ins emptied; the same record if it has none. */
export function withoutStandIns(
  fields: readonly string[],
  columns: readonly (ColumnName | undefined)[],
): readonly string[] {
  let changed: string[] | undefined;
  for (const [at, column] of columns.entries()) {
    if (column === undefined || !isStandIn(column, fields[at] ?? '')) continue;
    changed ??= [...fields];
    changed[at] = '';
  }
  return changed ?? fields;
}
