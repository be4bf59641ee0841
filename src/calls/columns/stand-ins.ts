/** Recognizes stand-ins: words such as `NULL` that programs write for a missing value. */
import { type ColumnName, IDENTIFIER_COLUMNS } from './columns.ts';

/** The errors that spreadsheets show in a cell, in English and in Russian. */
const ERRORS_OF_SHEETS =
  '#n/a #ref! #value! #div/0! #name? #null! #num! #spill! #calc! #error! #н/д #ссылка! #знач! #дел/0! #имя? #пусто! #число!';

const WORDS = new Set([
  ...['null', 'none', 'undefined', 'nan', '-', '(not set)'],
  ...ERRORS_OF_SHEETS.split(' '),
]);
const LONGEST_WORD = 9;

/** The possible first characters of a stand-in. All are ASCII. */
const STAND_IN_BEGINNINGS = 'nNuU-#(0';

/** The possible first bytes of a stand-in. */
export const MAY_BE_STAND_IN: ReadonlySet<number> = new Set(
  Array.from(STAND_IN_BEGINNINGS, (character) => character.charCodeAt(0)),
);

/**
 * Marks the first characters of stand-ins, and the spaces that may precede them. Most cells begin
 * with another character, and then need no other test.
 */
const MAY_BEGIN = new Uint8Array(65_536);
for (const character of `${STAND_IN_BEGINNINGS} \t\r\n\u00a0\u202f\ufeff`) {
  MAY_BEGIN[character.charCodeAt(0)] = 1;
}

/** An identifier that consists of zeros identifies nobody. A UUID of zeros also has dashes. */
const ZEROS = /^(?:0+|0{8}-(?:0{4}-){3}0{12})$/;

/** Columns of free text, where a word such as `none` may be a real value. */
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

/**
 * Returns a record with empty cells in place of stand-ins. A record without stand-ins is returned
 * unchanged.
 */
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
