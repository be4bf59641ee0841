/** Uses a recipe to convert an export to a temporary file of calls, and checks the calls. */
import type { CheckReport } from '../calls/check/check-calls.ts';
import {
  type CheckedFile,
  checkFile,
  type FileChecker,
  type FileCheckOptions,
  obstacleIn,
} from '../calls/check/check-file.ts';
import { noCalls } from '../calls/check/counts.ts';
import { openContent } from '../content/open-content.ts';
import type { CallsSink, Conversion } from '../convert/conversion.ts';
import { convertTable, isKnownIn } from '../convert/convert-calls.ts';
import { ownColumns, type Recipe } from '../convert/recipe/recipe.ts';
import type { LocalFile } from '../files/local-file.ts';
import { SpooledFile } from '../files/spooled-file.ts';
import { checkedWithNightNote, withNightNote } from './night-note.ts';

/** The name of a conversion with a recipe, in the list of changes before sending. */
const BY_RECIPE = 'mapping';

/** The form of converted calls. */
const AS_CONVERTED = { encoding: 'utf-8', delimiter: ',' } as const;

/** An export and its calls. */
export interface ConvertedExport {
  readonly conversion: Conversion;
  /** The calls as CSV. Closing the export closes this file too. */
  readonly calls: LocalFile;
}

/** @returns a check that first converts an export; the findings refer to lines of the export */
export function convertingChecker(recipe: Recipe): FileChecker {
  return async (file, options) => {
    const { conversion, calls } = await convertedExport(file, recipe, options);
    const { account, validation } = conversion;
    const counts = { records: account.written + account.rejected, invalid: account.rejected };
    const obstacle = obstacleIn({ validation, counts }, options);
    if (obstacle !== undefined) return refused(file, conversion, obstacle);
    // The calls are checked again, because the upload needs the hashes and the form of the sent
    // content.
    const checked = await checkFile(calls, {
      ...options,
      sheet: undefined,
      records: undefined,
      ...AS_CONVERTED,
      convert: true,
      strict: false,
      skipInvalid: false,
      maxInvalid: undefined,
      rejects: undefined,
      onFinding: undefined,
      onStart: undefined,
    });
    const hasPassed = checked.obstacle === undefined;
    const { zone } = recipe.dateTime;
    const noted =
      hasPassed && zone !== undefined
        ? await withNightNote(validation, checked.content, { ...options, ...AS_CONVERTED, zone })
        : validation;
    return {
      ...checked,
      report: { ...checked.report, validation: hasPassed ? noted : checked.report.validation },
      records: counts.records,
      rejected: account.rejected,
      conversions: [BY_RECIPE, ...checked.conversions],
    };
  };
}

/**
 * Returns a check for a run whose recipe is only a time zone. A file of calls that has no errors
 * needs no conversion. It is sent as it is, so the counter knows it again if an earlier run without
 * the time zone sent it.
 */
export function zonedChecker(recipe: Recipe): FileChecker {
  const convert = convertingChecker(recipe);
  const { zone } = recipe.dateTime;
  return async (file, options) => {
    const silent = { onFinding: undefined, onStart: undefined, rejects: undefined };
    const checked = await checkFile(file, { ...options, ...silent });
    if (checked.report.validation.errors > 0) return await convert(file, options);
    // Only a report needs a second check, because it receives each finding during the check.
    const hasReport = options.onFinding !== undefined || options.onStart !== undefined;
    return await checkedWithNightNote(
      hasReport ? await checkFile(file, options) : checked,
      zone,
      options,
    );
  };
}

/**
 * Converts an export to calls, in a private temporary file.
 *
 * @throws Failure if the recipe does not fit the export, or the export cannot be read
 */
export async function convertedExport(
  file: LocalFile,
  recipe: Recipe,
  options: FileCheckOptions,
): Promise<ConvertedExport> {
  const content = await openContent(file, {
    sheet: options.sheet,
    records: options.records,
    usualRecords: recipe.preset?.records,
    encoding: options.encoding,
    isKnownName: isKnownIn(recipe),
    headerRow: recipe.headerLine,
    delimiter: options.delimiter,
    columns: ownColumns(recipe),
  });
  const spool = await SpooledFile.create();
  try {
    const sink: CallsSink = {
      begin: () => {
        spool.rewind();
      },
      write: (bytes) => {
        spool.write(bytes);
      },
    };
    const conversion = await convertTable(
      () => content.blocks(),
      recipe,
      {
        ...options,
        form: content.form,
        sheetReport: content.sheet,
        previewed: 0,
        warnsOfUnknown: true,
        invalidRecords: options.skipInvalid ? options.rejects : undefined,
      },
      sink,
    );
    const calls = spool.finish(csvName(file.name), file.signal);
    file.closesWith(calls);
    return { conversion, calls };
  } finally {
    spool.discard();
  }
}

function csvName(name: string): string {
  return name.replace(/\.(?:gz|zip|z)$/i, '').replace(/(?:\.xls[xm]|\.csv|\.txt)?$/i, '.csv');
}

function refused(
  file: LocalFile,
  { validation, account }: Conversion,
  obstacle: NonNullable<CheckedFile['obstacle']>,
): CheckedFile {
  const report: CheckReport = {
    validation,
    counts: { ...noCalls(), records: account.records, invalid: account.rejected },
    form: undefined,
    lines: 0,
    bytes: file.size,
    sha256: '',
    checksum: 0,
  };
  return {
    file,
    content: file,
    keep: undefined,
    report,
    records: account.written + account.rejected,
    rejected: account.rejected,
    conversions: [BY_RECIPE],
    obstacle,
  };
}
