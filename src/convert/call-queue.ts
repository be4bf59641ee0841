/** Checks converted calls: many consecutive calls together if possible, other calls one by one. */
import type { RecordCheck } from '../calls/check/record-check.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import { writeRecord } from '../csv/record-writer.ts';
import type { ConvertedRecord } from './record-conversion.ts';

/** A call that waits for its check, or a record that is already rejected. */
export interface QueuedCall {
  readonly first: ConvertedRecord;
  readonly legs: readonly ConvertedRecord[];
  readonly values: readonly string[];
  readonly problems: ConvertedRecord['problems'];
}

/** Receives the results, in the order of the calls. */
export interface CheckedCalls {
  good(call: QueuedCall): void;
  /** Called before a call is checked separately. */
  begin(): void;
  bad(call: QueuedCall): void;
  /** @param bytes good calls as CSV, one after another; valid only during the callback */
  written(bytes: Uint8Array): void;
}

/** The largest number of bytes that one UTF-16 code unit becomes in UTF-8. */
const MOST_BYTES = 3;
/** Fewer consecutive calls than this are checked one by one. */
const FEWEST = 8;

/** The calls of one export that wait for their check. */
export class CallQueue {
  readonly #check: RecordCheck;
  readonly #checked: CheckedCalls;
  readonly #isPlain: readonly boolean[];
  readonly #calls: QueuedCall[] = [];
  /** The waiting calls as CSV. */
  #bytes = Buffer.allocUnsafeSlow(LONGEST_LINES);
  /** The offset in `#bytes` where each call ends. */
  readonly #ends: number[] = [];
  #length = 0;
  readonly #lineEnds = { lf: false, crlf: false, cr: false };
  /** The range of good calls in `#bytes` that are not passed on yet. */
  #goodFrom = 0;
  #goodTo = 0;

  /** @param isPlain for each column, whether its good values never need quotes */
  constructor(check: RecordCheck, checked: CheckedCalls, isPlain: readonly boolean[]) {
    this.#check = check;
    this.#isPlain = isPlain;
    this.#checked = checked;
  }

  add(call: QueuedCall): void {
    const text = call.first.reasons === undefined ? writeRecord(call.values, this.#isPlain) : '';
    const most = text.length * MOST_BYTES;
    if (this.#length + most > this.#bytes.length) this.checkAll();
    // One record may be longer than the scanner accepts at once.
    if (most > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(most);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#calls.push(call);
    this.#ends.push(this.#length);
  }

  /** Checks all waiting calls, and passes on the good ones. */
  checkAll(): void {
    for (let at = 0; at < this.#calls.length;) {
      const end = this.#endOfRun(at);
      if (end - at < FEWEST || this.#startOf(end) - this.#startOf(at) > LONGEST_LINES) {
        const last = Math.max(end, at + 1);
        for (; at < last; at += 1) this.#checkOne(at);
      } else {
        this.#checkRun(at, end);
        at = end;
      }
    }
    this.#passOn();
    this.#calls.length = 0;
    this.#ends.length = 0;
    this.#length = 0;
    this.#goodFrom = 0;
    this.#goodTo = 0;
  }

  #startOf(at: number): number {
    return at === 0 ? 0 : (this.#ends[at - 1] ?? this.#length);
  }

  /**
   * @returns the index after the last call of the run that begins at `from`. The calls of a run
   *   are on consecutive lines and have no known problems.
   */
  #endOfRun(from: number): number {
    let line = this.#calls[from]?.first.source.line ?? 0;
    let end = from;
    for (; end < this.#calls.length; end += 1, line += 1) {
      const call = this.#calls[end];
      if (call === undefined || call.first.reasons !== undefined || call.problems.size > 0) break;
      const { source } = call.first;
      if (source.line !== line || source.isSuspect) break;
    }
    return end;
  }

  #checkRun(from: number, end: number): void {
    const start = this.#startOf(from);
    const bytes = this.#bytes.subarray(start, this.#startOf(end));
    for (let at = from; at < end; at += 1) {
      const line = this.#calls[at]?.first.source.line ?? 0;
      const offset = this.#startOf(at) - start;
      const clean = this.#check.cleanLines.take(bytes, offset, line, this.#lineEnds);
      for (const last = at + clean.records; at < last; at += 1) this.#pass(at);
      if (at >= end) return;
      this.#checkOne(at);
    }
  }

  #checkOne(at: number): void {
    const call = this.#calls[at];
    if (call === undefined) return;
    const { first, values, problems } = call;
    if (first.reasons === undefined) {
      this.#checked.begin();
      const { line, record, isSuspect } = first.source;
      if (this.#check.check(values, line, isSuspect, { problems, record })) {
        this.#pass(at);
        return;
      }
    }
    this.#checked.bad(call);
  }

  #pass(at: number): void {
    const call = this.#calls[at];
    if (call === undefined) return;
    this.#checked.good(call);
    if (this.#startOf(at) !== this.#goodTo) {
      this.#passOn();
      this.#goodFrom = this.#startOf(at);
    }
    this.#goodTo = this.#startOf(at + 1);
  }

  #passOn(): void {
    if (this.#goodTo > this.#goodFrom) {
      this.#checked.written(this.#bytes.subarray(this.#goodFrom, this.#goodTo));
    }
    this.#goodFrom = this.#goodTo;
  }
}
