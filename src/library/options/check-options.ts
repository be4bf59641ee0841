/** The options that the functions for programs share, and what a check makes of them. */
import type { StopSignal } from '../../abortable.ts';
import type { FileCheckOptions, InvalidLimit } from '../../calls/check/check-file.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { Encoding } from '../../csv/encoding.ts';
import type { Words } from '../../words/en.ts';
import { type Language, wordsIn } from '../../words/languages.ts';
import { DEFAULTS } from './defaults.ts';

/** What texts a result has, and what may stop the work. */
export interface ResultOptions {
  /** The language of `message` and `hint` in the result: `en` by default, or `ru`. */
  readonly lang?: Language | undefined;
  /** Breaks the work off. */
  readonly signal?: StopSignal | undefined;
  /** The clock of the machine by default. */
  readonly clock?: Clock | undefined;
}

/** How to read a file. */
export interface ReadingOptions extends ResultOptions {
  /** The encoding by any of its names, when it is known; otherwise it is found out. */
  readonly encoding?: Encoding | (string & {}) | undefined;
  /** The character between fields or its name, when it is known; otherwise it is found out. */
  readonly delimiter?: Delimiter | 'comma' | 'semicolon' | 'tab' | 'bar' | undefined;
  /** The sheet of a workbook, by its name or its number from 1; else the one with the columns of a call. */
  readonly sheet?: string | undefined;
  /** What results call a stream; `-` by default. A path is its own name. */
  readonly name?: string | undefined;
}

/** How to check a file. */
export interface CheckingOptions extends ReadingOptions {
  /** Whether warnings count as errors; `false` by default. */
  readonly strict?: boolean | undefined;
  /** How many findings to list, 20 by default; counts are complete all the same. */
  readonly maxErrors?: number | undefined;
  /** Whether full phone numbers and identifiers may be seen in findings; `false` by default. */
  readonly showValues?: boolean | undefined;
}

/** What becomes of records with errors. */
export interface SkippingOptions {
  /** Whether records with errors are left out; `false` by default, so that one error keeps the whole file back. */
  readonly skipInvalid?: boolean | undefined;
  /** The file that keeps the records that `skipInvalid` leaves out. */
  readonly rejects?: string | undefined;
  /** How many records `skipInvalid` may leave out: `{ records: 20 }`, or `{ share: 0.05 }` of all of them. */
  readonly maxInvalid?: InvalidLimit | undefined;
}

/** The options that a check depends on; each was admitted before. */
type CheckedOptions = Pick<CheckingOptions, 'strict' | 'maxErrors' | 'showValues' | 'sheet'> &
  Pick<SkippingOptions, 'skipInvalid' | 'maxInvalid'> & {
    readonly encoding?: Encoding | (string & {}) | undefined;
    readonly delimiter?: string | undefined;
    readonly convert?: boolean | undefined;
    readonly allowEmpty?: boolean | undefined;
  };

/** The options of a check but for the time, and for those who watch it. */
export type CheckOptionsOfFile = Omit<
  FileCheckOptions,
  'now' | 'onFinding' | 'onStart' | 'rejects'
>;

/** @returns the options of the check; changes before sending are allowed unless `convert` is `false` */
export function checkOptionsFrom(options: CheckedOptions): CheckOptionsOfFile {
  return {
    maxFindings: options.maxErrors ?? DEFAULTS.maxErrors,
    showValues: options.showValues ?? false,
    convert: options.convert ?? true,
    strict: options.strict ?? false,
    skipInvalid: options.skipInvalid ?? false,
    maxInvalid: options.maxInvalid,
    allowEmpty: options.allowEmpty ?? false,
    // The front door made them the names and characters that are known.
    encoding: options.encoding as Encoding | undefined,
    delimiter: options.delimiter as Delimiter | undefined,
    sheet: options.sheet,
  };
}

/** @returns seconds since 1970-01-01 UTC */
export function nowOf({ clock = systemClock }: ResultOptions): number {
  return Math.floor(clock.now() / 1000);
}

/** @returns the sentences of the results */
export async function wordsOf({ lang = 'en' }: ResultOptions): Promise<Words> {
  return await wordsIn(lang);
}
