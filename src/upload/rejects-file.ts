import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { InvalidRecords } from '../calls/check-calls.ts';
import { REJECT_REASON } from '../calls/header.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { Failure, systemErrorCode, usageFailure } from '../failure.ts';
import { draftOf, NO_FILE, placeOfFile, unwritableFile } from '../file-place.ts';

const HELD_CHARACTERS = 256 * 1024;

/**
 * Keeps the records that are left out, in a CSV file with the original columns and the reason. The
 * file can be mended and sent as it is: the column of reasons is left out on the way.
 *
 * It is written beside its place and moved there at the end, so that a broken run leaves none that
 * is half done, and an older one is never lost.
 */
export class RejectsFile implements InvalidRecords {
  /** As the user named it, and where it leads to. */
  readonly #path: string;
  readonly #place: string;
  readonly #draft: string;
  #descriptor: number | undefined;
  #reasonsAt = -1;
  #held = '';
  #count = 0;

  /** @throws Failure `rejects-unwritable` (exit 2) when something stands there that is no file */
  constructor(path: string) {
    this.#path = path;
    const place = this.#guarded(() => placeOfFile(path));
    if (place.kind !== 'file') throw this.#unwritable(NO_FILE);
    this.#place = place.path;
    this.#draft = draftOf(place.path);
  }

  begin(header: readonly string[]): void {
    this.#close();
    this.#count = 0;
    this.#reasonsAt = header.findIndex(
      (name) => name.trim().toLowerCase() === REJECT_REASON.toLowerCase(),
    );
    this.#held = writeRecords([this.#reasonsAt < 0 ? [...header, REJECT_REASON] : header]);
  }

  take(_record: number, fields: readonly string[], reasons: readonly string[]): void {
    const reason = reasons.join(' ');
    this.#count += 1;
    this.#held += writeRecords([
      this.#reasonsAt < 0 ? [...fields, reason] : fields.with(this.#reasonsAt, reason),
    ]);
    if (this.#held.length > HELD_CHARACTERS) this.#flush();
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
    this.#flush();
    this.#close();
    this.#guarded(() => {
      if (existsSync(this.#place) && !this.#sameAsBefore()) throw this.#exists();
      renameSync(this.#draft, this.#place);
    });
    return this.#count;
  }

  /** Takes away what was written so far. */
  discard(): void {
    this.#close();
    rmSync(this.#draft, { force: true });
  }

  /** The same run again makes the same rejects, and that is no clash. */
  #sameAsBefore(): boolean {
    const { size } = statSync(this.#place);
    return (
      size === 0 ||
      (size === statSync(this.#draft).size &&
        readFileSync(this.#place).equals(readFileSync(this.#draft)))
    );
  }

  #exists(): Failure {
    this.discard();
    return usageFailure(
      'rejects-exist',
      `${this.#path} holds rejects of another run, and they would be lost.`,
      'Mend and send those first, or name another file with --rejects.',
    );
  }

  #flush(): void {
    this.#guarded(() => {
      this.#descriptor ??= openSync(this.#draft, 'w', 0o600);
      const bytes = Buffer.from(this.#held, 'utf8');
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#descriptor, bytes, written);
      }
      this.#held = '';
    });
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#held = '';
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const code = systemErrorCode(error);
      if (error instanceof Failure || code === undefined) throw error;
      throw this.#unwritable(code);
    }
  }

  #unwritable(why: string): Failure {
    return unwritableFile(
      'rejects-unwritable',
      `The file of rejects ${this.#path} cannot be written (${why}); nothing was sent.`,
    );
  }
}
