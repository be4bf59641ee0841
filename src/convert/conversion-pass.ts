/**
 * Reads an export once. This pass either uses facts about whole columns from an earlier pass, or
 * collects the evidence for these facts.
 */
import { damageOf } from '../calls/check/file-findings.ts';
import { RecordCheck } from '../calls/check/record-check.ts';
import { reportSheet } from '../calls/check/sheet-findings.ts';
import type { Finding } from '../calls/findings/finding.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import { writeRecord } from '../csv/record-writer.ts';
import {
  type BytesOfLine,
  type FastLines,
  type OpenBytes,
  readTable,
  type TableRecord,
} from '../csv/table.ts';
import type { TableForm } from '../csv/table-form.ts';
import type { CleanLines } from '../csv/table-reading.ts';
import { accountOf } from './account.ts';
import { ByteRecords } from './byte-records.ts';
import { CallOutcomes, NO_BYTES } from './call-outcomes.ts';
import type { ColumnFacts } from './cell-reader.ts';
import type { CallsSink, Conversion, ConvertOptions } from './conversion.ts';
import { headerOf, isNamed, reportColumns } from './converted-header.ts';
import type { Recipe } from './recipe/recipe.ts';
import { UnmappedColumns } from './recipe/unmapped-columns.ts';
import { RecordConversion } from './record-conversion.ts';
import { isHeaderOfRejects, isNamedInRejects } from './rejects-header.ts';

/** An export after its header was read. */
interface OpenExport {
  readonly conversion: RecordConversion;
  readonly calls: RecordCheck;
  readonly unmapped: UnmappedColumns;
  /** The number of fields in a record. */
  readonly width: number;
  /**
   * The number of fields to drop at the beginning of each record. It is 1 for the rejects of an
   * export without a header, to drop the reject reason. Otherwise it is 0.
   */
  readonly dropped: number;
  /** Converts records as bytes; `undefined` if all records must be read as text. */
  readonly byteRecords: ByteRecords | undefined;
}

/** One pass over an export. */
export class ConversionPass {
  readonly #form: TableForm;
  readonly #recipe: Recipe;
  readonly #options: ConvertOptions;
  readonly #facts: ColumnFacts;
  readonly #outcomes: CallOutcomes;
  #export: OpenExport | undefined;
  #isRefused = false;

  constructor(form: TableForm, recipe: Recipe, options: ConvertOptions, facts: ColumnFacts) {
    this.#form = form;
    this.#recipe = recipe;
    this.#options = options;
    this.#facts = facts;
    this.#outcomes = new CallOutcomes(recipe, options, form.sheet);
  }

