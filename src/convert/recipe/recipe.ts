/** Defines the recipe: all settings that turn an export into calls. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { DateTimeOptions } from '../cells/date-time.ts';
import type { SeveralPhones } from '../cells/phone.ts';
import type { PhoneRegion } from '../cells/phone-plan.ts';
import type { Preset } from '../presets/preset.ts';
import type { JoinedFile } from './joined-file.ts';
import type { RecordRule } from './record-rules.ts';

/** The ways to treat a call without an identifier. */
export const UNIDENTIFIED = ['error', 'static', 'skip'] as const;

/** The calls to convert: only incoming calls, or all calls. */
export const DIRECTIONS = ['in', 'all'] as const;

/** The ways to treat legs: join them to one call, or make each a separate call. */
export const LEGS = ['join', 'keep'] as const;

/** The ways to treat a cell with several phone numbers. */
export const SEVERAL_PHONES = ['error', 'first'] as const satisfies readonly SeveralPhones[];

/** All settings that turn an export into calls. */
export interface Recipe {
  readonly preset: Preset | undefined;
  /** For each column of a call, its column in the export. Takes precedence over the preset. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  /** Columns of the export that are left out on purpose, in lower case. */
  readonly leftAlone: ReadonlySet<string>;
  /** Values that every call gets. They take precedence over the preset and mapped columns. */
  readonly constants: ReadonlyMap<ColumnName, string>;
  /** The meanings of words in a column, in lower case. All other words are errors. */
  readonly words: ReadonlyMap<ColumnName, ReadonlyMap<string, string>>;
  /** The columns of an export without a header; `undefined` if its first record is the header. */
  readonly columns: readonly string[] | undefined;
  /** The physical line of the header, from 1, if other text comes before it. */
  readonly headerLine: number | undefined;
  readonly only: readonly RecordRule[];
  readonly skip: readonly RecordRule[];
  readonly direction: (typeof DIRECTIONS)[number];
  readonly legs: (typeof LEGS)[number];
  readonly unidentified: (typeof UNIDENTIFIED)[number];
  /**
   * Whether the user set `StaticCall=1` for every call. If so, only calls without an identifier get
   * this value.
   */
  readonly staticWasSet: boolean;
  readonly phones: SeveralPhones;
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  /** The identifiers of phone numbers, from another file. */
  readonly joined: JoinedFile | undefined;
}
