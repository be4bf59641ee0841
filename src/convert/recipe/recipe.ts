/** Defines the recipe: all settings that turn an export into calls. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { DurationUnit, SeveralPhones } from '../cells/cell-choices.ts';
import type { DateTimeOptions } from '../cells/date-time.ts';
import type { Direction } from '../cells/direction-words.ts';
import type { PhoneRegion } from '../cells/phone-plan.ts';
import type { Preset } from '../presets/preset.ts';
import type { JoinedFile } from './joined-file.ts';
import type { DIRECTIONS, LEGS, UNIDENTIFIED } from './recipe-choices.ts';
import type { RecordRule } from './record-rules.ts';

/** All settings that turn an export into calls. */
export interface Recipe {
  readonly preset: Preset | undefined;
  /** For each column of a call, its column in the export. Takes precedence over the preset. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  /** Columns of the export that are left out on purpose, in lower case. */
  readonly leftAlone: ReadonlySet<string>;
  /** Values that every call gets. They take precedence over the preset and mapped columns. */
  readonly constants: ReadonlyMap<ColumnName, string>;
  /**
   * For a column of a call, the value that each word means. The words are in lower case. All other
   * words are errors.
   */
  readonly words: ReadonlyMap<ColumnName, ReadonlyMap<string, string>>;
  /**
   * For a column of the export, the direction that each word means. The words are in lower case.
   */
  readonly directions: ReadonlyMap<string, ReadonlyMap<string, Direction>>;
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
   * Whether the user set `StaticCall=1` for every call, but did not set `unidentified`. If so, only
   * calls without an identifier get this value.
   */
  readonly staticWasSet: boolean;
  readonly phones: SeveralPhones;
  readonly durationUnit: DurationUnit | undefined;
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  /** The identifiers of phone numbers, from another file. */
  readonly joined: JoinedFile | undefined;
}

/** Returns the column names that the user gave; `undefined` if the user gave none. */
export function ownColumns({ columns, preset }: Recipe): readonly string[] | undefined {
  return columns === preset?.columns ? undefined : columns;
}