  async run(open: OpenBytes, sink: CallsSink): Promise<Conversion> {
    this.#options.onStart?.();
    sink.begin();
    const outcomes = this.#outcomes;
    for (const { file, ...finding } of this.#recipe.joined?.findings ?? []) {
      outcomes.found.add(finding.code, { ...placeOf(finding), file }, finding.parameters);
    }
    const wantsBytes = this.#options.invalidRecords?.wantsBytes === true;
    const consumer = {
      record: (record: TableRecord) => {
        this.#readRecord(record);
      },
      blank: () => undefined,
      longestLines: LONGEST_LINES,
      cleanLines: (lines: FastLines, bytesOf: BytesOfLine) => this.#convertByBytes(lines, bytesOf),
    };
    const onBlock = async (): Promise<boolean> => {
      await outcomes.flush(sink);
      return !this.#isRefused;
    };
    await readTable(open, this.#form, consumer, { wantsBytes, onBlock });
    outcomes.finishLegs();
    await outcomes.flush(sink);
    this.#reportWhole();
    return this.#result();
  }

  /** Returns the facts about whole columns; `undefined` if no second pass is necessary. */
  evidence(): ColumnFacts | undefined {
    const evidence = this.#export?.conversion.evidence();
    if (evidence === undefined || this.#isRefused) return undefined;
    const { dateOrder, decimals, currency } = evidence;
    const { comma, point } = decimals;
    const isNews = [dateOrder, comma, point, currency].some((one) => one !== undefined);
    return isNews ? evidence : undefined;
  }

  /**
   * Returns the result for an export that is not converted because its header is on another line.
   */
  refused(code: 'header-not-first', line: number): Conversion {
    const { fileName: file, sheetName: sheet } = this.#options;
    const isForeign = !isNamed(this.#recipe);
    this.#outcomes.found.add(code, { line }, { line, isForeign, file, sheet });
    return this.#result();
  }

  #result(): Conversion {
    const { found, account, preview } = this.#outcomes;
    const leftOut = this.#export?.conversion.columns.leftOut ?? [];
    return { validation: found.result(), account, leftOut, preview };
  }

  #readRecord(record: TableRecord): void {
    if (this.#isRefused) return;
    if (this.#export === undefined) {
      const { headerLine } = this.#recipe;
      const isAbove = headerLine !== undefined && record.line < headerLine;
      // A file of rejects always has its header on the first line, whatever the recipe says.
      if (isAbove && !isHeaderOfRejects(record.fields)) return;
      if (this.#readHeader(record)) return;
    }
    this.#outcomes.account.records += 1;
    if (this.#export !== undefined) this.#convertRecord(record, this.#export);
  }

  /** Converts records as bytes, which is the fast path. */
  #convertByBytes(lines: FastLines, bytesOf: BytesOfLine): CleanLines {
    const { conversion, byteRecords } = this.#export ?? {};
    const outcomes = this.#outcomes;
    if (byteRecords === undefined || outcomes.isPreviewing || this.#isRefused) {
      return { end: lines.from, records: 0 };
    }
    // Earlier calls must be checked and written first.
    outcomes.checkWaiting();
    const read = byteRecords.convert(lines, {
      clean: (records) => {
        outcomes.addClean(records);
      },
      single: (call) => outcomes.addSingle(call, bytesOf),
      written: (bytes) => {
        outcomes.write(bytes);
      },
    });
    conversion?.addByteEvidence();
    return read;
  }

  /** @returns whether the record was a header */
  #readHeader(record: TableRecord): boolean {
    const { fields, suspect, problem, line } = record;
    const { columns } = this.#recipe;
    const { found } = this.#outcomes;
    const { encoding, sheet } = this.#form;
    if (columns === undefined) {
      const damage = damageOf(fields, suspect, problem);
      if (damage !== undefined) {
        this.#isRefused = true;
        found.add(damage, { line }, { encoding });
        return true;
      }
    }
    const isKept = isNamedInRejects(fields, columns);
    const header = isKept ? fields.slice(1) : (columns?.slice(0, fields.length) ?? fields);
    const dropped = isKept ? 1 : 0;
    const width = columns === undefined ? fields.length : header.length + dropped;
    const conversion = new RecordConversion(header, this.#recipe, this.#facts);
    const unmapped = new UnmappedColumns(conversion.columns.leftOut, header, this.#recipe);
    found.placeColumns(conversion.columns.places);
    const { now, showValues, fileName: file, sheetName } = this.#options;
    const options = { now, showValues, encoding, sheet, isConverted: true };
    const calls = new RecordCheck(headerOf(conversion), options, found);
    const named = { line, cells: header, recipe: this.#recipe, file, sheet: sheetName };
    this.#isRefused = !reportColumns(conversion, named, found);
    this.#outcomes.begin(conversion, calls);
    const parts = { conversion, calls, unmapped, width, dropped };
    this.#export = { ...parts, byteRecords: this.#byteRecordsOf(parts) };
    this.#outcomes.write(Buffer.from(writeRecord(conversion.names)));
    this.#options.invalidRecords?.begin({
      names: columns === undefined ? fields : header,
      bytes: () =>
        columns === undefined || isKept ? (record.bytes ?? NO_BYTES) : this.#headerBytes(header),
      form: this.#form,
    });
    return columns === undefined || isKept;
  }

  #byteRecordsOf({
    conversion,
    calls,
    unmapped,
    width,
    dropped,
  }: Omit<OpenExport, 'byteRecords'>): ByteRecords | undefined {
    const columns = conversion.byteColumns();
    const isOff = this.#options.fastPath === false;
    if (columns === undefined || isOff || this.#outcomes.joinsLegs || dropped > 0) return undefined;
    const { delimiter } = this.#form.dialect;
    const { watched } = unmapped;
    const { now } = this.#options;
    return new ByteRecords({ columns, width, delimiter, watched, conversion, now }, calls);
  }

  /** Writes a header for an export without one, so that its rejects have column names. */
  #headerBytes(header: readonly string[]): Uint8Array {
    const text = `${header.join(this.#form.dialect.delimiter)}\n`;
    if (this.#form.encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
    if (this.#form.encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
    return Buffer.from(text, 'latin1');
  }

  #convertRecord(record: TableRecord, { conversion, calls, unmapped, ...open }: OpenExport): void {
    const outcomes = this.#outcomes;
    const { account } = outcomes;
    const fields = open.dropped === 0 ? record.fields : record.fields.slice(open.dropped);
    const { line, suspect, bytes } = record;
    outcomes.reasons = [];
    // A rule may leave out a line of totals. Such a line must not be reported, so the rules come
    // first.
    const isWhole = record.problem === undefined && record.fields.length === open.width;
    const rule = isWhole ? conversion.leftOutByRule(fields) : undefined;
    if (rule !== undefined) {
      account.leftOut[rule] += 1;
      return;
    }
    const source = { fields, line, record: account.records, isSuspect: suspect, bytes };
    this.#reportUnfit(record, fields, open.width, calls);
    if (outcomes.reasons.length > 0) {
      // Rejected records go through the same queue, so that all records stay in order.
      const { reasons } = outcomes;
      outcomes.addLeg({ source, values: [], problems: new Map(), reasons }, '');
      return;
    }
    const reason = conversion.leftOutBy(fields);
    if (reason !== undefined) {
      account.leftOut[reason] += 1;
      return;
    }
    unmapped.add(fields);
    const converted = conversion.convert(source);
    outcomes.addLeg(converted, outcomes.joinsLegs ? conversion.legOf(fields) : '');
  }

  /**
   * Reports a problem of the record as a whole, such as a wrong number of fields.
   *
   * @param own the fields of the export, without the reasons of an earlier rejection
   */
  #reportUnfit(
    { fields, line, problem }: TableRecord,
    own: readonly string[],
    width: number,
    calls: RecordCheck,
  ): void {
    const { found, account } = this.#outcomes;
    const place = { line, record: account.records };
    // A doubtful record may be a part of a longer value. It is reported only if `invalidRecords`
    // receives the records with errors.
    const isDoubtful = problem === 'record-doubtful';
    if (problem !== undefined && (!isDoubtful || this.#options.invalidRecords !== undefined)) {
      found.add(problem, place, {});
    } else if (fields.length !== width) calls.reportFieldCount(fields, width, place);
    else calls.reportTotals(own, place);
  }

  /** Reports the findings that require the complete export. */
  #reportWhole(): void {
    const { found, account } = this.#outcomes;
    if (this.#export === undefined) {
      if (!this.#isRefused) found.add('file-empty', {}, {});
      return;
    }
    if (this.#isRefused) return;
    const { conversion, calls, unmapped } = this.#export;
    if (account.records === 0) found.add('header-only', {}, {});
    calls.finish(account.records);
    const { mixedDates } = conversion;
    if (mixedDates !== undefined) {
      found.add('datetime-orders-mixed', { line: mixedDates.monthFirst }, mixedDates);
    }
    accountOf(account, conversion.counted, this.#recipe, found);
    if (this.#options.sheetReport !== undefined) reportSheet(this.#options.sheetReport, found);
    unmapped.report(found);
  }
}

function placeOf({ line, record, column, value, offset }: Finding): object {
  return {
    line: line ?? undefined,
    record: record ?? undefined,
    column: column ?? undefined,
    value: value ?? undefined,
    offset: offset ?? undefined,
  };
}
