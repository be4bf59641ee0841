/** Everything that turns an export into calls. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { DateTimeOptions } from './date-time.ts';
import type { PhoneRegion } from './phone.ts';
import type { Preset } from './presets.ts';

/** Everything that turns an export into calls. */
export interface Recipe {
  readonly preset: Preset | undefined;
  /** Which column of the export becomes which column of a call; outranks the preset. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  /** Values that every call gets; outrank both. */
  readonly constants: ReadonlyMap<ColumnName, string>;
  /** The columns of an export without a header; `undefined` when its first record is one. */
  readonly columns: readonly string[] | undefined;
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  /** Identifiers by phone number, out of another file. */
  readonly joined: ReadonlyMap<string, Identifiers> | undefined;
}

/** The identifiers of one visitor. */
export type Identifiers = Readonly<Partial<Record<'UserId' | 'ClientId' | 'Yclid', string>>>;
