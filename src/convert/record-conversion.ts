/** Turns the records of one export into calls. */
import {
  CALL_COLUMNS,
  type ColumnName,
  columnNamed,
  IDENTIFIER_COLUMNS,
} from '../calls/columns/columns.ts';
import { REJECT_REASON } from '../calls/columns/header.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { isStandIn } from '../calls/columns/stand-ins.ts';
import { shownColumn } from '../calls/findings/shown-value.ts';
import { Failure } from '../failure.ts';
import { CurrencyEvidence, pricedText } from './currency.ts';
import { type DateOrder, DateTimeReader } from './date-time.ts';
import { PhoneReader } from './phone.ts';
import type { CellReader, Preset } from './preset.ts';
import type { Recipe } from './recipe.ts';
import { keeps, type RecordRule } from './record-rules.ts';
import { SourceColumns } from './source-column.ts';
import { convertDuration, convertFlag } from './values.ts';
import { DecimalEvidence, type DecimalSigns, readDecimal, wholeDigits } from './written-number.ts';

/** What the columns of an export say as wholes, which no single cell can. */
export interface Settled {
  readonly dateOrder: DateOrder | undefined;
  readonly decimals: DecimalSigns;
  /** The currency of all prices, where no column has it. */
  readonly currency: string | undefined;
}

/** What is known before an export was read. */
export const NOTHING_SETTLED: Settled = {
  dateOrder: undefined,
  decimals: { comma: undefined, point: undefined },
  currency: undefined,
};

/** Why a record becomes no call. */
export type LeftOutReason = 'only' | 'skip' | 'outgoing' | 'internal' | 'unidentified';

/** A converted record, with what the conversion itself found. */
export interface ConvertedRecord {
  /** The values of the call, in the order of {@link RecordConversion.names}. */
  readonly values: string[];
  /** Findings that outrank those of the check, by the column's place. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /** The physical line, and the number without the header, from 1. */
  readonly line: number;
  readonly record: number;
  readonly isSuspect: boolean;
}

type Source = (cell: CellReader) => string;

interface ColumnSource {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
  readonly source: Source;
  readonly words: ReadonlyMap<string, string> | undefined;
}

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** Turns the records of one export into calls. */
export class RecordConversion {
  /** The columns that the converted file has. */
  readonly names: readonly ColumnName[];
  /** The columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  /** The columns that calls are made of and that stand in the export more than once. */
  readonly takenTwice: readonly string[];
  /** Columns that stand more than once, and that nothing is made of. */
  readonly repeated: readonly string[];
  /** Cells that stand for no value, and numbers that the caller kept back. */
  readonly counted = { standIns: 0, withheld: 0, joined: 0, identifiedStatics: 0 };
  readonly #source: SourceColumns;
  readonly #recipe: Recipe;
  readonly #settled: Settled;
  readonly #sources: readonly ColumnSource[];
  readonly #rules: { readonly only: readonly Placed[]; readonly skip: readonly Placed[] };
  readonly #dates: DateTimeReader;
  readonly #phones: PhoneReader;
  readonly #decimals = new DecimalEvidence();
  readonly #currencies = new CurrencyEvidence();
  readonly #places = new Map<string, number>();
  readonly #phoneAt: number;
  readonly #staticAt: number;
  readonly #identifiersAt: readonly number[];
  #fields: readonly string[] = [];
  readonly #cell: CellReader = (column) => this.#fields[this.#placeOf(column)] ?? '';

