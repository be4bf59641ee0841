/** A file of this machine that is held open from its check to the end of its sending. */
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

/** A block is large enough for the disk and small enough for the memory that is promised. */
const BLOCK_BYTES = 384 * 1024;

/** Files of so many bytes at most are read at once, so that a sending does not wait for the disk. */
const SHORT = 1024 * 1024;

/**
 * A file that is held open from its check to the end of its sending, so that what is sent is what
 * was checked.
 *
 * The disk is read on this thread, except ahead in long files: starting others takes longer
 * than the check of a short one.
 */
export class LocalFile {
  /** The name to send, without folders. */
  readonly name: string;
  /** Length at the time of opening, in bytes. */
  readonly size: number;
  readonly #path: string | undefined;
  readonly #descriptor: number;
  readonly #stats: Stats;
  /** Breaks off whatever reads the file. */
  readonly signal: StopSignal | undefined;
  #isClosed = false;
  /** Files that were made of this one. */
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
   * @param signal breaks off whatever reads the file
   * @throws UnreadableFile when it is missing, a folder, a pipe or another special file, or may not
   *   be read
   */
  static open(path: string, signal?: StopSignal): LocalFile {
    try {
      // Opening a pipe would wait for its writer, so the kind is looked at first.
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
   * A file that has no name any more, and is gone when it is closed.
   *
   * @param name to send, without folders
   * @param descriptor of the file, open for reading
   */
  static ofDescriptor(descriptor: number, name: string, signal?: StopSignal): LocalFile {
    const stats = fstatSync(descriptor);
    return new LocalFile({ name, path: undefined, descriptor, stats, signal });
  }

  /** Some bytes of the file; fewer where it ends before. */
  range(position: number, length: number): Uint8Array {
    return this.#readNow(position, Buffer.allocUnsafe(length));
  }

  /**
   * The file's bytes, in blocks of which each is valid until the next one is asked for.
   *
   * @param start where to begin, in bytes
   * @param end where to end, in bytes
   * @param blockLength how long the next block should be, in bytes
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
        // The disk works while this block is worked on.
        ahead =
          this.size > SHORT && position < Math.min(end, this.size)
            ? this.#readAhead(position, room(position))
            : undefined;
        yield block;
      }
    } finally {
      // The file may be closed after this, and nobody asks any more how the reading ended.
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
    // It may fail while the block before it is still worked on, and is asked for only then.
    reading.catch(() => undefined);
    return reading;
  }

  /**
   * Whether it has another length by now, or another file stands at its path. Content that changed
   * is found by its checksum.
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

  /** @param made a file that is closed when this one is */
  closesWith(made: LocalFile): void {
    this.#made.push(made);
  }

  /** Lets the file go; a spooled one ceases to exist. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const made of this.#made) made.close();
    closeSync(this.#descriptor);
  }
}

/**
 * Memory for a block that is worked on and for the one that is read meanwhile. To get new memory for
 * each block would take longer than to fill it.
 */
class TwoBlocks {
  #last = Buffer.alloc(0);
  #other = Buffer.alloc(0);

  /** @returns memory of so many bytes, which is not that of the time before */
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

function unreadable(error: unknown): Error {
  if (error instanceof UnreadableFile) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UnreadableFile('file-not-found', { isPattern: false });
  }
  return new UnreadableFile('file-unreadable', { reason: code });
}
