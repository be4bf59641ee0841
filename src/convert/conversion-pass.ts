/**
 * Reads an export once. This pass either uses facts about whole columns from an earlier pass, or
 * collects the evidence for these facts.
 */
import { damageOf } from '../calls/check/file-findings.ts';
import { type NoCallCode, NoCalls } from '../calls/check/no-call.ts';
import { RecordCheck } from '../calls/check/record-check.ts';
import { reportEmptyInJson, reportNoCalls, reportSheet } from '../calls/check/sheet-findings.ts';
import type { Finding } from '../calls/findings/finding.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import { ProjectedRecords } from '../csv/projected-records.ts';
import type { RecordFields } from '../csv/record-fields.ts';
import { writeRecord } from '../csv/record-writer.ts';
import {
  type BytesOfLines,
  type FastLines,
  type OpenBytes,
  readTable,
  type TableRecord,
} from '../csv/table.ts';
import type { TableForm } from '../csv/table-form.ts';
import type { CleanLines } from '../csv/table-reading.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import { accountOf } from './account.ts';
import { CallOutcomes } from './call-outcomes.ts';
import type { ColumnFacts } from './cells/cell-reader.ts';
import { proposedDirection } from './cells/direction-words.ts';
import type { CallsSink, Conversion, ConvertOptions } from './conversion.ts';
import { headerOf, isNamed, reportColumns } from './converted-header.ts';
import type { UnknownDirection } from './presets/preset.ts';
import { type CompanyLines, companyLinesOf } from './recipe/company-lines.ts';
import type { Recipe } from './recipe/recipe.ts';
import { UnmappedColumns } from './recipe/unmapped-columns.ts';
import { UnusedColumns } from './recipe/unused-columns.ts';
import { RecordConversion } from './record-conversion.ts';
import type { RecordPlace } from './record-places.ts';
import { isHeaderOfRejects, isNamedInRejects } from './rejects-header.ts';

/** An export after its header was read. */
interface OpenExport {
  readonly conversion: RecordConversion;
  readonly calls: RecordCheck;
  readonly unmapped: UnmappedColumns;
  readonly noCalls: NoCalls;
  readonly unused: UnusedColumns;
  /** The physical line of the header. */
  readonly line: number;
  /** `undefined` if the direction of each record is known. */
  readonly companyLines: CompanyLines | undefined;
  /** The number of fields in a record. */
  readonly width: number;
  /**
   * The number of fields to drop at the beginning of each record. It is 1 for the rejects of an
   * export without a header: the first field is the reject reason. Otherwise it is 0.
   */
  readonly dropped: number;
}

/** One pass over an export. */
export class ConversionPass {
  readonly #form: TableForm;
  readonly #recipe: Recipe;
  readonly #options: ConvertOptions;
  readonly #facts: ColumnFacts;
  readonly #outcomes: CallOutcomes;
  /** Reads records by their bytes. */
  readonly #projected: ProjectedRecords;
  #export: OpenExport | undefined;
  #isRefused = false;

