/** One reading of an export, with what its columns say as wholes known or not. */
import { damageOf } from '../calls/check/file-findings.ts';
import { RecordCheck } from '../calls/check/record-check.ts';
import { reportSheet } from '../calls/check/sheet-findings.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { Finding } from '../calls/findings/finding.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
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
import { accountOf, noAccount } from './account.ts';
import { ByteRecords, type SingleCall, valuesOf } from './byte-records.ts';
import { CallQueue, type CheckedCalls } from './call-queue.ts';
import type { ColumnFacts } from './cell-reader.ts';
import type { CallsSink, Conversion, ConvertOptions, PreviewedRecord } from './conversion.ts';
import { headerOf, isNamed, reportColumns } from './converted-header.ts';
import { joinedValues, LegJoiner } from './legs.ts';
import { previewOf } from './preview.ts';
import type { Recipe } from './recipe/recipe.ts';
import { UnmappedColumns } from './recipe/unmapped-columns.ts';
import { type ConvertedRecord, RecordConversion } from './record-conversion.ts';
import { isHeaderOfRejects, isNamedInRejects } from './rejects-header.ts';

/** One reading of an export. */
export class ConversionPass {
  readonly #form: TableForm;
  readonly #recipe: Recipe;
  readonly #options: ConvertOptions;
  readonly #facts: ColumnFacts;
  readonly #found: FindingCollector;
  readonly #account = noAccount();
  readonly #legs = new LegJoiner<ConvertedRecord>();
  readonly #joinsLegs: boolean;
  readonly #preview: PreviewedRecord[] = [];
  /** What is wrong with the record at hand. */
  #reasons: FindingCode[] = [];
  #conversion: RecordConversion | undefined;
  #calls: RecordCheck | undefined;
  #unmapped: UnmappedColumns | undefined;
  #width = 0;
  /** Where the reasons of an earlier rejection stand, before the columns of an export without a header. */
  #dropped = 0;
  #isRefused = false;
  #queue: CallQueue | undefined;
  #byteRecords: ByteRecords | undefined;
  /** The calls that are not written yet, as bytes. */
  #pieces: Uint8Array[] = [];

