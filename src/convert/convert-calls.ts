/** Converts an export: first checked as a whole, with the lines of the export, then written. */
import { type CallCounts, noCalls } from '../calls/check/counts.ts';
import { damageOf } from '../calls/check/file-findings.ts';
import { RecordCheck } from '../calls/check/record-check.ts';
import { columnNamed } from '../calls/columns/columns.ts';
import type { Header } from '../calls/columns/header.ts';
import { holdsColumnNames, isTitle, MOST_TITLES } from '../calls/columns/titles.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { Finding, Validation } from '../calls/findings/finding.ts';
import { shownColumn } from '../calls/findings/shown-value.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { detectTable, type OpenBytes, type TableRecord, tableRecords } from '../csv/table.ts';
import type { TableForm, TableHints } from '../csv/table-form.ts';
import type { Recipe } from './recipe.ts';
import { RecordConversion } from './record-conversion.ts';

/** How to check what a conversion makes. */
export interface ConvertOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  readonly maxFindings: number;
  readonly showValues: boolean;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** One record before and after, as a preview shows it. */
export interface PreviewedRecord {
  readonly line: number;
  readonly columns: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    /** Whether the value is not what the column takes. */
    readonly failed: boolean;
  }[];
}

/** What a conversion came to. */
export interface Conversion {
  readonly validation: Validation;
  readonly counts: Readonly<CallCounts>;
  /** How the export is written; `undefined` when it is empty. */
  readonly form: TableForm | undefined;
  /** Columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  readonly preview: readonly PreviewedRecord[];
}

/**
 * Checks a conversion: every record that comes out, with the lines of the export. Nothing is written.
 *
 * @param open opens the export from its beginning
 * @param previewed how many records to show before and after
 * @throws Failure (exit 2) when the recipe does not fit the export
 */
export async function checkConversion(
  open: OpenBytes,
  recipe: Recipe,
  options: ConvertOptions,
  previewed = 0,
): Promise<Conversion> {
  const form = await detectTable(open, options, (name) => isKnown(name, recipe));
  const found = new FindingCollector({ listed: options.maxFindings, onFinding: options.onFinding });
  const preview: PreviewedRecord[] = [];
  const namesLine = await lineOfNames(open, form, recipe);
  if (namesLine !== undefined) {
    found.add('header-not-first', { line: namesLine }, {});
    return { validation: found.result(), counts: noCalls(), form, leftOut: [], preview };
  }
  let check: ConversionCheck | undefined;
  for await (const records of tableRecords(open, form)) {
    for (const record of records) {
      if (check === undefined) {
        const { fields, suspect, problem } = record;
        const damage =
          recipe.columns === undefined ? damageOf(fields, suspect, problem) : undefined;
        if (damage !== undefined) {
          found.add(damage, { line: record.line }, { encoding: form.encoding });
          return { validation: found.result(), counts: noCalls(), form, leftOut: [], preview };
        }
        check = new ConversionCheck(record, recipe, { ...options, encoding: form.encoding }, found);
        if (recipe.columns === undefined) continue;
      }
      const values = check.record(record);
      if (values !== undefined && preview.length < previewed) {
        preview.push(
          previewOf(check.conversion, record, values, failedColumns(found, record.line)),
        );
      }
    }
  }
  if (check === undefined) found.add('file-empty', {}, {});
  else if (check.calls.counts.records === 0) found.add('header-only', {}, {});
  check?.calls.finish();
  return {
    validation: found.result(),
    counts: check?.calls.counts ?? noCalls(),
    form: check === undefined ? undefined : form,
    leftOut: check?.conversion.leftOut ?? [],
    preview,
  };
}

/** The line that holds the column names, when they stand below the first record. */
async function lineOfNames(
  open: OpenBytes,
  form: TableForm,
  recipe: Recipe,
): Promise<number | undefined> {
  if (recipe.columns !== undefined) return undefined;
  const isKnownName = (name: string): boolean => isKnown(name, recipe);
  let belowTitle: boolean | undefined;
  let read = 0;
  for await (const records of tableRecords(open, form)) {
    for (const { fields, line } of records) {
      if (belowTitle === undefined) {
        if (fields.some((name) => isKnownName(name.trim()))) return undefined;
        belowTitle = isTitle(fields);
      } else if (holdsColumnNames(fields, belowTitle, isKnownName)) return line;
      read += 1;
      if (read > MOST_TITLES) return undefined;
    }
  }
  return undefined;
}

/** The check of what comes of one export. */
class ConversionCheck {
  readonly conversion: RecordConversion;
  readonly calls: RecordCheck;
  readonly #found: FindingCollector;
  readonly #width: number;