  constructor(form: TableForm, recipe: Recipe, options: ConvertOptions, facts: ColumnFacts) {
    this.#form = form;
    this.#recipe = recipe;
    this.#options = options;
    this.#facts = facts;
    this.#outcomes = new CallOutcomes(recipe, options, form);
    this.#projected = new ProjectedRecords(form, (record, line, lines) => {
      this.#convert(record, line, lines, undefined);
    });
  }

  async run(open: OpenBytes, sink: CallsSink): Promise<Conversion> {
    this.#options.onStart?.();
    sink.begin();
    const outcomes = this.#outcomes;
    for (const { file, ...finding } of this.#recipe.joined?.findings ?? []) {
      outcomes.found.add(finding.code, { ...placeOf(finding), file }, finding.parameters);
    }
    const consumer = {
      record: (record: TableRecord) => {
        this.#readRecord(record);
      },
      blank: () => undefined,
      longestLines: LONGEST_LINES,
      cleanLines: (lines: FastLines) => this.#readByBytes(lines),
    };
    const onBlock = async (): Promise<boolean> => {
      await outcomes.flush(sink);
      return !this.#isRefused;
    };
    const onBytes = (bytesOf: BytesOfLines): void => {
      outcomes.bytesOf = bytesOf;
    };
    const firstNeeded = (): number => outcomes.oldestLine ?? Number.POSITIVE_INFINITY;
    const wantsBytes = this.#options.invalidRecords?.wantsBytes === true;
    await readTable(open, this.#form, consumer, {
      onBytes: wantsBytes ? onBytes : undefined,
      firstNeeded,
      onBlock,
    });
    outcomes.finishLegs();
    await outcomes.flush(sink);
    this.#reportWhole();
    return this.#result();
  }

  /** Returns the facts about whole columns; `undefined` if no second pass is necessary. */
  evidence(): ColumnFacts | undefined {
    const evidence = this.#export?.conversion.evidence();
    if (evidence === undefined || this.#isRefused) return undefined;
    const { dateOrder, decimals, currency, durations } = evidence;
    const { comma, point } = decimals;
    const isNews = [dateOrder, comma, point, currency].some((one) => one !== undefined);
    return isNews || durations.size > 0 ? evidence : undefined;
  }

  /**
   * Returns the result for an export whose header is not on the first line. Such an export is not
   * converted.
   */
  refused(code: 'header-not-first', line: number): Conversion {
    const { names } = this.#options;
    const isForeign = !isNamed(this.#recipe);
    this.#outcomes.found.add(code, { line }, { line, isForeign, ...names });
    return this.#result();
  }

  #result(): Conversion {
    const { found, account, preview } = this.#outcomes;
    const leftOut = this.#export?.conversion.columns.leftOut ?? [];
    const openCodes = this.#export?.unmapped.open ?? [];
    return { validation: found.result(), account, leftOut, preview, openCodes };
  }

  #readRecord(record: TableRecord): void {
    if (this.#isRefused) return;
    if (this.#export === undefined) {
      const { headerLine } = this.#recipe;
      const isAbove = headerLine !== undefined && record.line < headerLine;
      // A file of rejects always has its header on the first line, so `headerLine` does not apply
      // to it.
      if (isAbove && !isHeaderOfRejects(record.fields)) return;
      if (this.#readHeader(record)) return;
    }
    if (this.#export === undefined) {
      this.#outcomes.account.records += 1;
      return;
    }
    const { dropped } = this.#export;
    const fields = dropped === 0 ? record.fields : record.fields.slice(dropped);
    this.#convert(this.#projected.taken(fields), record.line, record.lines, record);
  }

  #readByBytes(lines: FastLines): CleanLines {
    const { dropped } = this.#export ?? { dropped: 1 };
    const isOff = this.#options.fastPath === false;
    if (dropped > 0 || isOff || this.#isRefused) return { end: lines.from, lines: 0 };
    return this.#projected.read(lines);
  }

  /** @returns whether the record was a header */
  #readHeader(record: TableRecord): boolean {
    const { fields, suspect, problem, line, lines } = record;
    const { columns } = this.#recipe;
    const { found } = this.#outcomes;
    const { encoding, sheet, lineInJson } = this.#form;
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
    const conversion = new RecordConversion(header, this.#recipe, this.#facts, this.#options.now);
    const unmapped = new UnmappedColumns(conversion.columns, header, this.#recipe);
    found.placeColumns(conversion.columns.places);
    const { now, showValues, names = {}, warnsOfUnknown = false } = this.#options;
    const { identifiersMayMix = false } = this.#options;
    const knowsUnidentified = this.#recipe.unidentified === 'static';
    const rows = { sheet, lineInJson };
    const options = {
      now,
      showValues,
      identifiersMayMix,
      encoding,
      ...rows,
      isConverted: true,
      knowsUnidentified,
    };
    const calls = new RecordCheck(headerOf(conversion), options, found);
    const named = { line, cells: header, recipe: this.#recipe, names, warnsOfUnknown };
    this.#isRefused = !reportColumns(conversion, named, found);
    this.#outcomes.begin(conversion, calls);
    const noCalls = new NoCalls(header);
    const unused = new UnusedColumns(conversion.columns, header, this.#recipe);
    const companyLines = companyLinesOf(conversion.columns, header, this.#recipe);
    this.#export = {
      conversion,
      calls,
      unmapped,
      noCalls,
      unused,
      line,
      companyLines,
      width: width - dropped,
      dropped,
    };
    this.#outcomes.write(Buffer.from(writeRecord(conversion.names)));
    const isHeader = columns === undefined || isKept || areNames(fields, columns);
    const bytes = isHeader ? this.#outcomes.bytesOf(line, lines) : this.#headerBytes(header);
    this.#options.invalidRecords?.begin({
      names: columns === undefined ? fields : header,
      bytes: () => bytes,
      form: this.#form,
    });
    return isHeader;
  }

  /** Writes a header for an export without one, so that its rejects have column names. */
  #headerBytes(header: readonly string[]): Uint8Array {
    const text = `${header.join(this.#form.dialect.delimiter)}\n`;
    if (this.#form.encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
    if (this.#form.encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
    return Buffer.from(text, 'latin1');
  }

  /**
   * Converts one record.
   *
   * @param fields the fields of the record, without the reasons of an earlier rejection
   * @param read the record if it was read as text
   */
  #convert(fields: RecordFields, line: number, lines: number, read: TableRecord | undefined): void {
    if (this.#export === undefined) return;
    const { conversion, noCalls, unmapped, unused, companyLines, width } = this.#export;
    const outcomes = this.#outcomes;
    const { account } = outcomes;
    account.records += 1;
    const noCall = noCalls.codeOf(fields.firstWord(), () => fields.texts());
    // A rule may leave out a line of totals, and such a line must not be reported. So the rules
    // come first. Below a second header, the positions of the columns are unknown, so no rule
    // applies.
    const isWhole =
      read?.problem === undefined && fields.count === width && noCall !== 'header-second';
    const rule = isWhole ? conversion.leftOutByRule(fields) : undefined;
    if (rule !== undefined) {
      account.leftOut[rule] += 1;
      return;
    }
    const source = { line, lines, record: account.records };
    // A preset knows lines that are no calls, such as a line of totals. They are no mistakes.
    const isCall = noCall === 'header-second' || conversion.isCall(fields);
    if (isCall === false) {
      account.leftOut.other += 1;
      return;
    }
    if (!this.#isFit(fields, source, this.#reported(read?.problem) ?? noCall)) {
      outcomes.rejectRecord(source);
      return;
    }
    const reason = typeof isCall === 'object' ? isCall : conversion.leftOutBy(fields);
    if (typeof reason === 'object') {
      this.#rejectUnknown(reason, source);
      return;
    }
    if (reason !== undefined && outcomes.isDecidedByFirstLeg) {
      outcomes.addRecord(fields, source, read?.suspect === true, reason);
      return;
    }
    if (reason !== undefined) {
      account.leftOut[reason] += 1;
      return;
    }
    unmapped.add(fields);
    unused.add(fields);
    companyLines?.add(fields, line);
    outcomes.addRecord(fields, source, read?.suspect === true);
  }

  /** Rejects a record whose word for the direction is unknown. */
  #rejectUnknown({ column, word }: UnknownDirection, source: RecordPlace): void {
    const outcomes = this.#outcomes;
    const { line, record } = source;
    const value = shownColumn(word);
    outcomes.reasons = [];
    const meaning = proposedDirection(word, column);
    outcomes.found.add(
      'value-not-listed',
      { line, record, column, value },
      { column: shownColumn(column), value, meaning },
    );
    outcomes.rejectRecord(source);
  }

  /**
   * Returns the problem to report. A doubtful record may be a part of a longer value. It is
   * reported only if `invalidRecords` receives the records with errors.
   */
  #reported(problem: TableRecord['problem']): TableRecord['problem'] {
    const isDoubtful = problem === 'record-doubtful';
    return isDoubtful && this.#options.invalidRecords === undefined ? undefined : problem;
  }

  /**
   * Reports a problem of the record as a whole, such as a wrong number of fields.
   *
   * @returns whether the record can become a call
   */
  #isFit(
    fields: RecordFields,
    { line, record }: RecordPlace,
    cause: TableRecord['problem'] | NoCallCode,
  ): boolean {
    const { found } = this.#outcomes;
    const { calls, width } = this.#export ?? { width: 0 };
    if (cause === undefined && fields.count === width) return true;
    this.#outcomes.reasons = [];
    if (cause !== undefined) found.add(cause, { line, record }, {});
    else calls?.reportFieldCount(fields.texts(), width, { line, record });
    return this.#outcomes.reasons.length === 0;
  }

  /** Reports the findings that require the complete export. */
  #reportWhole(): void {
    const { found, account } = this.#outcomes;
    if (this.#export === undefined) {
      if (!this.#isRefused) found.add('file-empty', {}, {});
      return;
    }
    if (this.#isRefused) return;
    const { conversion, calls, unmapped, unused, line, companyLines } = this.#export;
    if (account.records === 0) reportNoCalls(this.#options.sheetReport, found);
    calls.finish(account.records);
    const { mixedDates } = conversion;
    if (mixedDates !== undefined) {
      found.add('datetime-orders-mixed', { line: mixedDates.monthFirst }, mixedDates);
    }
    for (const [column, sample] of conversion.minutesAndSeconds) {
      found.add('durations-as-minutes', { column }, { column, sample });
    }
    accountOf(account, { ...conversion.missing, ...this.#outcomes.counted }, this.#recipe, found);
    if (this.#options.sheetReport !== undefined) reportSheet(this.#options.sheetReport, found);
    reportEmptyInJson(this.#form, found);
    unmapped.report(found);
    unused.report(found, line);
    companyLines?.report(found);
  }
}

/** Says whether a record has the column names of an export that should have no header. */
function areNames(fields: readonly string[], columns: readonly string[]): boolean {
  return (
    fields.length > 1 &&
    fields.every((text, at) => text.trim().toLowerCase() === columns[at]?.trim().toLowerCase())
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
