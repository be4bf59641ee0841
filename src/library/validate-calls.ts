/** Checks a file of calls, but sends nothing. */
import {
  checkFile,
  type FileChecker,
  type FileCheckOptions,
  validationOf,
} from '../calls/check/check-file.ts';
import type { Validation } from '../calls/findings/finding.ts';
import type { Failure } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { Words } from '../words/en.ts';
import { type ValidatedCalls, validationDocument } from './documents.ts';
import { type CheckingOptions, checkOptionsFrom, nowOf, wordsOf } from './options/check-options.ts';
import { admitted, sourceOf } from './options/front-door.ts';
import type { MappingOptions } from './options/mapping-options.ts';
import { checkerFor } from './recipe.ts';
import { type CallsSource, openable, type OpenableSource } from './source.ts';

/** How to check a file of calls. */
export interface ValidateCallsOptions extends CheckingOptions, MappingOptions {
  /**
   * Whether the program may change the file before sending, for example its encoding. If `false`,
   * each necessary change is an error.
   */
  readonly convert?: boolean | undefined;
  /** Whether a file without calls is accepted; `false` by default. */
  readonly allowEmpty?: boolean | undefined;
}

/** The result of checking one file, without the texts of messages. */
export interface ValidatedFile {
  readonly file: string;
  readonly passed: boolean;
  readonly rows: number;
  readonly validation: Validation;
  /** The reason why the file could not be read at all. */
  readonly failure: Failure | undefined;
}

/**
 * Checks a file of calls, like `metrika-calls validate`. Nothing is sent.
 *
 * @param source a path, or a stream of bytes
 * @returns the findings; a missing file is a finding too
 * @throws Failure (exit 2) for wrong options
 * @throws the abort reason of `options.signal`, if the signal is aborted
 */
export async function validateCalls(
  source: CallsSource,
  options: ValidateCallsOptions = {},
): Promise<ValidatedCalls> {
  const checked = admitted('validateCalls', options, sourceOf);
  const check = { ...checkOptionsFrom(checked), now: nowOf(checked), hashed: false };
  const file = openable(source, checked);
  const validated = await validatedFile(file, check, await checkerFor(checked));
  return validatedDocument(validated, await wordsOf(checked));
}

/** Checks one file. If the file cannot be read, the result contains the reason. */
export async function validatedFile(
  { name, open }: OpenableSource,
  options: FileCheckOptions,
  checker: FileChecker = checkFile,
): Promise<ValidatedFile> {
  try {
    const file = await open();
    try {
      const { report, obstacle } = await checker(file, options);
      const { counts, validation } = report;
      const passed = obstacle === undefined;
      return { file: name, passed, rows: counts.records, validation, failure: undefined };
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { file: name, passed: false, rows: 0, validation: validationOf(error), failure: error };
  }
}

/** @returns the result in the form that `--json` prints */
export function validatedDocument(
  { file, passed, rows, validation }: ValidatedFile,
  words: Words,
): ValidatedCalls {
  return { file, ok: passed, rows, validation: validationDocument(validation, words) };
}
