/** Turns the records of one export into calls. */
import {
  CALL_COLUMNS,
  type ColumnName,
  columnNamed,
  IDENTIFIER_COLUMNS,
} from '../calls/columns/columns.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { shownColumn } from '../calls/findings/shown-value.ts';
import { Failure } from '../failure.ts';
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
  readonly problems: ReadonlyMap<number, CellFindingCode>;
}

type Source = (cell: CellReader) => string;

interface ColumnSource {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
  readonly source: Source;
}

/** Turns the records of one export into calls. */
export class RecordConversion {
  /** The columns that the converted file has. */
  readonly names: readonly ColumnName[];
  /** The columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  /** The columns that calls are made of and that stand in the export more than once. */
  readonly takenTwice: readonly string[];
  readonly #header: readonly string[];
  readonly #recipe: Recipe;
  readonly #places: ReadonlyMap<string, number>;
  readonly #sources: readonly ColumnSource[];

  /**
   * @param header the columns of the export
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe) {
    this.#recipe = recipe;
    const trimmed = header.map((name) => name.trim());
    this.#header = trimmed;
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
    if (recipe.preset !== undefined) this.#findUsed(recipe.preset.fields, used);
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
    this.#sources = CALL_COLUMNS.flatMap(({ name, shape }) => {
      const source = sources.get(name);
      return source === undefined ? [] : [{ name, shape, source }];
    });
    this.names = this.#sources.map(({ name }) => name);
    this.leftOut = trimmed.filter((name) => name !== '' && !used.has(name.toLowerCase()));
    const lower = trimmed.map((name) => name.toLowerCase());
    this.takenTwice = trimmed.filter(
      (_, at) =>
        used.has(lower[at] ?? '') &&
        lower.indexOf(lower[at] ?? '') < at &&
        !lower.includes(lower[at] ?? '', at + 1),
    );
  }

  /** @param fields a record of the export, with as many fields as its header */
  convert(fields: readonly string[]): ConvertedRecord {
    const cell = this.#reader(fields);
    const problems = new Map<number, CellFindingCode>();
    const values = this.#sources.map(({ shape, source }, at) => {
      const text = source(cell).trim();
      return text === '' ? '' : this.#value(shape, text, at, problems);
    });
    this.#join(values);
    return { values, problems };
  }

  /** The cells that the values of a record are made of, for a preview. */
  before(fields: readonly string[]): string[] {
    const cell = this.#reader(fields);
    return this.#sources.map(({ source }) => source(cell));
  }

  #reader(fields: readonly string[]): CellReader {
    return (column) => fields[this.#places.get(column.toLowerCase()) ?? -1] ?? '';
  }

  #value(
    shape: ColumnShape,
    text: string,
    at: number,
    problems: Map<number, CellFindingCode>,
  ): string {
    switch (shape) {
      case 'date-time': {
        const read = readDateTime(text, this.#recipe.dateTime);
        if ('seconds' in read) return read.seconds;
        problems.set(at, read.problem);
        return text;
      }
      case 'phone-number':
        return convertPhoneNumber(text, this.#recipe.region);
      case 'talk-duration':
      case 'duration':
        return convertDuration(text);
      case 'price':
        return convertDecimal(text);
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return convertFlag(text);
      case 'currency':
        return text.toUpperCase();
      case 'user-id':
      case 'client-id':
      case 'yclid':
      case 'text':
      case 'web-address':
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
      throw new Failure('mapping-unknown-column', {
        column,
        columns: this.#header.filter((name) => name !== '').map(shownColumn),
      });
    }
    const missing = preset?.telling.find((column) => !this.#places.has(column.toLowerCase()));
    if (preset === undefined || missing === undefined) return;
    throw new Failure('preset-does-not-fit', { column: missing, system: preset.system });
  }

  /** Finds out which columns a preset reads, by letting it read an empty record. */
  #findUsed(fields: Readonly<Record<string, Source>>, used: Set<string>): void {
    for (const source of Object.values(fields)) {
      source((column) => {
        used.add(column.toLowerCase());
        return '';
      });
    }
  }
}
