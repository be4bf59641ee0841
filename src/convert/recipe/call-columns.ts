/** For each column of a call, finds its source columns in the export. */
import {
  CALL_COLUMNS,
  type ColumnName,
  columnNamed,
  IDENTIFIER_COLUMNS,
  isCallColumn,
} from '../../calls/columns/columns.ts';
import { REJECT_REASON } from '../../calls/columns/header.ts';
import type { ColumnShape } from '../../calls/columns/shapes.ts';
import { DELIMITERS } from '../../csv/dialect.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import { Failure } from '../../failure.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { Direction } from '../cells/direction-words.ts';
import type { CellReader, Preset, UnknownDirection } from '../presets/preset.ts';
import type { Recipe } from './recipe.ts';
import type { RecordRule } from './record-rules.ts';
import { SourceColumns } from './source-column.ts';

/** The source of one column of a call. */
export type Source =
  /** A cell of the export, by its index in the record. */
  | { readonly kind: 'cell'; readonly at: number }
  /** The same text in every call. */
  | { readonly kind: 'constant'; readonly text: string }
  /** A text that a function makes from one or more cells of a record. */
  | { readonly kind: 'made'; readonly make: (record: RecordFields) => string };

/** One column of a call and its source. */
export interface CallColumnSource {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
  readonly source: Source;
  /** The meanings of the column's words, if the recipe defines them. */
  readonly words: ReadonlyMap<string, string> | undefined;
}

/** Returns the text of a source in a record of the export. */
export function sourceText(source: Source, record: RecordFields): string {
  switch (source.kind) {
    case 'cell':
      return record.text(source.at);
    case 'constant':
      return source.text;
    case 'made':
      return source.make(record);
  }
}

/** A rule, with the index of its column in the export. */
export interface PlacedRule {
  readonly rule: RecordRule;
  readonly at: number;
}

const EMPTY: Source = { kind: 'constant', text: '' };

