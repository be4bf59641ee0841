/** Reads the identifiers of phone numbers from another file. */
import { damageOf } from '../../calls/check/file-findings.ts';
import { columnPlaces, reportSheet } from '../../calls/check/sheet-findings.ts';
import { type ColumnName, columnNamed, IDENTIFIER_COLUMNS } from '../../calls/columns/columns.ts';
import { FindingCollector } from '../../calls/findings/collector.ts';
import type { Finding } from '../../calls/findings/finding.ts';
import { LONGEST_LINES } from '../../calls/scan/record-scanner.ts';
import { ProjectedRecords } from '../../csv/projected-records.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import {
  type FastLines,
  type OpenBytes,
  readAsWritten,
  readTable,
  type TableRecord,
} from '../../csv/table.ts';
import type { TableForm } from '../../csv/table-form.ts';
import type { CleanLines } from '../../csv/table-reading.ts';
import { Failure } from '../../failure.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { shownValue } from '../../safe-text/shown-value.ts';
import { example } from '../../words/shown-name.ts';
import type { ShownSheetReport } from '../../workbook/workbook-csv.ts';
import { CallBytes } from '../cells/call-bytes.ts';
import { CellReader, NO_COLUMN_FACTS } from '../cells/cell-reader.ts';
import { ColumnCells } from '../cells/column-cells.ts';
import type { PhoneRegion } from '../cells/phone-plan.ts';
import { IdentifiersByPhone, numberOf } from './identifiers-by-phone.ts';
import { SourceColumns } from './source-column.ts';

/** The identifiers of phone numbers, from another file. */
export interface JoinedFile {
  /** The file, as the user named it. */
  readonly name: string;
  readonly byPhone: IdentifiersByPhone;
  /** The findings about this file. */
  readonly findings: readonly Finding[];
}

/** Says whether the file has errors. */
export function hasErrors({ findings }: JoinedFile): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** How to read a joined file. */
export interface JoinOptions {
  /** The name of the file, for messages. */
  readonly name: string;
  readonly region: PhoneRegion | undefined;
  /** For a column of a call, the name of its column in the file, if the names differ. */
  readonly mapped: ReadonlyMap<ColumnName, string>;
  readonly showValues: boolean;
  /** The form of the file, if it is known. */
  readonly form?: TableForm | undefined;
  /** The facts to report about the sheet that has the records. */
  readonly sheet?: ShownSheetReport | undefined;
}

/** The maximum number of listed findings about one joined file. */
const MOST_LISTED = 100_000;

/**
 * Reads the identifiers of phone numbers, for example from a CRM. The file is a CSV file with the
 * column PhoneNumber and one or more of UserId, ClientId and Yclid. The result stays in memory. If
 * a phone number appears twice, the later record is used. If the two records have different
 * identifiers, this is reported.
 *
 * @throws Failure `join-unfit` or `join-column-unknown` (exit 2) if a column is missing
 */
export async function readJoinedFile(open: OpenBytes, options: JoinOptions): Promise<JoinedFile> {
  const { name, mapped, form: known } = options;
  const isKnown = isKnownInJoined(mapped);
  return await readAsWritten(open, { form: known }, isKnown, async (form) => {
    const reading = new JoinReading(form, options);
    const consumer = {
      record: (record: TableRecord) => {
        reading.read(record);
      },
      blank: () => undefined,
      longestLines: LONGEST_LINES,
      cleanLines: (lines: FastLines) => reading.readByBytes(lines),
    };
    const onBlock = (): Promise<boolean> => Promise.resolve(true);
    await readTable(open, form, consumer, { onBlock });
    const findings = reading.finish().map((finding) => ({ ...finding, file: name }));
    return { name, byPhone: reading.byPhone, findings };
  });
}

/**
 * Returns a function that says whether a cell is the name of a column of a call, or one of the
 * column names in `mapped`.
 */
export function isKnownInJoined(
  mapped: ReadonlyMap<ColumnName, string>,
): (name: string) => boolean {
  const own = new Set([...mapped.values()].map((column) => column.toLowerCase()));
  return (column) => columnNamed(column) !== undefined || own.has(column.toLowerCase());
}

/** The initial size of the memory for the values of one record, in bytes. */
const ONE_RECORD = 256;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** A column of the joined file that is used. */
interface JoinedColumn {
  readonly at: number;
  readonly cells: ColumnCells;
}

/** Collects the records of one joined file. */
class JoinReading {
  readonly byPhone = new IdentifiersByPhone();
  readonly #form: TableForm;
  readonly #found: FindingCollector;
  readonly #options: JoinOptions;
  readonly #projected: ProjectedRecords;
  readonly #missing = { standIns: 0, withheld: 0 };
  readonly #number = new CallBytes(ONE_RECORD);
  /** The identifiers of the current record, as a line of CSV. */
  readonly #line = new CallBytes(ONE_RECORD);
  #isReadable = true;
  #width = 0;
  #phone: JoinedColumn | undefined;
  #identifiers: readonly (JoinedColumn | undefined)[] = [];
  #records = 0;

