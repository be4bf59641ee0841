import { checkCurrency } from './cell-rules.ts';
import { CALL_COLUMNS, type CallColumn, type ColumnName } from './columns.ts';
import type { FindingCode } from './finding-catalogue.ts';
import type { FindingCollector } from './findings.ts';
import type { Header } from './header.ts';
import { shownColumn, shownValue } from './personal-data.ts';
import type { Delimiter } from '../csv/dialect.ts';
import { lineEndsWithin } from '../csv/record-reader.ts';
import { type LongIdentifiers, QuickCheck } from './quick-check.ts';
import { RecordScanner } from './record-scanner.ts';

/** How old a call may be and still be linked to a visit, in seconds. */
export const LINKAGE_WINDOW_SECONDS = 21 * 24 * 60 * 60;

const DAY_SECONDS = 24 * 60 * 60;

/** What the calls of a file are, as far as the service's answer depends on it. */
export interface CallCounts {
  /** Records without the header. */
  records: number;
  /** Records with at least one error. */
  invalid: number;
  static: number;
  dynamic: number;
  /** Dynamic calls with an identifier that are young enough to be linked. */
  linkable: number;
  /** How many records fill each of the identifier columns. */
  readonly identifiers: { UserId: number; ClientId: number; Yclid: number };
}

/** The counts of a file before its first record. */
export function noCalls(): CallCounts {
  return {
    records: 0,
    invalid: 0,
    static: 0,
    dynamic: 0,
    linkable: 0,
    identifiers: { UserId: 0, ClientId: 0, Yclid: 0 },
  };
}

/** How to check the records under a header. */
export interface CallCheckSettings {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  readonly showValues: boolean;
  readonly identifiersMayMix?: boolean;
  /** What stands between the fields of the file; a comma when it is not said. */
  readonly delimiter?: Delimiter | undefined;
  /** Name of the encoding, for the finding about bytes that are not in it. */
  readonly encoding: string;
}

/** Where a column stands in a record; -1 where the file does not have it. */
type Places = Readonly<Record<ColumnName, number>>;

/** Checks the records of one file, one after another. */
export class CallCheck {
  readonly counts: CallCounts = noCalls();

  readonly #header: Header;
  readonly #settings: CallCheckSettings;
  readonly #found: FindingCollector;
  readonly #checked: readonly { readonly at: number; readonly column: CallColumn }[];
  readonly #places: Places;
  readonly #identifierPlaces: readonly (readonly ['UserId' | 'ClientId' | 'Yclid', number])[];
  readonly #scanner = new RecordScanner();
  readonly #currencies = new Set<string>();
  readonly #longIdentifiers: LongIdentifiers = { long: 0, rounded: 0 };
  /** Takes clean records by their bytes, where these are UTF-8. */
  readonly quick: QuickCheck;

