/** The options that library functions share. The options of a check are made from them. */
import type { StopSignal } from '../../abortable.ts';
import type { FileCheckOptions, InvalidLimit } from '../../calls/check/check-file.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { Encoding } from '../../csv/encoding.ts';
import type { Words } from '../../words/en.ts';
import { type Language, wordsIn } from '../../words/languages.ts';
import { DEFAULTS } from './defaults.ts';

/** Options for the texts of a result, and for stopping the work. */
export interface ResultOptions {
  /** The language of `message` and `hint` in the result: `en` by default, or `ru`. */
  readonly lang?: Language | undefined;
  /** Aborts the work. */
  readonly signal?: StopSignal | undefined;
  /** The clock to use; by default, the system clock. */
  readonly clock?: Clock | undefined;
}

/** How to read a file. */
export interface ReadingOptions extends ResultOptions {
  /** The encoding, by any of its names; detected by default. */
  readonly encoding?: Encoding | (string & {}) | undefined;
  /** The character between fields, or its name; detected by default. */
  readonly delimiter?: Delimiter | 'comma' | 'semicolon' | 'tab' | 'bar' | undefined;
  /**
   * The sheet of a workbook, by name or by number from 1; by default, the one with the columns of a
   * call.
   */
  readonly sheet?: string | undefined;
  /** The name of a stream in results; `-` by default. Ignored for a path. */
  readonly name?: string | undefined;
}

/** How to check a file. */
export interface CheckingOptions extends ReadingOptions {
  /** Whether warnings count as errors; `false` by default. */
  readonly strict?: boolean | undefined;
  /** How many findings to list; 20 by default. Counts are always complete. */
  readonly maxErrors?: number | undefined;
  /** Whether findings may show full phone numbers and identifiers; `false` by default. */
  readonly showValues?: boolean | undefined;
}

/** What to do with records that have errors. */
export interface SkippingOptions {
  /**
   * Whether to leave out records with errors; `false` by default, so that one error stops the whole
   * file.
   */
  readonly skipInvalid?: boolean | undefined;
  /** The file for the records that `skipInvalid` leaves out. */
  readonly rejects?: string | undefined;
  /**
   * How many records `skipInvalid` may leave out: a number, `{ records: 20 }`, or a share of all
   * records, `{ share: 0.05 }`.
   */
  readonly maxInvalid?: InvalidLimit | undefined;
}

/** The options that a check depends on, after `admitted` has checked them. */
type CheckedOptions = Pick<CheckingOptions, 'strict' | 'maxErrors' | 'showValues' | 'sheet'> &
  Pick<SkippingOptions, 'skipInvalid' | 'maxInvalid'> & {
    readonly encoding?: Encoding | (string & {}) | undefined;
    readonly delimiter?: string | undefined;
    readonly convert?: boolean | undefined;
    readonly allowEmpty?: boolean | undefined;
  };

/** The options of a check, without the time and the callbacks. */
export type CheckOptionsOfFile = Omit<
  FileCheckOptions,
  'now' | 'onFinding' | 'onStart' | 'rejects'
>;

/**
 * @returns the options of a check; changes before sending are allowed unless `convert` is `false`
 */
export function checkOptionsFrom(options: CheckedOptions): CheckOptionsOfFile {
  return {
    maxFindings: options.maxErrors ?? DEFAULTS.maxErrors,
    showValues: options.showValues ?? false,
    convert: options.convert ?? true,
    strict: options.strict ?? false,
    skipInvalid: options.skipInvalid ?? false,
    maxInvalid: options.maxInvalid,
    allowEmpty: options.allowEmpty ?? false,
    // `admitted` has replaced them by known names and characters.
    encoding: options.encoding as Encoding | undefined,
    delimiter: options.delimiter as Delimiter | undefined,
    sheet: options.sheet,
  };
}

/** @returns seconds since 1970-01-01 UTC */
export function nowOf({ clock = systemClock }: ResultOptions): number {
  return Math.floor(clock.now() / 1000);
}

/** @returns the words for the results */
export async function wordsOf({ lang = 'en' }: ResultOptions): Promise<Words> {
  return await wordsIn(lang);
}