  constructor(form: TableForm, options: JoinOptions) {
    this.#form = form;
    this.#options = options;
    this.#found = new FindingCollector({
      listed: MOST_LISTED,
      sheet: form.sheet,
      lineInJson: form.lineInJson,
    });
    this.#projected = new ProjectedRecords(form, (record, line) => {
      this.#add(record, line);
    });
  }

  /** Adds a record that was read as text. The first record is the header. */
  read({ fields, line, suspect, problem }: TableRecord): void {
    if (!this.#isReadable) return;
    const damage = damageOf(fields, suspect, problem);
    const { encoding } = this.#form;
    if (this.#width === 0) {
      if (damage === undefined) this.#readHeader(fields, line);
      else {
        this.#isReadable = false;
        this.#found.add(damage, { line }, { encoding });
      }
      return;
    }
    if (damage === undefined && problem === undefined) {
      this.#add(this.#projected.taken(fields), line);
      return;
    }
    this.#records += 1;
    const place = { line, record: this.#records };
    if (damage === undefined) this.#found.add('record-doubtful', place, {});
    else this.#found.add(damage, place, { encoding });
  }

  readByBytes(lines: FastLines): CleanLines {
    return this.#width === 0 ? { end: lines.from, lines: 0 } : this.#projected.read(lines);
  }

  /** Adds the findings about the whole file. Returns all findings. */
  finish(): readonly Finding[] {
    if (this.#width === 0 && this.#isReadable) this.#found.add('file-empty', {}, {});
    if (this.#options.sheet !== undefined) reportSheet(this.#options.sheet, this.#found);
    return this.#found.result().findings;
  }

  #readHeader(fields: readonly string[], line: number): void {
    const columns = columnsOf(fields, this.#options);
    this.#width = fields.length;
    this.#phone = this.#columnOf('PhoneNumber', columns);
    this.#identifiers = IDENTIFIER_COLUMNS.map((name) => this.#columnOf(name, columns));
    this.#found.placeColumns(columnPlaces(columns.map((name) => name ?? '')));
    for (const name of new Set(columns)) {
      if (name === undefined || columns.indexOf(name) === columns.lastIndexOf(name)) continue;
      this.#found.add('column-twice', { line, column: name }, { column: example(name) });
    }
  }

  #columnOf(
    name: ColumnName,
    columns: readonly (ColumnName | undefined)[],
  ): JoinedColumn | undefined {
    const at = columns.indexOf(name);
    const shape = columnNamed(name)?.shape;
    if (at < 0 || shape === undefined) return undefined;
    const dateTime = { zone: undefined, order: undefined };
    const { region } = this.#options;
    const reader = new CellReader(
      { dateTime, region, phones: 'error', durationUnit: undefined },
      NO_COLUMN_FACTS,
      0,
      () => '',
    );
    const forms = reader.formsOf(name, shape);
    return { at, cells: new ColumnCells({ at, shape, words: undefined, forms }, this.#missing) };
  }

  #add(record: RecordFields, line: number): void {
    this.#records += 1;
    const place = { line, record: this.#records };
    if (record.count !== this.#width) {
      const parameters = { fields: record.count, expected: this.#width };
      this.#found.add('field-count', place, parameters);
      return;
    }
    if (!this.#writeIdentifiers(record)) return;
    const number = this.#number;
    number.length = 0;
    if (this.#phone !== undefined) this.#phone.cells.writeField(record, this.#phone.at, number);
    // A missing number is not an error. The record may be about a person without a phone.
    if (number.length === 0) return;
    const key = numberOf(number.bytes, 0, number.length);
    if (key === undefined) {
      this.#report('join-number-unread', record.text(this.#phone?.at ?? -1).trim(), place);
      return;
    }
    if (this.byPhone.set(key, this.#line.bytes, this.#line.length)) {
      this.#report('join-number-twice', `+${String(key)}`, place);
    }
  }

  /** @returns whether the record has an identifier */
  #writeIdentifiers(record: RecordFields): boolean {
    const out = this.#line;
    out.length = 0;
    let hasAny = false;
    this.#identifiers.forEach((column, at) => {
      if (at > 0) out.byte(COMMA);
      const { length } = out;
      if (column !== undefined) column.cells.writeField(record, column.at, out);
      if (out.length === length) return;
      hasAny = true;
      this.byPhone.addColumn(at);
    });
    out.byte(LINE_FEED);
    return hasAny;
  }

  #report(
    code: 'join-number-unread' | 'join-number-twice',
    number: string,
    place: { readonly line: number; readonly record: number },
  ): void {
    const value = shownValue(number, 'phone', this.#options.showValues);
    this.#found.add(code, { ...place, column: 'PhoneNumber', value }, {});
  }
}

function columnsOf(
  header: readonly string[],
  { mapped, name }: JoinOptions,
): readonly (ColumnName | undefined)[] {
  const source = new SourceColumns(header);
  const columns = source.names.map((cell) => columnNamed(cell)?.name);
  for (const [target, column] of mapped) {
    const at = source.placeOf(column);
    if (at === undefined) {
      throw new Failure('join-column-unknown', {
        name,
        column: shownColumn(column),
        columns: source.shown,
      });
    }
    columns.forEach((known, other) => {
      if (known === target) columns[other] = undefined;
    });
    columns[at] = target;
  }
  const hasIdentifier = IDENTIFIER_COLUMNS.some((one) => columns.includes(one));
  if (columns.includes('PhoneNumber') && hasIdentifier) return columns;
  throw new Failure('join-unfit', {
    name,
    identifiers: IDENTIFIER_COLUMNS,
    // A file with a single column is probably no table. Then its first line is not repeated.
    columns: source.shown.length > 1 ? source.shown : [],
  });
}
