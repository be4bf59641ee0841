/** Processes each call after its conversion: joins legs, adds identifiers, checks and counts. */
import type { RecordCheck } from '../calls/check/record-check.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { RecordFields } from '../csv/record-fields.ts';
import { writeRecord } from '../csv/record-writer.ts';
import type { BytesOfLines } from '../csv/table.ts';
import type { RowSource } from '../csv/table-form.ts';
import { CallBatch, type CheckedCalls, type UnusualCall } from './call-batch.ts';
import { CallBytes } from './cells/call-bytes.ts';
import type { CallsSink, ConvertOptions, PreviewedRecord } from './conversion.ts';
import { type LeftOutReason, noAccount } from './conversion-account.ts';
import { Identification } from './identification.ts';
import { joinedValues, type Leg, LEG_WINDOW, LegJoiner } from './legs.ts';
import { previewOf } from './preview.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { RecordConversion } from './record-conversion.ts';
import type { RecordPlace } from './record-places.ts';
import type { WrongCall } from './wrong-calls.ts';

const NO_BYTES = new Uint8Array(0);
/** The initial size of the memory for one call, in bytes. */
const ONE_CALL = 4096;
/** The initial size of the memory for the calls of one block, in bytes. */
const ONE_BLOCK = 512 * 1024;

/** The stages of the conversion of an export. They are created after the header is read. */
interface Stages {
  readonly conversion: RecordConversion;
  readonly identification: Identification;
  readonly batch: CallBatch;
}

/** Handles the calls of one pass, from the record to the sink. */
export class CallOutcomes {
  /** All findings of the pass. */
  readonly found: FindingCollector;
  readonly account = noAccount();
  readonly preview: PreviewedRecord[] = [];
  /** The errors of the current record. */
  reasons: FindingCode[] = [];
  /** Returns the original bytes of a record while the record can still be rejected. */
  bytesOf: BytesOfLines = () => NO_BYTES;
  readonly #recipe: Recipe;
  readonly #options: ConvertOptions;
  /** Joins the legs of a call into one call; `undefined` if each leg becomes a call of its own. */
  readonly #legs: LegJoiner | undefined;
  /** The current call, before its identifiers are added, and its fields. */
  readonly #call = new CallBytes(ONE_CALL);
  readonly #fields = new RecordFields(',');
  #stages: Stages | undefined;
  #lastWrong: UnusualCall = {};
  /** The number of records that were chosen for the preview. */
  #previewed = 0;
  /** The calls that are not written yet. */
  readonly #written = new CallBytes(ONE_BLOCK);

  /** @param rows where the records come from, if they were first converted to CSV */
  constructor(recipe: Recipe, options: ConvertOptions, rows: RowSource) {
    this.#recipe = recipe;
    this.#options = options;
    const joinsLegs = recipe.legs === 'join' && recipe.preset?.legOf !== undefined;
    this.#legs = joinsLegs
      ? new LegJoiner({
          onCall: (first, others) => {
            this.#onCall(first, others);
          },
          onTooFar: ({ line, record }, firstLine) => {
            this.reasons = [];
            this.found.add('legs-too-far', { line, record }, { firstLine, most: LEG_WINDOW });
            return { reasons: this.reasons };
          },
        })
      : undefined;
    this.found = new FindingCollector({
      listed: options.maxFindings,
      onFinding: options.onFinding,
      sheet: rows.sheet,
      lineInJson: rows.lineInJson,
      onError: (code) => {
        this.reasons.push(code);
      },
    });
  }

  /** Whether the first leg of a call decides if all legs of the call are left out. */
  get isDecidedByFirstLeg(): boolean {
    return this.#legs !== undefined && this.#recipe.preset?.isDirectionOfFirstLeg === true;
  }

