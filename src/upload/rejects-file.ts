/** The file of the records that --skip-invalid leaves out. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { InvalidRecords } from '../calls/check/check-options.ts';
import { REJECT_REASON } from '../calls/columns/header.ts';
import type { FindingCode } from '../calls/findings/kinds.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { Failure } from '../failure.ts';
import { DraftFile } from '../files/draft-file.ts';

/**
 * Keeps the records that are left out, in a CSV file with the original columns and the codes of what is
 * wrong. The file can be fixed and sent as it is: the column of reasons is left out before sending.
 */
export class RejectsFile implements InvalidRecords {
  readonly #path: string;
  readonly #draft: DraftFile;
  #reasonsAt = -1;
  #count = 0;

  /** @throws Failure `rejects-unwritable` (exit 2) when something stands there that is no file */
  constructor(path: string) {
    this.#path = path;
    const unwritable = (reason: string): Failure =>
      new Failure('rejects-unwritable', { path, reason });
    this.#draft = new DraftFile(path, unwritable, false);
  }

  begin(header: readonly string[]): void {
    this.#draft.rewind();
    this.#count = 0;
    this.#reasonsAt = header.findIndex(
      (name) => name.trim().toLowerCase() === REJECT_REASON.toLowerCase(),
    );
    const columns = this.#reasonsAt < 0 ? [...header, REJECT_REASON] : header;
    this.#draft.write(writeRecords([columns]));
  }

  take(_record: number, fields: readonly string[], reasons: readonly FindingCode[]): void {
    const reason = reasons.join(' ');
    this.#count += 1;
    this.#draft.write(
      writeRecords([
        this.#reasonsAt < 0 ? [...fields, reason] : fields.with(this.#reasonsAt, reason),
      ]),
    );
  }

  /**
   * Puts the file into its place, if there is a reject at all.
   *
   * @returns how many records it holds
   * @throws Failure `rejects-exist` (exit 2) when another file stands there; nothing was sent yet
   */
  finish(): number {
    if (this.#count === 0) {
      this.discard();
      return 0;
    }
    this.#draft.flush();
    if (existsSync(this.#draft.place) && !this.#isSameAsBefore()) {
      this.discard();
      throw new Failure('rejects-exist', { path: this.#path });
    }
    this.#draft.finish();
    return this.#count;
  }

  /** Takes away what was written so far. */
  discard(): void {
    this.#draft.discard();
  }

  /** The same run again makes the same rejects, and that is no clash. */
  #isSameAsBefore(): boolean {
    const { place, draft } = this.#draft;
    const { size } = statSync(place);
    if (size === 0) return true;
    return (
      draft !== undefined &&
      size === statSync(draft).size &&
      readFileSync(place).equals(readFileSync(draft))
    );
  }
}
