/** The converted calls that wait for their check: many consecutive calls are checked together. */
import { NO_COLUMNS } from '../calls/check/clean-lines.ts';
import type { RecordCheck } from '../calls/check/record-check.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { LONGEST_LINES, MOST_NUMBERED } from '../calls/scan/record-scanner.ts';
import { RecordFields } from '../csv/record-fields.ts';
import { CallBytes } from './cells/call-bytes.ts';
import type { LeftOutReason } from './conversion-account.ts';
import { type RecordPlace, RecordPlaces } from './record-places.ts';
import type { WrongCall } from './wrong-calls.ts';

/** Facts about a call that most calls do not have. */
export interface UnusualCall {
  /** The problems that the conversion found in the values of the call. */
  readonly wrong?: WrongCall | undefined;
  /**
   * The values of the call, if its record has NUL bytes or undecodable bytes. A lone surrogate
   * represents an undecodable byte.
   */
  readonly damaged?: readonly string[] | undefined;
  /** The reason to leave out the record. A reason is ignored in the later legs of a call. */
  readonly leftOut?: LeftOutReason | undefined;
  /** The errors of a record that cannot become a call. */
  readonly reasons?: readonly FindingCode[] | undefined;
  /** The records of all legs, if the call is joined from several legs. */
  readonly legs?: readonly RecordPlace[] | undefined;
  /** The texts that the values come from, for the preview. */
  readonly before?: readonly string[] | undefined;
}

/** A call that is checked separately. */
interface SingleCall {
  readonly place: RecordPlace;
  readonly more: UnusualCall | undefined;
  readonly values: () => readonly string[];
}

/** Receives the results of the checks, in the order of the calls. */
export interface CheckedCalls {
  /**
   * Counts clean calls.
   *
   * @param calls the number of calls that are proved clean
   */
  clean(calls: number): void;
  /** Runs before a call is checked separately. */
  begin(): void;
  /**
   * Runs after a call was checked separately.
   *
   * @param isGood whether the call has no errors
   */
  end(call: SingleCall, isGood: boolean): void;
  /**
   * Receives good calls.
   *
   * @param bytes good calls as CSV, one after another; valid only during the callback
   */
  written(bytes: Uint8Array): void;
}

/** A batch is full, and is checked, if its calls have at least this many bytes. */
const AT_ONCE = 256 * 1024;
/** A call is almost never longer than this, in bytes. */
const ONE_CALL = 16 * 1024;
/** A call without unusual facts. This is the first of the four kinds of waiting calls. */
const USUAL = 0;
/** A static call without an identifier. It gets a warning. */
const UNIDENTIFIED = 1;
const UNUSUAL = 2;
/** An unusual call that is always checked separately. */
const SINGLE = 3;

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** The calls of one export that wait for their check. */
export class CallBatch {
  /** The calls as CSV. Write a call here, and then use {@link add}. */
  readonly out = new CallBytes(AT_ONCE + ONE_CALL);
  readonly #check: RecordCheck;
  readonly #checked: CheckedCalls;
  readonly #fields = new RecordFields(',');
  #calls = 0;
  /** Where each call ends in `out`. */
  readonly #ends = new Uint32Array(MOST_NUMBERED);
  readonly #places = new RecordPlaces(MOST_NUMBERED);
  readonly #kinds = new Uint8Array(MOST_NUMBERED);
  /** The unusual calls, by the index of the call. */
  readonly #unusual = new Array<UnusualCall | undefined>(MOST_NUMBERED).fill(undefined);
  /** The index of the first good call that is not passed on yet. */
  #goodFrom = 0;

  constructor(check: RecordCheck, checked: CheckedCalls) {
    this.#check = check;
    this.#checked = checked;
  }

