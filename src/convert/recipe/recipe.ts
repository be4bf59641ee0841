/** The recipe: everything that turns an export into calls. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { DateTimeOptions } from '../cells/date-time.ts';
import type { PhoneRegion } from '../cells/phone.ts';
import type { Preset } from '../presets/preset.ts';
import type { JoinedFile } from './joined-file.ts';
import type { RecordRule } from './record-rules.ts';

/** What to do with a call without an identifier. */
export const UNIDENTIFIED = ['error', 'static', 'skip'] as const;

/** Which calls to convert: incoming ones, or all. */
export const DIRECTIONS = ['in', 'all'] as const;

/** Whether legs are joined to one call or kept as separate calls. */
export const LEGS = ['join', 'keep'] as const;

/** Everything that turns an export into calls. */
export interface Recipe {
  readonly preset: Preset | undefined;
  /** For each column of a call, the column of the export. Overrides the preset. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  /** Columns of the export that are left out on purpose, in lower case. */
  readonly leftAlone: ReadonlySet<string>;
  /** Values that every call gets. They override the preset and mapped columns. */
  readonly constants: ReadonlyMap<ColumnName, string>;
  /** The meanings of a column's words, in lower case; other words are errors. */
  readonly words: ReadonlyMap<ColumnName, ReadonlyMap<string, string>>;
  /** The columns of an export without a header; `undefined` if its first record is the header. */
  readonly columns: readonly string[] | undefined;
  /** The physical line of the header, from 1, if lines of text come before it. */
  readonly headerLine: number | undefined;
  readonly only: readonly RecordRule[];
  readonly skip: readonly RecordRule[];
  readonly direction: (typeof DIRECTIONS)[number];
  readonly legs: (typeof LEGS)[number];
  readonly unidentified: (typeof UNIDENTIFIED)[number];
  /**
   * Whether the user set `StaticCall=1` for every call. It applies only to calls without
   * identifier.
   */
  readonly staticWasSet: boolean;
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  /** The identifiers of phone numbers, from another file. */
  readonly joined: JoinedFile | undefined;
}