  /** @param first the first record of the export, which is its header unless the recipe has one */
  constructor(
    first: TableRecord,
    recipe: Recipe,
    options: ConvertOptions & { readonly encoding: string },
    found: FindingCollector,
  ) {
    const header = recipe.columns?.slice(0, first.fields.length) ?? first.fields;
    this.conversion = new RecordConversion(header, recipe);
    this.calls = new RecordCheck(headerOf(this.conversion), options, found);
    this.#found = found;
    this.#width = header.length;
    reportColumns(this.conversion, found, first.line);
    for (const name of this.conversion.takenTwice) {
      const column = shownColumn(name);
      found.add('column-twice', { line: first.line, column }, { column });
    }
  }

  /** @returns the values of the call that comes of a record; `undefined` when none does */
  record({ fields, line, suspect, problem }: TableRecord): readonly string[] | undefined {
    if (problem !== undefined && problem !== 'record-doubtful') {
      this.calls.countUnread();
      this.#found.add(problem, { line, record: this.calls.counts.records }, {});
      return undefined;
    }
    if (fields.length !== this.#width) {
      this.calls.countUnread();
      this.calls.reportFieldCount(fields, this.#width, line);
      return undefined;
    }
    const { values, problems } = this.conversion.convert(fields);
    this.calls.check(values, line, suspect, problems);
    return values;
  }
}

/**
 * Converts an export that was checked, in constant memory: CSV as the service takes it.
 *
 * @param form how the check found the export to be written
 */
export async function* convertedCalls(
  open: OpenBytes,
  recipe: Recipe,
  form: TableForm,
): AsyncIterable<string> {
  let conversion: RecordConversion | undefined;
  for await (const records of tableRecords(open, form)) {
    const rows: (readonly string[])[] = [];
    for (const { fields } of records) {
      if (conversion === undefined) {
        const header = recipe.columns?.slice(0, fields.length) ?? fields;
        conversion = new RecordConversion(header, recipe);
        rows.push(conversion.names);
        if (recipe.columns === undefined) continue;
      }
      rows.push(conversion.convert(fields).values);
    }
    yield writeRecords(rows);
  }
}

function isKnown(name: string, { preset, mapped }: Recipe): boolean {
  const lower = name.toLowerCase();
  return (
    columnNamed(name) !== undefined ||
    [...mapped.values()].some((column) => column.toLowerCase() === lower) ||
    (preset?.telling.some((column) => column.toLowerCase() === lower) ?? false)
  );
}

function headerOf({ names }: RecordConversion): Header {
  return {
    names,
    columns: names,
    reasonPlaces: [],
    hasSpaces: false,
    hasOtherCase: false,
    usable: true,
  };
}

function reportColumns({ names }: RecordConversion, found: FindingCollector, line: number): void {
  if (!names.includes('DateTime')) found.add('datetime-column-missing', { line }, {});
  if (!names.some((name) => name === 'UserId' || name === 'ClientId' || name === 'Yclid')) {
    found.add('identifier-column-missing', { line }, {});
  }
}

function previewOf(
  conversion: RecordConversion,
  { fields, line }: TableRecord,
  values: readonly string[],
  failed: ReadonlySet<string>,
): PreviewedRecord {
  const before = conversion.before(fields);
  return {
    line,
    columns: conversion.names.map((name, at) => ({
      name,
      before: before[at] ?? '',
      after: values[at] ?? '',
      failed: failed.has(name),
    })),
  };
}

/** The columns whose values in a line are errors. */
function failedColumns(found: FindingCollector, line: number): ReadonlySet<string> {
  const findings = found.result().groups.flatMap(({ first }) => first);
  return new Set(
    findings.flatMap((finding) =>
      finding.line === line && finding.severity === 'error' && finding.column !== null
        ? [finding.column]
        : [],
    ),
  );
}
