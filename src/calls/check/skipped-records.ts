/** Remembers the records of a file that are left out. */
import type { FindingCode } from '../findings/kinds.ts';
import type { InvalidRecords, RejectedHeader } from './check-options.ts';

const FIRST_BYTES = 1024;

/**
 * Remembers the records of a file that are left out. It needs one bit per record: 1.25 MB for ten
 * million records.
 */
export class SkippedRecords implements InvalidRecords {
  readonly #next: InvalidRecords | undefined;
  #bits = new Uint8Array(FIRST_BYTES);
  #count = 0;

  /** @param next receives the same records */
  constructor(next: InvalidRecords | undefined) {
    this.#next = next;
  }

  get none(): boolean {
    return this.#count === 0;
  }

  get wantsBytes(): boolean {
    return this.#next?.wantsBytes === true;
  }

  begin(header: RejectedHeader): void {
    this.#bits.fill(0);
    this.#count = 0;
    this.#next?.begin(header);
  }

  take(record: number, bytes: () => Uint8Array, reasons: readonly FindingCode[]): void {
    const at = record >> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (record & 7));
    this.#count += 1;
    this.#next?.take(record, bytes, reasons);
  }

  /**
   * Says whether a record is left out.
   *
   * @param record the number of the record, from 1; the header is not counted
   */
  has(record: number): boolean {
    return ((this.#bits[record >> 3] ?? 0) & (1 << (record & 7))) !== 0;
  }
}
