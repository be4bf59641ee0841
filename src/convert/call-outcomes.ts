/**
 * Handles the calls of one pass: joins legs, then checks, counts and previews calls, and writes or
 * rejects them.
 */
import type { RecordCheck } from '../calls/check/record-check.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { type BytesOfLine } from '../csv/table.ts';
import { noAccount } from './account.ts';
import { type SingleCall, valuesOf } from './byte-records.ts';
import { CallQueue, type CheckedCalls } from './call-queue.ts';
import type { CallsSink, ConvertOptions, PreviewedRecord } from './conversion.ts';
import { joinedValues, LegJoiner } from './legs.ts';
import { previewOf } from './preview.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { ConvertedRecord, RecordConversion } from './record-conversion.ts';

export const NO_BYTES = new Uint8Array(0);

/** The conversion and the check of an export. Both are created after the header is read. */
interface Stages {
  readonly conversion: RecordConversion;
  readonly check: RecordCheck;
  readonly queue: CallQueue;
}

/** Handles the calls of one pass, from the record to the sink. */
export class CallOutcomes {
  /** All findings of the pass. */
  readonly found: FindingCollector;
  readonly account = noAccount();
  readonly preview: PreviewedRecord[] = [];
  /** The errors of the current record. */
  reasons: FindingCode[] = [];
  /** Whether legs are joined to one call. If not, each leg becomes a call. */
  readonly joinsLegs: boolean;
  readonly #options: ConvertOptions;
  readonly #legs = new LegJoiner<ConvertedRecord>();
  #stages: Stages | undefined;
  /** The bytes of calls that are not written yet. */
  #pieces: Uint8Array[] = [];

  /** @param sheet the sheet of the workbook that the records come from */
  constructor(recipe: Recipe, options: ConvertOptions, sheet: string | undefined) {
    this.#options = options;
    this.joinsLegs = recipe.legs === 'join' && recipe.preset?.legOf !== undefined;
    this.found = new FindingCollector({
      listed: options.maxFindings,
      onFinding: options.onFinding,
      sheet,
      onError: (code) => {
        this.reasons.push(code);
      },
    });
  }

  /** Starts the conversion, once the header is read. */
  begin(conversion: RecordConversion, check: RecordCheck): void {
    const queue = new CallQueue(check, this.#checkedCalls(conversion), conversion.isPlain);
    this.#stages = { conversion, check, queue };
  }

  /** Whether the preview needs more records. */
  get isPreviewing(): boolean {
    return this.preview.length < this.#options.previewed;
  }

  /** Checks all waiting calls and passes them on, before later calls arrive. */
  checkWaiting(): void {
    this.#stages?.queue.checkAll();
  }

  /** @param bytes good calls, or the header line; this method copies the bytes */
  write(bytes: Uint8Array): void {
    this.#pieces.push(Buffer.from(bytes));
  }

  /** Counts calls that were converted as bytes, proved clean and written. */
  addClean(records: number): void {
    this.account.records += records;
    this.account.written += records;
  }

  /**
   * Checks a call that was converted as bytes. The scanner did not prove this call clean.
   *
   * @returns whether the call is good
   */
  addSingle(call: SingleCall, bytesOf: BytesOfLine): boolean {
    const { bytes, problems, line } = call;
    this.account.records += 1;
    this.reasons = [];
    const { records: record } = this.account;
    const check = this.#stages?.check;
    const isGood = call.isProved
      ? check?.reportWrong(problems, () => valuesOf(bytes), { line, record })
      : check?.check(valuesOf(bytes), line, false, { problems, record });
    if (isGood === true) {
      this.account.written += 1;
      return true;
    }
    this.account.rejected += 1;
    this.#options.invalidRecords?.take(record, () => bytesOf(line), this.reasons);
    return false;
  }

  /** @param key the value that the legs of one call share; '' for a call with only one leg */
  addLeg(leg: ConvertedRecord, key: string): void {
    if (!this.joinsLegs) this.#finishCall(leg, [leg]);
    else for (const { first, legs } of this.#legs.add(leg, key)) this.#finishCall(first, legs);
  }

  /** Passes on the calls that still waited for legs, at the end of the export. */
  finishLegs(): void {
    for (const { first, legs } of this.#legs.rest()) this.#finishCall(first, legs);
  }

  /** Checks the waiting calls and writes the good calls. */
  async flush(sink: CallsSink): Promise<void> {
    this.checkWaiting();
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) await sink.write(piece);
  }

  /** Joins the legs of a complete call, and queues it for its check. */
  #finishCall(first: ConvertedRecord, legs: readonly ConvertedRecord[]): void {
    if (this.#stages === undefined) return;
    const { conversion, queue } = this.#stages;
    const isOne = legs.length === 1;
    if (first.reasons === undefined) this.account.legs += legs.length - 1;
    const values = isOne
      ? first.values
      : joinedValues(
          conversion.names,
          legs.map((leg) => leg.values),
        );
    if (first.reasons === undefined && !conversion.identify(values)) {
      this.account.leftOut.unidentified += 1;
      return;
    }
    const problems = isOne ? first.problems : problemsOf(legs);
    queue.add({ first, legs, values, problems });
  }

  #checkedCalls(conversion: RecordConversion): CheckedCalls {
    const preview = ({ source }: ConvertedRecord, values: readonly string[]): void => {
      this.preview.push(previewOf(source, values, conversion, this.found));
    };
    return {
      begin: () => {
        this.reasons = [];
      },
      written: (bytes) => {
        this.write(bytes);
      },
      good: ({ first, values }) => {
        this.account.written += 1;
        if (this.isPreviewing) preview(first, values);
      },
      bad: ({ first, legs, values }) => {
        this.#reject(legs, first.reasons ?? this.reasons);
        if (first.reasons === undefined && this.isPreviewing) preview(first, values);
      },
    };
  }

  #reject(legs: readonly ConvertedRecord[], reasons: readonly FindingCode[]): void {
    this.account.rejected += 1;
    for (const { source } of legs) {
      const { record, bytes } = source;
      this.#options.invalidRecords?.take(record, () => bytes ?? NO_BYTES, reasons);
    }
  }
}

/**
 * Returns the problems of a call with several legs. If one leg has no problems, the call has none.
 */
function problemsOf(legs: readonly ConvertedRecord[]): ConvertedRecord['problems'] {
  const [first] = legs;
  return legs.every(({ problems }) => problems.size > 0)
    ? (first?.problems ?? new Map())
    : new Map();
}
