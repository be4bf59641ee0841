/** Defines the recipe as users write it, in options, in files and for the library. */
import type { DurationUnit, SeveralPhones } from '../cells/cell-choices.ts';
import type { DIRECTIONS, LEGS, UNIDENTIFIED } from './recipe-choices.ts';

/** A recipe as users write it. */
export interface SavedRecipe {
  /** The name of the preset for the call system that made the export. */
  readonly preset?: string | undefined;
  /**
   * For each column of the export, the column of a call. `A+B` combines two columns. The target `-`
   * leaves a column out.
   */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** The columns that have the same value in every call. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** The meanings of words in a column, for example `{ "CallMissed": { "Answered": "0" } }`. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** The column names for an export without a header. */
  readonly sourceColumns?: readonly string[] | undefined;
  /** The physical line of the header, from 1, if other text comes before it. */
  readonly headerLine?: number | undefined;
  /** Rules such as `column=value,value`. Only records that match all of them become calls. */
  readonly only?: readonly string[] | undefined;
  /** Rules such as `column=value,value`. Records that match any of them are left out. */
  readonly skip?: readonly string[] | undefined;
  /**
   * The calls to convert: `in` for only incoming calls, or `all` for calls in every direction. The
   * default is `in`.
   */
  readonly direction?: (typeof DIRECTIONS)[number] | undefined;
  /**
   * The way to treat legs. `join` joins the legs of a call into one call. `keep` makes a separate
   * call from each leg. The default is `join`.
   */
  readonly legs?: (typeof LEGS)[number] | undefined;
  /**
   * The way to treat a call without an identifier: `error`, `static` or `skip`. The default is
   * `error`.
   */
  readonly unidentified?: (typeof UNIDENTIFIED)[number] | undefined;
  /** The way to treat a cell with several phone numbers: `error` (the default) or `first`. */
  readonly phones?: SeveralPhones | undefined;
  /** The unit of durations, such as `hours`. It is used if the export does not show the unit. */
  readonly durationUnit?: DurationUnit | undefined;
  /** The time zone for times that are written without a zone, for example `Europe/Moscow`. */
  readonly timezone?: string | undefined;
  /** The order of day, month and year in written dates, for example `dmy`. */
  readonly dateFormat?: string | undefined;
  /** The country of national phone numbers, for example `RU`. */
  readonly defaultRegion?: string | undefined;
  /** The path of a file with the identifiers of phone numbers, for example a CSV from a CRM. */
  readonly join?: string | undefined;
  /** For each column of the joined file, the column of a call. */
  readonly joinColumns?: Readonly<Record<string, string>> | undefined;
}
