/** Converts the records of one export to calls. */
import type { ColumnName } from '../calls/columns/columns.ts';
import { RecordFields } from '../csv/record-fields.ts';
import type { CallBytes } from './cells/call-bytes.ts';
import { CellReader, type ColumnFacts } from './cells/cell-reader.ts';
import { ColumnCells, type MissingValues, type WrongColumn } from './cells/column-cells.ts';
import type { LeftOutReason } from './conversion-account.ts';
import type { UnknownDirection } from './presets/preset.ts';
import { CallColumns, type CallColumnSource, sourceText } from './recipe/call-columns.ts';
import type { Recipe } from './recipe/recipe.ts';
import { keeps } from './recipe/record-rules.ts';
import { type WrongCall, WrongSets } from './wrong-calls.ts';

const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** A column of the calls, with its source and the writer of its cells. */
interface MadeColumn {
  readonly source: CallColumnSource['source'];
  readonly cells: ColumnCells;
  /** The value of a constant column, in bytes; empty for other columns. */
  readonly constant: Buffer;
  /** The written field, if every call has the same field in this column. */
  readonly fixed: Buffer | undefined;
}

/** Converts the records of one export to calls. */
export class RecordConversion {
  /** The columns of the export, and their use in calls. */
  readonly columns: CallColumns;
  /** The columns of the converted file. */
  readonly names: readonly ColumnName[];
  readonly #missing: MissingValues = { standIns: 0, withheld: 0 };
  readonly #recipe: Recipe;
  readonly #facts: ColumnFacts;
  readonly #reading: CellReader;
  readonly #made: readonly MadeColumn[];
  readonly #wrongSets = new WrongSets();
  readonly #priceAt: number;
  readonly #currencyAt: number;
  /** The current record of the export. */
  #record = new RecordFields(',');

  /**
   * @param header the columns of the export
   * @param facts the facts about whole columns, if an earlier pass found them
   * @param now seconds since 1970-01-01 UTC
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe, facts: ColumnFacts, now: number) {
    this.#recipe = recipe;
    this.#facts = facts;
    this.columns = new CallColumns(header, recipe, facts.currency !== undefined);
    const { sources } = this.columns;
    this.names = sources.map(({ name }) => name);
    this.#priceAt = this.names.indexOf('Price');
    this.#currencyAt = this.names.indexOf('Currency');
    const currency = sources[this.#currencyAt];
    this.#reading = new CellReader(recipe, facts, now, () =>
      currency === undefined ? '' : sourceText(currency.source, this.#record).trim(),
    );
    this.#made = sources.map(({ name, shape, source, words }, at) => {
      // If the heading says that a column is about answered calls, yes and no are unclear in it. A
      // function of a preset returns a text that says whether the call was missed, which is clear.
      // So this text is read without the heading.
      const isRead = source.kind === 'made' && shape === 'missed-flag';
      const heading = isRead ? '' : (header[this.columns.places.get(name) ?? -1] ?? '');
      const forms = this.#reading.formsOf(name, shape, heading);
      const cells = new ColumnCells({ at, shape, words, forms }, this.#missing);
      const constant = Buffer.from(source.kind === 'constant' ? source.text : '', 'utf8');
      const fixed = source.kind === 'constant' ? cells.fixedField(constant) : undefined;
      return { source, cells, constant, fixed };
    });
  }

  /**
   * Returns the facts about the columns. These facts come from all records that were read so far.
   */
  evidence(): ColumnFacts {
    const hasCurrency = this.#currencyAt >= 0 && this.#facts.currency === undefined;
    const evidence = this.#reading.evidence();
    return hasCurrency ? { ...evidence, currency: undefined } : evidence;
  }

  get mixedDates(): CellReader['mixedDates'] {
    return this.#reading.mixedDates;
  }

  get minutesAndSeconds(): CellReader['minutesAndSeconds'] {
    return this.#reading.minutesAndSeconds;
  }

  /** How many values are missing in the converted records. */
  get missing(): Readonly<MissingValues> {
    return this.#missing;
  }

