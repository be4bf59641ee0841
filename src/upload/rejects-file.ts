/** Writes the file for the records that `--skip-invalid` leaves out. */
import type { InvalidRecords, RejectedHeader } from '../calls/check/check-options.ts';
import { REJECT_REASON } from '../calls/columns/header.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import type { Encoding } from '../csv/encoding.ts';
import { Failure } from '../failure.ts';
import { DraftFile } from '../files/draft-file.ts';

const MARK = '\ufeff';

/**
 * Writes rejected records to a file, byte for byte. A new first column has the codes of their
 * findings. A user can correct the records and send the file. The program drops the new column on
 * sending.
 */
export class RejectsFile implements InvalidRecords {
  readonly wantsBytes = true;
  readonly #draft: DraftFile;
  #encoding: Encoding = 'utf-8';
  #delimiter = ',';
  #lineEnd: Uint8Array = Buffer.alloc(0);
  /** Whether the records already have a first column with reasons from an earlier run. */
  #hasReasons = false;
  #count = 0;

  /** @throws Failure `output-unwritable` (exit 2) when the path cannot be written */
  constructor(path: string) {
    const unwritable = (reason: string): Failure =>
      new Failure('output-unwritable', { path, reason, isBeforeSending: true });
    this.#draft = new DraftFile(path, unwritable);
  }

  begin({ bytes, names, form }: RejectedHeader): void {
    this.#draft.rewind();
    this.#count = 0;
    this.#encoding = form.encoding;
    this.#delimiter = form.dialect.delimiter;
    const header = bytes();
    this.#lineEnd = this.#lineEndOf(header) ?? this.#encoded('\n');
    this.#hasReasons = names[0]?.trim().toLowerCase() === REJECT_REASON.toLowerCase();
    if (form.markBytes > 0) this.#draft.write(this.#encoded(MARK));
    if (form.dialect.separatorLine) {
      this.#draft.write(this.#encoded(`sep=${this.#delimiter}`));
      this.#draft.write(this.#lineEnd);
    }
    this.#writeLine(REJECT_REASON, header);
  }

  take(_record: number, bytes: () => Uint8Array, reasons: readonly FindingCode[]): void {
    this.#count += 1;
    this.#writeLine([...new Set(reasons)].join(' '), bytes());
  }

  /**
   * Moves the file to its final path, if there are any rejects. If an earlier run has left a file
   * at this path, the name of the new file gets a number.
   *
   * @returns the path of the file; `undefined` when there are no rejects
   * @throws Failure `output-unwritable` (exit 2), before anything is sent
   */
  finish(): string | undefined {
    if (this.#count > 0) return this.#draft.finishBeside();
    this.discard();
    return undefined;
  }

  /** Deletes the unfinished file. */
  discard(): void {
    this.#draft.discard();
  }

  #writeLine(first: string, line: Uint8Array): void {
    this.#draft.write(this.#encoded(`${first}${this.#delimiter}`));
    this.#draft.write(this.#hasReasons ? this.#withoutFirstField(line) : line);
    if (this.#lineEndOf(line) === undefined) this.#draft.write(this.#lineEnd);
  }

  #withoutFirstField(line: Uint8Array): Uint8Array {
    const at = Buffer.from(line).indexOf(this.#encoded(this.#delimiter));
    return at < 0 ? line : line.subarray(at + this.#encoded(this.#delimiter).length);
  }

  #lineEndOf(line: Uint8Array): Uint8Array | undefined {
    for (const text of ['\r\n', '\n', '\r']) {
      const end = this.#encoded(text);
      if (Buffer.from(line.subarray(-end.length)).equals(end)) return end;
    }
    return undefined;
  }

  /**
   * Encodes a text in the encoding of the file.
   *
   * @param text the byte-order mark, or ASCII, which has the same bytes in every single-byte
   *   encoding
   */
  #encoded(text: string): Buffer {
    if (this.#encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
    if (this.#encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
    return Buffer.from(text, 'utf8');
  }
}