/** The columns of an export, and their use in calls. */
export class CallColumns {
  /** The columns of the calls, in order. */
  readonly sources: readonly CallColumnSource[];
  readonly rules: { readonly only: readonly PlacedRule[]; readonly skip: readonly PlacedRule[] };
  /** The columns of the export that are not used for calls. */
  readonly leftOut: readonly string[];
  /**
   * Names that several columns of the export share, and that the conversion uses without a
   * number. In `Phone#2`, 2 is such a number.
   */
  readonly usedTwice: readonly string[];
  /** Other names that several columns of the export share. */
  readonly repeated: readonly string[];
  readonly #source: SourceColumns;
  readonly #recipe: Recipe;
  /** For each column of a call, the index of its first source column in the export. */
  readonly places = new Map<ColumnName, number>();
  readonly #used = new Set<number>();
  /** The columns of the export whose words the recipe defines as directions. */
  readonly #directions: readonly {
    readonly at: number;
    readonly column: string;
    readonly words: ReadonlyMap<string, Direction>;
  }[];
  readonly #places = new Map<string, number>();
  #record: RecordFields | undefined;
  #went: Direction | UnknownDirection | undefined;
  readonly #cell: CellReader = (column) => this.#record?.text(this.#placeOf(column)) ?? '';

  /**
   * @param header the columns of the export
   * @param fillsCurrency whether the conversion fills in a currency that was found in the prices
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe, fillsCurrency: boolean) {
    this.#recipe = recipe;
    this.#source = new SourceColumns(header);
    if (recipe.preset !== undefined) refuseUnfit(recipe.preset, this.#source);
    this.rules = {
      only: recipe.only.map((rule) => this.#placed(rule)),
      skip: recipe.skip.map((rule) => this.#placed(rule)),
    };
    this.#directions = [...recipe.directions].map(([column, words]) => {
      const at = this.#source.placeOf(column);
      if (at === undefined) throw this.#unknownColumn(column);
      this.#used.add(at);
      return { at, column: this.#source.names[at] ?? column, words };
    });
    const sources = this.#sourcesOf(fillsCurrency);
    this.sources = CALL_COLUMNS.flatMap(({ name, shape }) => {
      const source = sources.get(name);
      if (source === undefined) return [];
      return [{ name, shape, source, words: recipe.words.get(name) }];
    });
    const reason = REJECT_REASON.toLowerCase();
    this.leftOut = this.#source.names.filter(
      (name, at) =>
        name !== '' &&
        !this.#used.has(at) &&
        name.toLowerCase() !== reason &&
        !recipe.leftAlone.has(name.toLowerCase()),
    );
    const withoutNumber = this.#withoutNumber();
    const repeated = this.#source.repeated.filter((name) => !this.#isNamedByRecipe(name));
    this.usedTwice = repeated.filter((name) => withoutNumber.has(name.toLowerCase()));
    this.repeated = repeated.filter((name) => !withoutNumber.has(name.toLowerCase()));
  }

  /** Sets the current record. The other methods and the sources use this record. */
  begin(record: RecordFields): void {
    this.#record = record;
    this.#went = undefined;
  }

  /**
   * Returns the direction of the current record. If the word for the direction is unknown, returns
   * this word. If neither the recipe nor the preset explains directions, all records are incoming.
   */
  went(): Direction | UnknownDirection {
    this.#went ??= this.#wentByWords() ?? this.#recipe.preset?.direction?.(this.#cell) ?? 'in';
    return this.#went;
  }

  /**
   * Says whether the current record is a call. If the word that decides this is unknown, returns
   * the word.
   */
  isCall(): boolean | UnknownDirection {
    const known = this.#recipe.preset?.isCall?.(this.#cell) ?? true;
    if (typeof known === 'boolean') return known;
    // The recipe may define a word that the preset does not know.
    const ofColumn = this.#directions.find(
      ({ column }) => column.toLowerCase() === known.column.toLowerCase(),
    );
    const meant = ofColumn?.words.get(known.word.toLowerCase());
    return meant === undefined ? known : meant === 'in';
  }

  /** Returns the direction, for the functions of a preset. If the word is unknown, returns `in`. */
  readonly direction = (): Direction => {
    const went = this.went();
    return typeof went === 'string' ? went : 'in';
  };

  #wentByWords(): Direction | UnknownDirection | undefined {
    const { preset } = this.#recipe;
    const knowsWords = preset?.direction !== undefined || preset?.isCall !== undefined;
    let direction: Direction | undefined;
    for (const { at, column, words } of this.#directions) {
      const word = this.#record?.text(at).trim() ?? '';
      const meant = words.get(word.toLowerCase());
      // The preset may know words that the recipe does not define.
      if (meant === undefined && knowsWords) continue;
      if (meant === undefined) return { column, word };
      if (direction === undefined || direction === 'in') direction = meant;
    }
    return direction;
  }

  /** Returns the value that the legs of one call share; '' if the record has no such value. */
  leg(): string {
    return this.#recipe.preset?.legOf?.(this.#cell).trim() ?? '';
  }

  #sourcesOf(fillsCurrency: boolean): Map<ColumnName, Source> {
    const { preset, mapped, constants, joined, unidentified } = this.#recipe;
    const sources = new Map<ColumnName, Source>();
    if (preset === undefined) this.#addOwnColumns(sources);
    else this.#addPreset(preset, sources);
    for (const [name, column] of mapped) sources.set(name, this.#mapped(name, column));
    for (const [name, value] of constants) sources.set(name, { kind: 'constant', text: value });
    for (const name of IDENTIFIER_COLUMNS) {
      if (!sources.has(name) && joined?.byPhone.has(name) === true) sources.set(name, EMPTY);
    }
    if (unidentified === 'static') {
      if (!IDENTIFIER_COLUMNS.some((name) => sources.has(name))) sources.set('ClientId', EMPTY);
      if (!sources.has('StaticCall')) sources.set('StaticCall', EMPTY);
    }
    if (fillsCurrency) sources.set('Currency', EMPTY);
    return sources;
  }

  #addOwnColumns(sources: Map<ColumnName, Source>): void {
    this.#source.names.forEach((name, at) => {
      const known = columnNamed(name);
      if (known === undefined || this.#recipe.leftAlone.has(name.toLowerCase())) return;
      this.#used.add(at);
      if (sources.has(known.name)) return;
      this.places.set(known.name, at);
      sources.set(known.name, { kind: 'cell', at });
    });
  }

  #addPreset(preset: Preset, sources: Map<ColumnName, Source>): void {
    for (const [name, reader] of Object.entries(preset.fields)) {
      // The export may have none of the columns that the function reads. Then the column of the
      // call would always be empty, so the calls do not get this column.
      const [at] = columnsRead(reader).flatMap((one) => this.#source.placeOf(one) ?? []);
      if (at === undefined) continue;
      this.places.set(name as ColumnName, at);
      sources.set(
        name as ColumnName,
        reader.column === undefined
          ? { kind: 'made', make: () => reader(this.#cell, this.direction) }
          : { kind: 'cell', at },
      );
    }
    for (const name of columnsReadBy(preset)) {
      const at = this.#source.placeOf(name);
      if (at !== undefined) this.#used.add(at);
    }
  }

  #mapped(name: ColumnName, column: string): Source {
    const places = this.#source.placesOf(column);
    if ('missing' in places) throw this.#unknownColumn(places.missing);
    for (const at of places) this.#used.add(at);
    const [only = 0] = places;
    this.places.set(name, only);
    if (places.length === 1) return { kind: 'cell', at: only };
    const make = (record: RecordFields): string =>
      places
        .map((at) => record.text(at).trim())
        .filter((part) => part !== '')
        .join(' ');
    return { kind: 'made', make };
  }

  #placeOf(column: string): number {
    const known = this.#places.get(column);
    if (known !== undefined) return known;
    const at = this.#source.placeOf(column) ?? -1;
    this.#places.set(column, at);
    return at;
  }

  /**
   * Says whether the recipe leaves out all columns with this name, or all except one. The recipe
   * names a left-out column with its number, for example `Phone#2`.
   */
  #isNamedByRecipe(name: string): boolean {
    const lower = name.toLowerCase();
    const count = this.#source.names.filter((one) => one.toLowerCase() === lower).length;
    const left = Array.from({ length: count }, (_, at) => `${lower}#${String(at + 1)}`);
    return left.filter((one) => this.#recipe.leftAlone.has(one)).length >= count - 1;
  }

  #placed(rule: RecordRule): PlacedRule {
    const at = this.#source.placeOf(rule.column);
    if (at === undefined) throw this.#unknownColumn(rule.column);
    this.#used.add(at);
    return { rule, at };
  }

  #unknownColumn(column: string): Failure {
    const near = this.#source.near(column);
    return new Failure('mapping-unknown-column', {
      column: shownColumn(column),
      columns: this.#source.shown,
      ...(near === undefined ? {} : { near: shownColumn(near) }),
    });
  }

  /**
   * Returns the names that the conversion uses without a number, in lower case. For example,
   * `Phone` has no number, and `Phone#2` has one.
   */
  #withoutNumber(): ReadonlySet<string> {
    const { preset, mapped, only, skip } = this.#recipe;
    const named = [...mapped.values(), ...[...only, ...skip].map(({ column }) => column)].flatMap(
      (name) => (this.#source.placeOf(name) === undefined ? name.split('+') : [name]),
    );
    const own =
      preset === undefined ? this.#source.names.filter(isCallColumn) : columnsReadBy(preset);
    return new Set([...named, ...own].map((name) => name.trim().toLowerCase()));
  }
}