  constructor(header: Header, settings: CallCheckSettings, found: FindingCollector) {
    this.#header = header;
    this.#settings = settings;
    this.#found = found;
    this.#places = Object.fromEntries(
      CALL_COLUMNS.map(({ name }) => [name, header.columns.indexOf(name)]),
    ) as Places;
    this.#checked = CALL_COLUMNS.map((column) => ({
      at: this.#places[column.name],
      column,
    })).filter(({ at }) => at >= 0);
    this.#identifierPlaces = (['UserId', 'ClientId', 'Yclid'] as const)
      .map((name) => [name, this.#places[name]] as const)
      .filter(([, at]) => at >= 0);
    this.quick = new QuickCheck(
      this.#scanner,
      {
        columns: header.columns,
        delimiter: settings.delimiter ?? ',',
        now: settings.now,
        linkageWindow: LINKAGE_WINDOW_SECONDS,
        longestDuration: DAY_SECONDS,
        spreadsheetDigits: SPREADSHEET_DIGITS,
      },
      { counts: this.counts, longIdentifiers: this.#longIdentifiers },
    );
  }

  /**
   * Checks one record and counts it.
   *
   * @param fields the record
   * @param line the physical line it starts on, from 1
   * @param suspect whether the record may hold NUL or undecodable bytes
   * @param known findings that are known already and outrank the column's own, by place
   * @returns whether the record is free of errors
   */
  check(
    fields: readonly string[],
    line: number,
    suspect: boolean,
    known?: ReadonlyMap<number, FindingCode>,
  ): boolean {
    this.counts.records += 1;
    const errorsBefore = this.#found.errors;
    if (fields.length !== this.#header.names.length) {
      this.#report('field-count', fields, line, -1, wrongCount(fields, this.#header.names.length));
    } else if (!suspect || !this.#damaged(fields, line)) {
      this.#checkCells(fields, line, known);
      this.#checkTogether(fields, line);
      const twin = this.#scanner.lineOfTwin(fields, line);
      if (twin !== undefined) this.#report('record-twice', fields, line, -1, String(twin));
    }
    const good = this.#found.errors === errorsBefore;
    if (!good) this.counts.invalid += 1;
    return good;
  }

  /** Counts a record that could not be read, for which the reason is reported elsewhere. */
  countUnread(): void {
    this.counts.records += 1;
    this.counts.invalid += 1;
  }

  /** Reports what only the whole file shows. */
  finish(): void {
    const filled = Object.entries(this.counts.identifiers).filter(([, count]) => count > 0);
    if (filled.length > 1 && this.#settings.identifiersMayMix !== true) {
      const detail = listed(filled.map(([name]) => name));
      this.#found.add('identifier-types-mixed', { detail });
    }
    const { long, rounded } = this.#longIdentifiers;
    if (rounded >= FEWEST_ROUNDED && rounded * 2 > long) {
      const detail = `${String(rounded)} of ${String(long)} identifiers`;
      this.#found.add('identifier-rounded', { detail });
    }
    if (this.#currencies.size > 1) {
      this.#found.add('currencies-mixed', { detail: listed([...this.#currencies].sort()) });
    }
    if (this.counts.static > 0 && this.counts.dynamic === 0 && this.counts.invalid === 0) {
      this.#found.add('static-only');
    }
  }

  #damaged(fields: readonly string[], line: number): boolean {
    let damaged = false;
    fields.forEach((field, at) => {
      if (field.includes('\0')) {
        this.#report('nul-byte', fields, line, at);
        damaged = true;
      } else if (!field.isWellFormed()) {
        this.#report('bytes-undecodable', fields, line, at, this.#settings.encoding);
        damaged = true;
      }
    });
    return damaged;
  }

  #checkCells(
    fields: readonly string[],
    line: number,
    known: ReadonlyMap<number, FindingCode> | undefined,
  ): void {
    for (const { at, column } of this.#checked) {
      const value = fields[at] ?? '';
      if (value === '') {
        if (column.name === 'DateTime') this.#report('datetime-missing', fields, line, at);
        continue;
      }
      const code = known?.get(at) ?? column.check(value, this.#settings.now);
      if (code !== undefined) {
        const blanksOnly =
          value !== value.trim() && column.check(value.trim(), this.#settings.now) === undefined;
        this.#report(blanksOnly ? 'value-blanks' : code, fields, line, at);
      }
    }
  }

  #checkTogether(fields: readonly string[], line: number): void {
    const value = (name: ColumnName): string => fields[this.#places[name]] ?? '';
    const isStatic = value('StaticCall') === '1';
    let identified = false;
    for (const [name, at] of this.#identifierPlaces) {
      if ((fields[at] ?? '').trim() === '') continue;
      identified = true;
      this.counts.identifiers[name] += 1;
      if (name !== 'UserId') this.#noteLength(fields[at] ?? '');
    }
    if (isStatic) this.counts.static += 1;
    else this.counts.dynamic += 1;
    if (!identified && this.#identifierPlaces.length > 0) {
      this.#report(isStatic ? 'static-without-identifier' : 'identifier-missing', fields, line, -1);
    }

    const time = value('DateTime');
    const age = /^\d+$/.test(time) ? this.#settings.now - Number(time) : 0;
    if (isDayNumber(time)) {
      this.#report('datetime-serial', fields, line, this.#places.DateTime);
    } else if (age > LINKAGE_WINDOW_SECONDS) {
      this.#report('call-too-old', fields, line, this.#places.DateTime);
    } else if (identified && !isStatic) {
      this.counts.linkable += 1;
    }

    const currency = value('Currency');
    if (currency !== '' && checkCurrency(currency) === undefined) {
      if (!this.#currencies.has(currency)) this.#scanner.meet(currency);
      this.#currencies.add(currency);
    }
    if (value('Price') !== '' && currency === '') {
      this.#report('price-without-currency', fields, line, this.#places.Price);
    }
    if (value('CallMissed') === '1' && seconds(value('TalkDuration')) > 0) {
      this.#report('missed-with-talk-time', fields, line, this.#places.TalkDuration);
    }
    for (const name of ['TalkDuration', 'HoldDuration'] as const) {
      if (seconds(value(name)) > DAY_SECONDS) {
        this.#report('duration-over-day', fields, line, this.#places[name]);
      }
    }
  }

  #noteLength(identifier: string): void {
    if (identifier.length <= SPREADSHEET_DIGITS) return;
    this.#longIdentifiers.long += 1;
    if (/^0+$/.test(identifier.slice(SPREADSHEET_DIGITS))) this.#longIdentifiers.rounded += 1;
  }

  #report(
    code: FindingCode,
    fields: readonly string[],
    line: number,
    at: number,
    detail?: string,
  ): void {
    const name = this.#header.names[at];
    const column = name === undefined ? undefined : shownColumn(name);
    const value = fields[at];
    const before = fields.slice(0, Math.max(0, at));
    this.#found.add(code, {
      line: line + lineEndsWithin(before),
      record: this.counts.records,
      ...(column === undefined ? {} : { column }),
      ...(value === undefined || column === undefined
        ? {}
        : {
            value: shownValue(value, column, this.#settings.showValues),
            offset: lengthBefore(before),
          }),
      ...(detail === undefined ? {} : { detail }),
    });
  }
}

/** How many digits of a number spreadsheets keep. */
const SPREADSHEET_DIGITS = 15;
const FEWEST_ROUNDED = 3;

/** The days of spreadsheets for 1954 to 2119; as seconds they are all in January 1970. */
function isDayNumber(time: string): boolean {
  return time.length === 5 && Number(time) >= 20_000 && Number(time) <= 80_000;
}

/** A duration that keeps its rule; others have a finding of their own already. */
function seconds(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

/** Characters of the fields before a value in its own line, written as a careful writer would. */
function lengthBefore(fields: readonly string[]): number {
  const text = fields
    .map((field) =>
      /["\r\n,;|\t]/.test(field) ? `"${field.replaceAll('"', '""')}",` : `${field},`,
    )
    .join('');
  return text.length - (Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

function wrongCount(fields: readonly string[], expected: number): string {
  const some = fields.length === 1 ? '1 field' : `${String(fields.length)} fields`;
  return `${some}, the header has ${String(expected)}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
