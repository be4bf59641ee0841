/** Checks converted calls many at a time: by the bytes they are written as, and one by one where that does not do. */
import type { RecordCheck } from '../calls/check/record-check.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import { writeRecord } from '../csv/record-writer.ts';
import type { ConvertedRecord } from './record-conversion.ts';

/** A call that waits for its check, or a record that was rejected before. */
export interface QueuedCall {
  readonly first: ConvertedRecord;
  readonly legs: readonly ConvertedRecord[];
  readonly values: readonly string[];
  readonly problems: ConvertedRecord['problems'];
}

/** What becomes of the calls, in their order. */
export interface CheckedCalls {
  /** @param text the call as it is written */
  good(call: QueuedCall, text: string): void;
  /** A call is about to be checked by itself. */
  begin(): void;
  bad(call: QueuedCall): void;
}

/** A letter of text takes so many bytes in UTF-8 at most. */
const MOST_BYTES = 3;
/** Fewer calls than this are checked one by one. */
const FEWEST = 8;

/** The calls of one export that wait for their check. */
export class CallQueue {
  readonly #check: RecordCheck;
  readonly #checked: CheckedCalls;
  readonly #calls: QueuedCall[] = [];
  readonly #texts: string[] = [];
  readonly #lineEnds = { lf: false, crlf: false, cr: false };
  #length = 0;

  constructor(check: RecordCheck, checked: CheckedCalls) {
    this.#check = check;
    this.#checked = checked;
  }

  add(call: QueuedCall): void {
    const text = call.first.reasons === undefined ? writeRecord(call.values) : '';
    this.#calls.push(call);
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length * MOST_BYTES > LONGEST_LINES / 2) this.settle();
  }

  /** Checks all that wait. */
  settle(): void {
    for (let at = 0; at < this.#calls.length;) {
      const end = this.#endOfRun(at);
      if (end - at < FEWEST) {
        const last = Math.max(end, at + 1);
        for (; at < last; at += 1) this.#checkOne(at);
      } else {
        this.#checkRun(at, end);
        at = end;
      }
    }
    this.#calls.length = 0;
    this.#texts.length = 0;
    this.#length = 0;
  }

  /** @returns the place behind the calls that stand in lines one after another and have no fault so far */
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
    const bytes = Buffer.from(this.#texts.slice(from, end).join(''), 'utf8');
    let offset = 0;
    for (let at = from; at < end; at += 1) {
      const line = this.#calls[at]?.first.source.line ?? 0;
      const clean = this.#check.cleanLines.take(bytes, offset, line, this.#lineEnds);
      for (const last = at + clean.records; at < last; at += 1) this.#pass(at);
      if (at >= end) return;
      this.#checkOne(at);
      offset = clean.end + Buffer.byteLength(this.#texts[at] ?? '', 'utf8');
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
    if (call !== undefined) this.#checked.good(call, this.#texts[at] ?? '');
  }
}
