/** One reading of an export, with what its columns say as wholes known or not. */
import type { CheckOptions, InvalidRecords } from '../calls/check/check-options.ts';
import { damageOf } from '../calls/check/file-findings.ts';
import { RecordCheck } from '../calls/check/record-check.ts';
import { REJECT_REASON } from '../calls/columns/header.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { Finding, Validation } from '../calls/findings/finding.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { type OpenBytes, type TableRecord, tableRecords } from '../csv/table.ts';
import type { TableForm } from '../csv/table-form.ts';
import { accountOf, type ConversionAccount, noAccount } from './account.ts';
import type { Settled } from './cell-reading.ts';
import { headerOf, reportColumns } from './converted-header.ts';
import { ForeignColumns } from './foreign-columns.ts';
import { hasErrors } from './joined-file.ts';
import { type CallOfLegs, joinedValues, LegJoiner } from './legs.ts';
import type { Recipe } from './recipe.ts';
import { type ConvertedRecord, RecordConversion } from './record-conversion.ts';

/** How to check what a conversion makes. */
export type ConvertOptions = Pick<
  CheckOptions,
  'now' | 'maxFindings' | 'showValues' | 'encoding' | 'delimiter' | 'onFinding' | 'onStart'
> & {
  /** Gets the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** How many records to show before and after. */
  readonly previewed: number;
};

/** One record before and after, as a preview shows it. */
export interface PreviewedRecord {
  readonly line: number;
  readonly columns: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    /** Whether the value is not what the column takes. */
    readonly failed: boolean;
  }[];
}

/** What a conversion came to. */
export interface Conversion {
  readonly validation: Validation;
  /** What became of each record of the export. */
  readonly account: ConversionAccount;
  /** Columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  readonly preview: readonly PreviewedRecord[];
}

/** Takes the text of the calls. */
export interface CallsSink {
  /** A reading begins: what was written before is void. */
  begin(): void;
  write(text: string): void | Promise<void>;
}

/** A record of the export that may still become a call, with its bytes where somebody keeps rejected ones. */
interface Leg extends ConvertedRecord {
  readonly fields: readonly string[];
  readonly bytes: Uint8Array | undefined;
  /** What is wrong with a record of which no call can be made. */
  readonly reasons?: readonly FindingCode[];
}

/** One reading of an export. */
export class Attempt {
  readonly #form: TableForm;
  readonly #recipe: Recipe;
  readonly #options: ConvertOptions;
  readonly #settled: Settled;
  readonly #found: FindingCollector;
  readonly #account = noAccount();
  readonly #legs = new LegJoiner<Leg>();
  readonly #preview: PreviewedRecord[] = [];
  /** What is wrong with the record at hand. */
  #reasons: FindingCode[] = [];
  #conversion: RecordConversion | undefined;
  #calls: RecordCheck | undefined;
  #foreign: ForeignColumns | undefined;
  #width = 0;
  /** Where the reasons of an earlier rejection stand, before the columns of an export without a header. */
  #dropped = 0;
  #isRefused = false;
  #rows: (readonly string[])[] = [];