  /** Starts the conversion. Call this after the header is read. */
  begin(conversion: RecordConversion, check: RecordCheck): void {
    const identification = new Identification(conversion.names, this.#recipe);
    const batch = new CallBatch(check, this.#checkedCalls(conversion));
    this.#stages = { conversion, identification, batch };
  }

  /** The physical line of the oldest record whose call is not complete. */
  get oldestLine(): number | undefined {
    return this.#legs?.oldestLine;
  }

  /**
   * The number of calls whose phone number is in the joined file, and the number of calls that have
   * an identifier although the recipe sets `StaticCall=1`. Such calls do not become static.
   */
  get counted(): Identification['counted'] {
    return this.#stages?.identification.counted ?? { joined: 0, identifiedStatics: 0 };
  }

  /** Checks all waiting calls and passes them on. */
  checkWaiting(): void {
    this.#stages?.batch.checkAll();
  }

  /**
   * Adds calls to the output.
   *
   * @param bytes good calls, or the header line; this method copies the bytes
   */
  write(bytes: Uint8Array): void {
    this.#written.append(bytes);
  }

  /**
   * Converts a record to a call.
   *
   * @param source the place of the record
   * @param isSuspect whether the record may contain NUL or undecodable bytes
   * @param leftOut the reason to leave out the record; ignored if the record is a later leg
   */
  addRecord(
    record: RecordFields,
    source: RecordPlace,
    isSuspect: boolean,
    leftOut?: LeftOutReason,
  ): void {
    if (this.#stages === undefined) return;
    const { conversion, identification, batch } = this.#stages;
    const { line } = source;
    const isPreviewed = this.#previewed < this.#options.previewed;
    if (isPreviewed) this.#previewed += 1;
    const before = isPreviewed ? conversion.before(record) : undefined;
    const key = this.#legs === undefined ? '' : conversion.columns.leg();
    const call = this.#call;
    call.length = 0;
    if (isSuspect) {
      const { values: damaged, wrong } = conversion.convertDamaged(record, line);
      // Only the identification reads these bytes. A NUL would end a field, so it is replaced.
      call.text(writeRecord(damaged.map((value) => value.replaceAll('\0', '\ufffd'))));
      this.#addCall(source, { damaged, wrong, before, leftOut }, key);
      return;
    }
    // Most calls need no joining and no identification. They are written directly to the batch.
    const isFinished = this.#legs === undefined && !identification.isNeeded;
    const wrong = conversion.convert(record, line, isFinished ? batch.out : call);
    const usual = this.#unusualCall(wrong, before);
    const more = leftOut === undefined ? usual : { ...usual, leftOut };
    if (isFinished) batch.add(source, more);
    else this.#addCall(source, more, key);
  }

  /**
   * Returns the facts about an unusual call. Consecutive calls with the same problems share one
   * object.
   */
  #unusualCall(
    wrong: WrongCall | undefined,
    before: readonly string[] | undefined,
  ): UnusualCall | undefined {
    if (before !== undefined) return { wrong, before };
    if (wrong !== undefined && this.#lastWrong.wrong !== wrong) this.#lastWrong = { wrong };
    return wrong === undefined ? undefined : this.#lastWrong;
  }

  /** Rejects a record for the current reasons. The record keeps its place among the calls. */
  rejectRecord(source: RecordPlace): void {
    this.#call.length = 0;
    this.#addCall(source, { reasons: this.reasons }, '');
  }

  /** At the end of the export, passes on the calls that were still waiting for more legs. */
  finishLegs(): void {
    this.#legs?.closeAll();
  }

  /** Checks the waiting calls and writes the good calls. */
  async flush(sink: CallsSink): Promise<void> {
    this.checkWaiting();
    const { bytes, length } = this.#written;
    if (length > 0) await sink.write(bytes.subarray(0, length));
    this.#written.length = 0;
  }

  /** Adds the call in `#call`. If `more` has the errors of the record, `#call` is empty. */
  #addCall(source: RecordPlace, more: UnusualCall | undefined, key: string): void {
    if (this.#legs !== undefined) this.#legs.add(this.#call, source, more, key);
    else {
      const { line, lines, record } = source;
      const { bytes: call, length: to } = this.#call;
      this.#complete({ line, lines, record, more, call, from: 0, to });
    }
  }

  #onCall(first: Leg, others: readonly Leg[]): void {
    if (first.more?.leftOut !== undefined) {
      this.account.leftOut[first.more.leftOut] += 1 + others.length;
      return;
    }
    if (others.length === 0) {
      this.#complete(first);
      return;
    }
    const legs = [first, ...others];
    this.account.legs += others.length;
    const { names } = this.#stages?.conversion ?? { names: [] };
    const values = joinedValues(
      names,
      legs.map(({ call, from, more }) => more?.damaged ?? this.#valuesOf(call, from)),
    );
    const isDamaged = legs.some(({ more }) => more?.damaged !== undefined);
    // If one leg has no problems, the joined call has no problems.
    const isWrong = legs.every(({ more }) => more?.wrong !== undefined);
    const more = {
      damaged: isDamaged ? values : undefined,
      wrong: isWrong ? first.more?.wrong : undefined,
      before: first.more?.before,
      legs,
    };
    const call = Buffer.from(writeRecord(values), 'utf8');
    this.#complete({ ...first, more, call, from: 0, to: call.length });
  }

  /** Adds identifiers to a call whose legs are complete. Then adds the call to the batch. */
  #complete(whole: Leg): void {
    const { call, from, to, more } = whole;
    if (this.#stages === undefined) return;
    const { identification, batch } = this.#stages;
    if (more?.reasons !== undefined) {
      batch.add(whole, more);
      return;
    }
    if (!identification.isNeeded) {
      batch.out.copy(call, from, to);
      batch.add(whole, more);
      return;
    }
    const fields = this.#fields;
    fields.divide(call, from);
    const start = batch.out.length;
    const identified = identification.write(fields, from, to, batch.out);
    if (identified === 'left-out') {
      this.account.leftOut.unidentified += 1;
      return;
    }
    const { damaged } = more ?? {};
    const now = damaged === undefined ? [] : this.#valuesOf(batch.out.bytes, start);
    // Only values that were filled in are replaced. The other values must keep their surrogates.
    const { staticAt } = identification;
    const isFilled = (value: string, at: number): boolean =>
      value === '' || (at === staticAt && identified === 'static');
    const filled = damaged?.map((value, at) => (isFilled(value, at) ? (now[at] ?? '') : value));
    const unusual = filled === undefined ? more : { ...more, damaged: filled };
    batch.add(whole, unusual, identified === 'static');
  }

  /** Returns the values of a call that is a line of CSV. */
  #valuesOf(call: Buffer, from: number): readonly string[] {
    this.#fields.divide(call, from);
    return [...this.#fields.texts()];
  }

  #checkedCalls(conversion: RecordConversion): CheckedCalls {
    return {
      begin: () => {
        this.reasons = [];
      },
      clean: (calls) => {
        this.account.written += calls;
      },
      written: (bytes) => {
        this.write(bytes);
      },
      end: ({ place, more, values }, isGood) => {
        if (isGood) this.account.written += 1;
        else this.#reject(place, more);
        const { before, reasons } = more ?? {};
        if (before === undefined || reasons !== undefined) return;
        const after = { before, values: values(), line: place.line };
        this.preview.push(previewOf(after, conversion.names, this.found));
      },
    };
  }

  #reject(place: RecordPlace, more: UnusualCall | undefined): void {
    this.account.rejected += 1;
    const { reasons = this.reasons, legs = [place] } = more ?? {};
    for (const { record, line, lines } of legs) {
      this.#options.invalidRecords?.take(record, () => this.bytesOf(line, lines), reasons);
    }
  }
}
