/** The options that the functions for programs share, with the defaults of the command. */
import type { StopSignal } from '../abortable.ts';
import type { FileCheckOptions, InvalidLimit } from '../calls/check/check-file.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Delimiter } from '../csv/dialect.ts';
import type { Encoding } from '../csv/encoding.ts';

/** How to read a file. */
export interface ReadingOptions {
  /** The encoding, when it is known; otherwise it is found out. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields, when it is known; otherwise it is found out. */
  readonly delimiter?: Delimiter | undefined;
  /** The sheet of a workbook, by its name or its number from 1; else the one with the columns of a call. */
  readonly sheet?: string | undefined;
  /** Breaks the work off. */
  readonly signal?: StopSignal | undefined;
  /** The time by which calls are too old or in the future; the clock of the machine by default. */
  readonly clock?: Clock | undefined;
}

/** How to check a file. */
export interface CheckingOptions extends ReadingOptions {
  /** Whether warnings count as errors; `false` by default. */
  readonly strict?: boolean | undefined;
  /** How many findings to list, 20 by default; counts are complete all the same. */
  readonly maxErrors?: number | undefined;
  /** Whether full phone numbers and identifiers may stand in findings; `false` by default. */
  readonly showValues?: boolean | undefined;
}

const LISTED = 20;

/** @returns the options of the check; changes before sending are allowed unless `convert` is `false` */
export function checkOptionsFrom(
  options: CheckingOptions & {
    readonly convert?: boolean | undefined;
    readonly skipInvalid?: boolean | undefined;
    readonly maxInvalid?: InvalidLimit | undefined;
    readonly allowEmpty?: boolean | undefined;
  },
): Omit<FileCheckOptions, 'now'> {
  return {
    maxFindings: options.maxErrors ?? LISTED,
    showValues: options.showValues ?? false,
    convert: options.convert ?? true,
    strict: options.strict ?? false,
    skipInvalid: options.skipInvalid ?? false,
    maxInvalid: options.maxInvalid,
    allowEmpty: options.allowEmpty ?? false,
    encoding: options.encoding,
    sheet: options.sheet,
    delimiter: options.delimiter,
  };
}

/** @returns seconds since 1970-01-01 UTC */
export function nowOf({ clock = systemClock }: ReadingOptions): number {
  return Math.floor(clock.now() / 1000);
}
