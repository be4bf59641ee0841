import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { abortable } from '../abortable.ts';
import type { ByteSource } from '../calls/check-calls.ts';
import { FINDING_KINDS, type FindingCode } from '../calls/finding-catalogue.ts';
import { Failure, systemErrorCode } from '../failure.ts';

/** A file that cannot be read as calls at all (exit 3). */
export class UnreadableFile extends Failure {
  /** The finding that stands for it. */
  readonly findingCode: FindingCode;
  readonly detail: string;

  constructor(findingCode: FindingCode, detail = '') {
    const kind = FINDING_KINDS[findingCode];
    super({
      code: findingCode,
      exitCode: 3,
      message: kind.message({ detail }),
      hint: kind.hint({ detail }),
    });
    this.name = 'UnreadableFile';
    this.findingCode = findingCode;
    this.detail = detail;
  }
}

/** A block is large enough for the disk and small enough for the memory that is promised. */
const BLOCK_BYTES = 384 * 1024;

/**
 * A file that is held open from its check to the end of its sending, so that what is sent is what
 * was checked.
 */
export class LocalFile implements ByteSource {
  /** The name to send, without folders. */
  readonly name: string;
  /** Length at the time of opening, in bytes. */
  readonly size: number;
  readonly #path: string | undefined;
  readonly #handle: FileHandle;
  readonly #stats: Stats;
  readonly #signal: AbortSignal | undefined;

  private constructor(opened: {
    name: string;
    path: string | undefined;
    handle: FileHandle;
    stats: Stats;
    signal: AbortSignal | undefined;
  }) {
    this.name = opened.name;
    this.#path = opened.path;
    this.#handle = opened.handle;
    this.#stats = opened.stats;
    this.#signal = opened.signal;
    this.size = opened.stats.size;
  }

  /**
   * @param signal breaks off whatever reads the file
   * @throws UnreadableFile when it is missing, a folder, a pipe or another special file, or may not
   *   be read
   */
  static async open(path: string, signal?: AbortSignal): Promise<LocalFile> {
    try {
      // Opening a pipe would wait for its writer, so the kind is looked at first.
      refuseSpecial(await stat(path));
      const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const stats = await handle.stat();
        refuseSpecial(stats);
        return new LocalFile({ name: basename(path), path, handle, stats, signal });
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw unreadable(error);
    }
  }

  /**
   * Takes a stream of any length into a private temporary file that is gone from its folder before
   * the first byte is read from it, so that no end of the program leaves it behind.
   *
   * @param signal breaks the reading off
   * @throws UnreadableFile `input-unkept` when the disk does not take it
   */
  static async spool(
    input: AsyncIterable<Uint8Array>,
    name: string,
    signal?: AbortSignal,
  ): Promise<LocalFile> {
    const { randomUUID } = await import('node:crypto');
    const { tmpdir } = await import('node:os');
    const path = join(tmpdir(), `metrika-calls-${randomUUID()}.csv`);
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'wx+', 0o600);
      await removeEarly(path);
      for await (const chunk of abortable(input, signal)) await writeFile(handle, chunk);
      const stats = await handle.stat();
      return new LocalFile({ name, path: undefined, handle, stats, signal });
    } catch (error) {
      if (handle !== undefined) {
        await handle.close();
        await rm(path, { force: true });
      }
      signal?.throwIfAborted();
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      throw new UnreadableFile('input-unkept', `${tmpdir()}, ${code}`);
    }
  }

  /** The first bytes of the file, at most `length` of them. */
  async head(length: number): Promise<Uint8Array> {
    const block = Buffer.alloc(length);
    return block.subarray(0, await this.#read(block, 0));
  }

  /**
   * @param start where to begin, in bytes
   * @param end where to end, in bytes
   * @param blockLength says how long the next block is to be, in bytes
   */
  async *blocks(
    start = 0,
    end = Infinity,
    blockLength = (): number => BLOCK_BYTES,
  ): AsyncIterable<Uint8Array> {
    const readAt = async (position: number): Promise<Buffer> => {
      // Each block has memory of its own: whoever takes it may still hold it when the next is read.
      const block = Buffer.allocUnsafe(Math.max(0, Math.min(blockLength(), end - position)));
      return block.subarray(0, await this.#read(block, position));
    };
    const read = (position: number): Promise<Buffer> => {
      const reading = readAt(position);
      // It may fail while the block before it is still worked on, and is asked for only then.
      reading.catch(() => undefined);
      return reading;
    };
    let position = start;
    let ahead = read(position);
    try {
      for (;;) {
        this.#signal?.throwIfAborted();
        const block = await ahead;
        if (block.length === 0) return;
        position += block.length;
        // The disk works while this block is worked on.
        ahead = read(position);
        yield block;
      }
    } finally {
      // The file may be closed after this, and nobody asks any more how the reading ended.
      await ahead.catch(() => undefined);
    }
  }

  async #read(block: Buffer, position: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(block, 0, block.length, position);
      return bytesRead;
    } catch (error) {
      throw unreadable(error);
    }
  }

  /**
   * Whether it has another length by now, or another file stands at its path. Content that changed
   * is found by its hash.
   */
  async isAnother(): Promise<boolean> {
    if ((await this.#handle.stat()).size !== this.size) return true;
    if (this.#path === undefined) return false;
    try {
      const now = await stat(this.#path);
      return now.ino !== this.#stats.ino || now.dev !== this.#stats.dev;
    } catch {
      return true;
    }
  }

  /** Lets the file go; a spooled one ceases to exist. */
  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function removeEarly(path: string): Promise<void> {
  if (process.platform !== 'win32') {
    await rm(path);
    return;
  }
  // Windows keeps the name of an open file; it is taken away when the program ends.
  const { rmSync } = await import('node:fs');
  process.once('exit', () => {
    rmSync(path, { force: true });
  });
}

function refuseSpecial(stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new UnreadableFile('file-is-directory');
  const detail = stats.isFIFO() ? 'pipe (FIFO)' : stats.isSocket() ? 'socket' : 'device';
  throw new UnreadableFile('file-not-regular', detail);
}

function unreadable(error: unknown): unknown {
  if (error instanceof UnreadableFile) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new UnreadableFile('file-not-found');
  return new UnreadableFile('file-unreadable', code);
}
