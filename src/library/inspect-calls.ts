/** Describes the contents of a file of calls. */
import { isCallColumn } from '../calls/columns/columns.ts';
import type { Validation } from '../calls/findings/finding.ts';
import { type Inspection, inspectTable, unreadableValues } from '../calls/inspect-calls.ts';
import { openContent } from '../content/open-content.ts';
import { readZone } from '../convert/recipe/recipe-parsers.ts';
import { Failure } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { convertedExport } from './check-converted.ts';
import { type InspectedCalls, inspectedDocument } from './documents.ts';
import {
  checkOptionsFrom,
  type CheckOptionsOfFile,
  nowOf,
  type ReadingOptions,
} from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';
import { admitted, type OptionSource, sourceInMapping, sourceOf } from './options/front-door.ts';
import type { MappingOptions } from './options/mapping-options.ts';
import { recipeOf } from './recipe.ts';
import { type CallsSource, openable, type OpenableSource } from './source.ts';

/** How to inspect a file of calls. */
export interface InspectCallsOptions extends ReadingOptions, MappingOptions {
  /** The time zone for days and hours, for example `Europe/Moscow`; `UTC` by default. */
  readonly timezone?: string | undefined;
  /** Whether messages may contain full phone numbers and identifiers; `false` by default. */
  readonly showValues?: boolean | undefined;
}

/**
 * Describes the contents of a file of calls, like `metrika-calls inspect`.
 *
 * @param source a path, or a stream of bytes
 * @throws Failure if the file cannot be read, if it is not a file of calls, or if the time zone is
 *   unknown
 * @throws the abort reason of `options.signal`, if the signal is aborted
 */
export async function inspectCalls(
  source: CallsSource,
  options: InspectCallsOptions = {},
): Promise<InspectedCalls> {
  const checked = admitted('inspectCalls', options, sourceOf);
  const zone = checked.timezone ?? DEFAULTS.timezone;
  const file = openable(source, checked);
  const now = nowOf(checked);
  const { mapping } = checked;
  const recipe =
    mapping === undefined ? undefined : await recipeOf(mapping, checked, sourceInMapping);
  const check = { ...checkOptionsFrom({ ...checked, skipInvalid: true }), now };
  const prepare =
    recipe === undefined
      ? undefined
      : (one: LocalFile): Promise<PreparedCalls> => convertedExport(one, recipe, check);
  const task = { ...check, now, prepare, zoneSource: sourceOf('timezone') };
  return inspectedDocument(await inspectedFile(file, zone, task), zone);
}

/** The calls of an export, and what its conversion found. */
export interface PreparedCalls {
  readonly calls: LocalFile;
  readonly conversion: { readonly validation: Validation };
}

/**
 * Summarizes one file.
 *
 * @param zone the name of the time zone for days and hours
 */
export async function inspectedFile(
  source: OpenableSource,
  zone: string,
  {
    now,
    encoding,
    delimiter,
    sheet,
    records,
    prepare,
    zoneSource,
  }: Pick<CheckOptionsOfFile, 'encoding' | 'delimiter' | 'sheet' | 'records'> & {
    /** Where the name of the time zone comes from, for the message about an unknown time zone. */
    readonly zoneSource: OptionSource;
    readonly now: number;
    /** Converts an export to a file of calls. Closing the export closes the file of calls too. */
    readonly prepare?: ((file: LocalFile) => Promise<PreparedCalls>) | undefined;
  },
): Promise<Inspection> {
  const clocks = readZone(zone, zoneSource);
  const file = await source.open();
  try {
    const { calls, conversion } = (await prepare?.(file)) ?? {};
    const content = await openContent(calls ?? file, {
      sheet: calls === undefined ? sheet : undefined,
      records: calls === undefined ? records : undefined,
      encoding: calls === undefined ? encoding : 'utf-8',
      delimiter: calls === undefined ? delimiter : undefined,
      isKnownName: isCallColumn,
    });
    const inspection = await inspectTable(() => content.blocks(), {
      now,
      encoding: calls === undefined ? encoding : 'utf-8',
      delimiter: calls === undefined ? delimiter : ',',
      form: content.form,
      hourAt: (seconds) => clocks.hourAt(seconds),
      dayAt: (seconds) => clocks.dayAt(seconds),
    });
    if (inspection !== undefined && conversion !== undefined) {
      const { validation } = conversion;
      const unreadable = unreadableValues(validation);
      return { ...inspection, errors: validation.errors, unreadable };
    }
    if (inspection !== undefined) return inspection;
  } finally {
    file.close();
  }
  throw new Failure('not-calls', {});
}
