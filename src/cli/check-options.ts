import { DELIMITERS, type Delimiter } from '../csv/dialect.ts';
import { type Encoding, ENCODINGS } from '../csv/encoding.ts';
import { usageFailure } from '../failure.ts';
import type { FileCheckSettings } from '../upload/checked-file.ts';
import { FindingReport } from './finding-report.ts';
import { quoted, type RawOptions } from './raw-options.ts';

const MOST_LISTED = 1_000_000;

/** The settings of the check that the command line holds; the time and the report come later. */
export type CheckOptions = Omit<FileCheckSettings, 'now' | 'onFinding' | 'onStart' | 'rejects'>;

/**
 * The options of the check, which upload and validate share.
 *
 * @throws Failure `setting-invalid` (exit 2)
 */
export function checkOptions(options: RawOptions): CheckOptions {
  return {
    maxFindings: options.wholeNumber('max-errors', 20, 0, MOST_LISTED),
    showValues: options.flag('show-values'),
    convert: options.notRefused('convert'),
    strict: options.flag('strict'),
    skipInvalid: options.flag('skip-invalid'),
    encoding: encoding(options.text('encoding')),
    delimiter: delimiter(options.text('delimiter')),
  };
}

const OTHER_ENCODING_NAMES: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  cp1251: 'windows-1251',
  'win-1251': 'windows-1251',
};

function encoding(text: string | undefined): Encoding | undefined {
  if (text === undefined) return undefined;
  const name = text.trim().toLowerCase();
  const known = ENCODINGS.find((one) => one === name) ?? OTHER_ENCODING_NAMES[name];
  return known ?? refuse('--encoding', ENCODINGS.join(', '), text);
}

function delimiter(text: string | undefined): Delimiter | undefined {
  if (text === undefined) return undefined;
  const name = text === '\\t' ? '\t' : text.toLowerCase();
  const known = (Object.keys(DELIMITERS) as Delimiter[]).find(
    (one) => one === name || DELIMITERS[one] === name,
  );
  return known ?? refuse('--delimiter', Object.values(DELIMITERS).join(', '), text);
}

function refuse(option: string, wanted: string, text: string): never {
  throw usageFailure(
    'setting-invalid',
    `${option} must be one of ${wanted}, not ${quoted(text)}.`,
    'Correct it, or leave it out to have it found out.',
  );
}

/** Opens the report that `--report` names, lends it to `use` and closes it. */
export async function withFindingReport<Result>(
  options: RawOptions,
  use: (report: FindingReport | undefined) => Promise<Result>,
): Promise<Result> {
  const path = options.text('report');
  if (path === undefined) return await use(undefined);
  const report = FindingReport.open(path);
  try {
    return await use(report);
  } finally {
    report.close();
  }
}

/** The part of the check's settings that feeds a report about one file. */
export function reporting(
  report: FindingReport | undefined,
  file: string,
): Pick<FileCheckSettings, 'onFinding' | 'onStart'> {
  if (report === undefined) return {};
  return {
    onStart: () => {
      report.begin();
    },
    onFinding: (finding) => {
      report.add(file, finding);
    },
  };
}
