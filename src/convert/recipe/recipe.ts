/** Everything that turns an export into calls. */
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { DateTimeOptions } from '../cells/date-time.ts';
import type { PhoneRegion } from '../cells/phone.ts';
import type { Preset } from '../presets/preset.ts';
import type { JoinedFile } from './joined-file.ts';
import type { RecordRule } from './record-rules.ts';

/** What becomes of a call that names no visitor. */
export const UNIDENTIFIED = ['error', 'static', 'skip'] as const;

/** Which calls are taken: those that came in, or all. */
export const DIRECTIONS = ['in', 'all'] as const;

/** Whether the legs of one call are joined or kept as calls. */
export const LEGS = ['join', 'keep'] as const;

/** Everything that turns an export into calls. */
export interface Recipe {
  readonly preset: Preset | undefined;
  /** Which column of the export becomes which column of a call; outranks the preset. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  /** Columns of the export that are meant to be left out, in lower case. */
  readonly leftAlone: ReadonlySet<string>;
  /** Values that every call gets; outrank both. */
  readonly constants: ReadonlyMap<ColumnName, string>;
  /** What the words of a column mean, in lower case; others are errors then. */
  readonly words: ReadonlyMap<ColumnName, ReadonlyMap<string, string>>;
  /** The columns of an export without a header; `undefined` when its first record is one. */
  readonly columns: readonly string[] | undefined;
  /** The physical line of the header, from 1, where lines of text stand above it. */
  readonly headerLine: number | undefined;
  readonly only: readonly RecordRule[];
  readonly skip: readonly RecordRule[];
  readonly direction: (typeof DIRECTIONS)[number];
  readonly legs: (typeof LEGS)[number];
  readonly unidentified: (typeof UNIDENTIFIED)[number];
  /** Whether `StaticCall=1` was set for every call, which is meant for those without identifier. */
  readonly staticWasSet: boolean;
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  /** Identifiers by phone number, out of another file. */
  readonly joined: JoinedFile | undefined;
}
