import { CallCheck, type CallCounts, noCalls } from '../calls/call-check.ts';
import { columnNamed } from '../calls/columns.ts';
import { type Finding, FindingCollector, type Validation } from '../calls/findings.ts';
import type { Header } from '../calls/header.ts';
import type { Delimiter } from '../csv/dialect.ts';
import type { Encoding } from '../csv/encoding.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { detectTable, type OpenBytes, type TableForm, tableRecords } from '../csv/table.ts';
import type { Recipe } from './recipe.ts';
import { RecordConversion } from './record-conversion.ts';

/** How to check what a conversion makes. */
export interface ConvertSettings {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  readonly maxFindings: number;
  readonly showValues: boolean;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** One record before and after, as a preview shows it. */
export interface PreviewedRecord {
  readonly line: number;
  readonly columns: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
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
 * Converts an export for a look: everything is checked, with the lines of the export, and nothing is
 * written.
 *
 * @param open opens the export from its beginning
 * @param previewed how many records to show before and after
 * @throws Failure (exit 2) when the recipe does not fit the export
 */
export async function checkConversion(
  open: OpenBytes,
  recipe: Recipe,
  settings: ConvertSettings,
  previewed = 0,
): Promise<Conversion> {
  const form = await detectTable(open, settings, (name) => isKnown(name, recipe));
  const found = new FindingCollector({
    listed: settings.maxFindings,
    onFinding: settings.onFinding,
  });
  const preview: PreviewedRecord[] = [];
  let run:
    | { readonly conversion: RecordConversion; readonly calls: CallCheck; readonly width: number }
    | undefined;

  for await (const { fields, line, suspect, problem } of tableRecords(open, form)) {
    if (run === undefined) {
      const header = recipe.columns?.slice(0, fields.length) ?? fields;
      const conversion = new RecordConversion(header, recipe);
      const calls = new CallCheck(
        headerOf(conversion),
        { ...settings, encoding: form.encoding },
        found,
      );
      reportColumns(conversion, found, line);
      run = { conversion, calls, width: header.length };
      if (recipe.columns === undefined) {
        if (problem !== undefined) found.add(problem, { line });
        continue;
      }
    }
    const { conversion, calls, width } = run;
    if (problem !== undefined) {
      calls.countUnread();
      found.add(problem, { line, record: calls.counts.records });
    } else if (fields.length !== width) {
      calls.countUnread();
      const detail = `${String(fields.length)} ${fields.length === 1 ? 'field' : 'fields'}, the header has ${String(width)}`;
      found.add('field-count', { line, record: calls.counts.records, detail });
    } else {
      const { values, problems } = conversion.convert(fields);
      calls.check(values, line, suspect, problems);
      if (preview.length < previewed) preview.push(previewOf(conversion, fields, values, line));
    }
  }
  if (run === undefined) found.add('file-empty');
  else if (run.calls.counts.records === 0) found.add('header-only');
  run?.calls.finish();
  return {
    validation: found.result(),
    counts: run?.calls.counts ?? noCalls(),
    form: run === undefined ? undefined : form,
    leftOut: run?.conversion.leftOut ?? [],
    preview,
  };
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
  let held: (readonly string[])[] = [];
  for await (const { fields } of tableRecords(open, form)) {
    if (conversion === undefined) {
      conversion = new RecordConversion(recipe.columns?.slice(0, fields.length) ?? fields, recipe);
      held.push(conversion.names);
      if (recipe.columns === undefined) continue;
    }
    held.push(conversion.convert(fields).values);
    if (held.length >= HELD_RECORDS) {
      yield writeRecords(held);
      held = [];
    }
  }
  yield writeRecords(held);
}

const HELD_RECORDS = 1000;

function isKnown(name: string, { preset, mapped }: Recipe): boolean {
  const lower = name.toLowerCase();
  return (
    columnNamed(name) !== undefined ||
    [...mapped.values()].some((column) => column.toLowerCase() === lower) ||
    (preset?.marks.some((column) => column.toLowerCase() === lower) ?? false)
  );
}

function headerOf({ names }: RecordConversion): Header {
  return {
    names,
    columns: names,
    reasonPlaces: [],
    hasBlanks: false,
    hasOtherCase: false,
    usable: true,
  };
}

function reportColumns({ names }: RecordConversion, found: FindingCollector, line: number): void {
  if (!names.includes('DateTime')) found.add('datetime-column-missing', { line });
  if (!names.some((name) => name === 'UserId' || name === 'ClientId' || name === 'Yclid')) {
    found.add('identifier-column-missing', { line });
  }
}

function previewOf(
  conversion: RecordConversion,
  fields: readonly string[],
  values: readonly string[],
  line: number,
): PreviewedRecord {
  const before = conversion.before(fields);
  return {
    line,
    columns: conversion.names.map((name, at) => ({
      name,
      before: before[at] ?? '',
      after: values[at] ?? '',
    })),
  };
}