  constructor(form: TableForm, recipe: Recipe, options: ConvertOptions, facts: ColumnFacts) {
    this.#form = form;
    this.#recipe = recipe;
    this.#options = options;
    this.#facts = facts;
    this.#joinsLegs = recipe.legs === 'join' && recipe.preset?.legOf !== undefined;
    this.#found = new FindingCollector({
      listed: options.maxFindings,
      onFinding: options.onFinding,
      sheet: form.sheet,
      onError: (code) => {
        this.#reasons.push(code);
      },
    });
  }

  async run(open: OpenBytes, sink: CallsSink): Promise<Conversion> {
    this.#options.onStart?.();
    sink.begin();
    for (const { file, ...finding } of this.#recipe.joined?.findings ?? []) {
      this.#found.add(finding.code, { ...placeOf(finding), file }, finding.parameters);
    }
    const wantsBytes = this.#options.invalidRecords?.wantsBytes === true;
    const consumer = {
      record: (record: TableRecord) => {
        this.#readRecord(record);
      },
      blank: () => undefined,
      longestLines: LONGEST_LINES,
      cleanLines: (lines: FastLines, bytesOf: BytesOfLine) => this.#readByBytes(lines, bytesOf),
    };
    const onBlock = async (): Promise<boolean> => {
      await this.#flush(sink);
      return !this.#isRefused;
    };
    await readTable(open, this.#form, consumer, { wantsBytes, onBlock });
    for (const { first, legs } of this.#legs.rest()) this.#finishCall(first, legs);
    await this.#flush(sink);
    this.#finish();
    return this.#result();
  }

  /** What the columns said as wholes, when it was not known before. */
  evidence(): ColumnFacts | undefined {
    const evidence = this.#conversion?.evidence();
    if (evidence === undefined || this.#isRefused) return undefined;
    const { dateOrder, decimals, currency } = evidence;
    const { comma, point } = decimals;
    const isNews = [dateOrder, comma, point, currency].some((one) => one !== undefined);
    return isNews ? evidence : undefined;
  }

  refused(code: 'header-not-first', line: number): Conversion {
    const { fileName: file, sheetName: sheet } = this.#options;
    const isForeign = !isNamed(this.#recipe);
    this.#found.add(code, { line }, { line, isForeign, file, sheet });
    return this.#result();
  }

  #result(): Conversion {
    return {
      validation: this.#found.result(),
      account: this.#account,
      leftOut: this.#conversion?.columns.leftOut ?? [],
      preview: this.#preview,
    };
  }

  #readRecord(record: TableRecord): void {
    const { headerLine } = this.#recipe;
    const isAbove = headerLine !== undefined && record.line < headerLine;
    // What was rejected before has its header in the first line.
    if (
      this.#isRefused ||
      (isAbove && this.#conversion === undefined && !isHeaderOfRejects(record.fields))
    )
      return;
    if (this.#conversion === undefined) {
      const isHeader = this.#readHeader(record);
      if (isHeader) return;
    }
    this.#account.records += 1;
    this.#convertRecord(record);
  }

  /** The fast path: records are divided by their bytes. */
  #readByBytes(lines: FastLines, bytesOf: BytesOfLine): CleanLines {
    const usual = this.#byteRecords;
    const { headerLine } = this.#recipe;
    const isAbove =
      headerLine !== undefined && lines.line < headerLine && this.#conversion === undefined;
    const isPreviewed = this.#preview.length < this.#options.previewed;
    if (usual === undefined || isAbove || isPreviewed || this.#isRefused) {
      return { end: lines.from, records: 0 };
    }
    // What came before is checked and written before.
    this.#queue?.checkAll();
    const taken = usual.take(lines, {
      clean: (records) => {
        this.#account.records += records;
        this.#account.written += records;
      },
      single: (call) => this.#checkSingle(call, bytesOf),
      written: (bytes) => {
        this.#pieces.push(Buffer.from(bytes));
      },
    });
    this.#conversion?.addByteEvidence();
    return taken;
  }

  #checkSingle(call: SingleCall, bytesOf: BytesOfLine): boolean {
    const { bytes, problems, line } = call;
    this.#account.records += 1;
    this.#reasons = [];
    const { records: record } = this.#account;
    const isGood = call.isProved
      ? this.#calls?.reportWrong(problems, () => valuesOf(bytes), { line, record })
      : this.#calls?.check(valuesOf(bytes), line, false, { problems, record });
    if (isGood === true) {
      this.#account.written += 1;
      return true;
    }
    this.#account.rejected += 1;
    this.#options.invalidRecords?.take(record, () => bytesOf(line), this.#reasons);
    return false;
  }

  /** What converts records by their bytes; `undefined` where all have to be read as text. */
  #byteReader(conversion: RecordConversion, calls: RecordCheck): ByteRecords | undefined {
    const columns = conversion.byteColumns();
    const isOff = this.#options.fastPath === false;
    if (columns === undefined || isOff || this.#joinsLegs || this.#dropped > 0) {
      return undefined;
    }
    const watched = this.#unmapped?.watched ?? [];
    const { delimiter } = this.#form.dialect;
    return new ByteRecords(
      { columns, width: this.#width, delimiter, watched, conversion, now: this.#options.now },
      calls,
    );
  }

  /** @returns whether the record is the header, and no record of the export */
  #readHeader(record: TableRecord): boolean {
    const { fields, suspect, problem, line } = record;
    const { columns } = this.#recipe;
    const { encoding } = this.#form;
    if (columns === undefined) {
      const damage = damageOf(fields, suspect, problem);
      if (damage !== undefined) {
        this.#isRefused = true;
        this.#found.add(damage, { line }, { encoding });
        return true;
      }
    }
    const isKept = isNamedInRejects(fields, columns);
    const header = isKept ? fields.slice(1) : (columns?.slice(0, fields.length) ?? fields);
    this.#dropped = isKept ? 1 : 0;
    this.#width = columns === undefined ? fields.length : header.length + this.#dropped;
    const conversion = new RecordConversion(header, this.#recipe, this.#facts);
    this.#conversion = conversion;
    this.#unmapped = new UnmappedColumns(conversion.columns.leftOut, header, this.#recipe);
    const { now, showValues } = this.#options;
    const { sheet } = this.#form;
    const options = { now, showValues, encoding, sheet, isConverted: true };
    this.#found.placeColumns(conversion.columns.places);
    this.#calls = new RecordCheck(headerOf(conversion), options, this.#found);
    const { fileName: file, sheetName } = this.#options;
    const named = { line, cells: header, recipe: this.#recipe, file, sheet: sheetName };
    this.#isRefused = !reportColumns(conversion, named, this.#found);
    this.#queue = new CallQueue(this.#calls, this.#checkedCalls(), conversion.isPlain);
    this.#byteRecords = this.#byteReader(conversion, this.#calls);
    this.#pieces.push(Buffer.from(writeRecord(conversion.names)));
    this.#options.invalidRecords?.begin({
      names: columns === undefined ? fields : header,
      bytes: () =>
        columns === undefined || isKept ? (record.bytes ?? NO_BYTES) : this.#headerBytes(header),
      form: this.#form,
    });
    return columns === undefined || isKept;
  }

  /** The header that an export without one gets, so that what is kept of it says what it is. */
  #headerBytes(header: readonly string[]): Uint8Array {
    const text = `${header.join(this.#form.dialect.delimiter)}\n`;
    if (this.#form.encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
    if (this.#form.encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
    return Buffer.from(text, 'latin1');
  }

  #convertRecord(taken: TableRecord): void {
    const conversion = this.#conversion;
    const calls = this.#calls;
    if (conversion === undefined || calls === undefined) return;
    const fields = this.#dropped === 0 ? taken.fields : taken.fields.slice(this.#dropped);
    const record = this.#account.records;
    const { line, suspect, bytes } = taken;
    this.#reasons = [];
    // Whoever leaves records out by rules means lines of totals too.
    const isWhole = taken.problem === undefined && taken.fields.length === this.#width;
    const rule = isWhole ? conversion.leftOutByRule(fields) : undefined;
    if (rule !== undefined) {
      this.#account.leftOut[rule] += 1;
      return;
    }
    this.#reportUnfit(taken, fields, calls);
    if (this.#reasons.length > 0) {
      // Rejected records stay in the order of the export.
      const source = { fields, line, record, isSuspect: suspect, bytes };
      this.#add({ source, values: [], problems: new Map(), reasons: this.#reasons }, '');
      return;
    }
    const reason = conversion.leftOutBy(fields);
    if (reason !== undefined) {
      this.#account.leftOut[reason] += 1;
      return;
    }
    this.#unmapped?.add(fields);
    const converted = conversion.convert({ fields, line, record, isSuspect: suspect, bytes });
    this.#add(converted, this.#joinsLegs ? conversion.legOf(fields) : '');
  }

  /** Reports why no call can be made of a record at all. */
  #reportUnfit(
    { fields, line, problem }: TableRecord,
    own: readonly string[],
    calls: RecordCheck,
  ): void {
    const place = { line, record: this.#account.records };
    // What may be the tail of a value is no record of its own before it is certain.
    const isDoubtful = problem === 'record-doubtful';
    if (problem !== undefined && (!isDoubtful || this.#options.invalidRecords !== undefined)) {
      this.#found.add(problem, place, {});
    } else if (fields.length !== this.#width) {
      calls.reportFieldCount(fields, this.#width, place);
    } else calls.reportTotals(own, place);
  }

  #add(leg: ConvertedRecord, key: string): void {
    if (!this.#joinsLegs) this.#finishCall(leg, [leg]);
    else for (const { first, legs } of this.#legs.add(leg, key)) this.#finishCall(first, legs);
  }

  /** Nothing more belongs to a call: it is checked, and written or rejected. */
  #finishCall(first: ConvertedRecord, legs: readonly ConvertedRecord[]): void {
    const conversion = this.#conversion;
    if (conversion === undefined) return;
    const isOne = legs.length === 1;
    if (first.reasons === undefined) this.#account.legs += legs.length - 1;
    const values = isOne
      ? first.values
      : joinedValues(
          conversion.names,
          legs.map((leg) => leg.values),
        );
    if (first.reasons === undefined && !conversion.identify(values)) {
      this.#account.leftOut.unidentified += 1;
      return;
    }
    const problems = isOne ? first.problems : problemsOf(legs);
    this.#queue?.add({ first, legs, values, problems });
  }

  /** What becomes of calls when they are checked. */
  #checkedCalls(): CheckedCalls {
    const isPreviewed = (): boolean => this.#preview.length < this.#options.previewed;
    const preview = ({ source }: ConvertedRecord, values: readonly string[]): void => {
      if (this.#conversion === undefined) return;
      this.#preview.push(previewOf(source, values, this.#conversion, this.#found));
    };
    return {
      begin: () => {
        this.#reasons = [];
      },
      written: (bytes) => {
        this.#pieces.push(Buffer.from(bytes));
      },
      good: ({ first, values }) => {
        this.#account.written += 1;
        if (isPreviewed()) preview(first, values);
      },
      bad: ({ first, legs, values }) => {
        this.#reject(legs, first.reasons ?? this.#reasons);
        if (first.reasons === undefined && isPreviewed()) preview(first, values);
      },
    };
  }

  #reject(legs: readonly ConvertedRecord[], reasons: readonly FindingCode[]): void {
    this.#account.rejected += 1;
    for (const { source } of legs) {
      const { record, bytes } = source;
      this.#options.invalidRecords?.take(record, () => bytes ?? NO_BYTES, reasons);
    }
  }

  #finish(): void {
    const [found, conversion, account] = [this.#found, this.#conversion, this.#account];
    if (conversion === undefined) {
      if (!this.#isRefused) found.add('file-empty', {}, {});
      return;
    }
    if (this.#isRefused) return;
    if (account.records === 0) found.add('header-only', {}, {});
    this.#calls?.finish(account.records);
    const { mixedDates } = conversion;
    if (mixedDates !== undefined) {
      found.add('datetime-orders-mixed', { line: mixedDates.monthFirst }, mixedDates);
    }
    accountOf(account, conversion.counted, this.#recipe, found);
    if (this.#options.sheetReport !== undefined) reportSheet(this.#options.sheetReport, found);
    this.#unmapped?.report(found);
  }

  async #flush(sink: CallsSink): Promise<void> {
    this.#queue?.checkAll();
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) await sink.write(piece);
  }
}

const NO_BYTES = new Uint8Array(0);

function placeOf({ line, record, column, value, offset }: Finding): object {
  return {
    line: line ?? undefined,
    record: record ?? undefined,
    column: column ?? undefined,
    value: value ?? undefined,
    offset: offset ?? undefined,
  };
}

/** What is wrong with the legs of a call where no better one says the same. */
function problemsOf(legs: readonly ConvertedRecord[]): ConvertedRecord['problems'] {
  const [first] = legs;
  return legs.every(({ problems }) => problems.size > 0)
    ? (first?.problems ?? new Map())
    : new Map();
}
