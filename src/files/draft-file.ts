/** Output files: each is written beside its place and moved there when it is whole. */
import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Failure, systemErrorCode } from '../failure.ts';
import { NOT_A_FILE, type OutputTarget, outputTarget } from './output-path.ts';

/** So much text is written at a time, in bytes of UTF-8 at least. */
const BUFFERED = 256 * 1024;

/**
 * Where a file is written before it is moved to its place, so that a broken run leaves no half of it
 * there. The name cannot be guessed, so nobody can put a link in its way.
 */
function temporaryPathFor(path: string): string {
  // The module takes longer to load than most runs, and few of them write a file.
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  return `${path}.${randomUUID().slice(0, 13)}.part`;
}

/** One output file. Nothing is opened before there is something to write. */
export class DraftFile {
  readonly #target: OutputTarget;
  readonly #temporary: string | undefined;
  readonly #path: string;
  readonly #unwritable: (reason: string) => Failure;
  #descriptor: number | undefined;
  #buffered = '';
  #position = 0;
  #kept = 0;

  /**
   * @param path as the user named it
   * @param unwritable makes the failure for a file that cannot be written, out of the system's code
   * @param devices whether a device may be written to as well
   * @throws the failure that `unwritable` makes
   */
  constructor(path: string, unwritable: (reason: string) => Failure, devices = true) {
    this.#path = path;
    this.#unwritable = unwritable;
    const target = this.#guarded(() => outputTarget(path));
    if (target.kind === 'other' || (target.kind === 'device' && !devices)) {
      throw unwritable(NOT_A_FILE);
    }
    this.#target = target;
    this.#temporary = target.kind === 'file' ? temporaryPathFor(target.path) : undefined;
  }

  /** Where it will be; the place a link leads to. */
  get place(): string {
    return this.#target.kind === 'file' ? this.#target.path : this.#path;
  }

  /** Where it is now, once something was written. */
  get draft(): string | undefined {
    return this.#descriptor === undefined ? undefined : this.#temporary;
  }

  write(text: string): void {
    this.#buffered += text;
    if (this.#buffered.length > BUFFERED) this.flush();
  }

  /** Writes out what is buffered. */
  flush(): void {
    if (this.#buffered === '') return;
    this.#guarded(() => {
      this.#descriptor ??=
        this.#temporary === undefined
          ? openSync(this.#path, 'w')
          : openSync(this.#temporary, 'wx', 0o600);
      const bytes = Buffer.from(this.#buffered, 'utf8');
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#descriptor, bytes, written);
      }
      this.#position += bytes.length;
      this.#buffered = '';
    });
  }

  /** From here on {@link DraftFile.rewind} leads back to this point. */
  keep(): void {
    this.flush();
    this.#kept = this.#position;
  }

  /** Takes back what was written after the last {@link DraftFile.keep}; a device keeps what it took. */
  rewind(): void {
    this.#buffered = '';
    if (this.#descriptor === undefined || this.#temporary === undefined) return;
    const descriptor = this.#descriptor;
    this.#guarded(() => {
      ftruncateSync(descriptor, this.#kept);
      // Opened again, since the system would go on writing behind what is gone.
      closeSync(descriptor);
      this.#descriptor = openSync(this.#temporary ?? this.#path, 'a');
    });
    this.#position = this.#kept;
  }

  /** Moves the file to its place; a file that nothing was written to is made empty. */
  finish(): void {
    this.flush();
    this.#guarded(() => {
      if (this.#target.kind === 'file' && this.#temporary !== undefined) {
        this.#descriptor ??= openSync(this.#temporary, 'wx', 0o600);
        this.close();
        renameSync(this.#temporary, this.#target.path);
      } else this.close();
    });
  }

  /** Takes away what was written so far. */
  discard(): void {
    const wasOpened = this.#descriptor !== undefined;
    this.close();
    if (wasOpened && this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
  }

  /** Lets the draft go without moving it. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#buffered = '';
    this.#position = 0;
    this.#kept = 0;
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const code = systemErrorCode(error);
      if (error instanceof Failure || code === undefined) throw error;
      this.discard();
      throw this.#unwritable(code);
    }
  }
}
