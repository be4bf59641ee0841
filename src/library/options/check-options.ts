/**
 * Defines the options that library functions share, and derives the options of a check from them.
 */
import type { StopSignal } from '../../abortable.ts';
import type { FileCheckOptions, InvalidLimit } from '../../calls/check/check-file.ts';
import { type Clock, systemClock } from '../../clock.ts';
import { systemOfHeader } from '../../convert/presets/presets.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { Encoding } from '../../csv/encoding.ts';
import type { ProxyEnvironment } from '../../metrika/proxy-environment.ts';
import type { Words } from '../../words/en.ts';
import { type Language, wordsIn } from '../../words/languages.ts';
import { DEFAULTS } from './defaults.ts';

/** Options for the texts of a result, for the clock, and for stopping the work. */
export interface ResultOptions {
  /** The language of `message` and `hint` in the result: `en` by default, or `ru`. */
  readonly lang?: Language | undefined;
  /** A signal. If the signal is aborted, the work stops. */
  readonly signal?: StopSignal | undefined;
  /** The source of the present time; the system clock by default. */
  readonly clock?: Clock | undefined;
}

/** How to download a file, if its name is a web address. */
export interface DownloadingOptions {
  /** A request fails after this number of seconds without progress; 60 by default. */
  readonly timeout?: number | undefined;
  /** The maximum number of times that a request is repeated; 5 by default. */
  readonly retries?: number | undefined;
  /** The certificate authorities to trust, in PEM. They replace those of the platform. */
  readonly authorities?: readonly string[] | undefined;
  /** The environment variables that name proxies; `process.env` by default. */
  readonly environment?: ProxyEnvironment | undefined;
  /** Gives random numbers from 0 to 1, to spread retries over time; `Math.random` by default. */
  readonly random?: (() => number) | undefined;
}

/** How to read a file. */
export interface ReadingOptions extends ResultOptions, DownloadingOptions {
  /** The encoding of the file, by any of its names; detected by default. */
  readonly encoding?: Encoding | (string & {}) | undefined;
  /** The character between fields, or the name of this character; detected by default. */
  readonly delimiter?: Delimiter | 'comma' | 'semicolon' | 'tab' | 'bar' | undefined;
  /**
   * The sheet of a workbook, by name or by number from 1. The default is the sheet that has the
   * columns of a call.
   */
  readonly sheet?: string | undefined;
  /**
   * The list of calls in JSON, by the keys that lead to it, for example `result.data`. `.` means
   * that each JSON document in the file is a call. If the file has exactly one list of objects,
   * this list is the default.
   */
  readonly records?: string | undefined;
  /** The name of a stream in results; `-` by default. For a path, this option is ignored. */
  readonly name?: string | undefined;
}

/** How to check a file. */
export interface CheckingOptions extends ReadingOptions {
  /** Whether warnings make the file invalid, as errors do; `false` by default. */
  readonly strict?: boolean | undefined;
  /** The maximum number of findings in the list; 20 by default. Counts include all findings. */
  readonly maxErrors?: number | undefined;
  /** Whether findings may show full phone numbers and identifiers; `false` by default. */
  readonly showValues?: boolean | undefined;
}

/** The treatment of records that have errors. */
export interface SkippingOptions {
  /**
   * Whether to leave out records with errors; `false` by default. If `false`, one error stops the
   * whole file.
   */
  readonly skipInvalid?: boolean | undefined;
  /** The file for the records that `skipInvalid` leaves out. */
  readonly rejects?: string | undefined;
  /**
   * How many records `skipInvalid` may leave out at most: a number, such as `{ records: 20 }`, or a
   * share of all records, such as `{ share: 0.05 }`.
   */
  readonly maxInvalid?: InvalidLimit | undefined;
}

/** The options that affect a check. `admitted` has already checked their values. */
type CheckedOptions = Pick<
  CheckingOptions,
  'strict' | 'maxErrors' | 'showValues' | 'sheet' | 'records'
> &
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
    // `admitted` has already replaced the encoding by a known name, and the delimiter by a known
    // character.
    encoding: options.encoding as Encoding | undefined,
    delimiter: options.delimiter as Delimiter | undefined,
    sheet: options.sheet,
    records: options.records,
    systemOf: systemOfHeader,
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
