/** The recipe of one call system's export, and helpers for writing it. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { DateOrder } from '../cells/date-time.ts';

/** Returns a cell of the current record by its column name; empty if there is no such column. */
export type CellReader = (column: string) => string;

/** The direction of a call: into the company, out of it, or between its own people. */
export type Direction = 'in' | 'out' | 'internal';

/** How the export of one call system becomes calls. */
export interface Preset {
  readonly name: string;
  readonly system: string;
  /** Where the form of the export is documented. */
  readonly source: string;
  /** The columns of an export without a header; the last ones may be missing. */
  readonly columns?: readonly string[];
  /** Columns that the preset reads and every export has. Of several names, any one is enough. */
  readonly needed: readonly (readonly string[])[];
  /** The time zone, if the system always uses one. */
  readonly timezone?: string;
  /** The order of day and month in dates. */
  readonly dateOrder?: DateOrder;
  readonly delimiter?: Delimiter;
  readonly fields: Readonly<Partial<Record<ColumnName, (cell: CellReader) => string>>>;
  /** Returns the direction of a call. Without it, all calls count as incoming. */
  readonly direction?: (cell: CellReader) => Direction;
  /** Returns the value that the legs of one call share; '' if the record has none. */
  readonly legOf?: (cell: CellReader) => string;
}

/** Reads one column. */
export function column(column: string): (cell: CellReader) => string {
  return (cell) => cell(column);
}

/** Reads the first of several columns that is not empty. */
export function anyColumn(...columns: readonly string[]): (cell: CellReader) => string {
  return (cell) => {
    for (const column of columns) {
      const value = cell(column);
      if (value !== '') return value;
    }
    return '';
  };
}

/** Returns the whole seconds between two numbers of seconds; empty if one is missing. */
export function difference(later: string, earlier: string): string {
  const [to, from] = [Number(later), Number(earlier)];
  if (later.trim() === '' || earlier.trim() === '' || Number.isNaN(to - from)) return '';
  return String(Math.max(0, Math.round(to - from)));
}

export function missedUnless(answered: boolean): string {
  return answered ? '0' : '1';
}

export function isPositive(text: string): boolean {
  return Number(text) > 0;
}

export function isWord(text: string, ...words: readonly string[]): boolean {
  return words.includes(text.trim().toLowerCase());
}

/** Returns the seconds of a written time, only for differences within one record. */
export function clockSeconds(text: string): string {
  const time = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? '' : String(time / 1000);
}

/**
 * Says whether a number is an internal extension: a few digits, or a code that begins with a star.
 */
export function isExtension(text: string): boolean {
  return /^(?:\d{1,6}|\*\d*|s)$/.test(text.trim());
}
