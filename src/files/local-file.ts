/** A local file that stays open from its check until it is sent. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  read,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename } from 'node:path';
import type { StopSignal } from '../abortable.ts';
import { systemErrorCode } from '../failure.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * The length of a block, in bytes. Longer blocks would exceed the promised memory limit; shorter
 * blocks would be slower.
 */
const BLOCK_BYTES = 384 * 1024;

/** The maximum length of a short file, in bytes. A short file is read without reading ahead. */
const SHORT = 1024 * 1024;

/**
 * A file that stays open from its check until it is sent. So the program sends the same file that
 * it checked.
 *
 * Short files are read synchronously, because starting other threads takes longer than checking a
 * short file. Long files are read ahead.
 */
export class LocalFile {
  /** The name to send, without folders. */
  readonly name: string;
  /** The length when the file was opened, in bytes. */
  readonly size: number;
  readonly #path: string | undefined;
  readonly #descriptor: number;
  readonly #stats: Stats;
  /** Stops all reading of the file. */
  readonly signal: StopSignal | undefined;
  #isBorrowed = false;
  #isClosed = false;
  /** Files that were made from this file. */
  readonly #made: LocalFile[] = [];

  private constructor(opened: {
    name: string;
    path: string | undefined;
    descriptor: number;
    stats: Stats;
    signal: StopSignal | undefined;
  }) {
    this.name = opened.name;
    this.#path = opened.path;
    this.#descriptor = opened.descriptor;
    this.#stats = opened.stats;
    this.signal = opened.signal;
    this.size = opened.stats.size;
  }

  /**
   * Opens a file by its path.
   *
   * @param signal stops all reading of the file
   * @throws UnreadableFile if the file is missing or cannot be read, or if it is a folder, a pipe
   *   or another special file
   */
  static open(path: string, signal?: StopSignal): LocalFile {
    try {
      // Opening a pipe would wait for a writer, so the kind of file is checked first. If a pipe
      // replaces the file after this check, `O_NONBLOCK` prevents the wait.
      refuseSpecial(statSync(path));
      const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const stats = fstatSync(descriptor);
        refuseSpecial(stats);
        return new LocalFile({ name: basename(path), path, descriptor, stats, signal });
      } catch (error) {
        closeSync(descriptor);
        throw error;
      }
    } catch (error) {
      const problem = unreadable(error);
      const isAddress = /^https?:\/\//i.test(path) && problem.name === 'UnreadableFile';
      throw isAddress ? new UnreadableFile('file-is-address', {}) : problem;
    }
  }

  /**
   * Returns a file for an open temporary file. Except on Windows, its path is already deleted, and
   * the system deletes the file when it is closed.
   *
   * @param name the name to send, without folders
   * @param descriptor the open file
   */
  static ofDescriptor(descriptor: number, name: string, signal?: StopSignal): LocalFile {
    const stats = fstatSync(descriptor);
    return new LocalFile({ name, path: undefined, descriptor, stats, signal });
  }

  /** Reads some bytes of the file. Returns fewer bytes if the file ends earlier. */
  range(position: number, length: number): Uint8Array {
    return this.#readNow(position, Buffer.allocUnsafe(length));
  }

  /**
   * Yields the bytes of the file in blocks. Each block is valid until the next one is requested.
   *
   * @param start the position of the first byte
   * @param end the position after the last byte
   * @param blockLength returns the wanted length of the next block, in bytes
   */
  async *blocks(
    start = 0,
    end = Infinity,
    blockLength = (): number => BLOCK_BYTES,
  ): AsyncIterable<Uint8Array> {
    const memory = new TwoBlocks();
    const room = (position: number): Buffer =>
      memory.next(Math.max(0, Math.min(blockLength(), end - position)));
    let position = start;
    let ahead: Promise<Buffer> | undefined;
    try {
      for (;;) {
        this.signal?.throwIfAborted();
        const block = await (ahead ?? this.#readNow(position, room(position)));
        if (block.length === 0) return;
        position += block.length;
        // The disk reads the next block while the caller processes this block.
        ahead =
          this.size > SHORT && position < Math.min(end, this.size)
            ? this.#readAhead(position, room(position))
            : undefined;
        yield block;
      }
    } finally {
      // The caller may close the file next. So this code waits for the end of the last read, and
      // ignores the result.
      await ahead?.catch(() => undefined);
    }
  }

  #readNow(position: number, room: Buffer): Buffer {
    try {
      return room.subarray(0, readSync(this.#descriptor, room, 0, room.length, position));
    } catch (error) {
      throw unreadable(error);
    }
  }

  #readAhead(position: number, room: Buffer): Promise<Buffer> {
    const reading = new Promise<Buffer>((resolve, reject) => {
      read(this.#descriptor, room, 0, room.length, position, (error, bytes) => {
        if (error === null) resolve(room.subarray(0, bytes));
        else reject(unreadable(error));
      });
    });
    // The promise may be rejected before the caller waits for it. Without this handler, Node.js
    // would report an unhandled rejection.
    reading.catch(() => undefined);
    return reading;
  }

  /**
   * Says whether the length has changed, or whether another file is now at the path. This method
   * does not compare the content. Other code does that with checksums.
   */
  isAnother(): boolean {
    if (fstatSync(this.#descriptor).size !== this.size) return true;
    if (this.#path === undefined) return false;
    try {
      const now = statSync(this.#path);
      return now.ino !== this.#stats.ino || now.dev !== this.#stats.dev;
    } catch {
      return true;
    }
  }

  /**
   * Makes sure that another file is closed together with this file.
   *
   * @param made the other file
   */
  closesWith(made: LocalFile): void {
    this.#made.push(made);
  }

  /**
   * Returns the same open file for one more reader. Closing the returned file does not close this
   * one.
   */
  borrowed(): LocalFile {
    const file = new LocalFile({
      name: this.name,
      path: this.#path,
      descriptor: this.#descriptor,
      stats: this.#stats,
      signal: this.signal,
    });
    file.#isBorrowed = true;
    return file;
  }

  /** Closes the file. Except on Windows, the system then deletes a spooled file. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const made of this.#made) made.close();
    if (!this.#isBorrowed) closeSync(this.#descriptor);
  }
}

/**
 * Memory for two blocks. The caller uses one block while the other block is read. Allocating memory
 * for each block would take longer than reading the block.
 */
class TwoBlocks {
  #last = Buffer.alloc(0);
  #other = Buffer.alloc(0);

  /** @returns memory of the wanted length; not the same memory as in the previous call */
  next(length: number): Buffer {
    const next = this.#other.length < length ? Buffer.allocUnsafeSlow(length) : this.#other;
    this.#other = this.#last;
    this.#last = next;
    return next.subarray(0, length);
  }
}

function refuseSpecial(stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new UnreadableFile('file-is-directory', {});
  const kind = stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
  throw new UnreadableFile('file-not-regular', { kind });
}

/**
 * Returns the failure for an error of the system about a file. An error of another kind stays as it
 * is.
 */
export function unreadable(error: unknown): Error {
  if (error instanceof UnreadableFile) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  // Node refuses a path with a null character before it asks the system. No file has such a name.
  const isNowhere = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE';
  if (isNowhere) {
    return new UnreadableFile('file-not-found', { isPattern: false });
  }
  return new UnreadableFile('file-unreadable', { reason: code });
}