/** Lists the columns that a preset reads. */
function columnsReadBy({ fields, direction, isCall, legOf }: Preset): readonly string[] {
  const readers = [...Object.values(fields), direction, isCall, legOf].filter(
    (one) => one !== undefined,
  );
  return [...new Set(readers.flatMap((reader) => columnsRead(reader)))];
}

/** Lists the columns that a function of a preset reads. */
export function columnsRead(
  reader: (cell: CellReader, direction: () => Direction) => unknown,
): readonly string[] {
  const read = new Set<string>();
  // The value of one column may decide which other columns are read.
  for (const [value, direction] of [
    ['', 'in'],
    ['1', 'out'],
    ['x', 'internal'],
  ] as const) {
    const cell = (column: string): string => {
      read.add(column);
      return value;
    };
    reader(cell, () => direction);
  }
  return [...read];
}

/**
 * Checks that an export has the columns that a preset needs.
 *
 * @throws Failure `preset-does-not-fit` (exit 2), with the missing columns and similar names. If
 *   another delimiter would give the file the needed columns, the failure also names it.
 */
function refuseUnfit({ name, system, needed }: Preset, source: SourceColumns): void {
  const missing = needed.filter((names) => names.every((one) => source.placeOf(one) === undefined));
  if (missing.length === 0) return;
  const delimiter = otherDelimiter(needed, source);
  throw new Failure('preset-does-not-fit', {
    preset: name,
    system,
    missing: missing.map(([first = '']) => {
      const near = source.near(first);
      return near === undefined ? { column: first } : { column: first, near: shownColumn(near) };
    }),
    ...(delimiter === undefined ? {} : { delimiter }),
  });
}

/**
 * Finds a delimiter that divides the only column of a file into the columns that a preset needs.
 *
 * @returns the name of the delimiter; `undefined` if there is none, or if the file has more columns
 */
function otherDelimiter(needed: Preset['needed'], source: SourceColumns): string | undefined {
  const [header, ...others] = source.names;
  if (header === undefined || others.length > 0) return undefined;
  for (const [delimiter, name] of Object.entries(DELIMITERS)) {
    const divided = new SourceColumns(header.split(delimiter));
    const fits = needed.every((names) => names.some((one) => divided.placeOf(one) !== undefined));
    if (fits) return name;
  }
  return undefined;
}