  /** Returns the kind of rule that leaves a record out; `undefined` if no rule does. */
  leftOutByRule(record: RecordFields): 'only' | 'skip' | undefined {
    const { only, skip } = this.columns.rules;
    for (const { rule, at } of only) if (!keeps(rule, record.text(at))) return 'only';
    for (const { rule, at } of skip) if (keeps(rule, record.text(at))) return 'skip';
    return undefined;
  }

  /**
   * Says whether a record is a call. If the word that decides this is unknown, returns the word.
   */
  isCall(record: RecordFields): boolean | UnknownDirection {
    this.columns.begin(record);
    const known = this.columns.isCall();
    return typeof known === 'object' && this.#recipe.direction === 'all' ? true : known;
  }

  /**
   * Returns `outgoing` or `internal` if the recipe leaves out records with this direction. If the
   * word for the direction is unknown, returns this word.
   */
  leftOutBy(record: RecordFields): LeftOutReason | UnknownDirection | undefined {
    this.columns.begin(record);
    if (this.#recipe.direction === 'all') return undefined;
    const went = this.columns.went();
    if (went === 'in') return undefined;
    if (typeof went === 'object') return went;
    return went === 'out' ? 'outgoing' : 'internal';
  }

  /**
   * Writes the call of a record, as a line of CSV.
   *
   * @param record a record of the export, with as many fields as its header
   * @param line the physical line of the record, from 1
   * @returns the problems of the values; `undefined` if no problem was found
   */
  convert(record: RecordFields, line: number, out: CallBytes): WrongCall | undefined {
    this.#record = record;
    this.#reading.line = line;
    let wrong: WrongColumn | undefined;
    let more: WrongColumn[] | undefined;
    let isPriced = false;
    const { currency } = this.#facts;
    for (let at = 0; at < this.#made.length; at += 1) {
      const column = this.#made[at];
      if (column === undefined) break;
      if (at > 0) out.byte(COMMA);
      const start = out.length;
      if (at === this.#currencyAt && currency !== undefined) {
        if (isPriced) out.text(currency);
        continue;
      }
      if (column.fixed !== undefined) {
        out.copy(column.fixed, 0, column.fixed.length);
        continue;
      }
      const found = this.#write(column, record, out);
      if (found !== undefined) {
        if (wrong === undefined) wrong = found;
        else (more ??= [wrong]).push(found);
      }
      if (at === this.#priceAt) isPriced = out.length > start;
    }
    out.byte(LINE_FEED);
    if (more !== undefined) return this.#wrongSets.callOf(more);
    return wrong === undefined ? undefined : this.#wrongSets.singleOf(wrong);
  }

  #write(
    { source, cells, constant }: MadeColumn,
    record: RecordFields,
    out: CallBytes,
  ): WrongColumn | undefined {
    switch (source.kind) {
      case 'cell':
        return cells.writeField(record, source.at, out);
      case 'constant':
        return cells.write(constant, 0, constant.length, out);
      case 'made':
        return cells.writeText(source.make(record), out);
    }
  }

  /**
   * Converts a record with NUL or undecodable bytes.
   *
   * @param record the record, with a lone surrogate for each undecodable byte
   * @returns the values of the call, with the same surrogates, and the wrong values
   */
  convertDamaged(
    record: RecordFields,
    line: number,
  ): { readonly values: string[]; readonly wrong: WrongCall | undefined } {
    this.#record = record;
    this.#reading.line = line;
    const wrong: WrongColumn[] = [];
    const values = this.#made.map(({ source, cells }) => {
      const read = cells.readDamaged(sourceText(source, record));
      if (read.wrong !== undefined) wrong.push(read.wrong);
      return read.value;
    });
    if (this.#facts.currency !== undefined) {
      values[this.#currencyAt] = values[this.#priceAt] === '' ? '' : this.#facts.currency;
    }
    return { values, wrong: wrong.length === 0 ? undefined : this.#wrongSets.callOf(wrong) };
  }

  /** Returns the text from which each value of the call is made, for a preview. */
  before(record: RecordFields): string[] {
    return this.columns.sources.map(({ source }) => sourceText(source, record));
  }
}