  /**
   * Adds the call that was written last. If the batch is full, checks all its calls.
   *
   * @param isUnidentified whether the call is static because it has no identifier
   */
  add(place: RecordPlace, more?: UnusualCall, isUnidentified = false): void {
    const at = this.#calls;
    this.#ends[at] = this.out.length;
    this.#places.set(at, place);
    this.#kinds[at] = isUnidentified ? UNIDENTIFIED : USUAL;
    if (more !== undefined) this.#kinds[at] = isUnidentified ? SINGLE : UNUSUAL;
    this.#unusual[at] = more;
    this.#calls += 1;
    if (this.out.length >= AT_ONCE || this.#calls === MOST_NUMBERED) this.checkAll();
  }

  /** Checks all waiting calls, and passes on the good ones. */
  checkAll(): void {
    const all = this.#calls;
    if (all === 0) return;
    const made = this.out.bytes.subarray(0, this.out.length);
    this.#goodFrom = 0;
    for (let at = 0; at < all;) {
      const kind = this.#kinds[at] ?? UNUSUAL;
      if (kind >= UNUSUAL) {
        at += this.#checkUnusual(at, made);
        continue;
      }
      let end = at + 1;
      while (end < all && (this.#kinds[end] ?? UNUSUAL) < UNUSUAL) end += 1;
      at = this.#checkUsual(at, end, made);
    }
    this.#passOn(all);
    this.#calls = 0;
    this.#unusual.fill(undefined, 0, all);
    this.out.length = 0;
  }

  /** Passes on the good calls before the index `end`. */
  #passOn(end: number): void {
    const [from, to] = [this.#startOf(this.#goodFrom), this.#startOf(end)];
    if (to > from) this.#checked.written(this.out.bytes.subarray(from, to));
    this.#goodFrom = end;
  }

  /**
   * Checks calls without known problems. Stops after the first call that is not proved clean.
   *
   * @returns the index after the last checked call
   */
  #checkUsual(from: number, end: number, made: Uint8Array): number {
    const clean = this.#scan(from, end, NO_COLUMNS, made);
    const next = from + clean;
    if (clean > 0) this.#checked.clean(clean);
    for (let at = from; at < next; at += 1) {
      if (this.#kinds[at] !== UNIDENTIFIED) continue;
      this.#check.reportUnidentified(this.#places.at(at));
    }
    if (next === end) return end;
    this.#checkSingle(next, false);
    return next + 1;
  }

  /**
   * Checks consecutive calls that are all wrong in the same columns. May stop before the last of
   * these calls.
   *
   * @returns the number of checked calls
   */
  #checkUnusual(at: number, made: Uint8Array): number {
    const wrong = this.#columnsOf(at);
    let end = at + 1;
    while (wrong !== undefined && this.#columnsOf(end) === wrong) end += 1;
    const proved = wrong === undefined ? 0 : this.#scan(at, end, wrong, made);
    const taken = Math.min(proved + 1, end - at);
    for (let call = at; call < at + taken; call += 1) this.#checkSingle(call, call - at < proved);
    return taken;
  }

  /** Returns the wrong columns of a call, if the scanner can check all its other columns. */
  #columnsOf(at: number): readonly number[] | undefined {
    if (this.#kinds[at] === SINGLE) return undefined;
    const { damaged, before, wrong } = this.#unusual[at] ?? {};
    return damaged === undefined && before === undefined ? wrong?.columns : undefined;
  }

  /** @returns the number of calls that are proved clean in all but the wrong columns */
  #scan(first: number, end: number, wrong: readonly number[], made: Uint8Array): number {
    if (made.length > LONGEST_LINES) return 0;
    const run = { wrong, first, from: this.#startOf(first), to: this.#startOf(end) };
    return this.#check.cleanLines.takeRun(made, this.#places.starts, run);
  }

  /**
   * Checks one call separately.
   *
   * @param isProved whether the scanner proved that all columns except the wrong ones are clean
   */
  #checkSingle(at: number, isProved: boolean): void {
    const more = this.#unusual[at];
    const place = this.#places.at(at);
    const values = (): readonly string[] => more?.damaged ?? this.#valuesOf(at);
    const { problems = NO_PROBLEMS } = more?.wrong ?? {};
    this.#checked.begin();
    let isGood = false;
    if (isProved) isGood = this.#check.reportWrong(problems, values, place);
    else if (more?.reasons === undefined) {
      const known = { problems, record: place.record };
      isGood = this.#check.check(values(), place.line, more?.damaged !== undefined, known);
    }
    this.#checked.end({ place, more, values }, isGood);
    if (isGood) return;
    this.#passOn(at);
    this.#goodFrom = at + 1;
  }

  #valuesOf(at: number): readonly string[] {
    this.#fields.divide(this.out.bytes.subarray(0, this.#startOf(at + 1)), this.#startOf(at));
    return this.#fields.texts();
  }

  #startOf(call: number): number {
    return call === 0 ? 0 : (this.#ends[call - 1] ?? 0);
  }
}
