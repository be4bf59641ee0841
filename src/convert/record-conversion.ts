/** Turns the records of one export into calls. */
import { type ColumnName, IDENTIFIER_COLUMNS } from '../calls/columns/columns.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { isStandIn } from '../calls/columns/stand-ins.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { writtenField } from '../csv/record-writer.ts';
import type { ByteColumn } from './byte-records.ts';
import { CellReader, type ColumnFacts } from './cell-reader.ts';
import { CallColumns, type CallColumnSource } from './recipe/call-columns.ts';
import type { Recipe } from './recipe/recipe.ts';
import { keeps } from './recipe/record-rules.ts';

/** Why a record becomes no call. */
export type LeftOutReason = 'only' | 'skip' | 'outgoing' | 'internal' | 'unidentified';

/** A record of the export, where it stands, and its bytes where somebody keeps rejected ones. */
interface SourceRecord {
  readonly fields: readonly string[];
  /** The physical line, and the number without the header, from 1. */
  readonly line: number;
  readonly record: number;
  /** Whether it may hold NUL or undecodable bytes. */
  readonly isSuspect: boolean;
  readonly bytes: Uint8Array | undefined;
}

/** A converted record, with what the conversion itself found. */
export interface ConvertedRecord {
  readonly source: SourceRecord;
  /** The values of the call, in the order of {@link RecordConversion.names}. */
  readonly values: string[];
  /** Findings that outrank those of the check, by the column's place. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /** What is wrong with a record of which no call can be made. */
  readonly reasons?: readonly FindingCode[];
}

/** What the reader gives for these is digits and a point, or has a finding; others keep what it does not know. */
const NEVER_QUOTED: ReadonlySet<ColumnShape> = new Set(['date-time', 'price']);

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** Turns the records of one export into calls. */
export class RecordConversion {
  /** The columns of the export, and what becomes of them. */
  readonly columns: CallColumns;
  /** The columns that the converted file has. */
  readonly names: readonly ColumnName[];
  /** Whether the good values of each column never need quotes. */
  readonly isPlain: readonly boolean[];
  /** What is wrong with the value that was read last. */
  problem: CellFindingCode | undefined;
  readonly #recipe: Recipe;
  readonly #facts: ColumnFacts;
  readonly #reading: CellReader;
  readonly #counted = { joined: 0, identifiedStatics: 0 };
  readonly #phoneAt: number;
  readonly #priceAt: number;
  readonly #staticAt: number;
  readonly #currencyAt: number;
  readonly #identifiersAt: readonly number[];

  /**
   * @param header the columns of the export
   * @param facts what its columns say as wholes, where they were read before
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe, facts: ColumnFacts) {
    this.#recipe = recipe;
    this.#facts = facts;
    this.#reading = new CellReader(recipe, facts);
    this.columns = new CallColumns(header, recipe, facts.currency !== undefined);
    this.names = this.columns.sources.map(({ name }) => name);
    this.isPlain = this.columns.sources.map(({ shape }) => NEVER_QUOTED.has(shape));
    this.#phoneAt = this.names.indexOf('PhoneNumber');
    this.#priceAt = this.names.indexOf('Price');
    this.#staticAt = this.names.indexOf('StaticCall');
    this.#currencyAt = this.names.indexOf('Currency');
    this.#identifiersAt = IDENTIFIER_COLUMNS.map((name) => this.names.indexOf(name)).filter(
      (at) => at >= 0,
    );
  }

  /** What the export's columns have said so far. */
  evidence(): ColumnFacts {
    const hasCurrency = this.#currencyAt >= 0 && this.#facts.currency === undefined;
    const evidence = this.#reading.evidence();
    return hasCurrency ? { ...evidence, currency: undefined } : evidence;
  }

  get mixedDates(): CellReader['mixedDates'] {
    return this.#reading.mixedDates;
  }

