/** Writes output files. Each file has a temporary name until it is complete. Then it is renamed. */
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

/** The number of bytes to collect before writing them. */
const BUFFERED = 32 * 1024;

/** One output file. The file is opened when the first bytes are written to it. */
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
   * @param path the path as the user named it
   * @param unwritable returns the failure for a file that cannot be written; the parameter is a
   *   system error code or `NOT_A_FILE`
   * @throws the failure from `unwritable`
   */
  constructor(path: string, unwritable: (reason: string) => Failure) {
    this.#path = path;
    this.#unwritable = unwritable;
    const target = this.#guarded(() => outputTarget(path));
    if (target.kind === 'other') throw unwritable(NOT_A_FILE);
    this.#target = target;
    this.#temporary = target.kind === 'file' ? temporaryPathFor(target.path) : undefined;
  }

  /**
   * Adds content to the file.
   *
   * @param content a text (written as UTF-8) or bytes; the caller may change the bytes afterwards
   */
  write(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    if (bytes.length > BUFFERED) {
      this.flush();
      this.#writeNow(bytes);
      return;
    }
    this.#buffered.push(Buffer.from(bytes));
    this.#bufferedBytes += bytes.length;
    if (this.#bufferedBytes > BUFFERED) this.flush();
  }

  /** Writes the buffered bytes. */
  flush(): void {
    if (this.#bufferedBytes === 0) return;
    this.#writeNow(Buffer.concat(this.#buffered));
    this.#forget();
  }

  #writeNow(bytes: Uint8Array): void {
    this.#guarded(() => {
      this.#descriptor ??= this.#open();
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#descriptor, bytes, written);
      }
      this.#position += bytes.length;
    });
  }

  /** Keeps all bytes that were written so far. {@link DraftFile.rewind} cannot remove them. */
  keep(): void {
    this.flush();
    this.#kept = this.#position;
  }

  /**
   * Removes the bytes that were written after the last {@link DraftFile.keep}. Bytes that a device
   * or a pipe has received cannot be removed.
   */
  rewind(): void {
    this.#forget();
    if (this.#descriptor === undefined || this.#temporary === undefined) return;
    const descriptor = this.#descriptor;
    this.#guarded(() => {
      ftruncateSync(descriptor, this.#kept);
      // If the file stayed open, the next write would continue at the old position.
      closeSync(descriptor);
      this.#descriptor = openSync(this.#temporary ?? this.#path, 'a');
    });
    this.#position = this.#kept;
  }

  /** Renames the draft to its final name. If nothing was written, creates an empty file. */
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
   * Renames the draft to its final name. An empty file with this name is replaced. If a file with
   * this name has content, the final name gets a number: `rejects-2.csv` instead of
   * `rejects.csv`.
   *
   * @returns the final path
   */
  finishBeside(): string {
    this.flush();
    const temporary = this.#temporary;
    if (temporary === undefined) {
      // A device or a pipe keeps its name, so no number is necessary.
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

  /** Removes the draft. */
  discard(): void {
    const wasOpened = this.#descriptor !== undefined;
    this.close();
    if (wasOpened && this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
  }

  /** Closes the draft without renaming it. */
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

/** The maximum time to wait for a reader of a pipe, in milliseconds. */
const READER_TIMEOUT = 2000;
const RETRY_INTERVAL = 20;

/**
 * Waits until a pipe has a reader, and opens the pipe. Opening a pipe without a reader would block,
 * and signals could not interrupt the wait.
 */
function openPipe(path: string): number {
  const first = openWithReader(path);
  try {
    // The first descriptor does not block, so a write would fail when the pipe is full. A second
    // descriptor, which blocks, is therefore necessary. The first descriptor stays open until the
    // second descriptor is open. Otherwise the reader would see the end of the file.
    return openSync(path, 'w');
  } finally {
    closeSync(first);
  }
}

function openWithReader(path: string): number {
  for (let waited = 0; ; waited += RETRY_INTERVAL) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (systemErrorCode(error) !== NO_READER || waited >= READER_TIMEOUT) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_INTERVAL);
    }
  }
}

function numbered(path: string, number: number): string {
  if (number === 1) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${String(number)}${ext}`);
}

/** @returns `false` if the new name is already taken, except by an empty file */
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

/** The error codes of file systems without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

function isEmptyFile(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size === 0;
  } catch {
    return false;
  }
}