  constructor(form: TableForm, recipe: Recipe, options: ConvertOptions, settled: Settled) {
    this.#form = form;
    this.#recipe = recipe;
    this.#options = options;
    this.#settled = settled;
    this.#found = new FindingCollector({
      listed: options.maxFindings,
      onFinding: (finding) => {
        if (finding.severity === 'error') this.#reasons.push(finding.code);
        options.onFinding?.(finding);
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
    for await (const records of tableRecords(open, this.#form, wantsBytes)) {
      for (const record of records) this.#take(record);
      await this.#flush(sink);
      if (this.#isRefused) break;
    }
    for (const call of this.#legs.rest()) this.#finishCall(call);
    this.#finish();
    await this.#flush(sink);
    return this.#result();
  }

  /** What the columns said as wholes, when it was not known before. */
  evidence(): Settled | undefined {
    const evidence = this.#conversion?.evidence();
    if (evidence === undefined || this.#isRefused) return undefined;
    const { dateOrder, decimals, currency } = evidence;
    const { comma, point } = decimals;
    const isNews = [dateOrder, comma, point, currency].some((one) => one !== undefined);
    return isNews ? evidence : undefined;
  }

  refused(code: 'header-not-first', line: number): Conversion {
    this.#found.add(code, { line }, { line });
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

  #take(record: TableRecord): void {
    const { headerLine } = this.#recipe;
    if (this.#isRefused || (headerLine !== undefined && record.line < headerLine)) return;
    if (this.#conversion === undefined) {
      const isHeader = this.#takeHeader(record);
      if (isHeader) return;
    }
    this.#account.records += 1;
    this.#takeRecord(record);
  }

  /** @returns whether the record is the header, and no record of the export */
  #takeHeader(record: TableRecord): boolean {
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
    const isKept = isHeaderOfRejects(fields, columns);
    const header = isKept ? fields.slice(1) : (columns?.slice(0, fields.length) ?? fields);
    this.#dropped = isKept ? 1 : 0;
    this.#width = columns === undefined ? fields.length : header.length + this.#dropped;
    const conversion = new RecordConversion(header, this.#recipe, this.#settled);
    this.#conversion = conversion;
    this.#foreign = new ForeignColumns(conversion.columns.leftOut, header, this.#recipe);
    const { now, showValues } = this.#options;
    const options = { now, showValues, encoding, isConverted: true };
    this.#calls = new RecordCheck(headerOf(conversion), options, this.#found);
    const { joined } = this.#recipe;
    reportColumns(conversion, this.#found, line, joined !== undefined && hasErrors(joined));
    this.#rows.push(conversion.names);
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

  #takeRecord(taken: TableRecord): void {
    const [conversion, calls, record] = [this.#conversion, this.#calls, this.#account.records];
    if (conversion === undefined || calls === undefined) return;
    const { fields, line, suspect: isSuspect, bytes } = taken;
    const own = this.#dropped === 0 ? fields : fields.slice(this.#dropped);
    this.#reasons = [];
    this.#reportUnfit(taken, own, calls);
    const place = { line, record, isSuspect };
    if (this.#reasons.length > 0) {
      const reasons = this.#reasons;
      // Rejected records stay in the order of the export.
      this.#add({ ...place, values: [], problems: new Map(), fields: own, bytes, reasons }, '');
      return;
    }
    const reason = conversion.leftOutBy(own);
    if (reason !== undefined) {
      this.#account.leftOut[reason] += 1;
      return;
    }
    this.#foreign?.add(own);
    const converted = conversion.convert(own, place);
    this.#add({ ...converted, fields: own, bytes }, conversion.legOf(own));
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

  #add(leg: Leg, key: string): void {
    if (!this.#joinsLegs) this.#finishCall({ first: leg, legs: [leg] });
    else for (const call of this.#legs.add(leg, key)) this.#finishCall(call);
  }

  get #joinsLegs(): boolean {
    const { preset, legs } = this.#recipe;
    return legs === 'join' && preset?.legOf !== undefined;
  }

  /** Nothing more belongs to a call: it is checked, and written or rejected. */
  #finishCall({ first, legs }: CallOfLegs<Leg>): void {
    const [conversion, calls] = [this.#conversion, this.#calls];
    if (conversion === undefined || calls === undefined) return;
    if (first.reasons !== undefined) {
      this.#reject(legs, first.reasons);
      return;
    }
    this.#reasons = [];
    this.#account.legs += legs.length - 1;
    const isOne = legs.length === 1;
    const values = isOne
      ? first.values
      : joinedValues(
          conversion.names,
          legs.map((leg) => leg.values),
        );
    if (!conversion.identify(values)) {
      this.#account.leftOut.unidentified += 1;
      return;
    }
    const known = { problems: isOne ? first.problems : problemsOf(legs), record: first.record };
    const isGood = calls.check(values, first.line, first.isSuspect, known);
    this.#previewCall(first, values);
    if (isGood) {
      this.#account.written += 1;
      this.#rows.push(values);
    } else this.#reject(legs, this.#reasons);
  }

  #reject(legs: readonly Leg[], reasons: readonly FindingCode[]): void {
    this.#account.rejected += 1;
    for (const { record, bytes } of legs) {
      this.#options.invalidRecords?.take(record, () => bytes ?? NO_BYTES, reasons);
    }
  }

  #previewCall({ fields, line }: Leg, values: readonly string[]): void {
    const conversion = this.#conversion;
    if (conversion === undefined || this.#preview.length >= this.#options.previewed) return;
    const before = conversion.before(fields);
    const failed = failedColumns(this.#found, line);
    this.#preview.push({
      line,
      columns: conversion.names.map((name, at) => ({
        name,
        before: before[at] ?? '',
        after: values[at] ?? '',
        failed: failed.has(name),
      })),
    });
  }

  #finish(): void {
    const [found, conversion, account] = [this.#found, this.#conversion, this.#account];
    if (conversion === undefined) {
      if (!this.#isRefused) found.add('file-empty', {}, {});
      return;
    }
    if (account.records === 0) found.add('header-only', {}, {});
    this.#calls?.finish(account.records);
    const { mixedDates } = conversion;
    if (mixedDates !== undefined) {
      found.add('datetime-orders-mixed', { line: mixedDates.monthFirst }, mixedDates);
    }
    accountOf(account, conversion.counted, this.#recipe, found);
    this.#foreign?.report(found);
  }

  async #flush(sink: CallsSink): Promise<void> {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    await sink.write(writeRecords(rows));
  }
}

const NO_BYTES = new Uint8Array(0);

/** Whether a record is the header that was written over rejected records of an export without one. */
function isHeaderOfRejects(
  fields: readonly string[],
  columns: readonly string[] | undefined,
): boolean {
  const [reason = '', first = ''] = fields;
  return (
    columns !== undefined &&
    reason.trim().toLowerCase() === REJECT_REASON.toLowerCase() &&
    first.trim() === columns[0]
  );
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

/** What is wrong with the legs of a call where no better one says the same. */
function problemsOf(legs: readonly Leg[]): Leg['problems'] {
  const [first] = legs;
  return legs.every(({ problems }) => problems.size > 0)
    ? (first?.problems ?? new Map())
    : new Map();
}

/** The columns whose values in a line are errors. */
function failedColumns(found: FindingCollector, line: number): ReadonlySet<string> {
  const findings = found.result().groups.flatMap(({ first }) => first);
  return new Set(
    findings.flatMap((finding) =>
      finding.line === line && finding.severity === 'error' && finding.column !== null
        ? [finding.column]
        : [],
    ),
  );
}