  /** What was counted while records were converted. */
  get counted(): CellReader['counted'] & {
    readonly joined: number;
    readonly identifiedStatics: number;
  } {
    return { ...this.#reading.counted, ...this.#counted };
  }

  /**
   * How the columns of the calls are read from records that are divided by their bytes.
   *
   * @returns `undefined` where a record as a whole has to be text
   */
  byteColumns(): readonly ByteColumn[] | undefined {
    const { preset, only, skip, joined, unidentified } = this.#recipe;
    const isPlain = only.length + skip.length === 0 && joined === undefined;
    if (!isPlain || preset !== undefined || unidentified !== 'error') return undefined;
    if (this.#facts.currency !== undefined) return undefined;
    return this.columns.sources.map((source) => this.#byteColumn(source));
  }

  /** Takes over what records that went by their bytes have said about their columns. */
  addByteEvidence(): void {
    this.#reading.addByteEvidence();
  }

  #byteColumn(source: CallColumnSource): ByteColumn {
    const { simple, words, shape } = source;
    if (simple === undefined || words !== undefined) return { kind: 'text', shape };
    if ('at' in simple) {
      const write = this.#reading.byteCell(source);
      return write === undefined
        ? { kind: 'text', shape }
        : { kind: 'cell', shape, at: simple.at, write };
    }
    const text = simple.constant.trim();
    // What these mean may depend on other cells, or is counted.
    if (shape === 'date-time' || shape === 'price' || isStandIn(source.name, text)) {
      return { kind: 'text', shape };
    }
    const value = text === '' ? '' : this.#reading.read(text, source, 0, '');
    if (text !== '' && this.#reading.problem !== undefined) return { kind: 'text', shape };
    return { kind: 'constant', bytes: Buffer.from(writtenField(value), 'utf8') };
  }

  /** Which rule of the recipe leaves a record out; `undefined` when none does. */
  leftOutByRule(fields: readonly string[]): 'only' | 'skip' | undefined {
    const { only, skip } = this.columns.rules;
    if (!only.every(({ rule, at }) => keeps(rule, fields[at] ?? ''))) return 'only';
    return skip.some(({ rule, at }) => keeps(rule, fields[at] ?? '')) ? 'skip' : undefined;
  }

  /** Why a record is no call that came in; `undefined` when it is one. */
  leftOutBy(fields: readonly string[]): LeftOutReason | undefined {
    const { preset, direction } = this.#recipe;
    if (direction === 'all' || preset?.direction === undefined) return undefined;
    const went = this.columns.readBy(preset.direction, fields);
    if (went === 'in') return undefined;
    return went === 'out' ? 'outgoing' : 'internal';
  }

  /** What the legs of one call have in common; '' for a record that is a call of its own. */
  legOf(fields: readonly string[]): string {
    const { legOf } = this.#recipe.preset ?? {};
    return legOf === undefined ? '' : this.columns.readBy(legOf, fields).trim();
  }

  /** @param source a record of the export, with as many fields as its header */
  convert(source: SourceRecord): ConvertedRecord {
    const { fields, line } = source;
    let problems: Map<number, CellFindingCode> | undefined;
    const values: string[] = [];
    for (let at = 0; at < this.names.length; at += 1) {
      values.push(this.readColumn(at, fields, line));
      if (this.problem !== undefined) (problems ??= new Map()).set(at, this.problem);
    }
    if (this.#facts.currency !== undefined) {
      const isPriced = values[this.#priceAt] !== '';
      values[this.#currencyAt] = isPriced ? this.#facts.currency : '';
    }
    return { source, values, problems: problems ?? NO_PROBLEMS };
  }

  /**
   * Reads what one column of a call is made of. What is wrong with it is the {@link problem} after that.
   *
   * @param at the place of the column in {@link names}
   * @param fields the record
   * @param line where it stands
   * @returns its value, or the text as it stands where there is a problem
   */
  readColumn(at: number, fields: readonly string[], line: number): string {
    this.problem = undefined;
    const column = this.columns.sources[at];
    if (column === undefined) return '';
    const { words } = column;
    const text = column.source(fields).trim();
    const meant = words === undefined || text === '' ? text : words.get(text.toLowerCase());
    if (meant === undefined) {
      this.problem = 'value-not-listed';
      return text;
    }
    if (meant === '') return '';
    const stated = at === this.#priceAt ? this.columns.sources[this.#currencyAt] : undefined;
    const value = this.#reading.read(meant, column, line, stated?.source(fields).trim() ?? '');
    this.problem = this.#reading.problem;
    return value;
  }

  /**
   * Gives a call the identifiers of its number, and marks it as static where nobody is known.
   *
   * @returns `false` when it is left out because nobody is known
   */
  identify(values: string[]): boolean {
    const { joined, unidentified, staticWasSet } = this.#recipe;
    const identifiers = joined?.byPhone.get(values[this.#phoneAt] ?? '');
    if (identifiers !== undefined) {
      this.#counted.joined += 1;
      for (const name of IDENTIFIER_COLUMNS) {
        const at = this.names.indexOf(name);
        if (at >= 0 && values[at] === '') values[at] = identifiers[name] ?? '';
      }
    }
    if (unidentified === 'error') return true;
    if (this.#identifiersAt.some((at) => values[at] !== '')) {
      if (staticWasSet) this.#counted.identifiedStatics += 1;
      return true;
    }
    if (unidentified === 'skip') return false;
    values[this.#staticAt] = '1';
    return true;
  }

  /** The cells that the values of a record are made of, for a preview. */
  before(fields: readonly string[]): string[] {
    return this.columns.sources.map(({ source }) => source(fields));
  }
}