  /**
   * @param header the columns of the export
   * @param settled what its columns say as wholes, where they were read before
   * @throws Failure `mapping-unknown-column` or `preset-does-not-fit` (exit 2)
   */
  constructor(header: readonly string[], recipe: Recipe, settled: Settled) {
    this.#recipe = recipe;
    this.#settled = settled;
    this.#source = new SourceColumns(header);
    this.#dates = new DateTimeReader(recipe.dateTime, settled.dateOrder);
    this.#phones = new PhoneReader(recipe.region);
    if (recipe.preset !== undefined) refuseUnfit(recipe.preset, this.#source);
    const used = new Set<number>();
    this.#rules = {
      only: recipe.only.map((rule) => this.#placed(rule)),
      skip: recipe.skip.map((rule) => this.#placed(rule)),
    };
    const sources = this.#sourcesOf(used);
    this.#sources = CALL_COLUMNS.flatMap(({ name, shape }) => {
      const source = sources.get(name);
      return source === undefined ? [] : [{ name, shape, source, words: recipe.words.get(name) }];
    });
    this.names = this.#sources.map(({ name }) => name);
    this.#phoneAt = this.names.indexOf('PhoneNumber');
    this.#staticAt = this.names.indexOf('StaticCall');
    this.#identifiersAt = IDENTIFIER_COLUMNS.map((name) => this.names.indexOf(name)).filter(
      (at) => at >= 0,
    );
    const reason = REJECT_REASON.toLowerCase();
    for (const { at } of [...this.#rules.only, ...this.#rules.skip]) used.add(at);
    this.leftOut = this.#source.names.filter(
      (name, at) => name !== '' && !used.has(at) && name.toLowerCase() !== reason,
    );
    const takenBare = this.#takenBare(recipe);
    this.takenTwice = this.#source.repeated.filter((name) => takenBare.has(name.toLowerCase()));
    this.repeated = this.#source.repeated.filter((name) => !takenBare.has(name.toLowerCase()));
  }

  /** What the export's columns have said so far. */
  evidence(): Settled {
    const isOwn = this.names.includes('Currency') && this.#settled.currency === undefined;
    return {
      dateOrder: this.#dates.evidence.isUnclear ? this.#dates.evidence.settled() : undefined,
      decimals: this.#decimals.isUnclear ? this.#decimals.settled() : NOTHING_SETTLED.decimals,
      currency: isOwn ? undefined : this.#currencies.settled(),
    };
  }

  /** The lines of dates that contradict each other; `undefined` when none do. */
  get mixedDates(): { readonly dayFirst: number; readonly monthFirst: number } | undefined {
    const { dayFirst, monthFirst } = this.#dates.evidence;
    return dayFirst === undefined || monthFirst === undefined
      ? undefined
      : { dayFirst, monthFirst };
  }

