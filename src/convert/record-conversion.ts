/** Converts the records of one export to calls. */
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

/** The reason why a record does not become a call. */
export type LeftOutReason = 'only' | 'skip' | 'outgoing' | 'internal' | 'unidentified';

/** A record of the export with its place. The bytes are present if rejected records are saved. */
interface SourceRecord {
  readonly fields: readonly string[];
  /** The physical line, from 1. */
  readonly line: number;
  /** The number of the record without the header, from 1. */
  readonly record: number;
  /** Whether the record may contain NUL or undecodable bytes. */
  readonly isSuspect: boolean;
  readonly bytes: Uint8Array | undefined;
}

/** A converted record, with the problems that the conversion found. */
export interface ConvertedRecord {
  readonly source: SourceRecord;
  /** The values of the call, in the order of {@link RecordConversion.names}. */
  readonly values: string[];
  /** The problem of each value, by column index. It takes precedence over findings of the check. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /** The errors of a record that cannot become a call. */
  readonly reasons?: readonly FindingCode[];
}

/**
 * Good values of these shapes have only digits and a point, so they never need quotes. In other
 * columns, text that cannot be converted stays unchanged and may need quotes.
 */
const NEVER_QUOTED: ReadonlySet<ColumnShape> = new Set(['date-time', 'price']);

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** Converts the records of one export to calls. */
export class RecordConversion {
  /** The columns of the export, and their use in calls. */
  readonly columns: CallColumns;
  /** The columns of the converted file. */
  readonly names: readonly ColumnName[];
  /** For each column, whether its good values never need quotes. */
  readonly isPlain: readonly boolean[];
  /** The problem of the value that was read last. */
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
   * @param facts the facts about whole columns, if an earlier pass found them
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

  /** Returns the facts about the columns, as known from the records up to now. */
  evidence(): ColumnFacts {
    const hasCurrency = this.#currencyAt >= 0 && this.#facts.currency === undefined;
    const evidence = this.#reading.evidence();
    return hasCurrency ? { ...evidence, currency: undefined } : evidence;
  }

  get mixedDates(): CellReader['mixedDates'] {
    return this.#reading.mixedDates;
  }

  /** Counts that were made while the records were converted. */
  get counted(): CellReader['counted'] & {
    readonly joined: number;
    readonly identifiedStatics: number;
  } {
    return { ...this.#reading.counted, ...this.#counted };
  }

  /**
   * Returns how the fast path produces each column of a call.
   *
   * @returns `undefined` if the recipe needs every record as text
   */
  byteColumns(): readonly ByteColumn[] | undefined {
    const { preset, only, skip, joined, unidentified } = this.#recipe;
    const isPlain = only.length + skip.length === 0 && joined === undefined;
    if (!isPlain || preset !== undefined || unidentified !== 'error') return undefined;
    if (this.#facts.currency !== undefined) return undefined;
    return this.columns.sources.map((source) => this.#byteColumn(source));
  }

  /** Adds the evidence that the records converted as bytes give about whole columns. */
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
    // These values must be read as text, because the program counts them or their meaning depends
    // on other cells.
    if (shape === 'date-time' || shape === 'price' || isStandIn(source.name, text)) {
      return { kind: 'text', shape };
    }
    const value = text === '' ? '' : this.#reading.read(text, source, 0, '');
    if (text !== '' && this.#reading.problem !== undefined) return { kind: 'text', shape };
    return { kind: 'constant', bytes: Buffer.from(writtenField(value), 'utf8') };
  }

  /** Returns the rule of the recipe that leaves a record out; `undefined` if no rule does. */
  leftOutByRule(fields: readonly string[]): 'only' | 'skip' | undefined {
    const { only, skip } = this.columns.rules;
    if (!only.every(({ rule, at }) => keeps(rule, fields[at] ?? ''))) return 'only';
    return skip.some(({ rule, at }) => keeps(rule, fields[at] ?? '')) ? 'skip' : undefined;
  }

  /** Returns `outgoing` or `internal` if the recipe leaves a record out for its direction. */
  leftOutBy(fields: readonly string[]): LeftOutReason | undefined {
    const { preset, direction } = this.#recipe;
    if (direction === 'all' || preset?.direction === undefined) return undefined;
    const went = this.columns.readBy(preset.direction, fields);
    if (went === 'in') return undefined;
    return went === 'out' ? 'outgoing' : 'internal';
  }

  /** Returns the value that the legs of one call share; '' for a call with a single leg. */
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
   * Returns the value of one column of a call. Afterwards, {@link problem} is the problem of the
   * value.
   *
   * @param at the index of the column in {@link names}
   * @param fields the record
   * @param line the line of the record
   * @returns the value, or the unchanged text if there is a problem
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
   * Adds the identifiers of the phone number to a call. If the call has no identifier, the recipe
   * may mark the call as static.
   *
   * @returns `false` if the recipe leaves the call out because it has no identifier
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

  /** Returns the source of each value of a call, for a preview. */
  before(fields: readonly string[]): string[] {
    return this.columns.sources.map(({ source }) => source(fields));
  }
}
