/** What the export of one call system is, and what calls it makes. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { DateOrder } from '../cells/date-time.ts';

/** Reads a cell of the record at hand by the name of its column; empty when there is none. */
export type CellReader = (column: string) => string;

/** Where a call went: into the company, out of it, or between its own people. */
export type Direction = 'in' | 'out' | 'internal';

/** How the export of one call system becomes calls. */
export interface Preset {
  readonly name: string;
  readonly system: string;
  /** Where the form of the export is documented. */
  readonly source: string;
  /** The columns of an export that has no header; the last ones may be missing. */
  readonly columns?: readonly string[];
  /** The columns that it reads and that an export always has; of several names any one will do. */
  readonly needed: readonly (readonly string[])[];
  /** The zone of its times, where the system fixes it. */
  readonly timezone?: string;
  /** The order of day and month in its dates. */
  readonly dateOrder?: DateOrder;
  readonly delimiter?: Delimiter;
  readonly fields: Readonly<Partial<Record<ColumnName, (cell: CellReader) => string>>>;
  /** Where the call of a record went; without it all calls are taken for incoming ones. */
  readonly direction?: (cell: CellReader) => Direction;
  /** What the legs of one call have in common; '' where a record tells nothing. */
  readonly legOf?: (cell: CellReader) => string;
}

/** The value of a column. */
export function column(column: string): (cell: CellReader) => string {
  return (cell) => cell(column);
}

/** The value of the first of some columns that has one. */
export function anyColumn(...columns: readonly string[]): (cell: CellReader) => string {
  return (cell) => {
    for (const column of columns) {
      const value = cell(column);
      if (value !== '') return value;
    }
    return '';
  };
}

/** The whole seconds between two counts of seconds; empty unless both are there. */
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

/** Seconds of a written time, for differences within one record only. */
export function clockSeconds(text: string): string {
  const time = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? '' : String(time / 1000);
}

/** Whether a number is that of somebody inside: a few digits, or a code that begins with a star. */
export function isExtension(text: string): boolean {
  return /^(?:\d{1,6}|\*\d*|s)$/.test(text.trim());
}
