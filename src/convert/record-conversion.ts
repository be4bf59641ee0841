import {
  CALL_COLUMNS,
  columnNamed,
  type ColumnName,
  IDENTIFIER_COLUMNS,
} from '../calls/columns.ts';
import type { FindingCode } from '../calls/finding-catalogue.ts';
import { shownColumn } from '../calls/personal-data.ts';
import { usageFailure } from '../failure.ts';
import { readDateTime } from './date-time.ts';
import { convertPhoneNumber } from './phone.ts';
import type { CellReader } from './presets.ts';
import type { Recipe } from './recipe.ts';
import { convertDecimal, convertDuration, convertFlag } from './values.ts';

/** A converted record, with what the conversion itself found. */
export interface ConvertedRecord {
  /** The values of the call, in the order of {@link RecordConversion.names}. */
  readonly values: readonly string[];
  /** Findings that outrank those of the check, by the column's place. */
  readonly problems: ReadonlyMap<number, FindingCode>;
}

type Source = (cell: CellReader) => string;

/** Turns the records of one export into calls. */
export class RecordConversion {
  /** The columns that the converted file has. */
  readonly names: readonly ColumnName[];
  /** The columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  readonly #recipe: Recipe;
  readonly #places: ReadonlyMap<string, number>;
  readonly #sources: readonly (readonly [ColumnName, Source])[];

  /**
   * @param header the columns of the export
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe) {
    this.#recipe = recipe;
    const trimmed = header.map((name) => name.trim());
    this.#places = new Map(
      trimmed.map((name, at): [string, number] => [name.toLowerCase(), at]).reverse(),
    );
    this.#refuseUnfit();
    const used = new Set<string>();
    const cells =
      (column: string): Source =>
      (cell) =>
        cell(column);
    const sources = new Map<ColumnName, Source>();
    for (const name of trimmed) {
      const known = columnNamed(name);
      if (known === undefined || recipe.preset !== undefined) continue;
      sources.set(known.name, cells(name));
      used.add(name.toLowerCase());
    }
    for (const [name, source] of Object.entries(recipe.preset?.fields ?? {})) {
      sources.set(name as ColumnName, source);
    }
    if (recipe.preset !== undefined) this.#learnUsed(recipe.preset.fields, used);
    for (const [name, column] of recipe.mapped) {
      sources.set(name, cells(column));
      used.add(column.toLowerCase());
    }
    for (const [name, value] of recipe.constants) sources.set(name, () => value);
    if (recipe.joined !== undefined) {
      for (const name of IDENTIFIER_COLUMNS) {
        const joins = [...recipe.joined.values()].some(
          (identifiers) => identifiers[name] !== undefined,
        );
        if (joins && !sources.has(name)) sources.set(name, () => '');
      }
    }
    this.#sources = CALL_COLUMNS.flatMap(({ name }) => {
      const source = sources.get(name);
      return source === undefined ? [] : [[name, source] as const];
    });
    this.names = this.#sources.map(([name]) => name);
    this.leftOut = trimmed.filter((name) => name !== '' && !used.has(name.toLowerCase()));
  }

  /** @param fields a record of the export, with as many fields as its header */
  convert(fields: readonly string[]): ConvertedRecord {
    const cell = this.#reader(fields);
    const problems = new Map<number, FindingCode>();
    const values = this.#sources.map(([name, source], at) => {
      const text = source(cell).trim();
      return text === '' ? '' : this.#value(name, text, at, problems);
    });
    this.#join(values);
    return { values, problems };
  }

  /** The cells that the values of a record are made of, for a look before and after. */
  before(fields: readonly string[]): string[] {
    const cell = this.#reader(fields);
    return this.#sources.map(([, source]) => source(cell));
  }

  #reader(fields: readonly string[]): CellReader {
    return (column) => fields[this.#places.get(column.toLowerCase()) ?? -1] ?? '';
  }

  #value(name: ColumnName, text: string, at: number, problems: Map<number, FindingCode>): string {
    switch (name) {
      case 'DateTime': {
        const read = readDateTime(text, this.#recipe.dateTime);
        if ('seconds' in read) return read.seconds;
        problems.set(at, read.problem);
        return text;
      }
      case 'PhoneNumber':
        return convertPhoneNumber(text, this.#recipe.region);
      case 'TalkDuration':
      case 'HoldDuration':
        return convertDuration(text);
      case 'Price':
        return convertDecimal(text);
      case 'StaticCall':
      case 'CallMissed':
      case 'FirstTimeCaller':
        return convertFlag(text);
      case 'Currency':
        return text.toUpperCase();
      case 'UserId':
      case 'ClientId':
      case 'Yclid':
      case 'Tag':
      case 'URL':
      case 'CallTrackerURL':
        return text;
    }
  }

  #join(values: string[]): void {
    const phoneAt = this.names.indexOf('PhoneNumber');
    const identifiers = this.#recipe.joined?.get(values[phoneAt] ?? '');
    if (identifiers === undefined) return;
    for (const name of IDENTIFIER_COLUMNS) {
      const at = this.names.indexOf(name);
      if (at >= 0 && values[at] === '') values[at] = identifiers[name] ?? '';
    }
  }

  #refuseUnfit(): void {
    const { mapped, preset } = this.#recipe;
    for (const column of mapped.values()) {
      if (this.#places.has(column.toLowerCase())) continue;
      throw usageFailure(
        'mapping-unknown-column',
        `The file has no column ${JSON.stringify(column)}, which the mapping names.`,
        `Its columns are: ${[...this.#places.keys()].map(shownColumn).join(', ')}.`,
      );
    }
    const missing = preset?.marks.find((column) => !this.#places.has(column.toLowerCase()));
    if (preset === undefined || missing === undefined) return;
    throw usageFailure(
      'preset-does-not-fit',
      `The file has no column ${JSON.stringify(missing)}, so it is no export of ${preset.system}.`,
      'Check the export, or name its columns with --map instead.',
    );
  }

  /** Finds out which columns a preset reads, by letting it read an empty record. */
  #learnUsed(fields: Readonly<Record<string, Source>>, used: Set<string>): void {
    for (const source of Object.values(fields)) {
      source((column) => {
        used.add(column.toLowerCase());
        return '';
      });
    }
  }
}
