/** What becomes of the calls of one pass: joined out of legs, checked, counted, previewed, and written or rejected. */
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

/** What makes the calls of an export, and what checks them; both are known with its header. */
interface Making {
  readonly conversion: RecordConversion;
  readonly check: RecordCheck;
  readonly queue: CallQueue;
}

/** Follows the calls of one pass from the record to the sink. */
export class CallOutcomes {
  /** All that is found in the pass. */
  readonly found: FindingCollector;
  readonly account = noAccount();
  readonly preview: PreviewedRecord[] = [];
  /** What is wrong with the record at hand. */
  reasons: FindingCode[] = [];
  /** Whether legs become one call; else each is a call of its own. */
  readonly joinsLegs: boolean;
  readonly #options: ConvertOptions;
  readonly #legs = new LegJoiner<ConvertedRecord>();
  #making: Making | undefined;
  /** The calls that are not written yet, as bytes. */
  #pieces: Uint8Array[] = [];

  /** @param sheet the sheet of a workbook that the records are rows of */
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

  /** The header is read: calls can be made from here on. */
  begin(conversion: RecordConversion, check: RecordCheck): void {
    const queue = new CallQueue(check, this.#checkedCalls(conversion), conversion.isPlain);
    this.#making = { conversion, check, queue };
  }

  /** Whether records are still to be shown before and after. */
  get isPreviewing(): boolean {
    return this.preview.length < this.#options.previewed;
  }

  /** Checks and hands on all calls that wait, so that what follows comes after them. */
  checkWaiting(): void {
    this.#making?.queue.checkAll();
  }

  /** @param bytes good calls, or the header of all calls; copied here */
  write(bytes: Uint8Array): void {
    this.#pieces.push(Buffer.from(bytes));
  }

  /** Counts calls that were made, proved clean and written by their bytes. */
  addClean(records: number): void {
    this.account.records += records;
    this.account.written += records;
  }

  /**
   * Checks a call that was made by its bytes and is not clean for certain.
   *
   * @returns whether it is good
   */
  addSingle(call: SingleCall, bytesOf: BytesOfLine): boolean {
    const { bytes, problems, line } = call;
    this.account.records += 1;
    this.reasons = [];
    const { records: record } = this.account;
    const check = this.#making?.check;
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

  /** @param key what the legs of one call have in common; '' for a call of its own */
  addLeg(leg: ConvertedRecord, key: string): void {
    if (!this.joinsLegs) this.#finishCall(leg, [leg]);
    else for (const { first, legs } of this.#legs.add(leg, key)) this.#finishCall(first, legs);
  }

  /** The export is over: no leg comes any more. */
  finishLegs(): void {
    for (const { first, legs } of this.#legs.rest()) this.#finishCall(first, legs);
  }

  /** Checks what waits, and writes what is good. */
  async flush(sink: CallsSink): Promise<void> {
    this.checkWaiting();
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) await sink.write(piece);
  }

  /** No further leg belongs to a call: it waits for its check. */
  #finishCall(first: ConvertedRecord, legs: readonly ConvertedRecord[]): void {
    if (this.#making === undefined) return;
    const { conversion, queue } = this.#making;
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

/** What is wrong with the legs of a call; one leg without a problem is enough for the call. */
function problemsOf(legs: readonly ConvertedRecord[]): ConvertedRecord['problems'] {
  const [first] = legs;
  return legs.every(({ problems }) => problems.size > 0)
    ? (first?.problems ?? new Map())
    : new Map();
}
