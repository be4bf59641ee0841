/** Output files: each is written beside its place and moved there when it is whole. */
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, parse } from 'node:path';
import { Failure, systemErrorCode } from '../failure.ts';
import { temporaryPathFor } from './left-overs.ts';
import { NO_READER, NOT_A_FILE, type OutputTarget, outputTarget } from './output-path.ts';

/** So much text is written at a time, in bytes of UTF-8 at least. */
const BUFFERED = 256 * 1024;

/** One output file. Nothing is opened before there is something to write. */
export class DraftFile {
  readonly #target: OutputTarget;
  readonly #temporary: string | undefined;
  readonly #path: string;
  readonly #unwritable: (reason: string) => Failure;
  #descriptor: number | undefined;
  #buffered: Uint8Array[] = [];
  #bufferedBytes = 0;
  #position = 0;
  #kept = 0;

  /**
   * @param path as the user named it
   * @param unwritable makes the failure for a file that cannot be written, out of the system's code
   * @throws the failure that `unwritable` makes
   */
  constructor(path: string, unwritable: (reason: string) => Failure) {
    this.#path = path;
    this.#unwritable = unwritable;
    const target = this.#guarded(() => outputTarget(path));
    if (target.kind === 'other') throw unwritable(NOT_A_FILE);
    this.#target = target;
    this.#temporary = target.kind === 'file' ? temporaryPathFor(target.path) : undefined;
  }

  /** @param content text is written as UTF-8; bytes are copied */
  write(content: string | Uint8Array): void {
    const bytes = Buffer.from(content as Uint8Array);
    this.#buffered.push(bytes);
    this.#bufferedBytes += bytes.length;
    if (this.#bufferedBytes > BUFFERED) this.flush();
  }

  /** Writes out what is buffered. */
  flush(): void {
    if (this.#bufferedBytes === 0) return;
    this.#guarded(() => {
      this.#descriptor ??= this.#open();
      const bytes = Buffer.concat(this.#buffered);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#descriptor, bytes, written);
      }
      this.#position += bytes.length;
      this.#forget();
    });
  }

  /** From here on {@link DraftFile.rewind} leads back to this point. */
  keep(): void {
    this.flush();
    this.#kept = this.#position;
  }

  /** Takes back what was written after the last {@link DraftFile.keep}; a device keeps what it took. */
  rewind(): void {
    this.#forget();
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

  /**
   * Moves the file to its place, or beside it where something stands there: `rejects.csv` becomes
   * `rejects-2.csv`. Nothing is ever replaced, but for an empty file.
   *
   * @returns the path it has now
   */
  finishBeside(): string {
    this.flush();
    const temporary = this.#temporary;
    if (temporary === undefined) {
      // A device or a pipe takes what comes, and replaces nothing.
      this.finish();
      return this.#path;
    }
    return this.#guarded(() => {
      this.#descriptor ??= openSync(temporary, 'wx', 0o600);
      this.close();
      for (let number = 1; ; number += 1) {
        const place = numbered(this.#path, number);
        if (!moveWithoutReplacing(temporary, place)) continue;
        return place;
      }
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
    this.#forget();
    this.#position = 0;
    this.#kept = 0;
  }

  #open(): number {
    if (this.#temporary !== undefined) return openSync(this.#temporary, 'wx', 0o600);
    return this.#target.kind === 'pipe' ? openPipe(this.#path) : openSync(this.#path, 'w');
  }

  #forget(): void {
    this.#buffered = [];
    this.#bufferedBytes = 0;
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

/** For so long somebody may come to read a pipe, in milliseconds. */
const READER_COMES = 2000;
const LOOK_EVERY = 20;

/** To open a pipe that nobody reads would wait for ever, deaf to signals. */
function openPipe(path: string): number {
  const first = openWithReader(path);
  try {
    // The first would refuse what the pipe does not take at once. Without it the reader would have seen the end.
    return openSync(path, 'w');
  } finally {
    closeSync(first);
  }
}

function openWithReader(path: string): number {
  for (let waited = 0; ; waited += LOOK_EVERY) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (systemErrorCode(error) !== NO_READER || waited >= READER_COMES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY);
    }
  }
}

function numbered(path: string, number: number): string {
  if (number === 1) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${String(number)}${ext}`);
}

/** @returns whether it was moved; `false` when something stands there */
function moveWithoutReplacing(from: string, to: string): boolean {
  if (isEmptyFile(to)) {
    renameSync(from, realpathSync(to));
    return true;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return false;
    if (code === undefined || !NO_LINKS.has(code)) throw error;
    if (existsSync(to)) return false;
    renameSync(from, to);
    return true;
  }
  rmSync(from);
  return true;
}

/** What systems say whose disks know no second name for a file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

function isEmptyFile(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size === 0;
  } catch {
    return false;
  }
}
