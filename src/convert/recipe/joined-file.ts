/** Reads the identifiers of phone numbers from another file. */
import { damageOf } from '../../calls/check/file-findings.ts';
import { columnPlaces, reportSheet } from '../../calls/check/sheet-findings.ts';
import { type ColumnName, columnNamed, IDENTIFIER_COLUMNS } from '../../calls/columns/columns.ts';
import { withoutStandIns } from '../../calls/columns/stand-ins.ts';
import { FindingCollector } from '../../calls/findings/collector.ts';
import type { Finding } from '../../calls/findings/finding.ts';
import { detectTable, type OpenBytes, type TableRecord, tableRecords } from '../../csv/table.ts';
import type { TableForm } from '../../csv/table-form.ts';
import { Failure } from '../../failure.ts';
import { shownValue } from '../../safe-text/shown-value.ts';
import type { SheetReport } from '../../workbook/workbook-csv.ts';
import { PhoneReader, type PhoneRegion } from '../cells/phone.ts';
import { wholeDigits } from '../cells/written-number.ts';
import { SourceColumns } from './source-column.ts';

/** The identifiers of one visitor. */
type Identifiers = Readonly<Partial<Record<'UserId' | 'ClientId' | 'Yclid', string>>>;

/** The identifiers of phone numbers, from another file. */
export interface JoinedFile {
  /** The file, as the user named it. */
  readonly name: string;
  readonly byPhone: ReadonlyMap<string, Identifiers>;
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
  readonly sheet?: SheetReport | undefined;
}

/** The maximum number of listed findings about one joined file. */
const MOST_LISTED = 100_000;

/**
 * Reads the identifiers of phone numbers, for example from a CRM. The file is a CSV file with the
 * column PhoneNumber and one or more of UserId, ClientId and Yclid. The result stays in memory. If
 * a number appears twice, the later record counts; different identifiers are reported.
 *
 * @throws Failure `join-unfit` (exit 2) if a column is missing
 */
export async function readJoinedFile(open: OpenBytes, options: JoinOptions): Promise<JoinedFile> {
  const { name, mapped } = options;
  const form = await detectTable(open, { form: options.form }, isKnownInJoined(mapped));
  const found = new FindingCollector({ listed: MOST_LISTED, sheet: form.sheet });
  let reading: JoinReading | undefined;
  let isReadable = true;
  for await (const records of tableRecords(open, form)) {
    for (const record of records) {
      if (reading !== undefined) reading.add(record, form.encoding);
      else if (isReadable) {
        const damage = damageOf(record.fields, record.suspect, record.problem);
        if (damage === undefined) reading = new JoinReading(record, options, found);
        else {
          isReadable = false;
          found.add(damage, { line: record.line }, { encoding: form.encoding });
        }
      }
    }
  }
  if (reading === undefined && isReadable) found.add('file-empty', {}, {});
  if (options.sheet !== undefined) reportSheet(options.sheet, found);
  const findings = found.result().findings.map((finding) => ({ ...finding, file: name }));
  return { name, byPhone: reading?.byPhone ?? new Map<string, Identifiers>(), findings };
}

/** Returns a function that says whether a cell is a column name that a joined file needs. */
export function isKnownInJoined(
  mapped: ReadonlyMap<ColumnName, string>,
): (name: string) => boolean {
  const own = new Set([...mapped.values()].map((column) => column.toLowerCase()));
  return (column) => columnNamed(column) !== undefined || own.has(column.toLowerCase());
}

/** Collects the records of one joined file. */
class JoinReading {
  readonly byPhone = new Map<string, Identifiers>();
  readonly #found: FindingCollector;
  readonly #options: JoinOptions;
  readonly #phones: PhoneReader;
  readonly #columns: readonly (ColumnName | undefined)[];
  readonly #width: number;
  #records = 0;

  constructor({ fields, line }: TableRecord, options: JoinOptions, found: FindingCollector) {
    this.#found = found;
    this.#options = options;
    this.#phones = new PhoneReader(options.region);
    this.#width = fields.length;
    this.#columns = columnsOf(fields, options);
    found.placeColumns(columnPlaces(this.#columns.map((name) => name ?? '')));
    for (const name of new Set(this.#columns)) {
      if (name === undefined || this.#columns.indexOf(name) === this.#columns.lastIndexOf(name))
        continue;
      found.add('column-twice', { line, column: name }, { column: name });
    }
  }

  /** @param encoding the encoding of the file, for findings about invalid bytes */
  add({ fields, line, suspect, problem }: TableRecord, encoding: string): void {
    this.#records += 1;
    const place = { line, record: this.#records };
    const damage = damageOf(fields, suspect, problem);
    if (damage !== undefined) this.#found.add(damage, place, { encoding });
    else if (problem === 'record-doubtful') this.#found.add('record-doubtful', place, {});
    else if (fields.length !== this.#width) {
      this.#found.add('field-count', place, { fields: fields.length, expected: this.#width });
    } else this.#addNumber(withoutStandIns(fields, this.#columns), place);
  }

  #addNumber(
    fields: readonly string[],
    place: { readonly line: number; readonly record: number },
  ): void {
    const cell = (name: ColumnName): string => fields[this.#columns.indexOf(name)]?.trim() ?? '';
    const text = cell('PhoneNumber');
    const identifiers: Record<string, string> = {};
    for (const column of IDENTIFIER_COLUMNS) {
      const value = cell(column);
      if (value !== '')
        identifiers[column] = column === 'UserId' ? value : (wholeDigits(value) ?? value);
    }
    if (text === '' || Object.keys(identifiers).length === 0) return;
    const phone = this.#phones.read(text);
    if (phone.isWithheld) return;
    if (!/^\+\d+$/.test(phone.text)) {
      const value = shownValue(text, 'phone', this.#options.showValues);
      this.#found.add('join-number-unread', { ...place, column: 'PhoneNumber', value }, {});
      return;
    }
    const before = this.byPhone.get(phone.text);
    if (before !== undefined && !areEqual(before, identifiers)) {
      const value = shownValue(phone.text, 'phone', this.#options.showValues);
      this.#found.add('join-number-twice', { ...place, column: 'PhoneNumber', value }, {});
    }
    this.byPhone.set(phone.text, identifiers);
  }
}

function areEqual(left: Identifiers, right: Identifiers): boolean {
  return IDENTIFIER_COLUMNS.every((name) => left[name] === right[name]);
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
      throw new Failure('join-column-unknown', { name, column, columns: source.shown });
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
    columns: source.shown,
  });
}