  /** Why a record becomes no call; `undefined` when it does. */
  leftOutBy(fields: readonly string[]): LeftOutReason | undefined {
    const { only, skip } = this.#rules;
    if (!only.every(({ rule, at }) => keeps(rule, fields[at] ?? ''))) return 'only';
    if (skip.some(({ rule, at }) => keeps(rule, fields[at] ?? ''))) return 'skip';
    const { preset, direction } = this.#recipe;
    if (direction === 'all' || preset?.direction === undefined) return undefined;
    this.#fields = fields;
    const went = preset.direction(this.#cell);
    if (went === 'in') return undefined;
    return went === 'out' ? 'outgoing' : 'internal';
  }

  /** What the legs of one call have in common; '' for a record that is a call of its own. */
  legOf(fields: readonly string[]): string {
    const { preset, legs } = this.#recipe;
    if (legs === 'keep' || preset?.legOf === undefined) return '';
    this.#fields = fields;
    return preset.legOf(this.#cell).trim();
  }

  /**
   * @param fields a record of the export, with as many fields as its header
   * @param line the physical line that it begins on
   */
  convert(
    fields: readonly string[],
    { line, record, isSuspect }: Pick<ConvertedRecord, 'line' | 'record' | 'isSuspect'>,
  ): ConvertedRecord {
    this.#fields = fields;
    let problems: Map<number, CellFindingCode> | undefined;
    const values: string[] = [];
    for (const [at, { name, shape, source, words }] of this.#sources.entries()) {
      const text = source(this.#cell).trim();
      if (text === '') {
        values.push('');
        continue;
      }
      const meant = words === undefined ? text : words.get(text.toLowerCase());
      const read: Read =
        meant === undefined
          ? { text, problem: 'value-not-listed' }
          : this.#read(meant, name, shape, line);
      values.push(read.text);
      if (read.problem !== undefined) (problems ??= new Map()).set(at, read.problem);
    }
    this.#fillCurrency(values);
    return { values, problems: problems ?? NO_PROBLEMS, line, record, isSuspect };
  }

  /**
   * Gives a call the identifiers of its number, and marks it as static where nobody is known.
   *
   * @returns `false` when it is left out because nobody is known
   */
  identify(values: string[]): boolean {
    const identifiers = this.#recipe.joined?.byPhone.get(values[this.#phoneAt] ?? '');
    if (identifiers !== undefined) {
      this.counted.joined += 1;
      for (const name of IDENTIFIER_COLUMNS) {
        const at = this.names.indexOf(name);
        if (at >= 0 && values[at] === '') values[at] = identifiers[name] ?? '';
      }
    }
    const { unidentified } = this.#recipe;
    if (unidentified === 'error') return true;
    if (this.#identifiersAt.some((at) => values[at] !== '')) {
      if (this.#recipe.staticWasSet) this.counted.identifiedStatics += 1;
      return true;
    }
    if (unidentified === 'skip') return false;
    values[this.#staticAt] = '1';
    return true;
  }

  /** The cells that the values of a record are made of, for a preview. */
  before(fields: readonly string[]): string[] {
    this.#fields = fields;
    return this.#sources.map(({ source }) => source(this.#cell));
  }

  #read(text: string, name: ColumnName, shape: ColumnShape, line: number): Read {
    if (isStandIn(name, text)) {
      this.counted.standIns += 1;
      return { text: '' };
    }
    switch (shape) {
      case 'date-time': {
        const read = this.#dates.read(text, line);
        return 'seconds' in read ? { text: read.seconds } : { text, problem: read.problem };
      }
      case 'phone-number': {
        const read = this.#phones.read(text);
        if (read.isWithheld) this.counted.withheld += 1;
        return { text: read.text };
      }
      case 'talk-duration':
      case 'duration':
        return { text: convertDuration(text) };
      case 'price':
        return this.#price(text);
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return { text: convertFlag(text, shape) };
      case 'currency':
        return { text: text.toUpperCase() };
      case 'client-id':
      case 'yclid':
        return identifier(text);
      case 'user-id':
      case 'text':
      case 'web-address':
        return { text };
    }
  }

  #price(text: string): Read {
    const priced = pricedText(text);
    if (priced === undefined) return { text, problem: 'price-invalid' };
    const read = readDecimal(priced.number, this.#settled.decimals, this.#decimals);
    this.#currencies.add(priced.currency);
    if ('problem' in read) {
      return { text, problem: read.problem === 'unclear' ? 'price-unclear' : 'price-invalid' };
    }
    if (priced.currency === undefined) return { text: read.decimal };
    const stated = this.#statedCurrency();
    const isOther = stated === undefined ? this.#currencies.differs : stated !== priced.currency;
    return isOther ? { text, problem: 'price-currency-differs' } : { text: read.decimal };
  }

  /** The currency that the record says beside its price. */
  #statedCurrency(): string | undefined {
    if (this.#settled.currency !== undefined) return this.#settled.currency;
    const source = this.#sources.find(({ name }) => name === 'Currency')?.source;
    const text = source?.(this.#cell).trim().toUpperCase() ?? '';
    return text === '' ? undefined : text;
  }

  #fillCurrency(values: string[]): void {
    if (this.#settled.currency === undefined) return;
    const price = values[this.names.indexOf('Price')] ?? '';
    values[this.names.indexOf('Currency')] = price === '' ? '' : this.#settled.currency;
  }

  #sourcesOf(used: Set<number>): Map<ColumnName, Source> {
    const { preset, mapped, constants, joined, unidentified } = this.#recipe;
    const sources = new Map<ColumnName, Source>();
    if (preset === undefined) {
      this.#source.names.forEach((name, at) => {
        const known = columnNamed(name);
        if (known === undefined) return;
        used.add(at);
        if (!sources.has(known.name)) sources.set(known.name, () => this.#fields[at] ?? '');
      });
    } else {
      for (const [name, source] of Object.entries(preset.fields))
        sources.set(name as ColumnName, source);
      this.#findUsed(preset, used);
    }
    for (const [name, column] of mapped) {
      const places = this.#source.placesOf(column);
      if ('missing' in places) throw this.#unknownColumn(places.missing);
      for (const at of places) used.add(at);
      const [only = 0] = places;
      sources.set(
        name,
        places.length === 1
          ? () => this.#fields[only] ?? ''
          : () =>
              places
                .map((at) => (this.#fields[at] ?? '').trim())
                .filter((part) => part !== '')
                .join(' '),
      );
    }
    for (const [name, value] of constants) sources.set(name, () => value);
    const empty: Source = () => '';
    for (const name of IDENTIFIER_COLUMNS) {
      if (!sources.has(name) && joinsInto(joined?.byPhone, name)) sources.set(name, empty);
    }
    if (unidentified === 'static') {
      if (!IDENTIFIER_COLUMNS.some((name) => sources.has(name))) sources.set('ClientId', empty);
      if (!sources.has('StaticCall')) sources.set('StaticCall', empty);
    }
    if (this.#settled.currency !== undefined) sources.set('Currency', empty);
    return sources;
  }

  #placeOf(column: string): number {
    const known = this.#places.get(column);
    if (known !== undefined) return known;
    const at = this.#source.placeOf(column) ?? -1;
    this.#places.set(column, at);
    return at;
  }

  #placed(rule: RecordRule): Placed {
    const at = this.#source.placeOf(rule.column);
    if (at === undefined) throw this.#unknownColumn(rule.column);
    return { rule, at };
  }

  #unknownColumn(column: string): Failure {
    const columns = this.#source.names.filter((name) => name !== '').map(shownColumn);
    const near = this.#source.near(column);
    return new Failure('mapping-unknown-column', {
      column,
      columns,
      ...(near === undefined ? {} : { near: shownColumn(near) }),
    });
  }

  /** The names by which columns are taken without saying which of several is meant, in lower case. */
  #takenBare({ preset, mapped, only, skip }: Recipe): ReadonlySet<string> {
    const named = [...mapped.values(), ...[...only, ...skip].map(({ column }) => column)]
      .flatMap((name) => (this.#source.placeOf(name) === undefined ? name.split('+') : [name]))
      .map((name) => name.trim().toLowerCase());
    const own =
      preset === undefined
        ? this.#source.names.filter((name) => columnNamed(name) !== undefined)
        : columnsReadBy(preset);
    return new Set([...named, ...own.map((name) => name.toLowerCase())]);
  }

  #findUsed(preset: Preset, used: Set<number>): void {
    for (const name of columnsReadBy(preset)) {
      const at = this.#source.placeOf(name);
      if (at !== undefined) used.add(at);
    }
  }
}

interface Placed {
  readonly rule: RecordRule;
  readonly at: number;
}

interface Read {
  readonly text: string;
  readonly problem?: CellFindingCode;
}

/** An identifier without what a program put around it; one that lost digits is named as that. */
function identifier(text: string): Read {
  const digits = wholeDigits(text);
  if (digits !== undefined) return { text: digits };
  return /^\d+[.,]0+$/.test(text) ? { text, problem: 'identifier-scientific' } : { text };
}

function joinsInto(
  byPhone: ReadonlyMap<string, Readonly<Partial<Record<string, string>>>> | undefined,
  name: ColumnName,
): boolean {
  if (byPhone === undefined) return false;
  for (const identifiers of byPhone.values()) if (identifiers[name] !== undefined) return true;
  return false;
}

/** Finds out which columns a preset reads, by letting it read records whose cells are empty, and are not. */
function columnsReadBy({ fields, direction, legOf }: Preset): readonly string[] {
  const read = new Set<string>();
  for (const value of ['', '1']) {
    const cell: CellReader = (column) => {
      read.add(column);
      return value;
    };
    for (const source of Object.values(fields)) source(cell);
    direction?.(cell);
    legOf?.(cell);
  }
  return [...read];
}

/** @throws Failure `preset-does-not-fit` (exit 2) that names the columns that are missing, and what is like them */
function refuseUnfit({ name, system, needed }: Preset, source: SourceColumns): void {
  const missing = needed.filter((names) => names.every((one) => source.placeOf(one) === undefined));
  if (missing.length === 0) return;
  throw new Failure('preset-does-not-fit', {
    preset: name,
    system,
    missing: missing.map(([first = '']) => {
      const near = source.near(first);
      return near === undefined ? { column: first } : { column: first, near: shownColumn(near) };
    }),
  });
}
