/** A zip archive on disk. Reads parts by name and unpacks them in constant memory. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, RandomAccessReader, ZipFile } from 'yauzl';
import { Failure, systemErrorCode } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';

/**
 * How many times larger than its packed bytes a part may be. Workbooks have a ratio of about 50.
 */
export const MOST_RATIO = 200;

/** Up to this size in bytes, the ratio does not matter. */
export const ALWAYS_UNPACKED = 100_000_000;

/** How many bytes are unpacked at a time. */
const UNPACKED_BLOCK = 64 * 1024;

/** Makes the package return parts as they are packed. */
const RAW = { decodeFileData: false } as const;

/** The supported compression methods: stored and deflated. */
const METHODS: readonly number[] = [0, 8];

/** An open archive. */
export class ZipArchive {
  readonly #zip: ZipFile;
  /**
   * The entries by name in lower case, because some programs refer to parts in another letter case.
   */
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws UnreadableFile `workbook-damaged` if the file is not a complete archive */
  static async open(file: LocalFile): Promise<ZipArchive> {
    const { fromRandomAccessReaderPromise, RandomAccessReader: Base } = await import('yauzl');
    const reader = readerOf(file, Base);
    try {
      const options = { autoClose: false };
      const zip = await fromRandomAccessReaderPromise(reader, file.size, options);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.toLowerCase();
        if (!entries.has(name)) entries.set(name, entry);
      }
      return new ZipArchive(zip, entries);
    } catch (error) {
      throw asUnreadable(error, undefined);
    }
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /** @returns whether the name of any part matches */
  hasLike(pattern: RegExp): boolean {
    return [...this.#entries.keys()].some((name) => pattern.test(name));
  }

  /**
   * Returns the unpacked bytes of a part.
   *
   * @throws UnreadableFile `workbook-damaged` at the damage, `workbook-locked` if they are
   *   encrypted, and `workbook-excess` if they are far larger than the packed bytes
   */
  async *bytes(part: string): AsyncIterable<Uint8Array> {
    const entry = this.#entries.get(part.toLowerCase());
    if (entry === undefined) throw new UnreadableFile('workbook-damaged', { part });
    if (entry.isEncrypted()) throw new UnreadableFile('workbook-locked', {});
    if (!METHODS.includes(entry.compressionMethod)) {
      throw new UnreadableFile('workbook-damaged', { part });
    }
    let length = 0;
    let sum = 0;
    try {
      for await (const chunk of await this.#unpacked(entry)) {
        const block = chunk as Uint8Array;
        length += block.length;
        if (length > ALWAYS_UNPACKED && length > entry.compressedSize * MOST_RATIO) {
          throw new UnreadableFile('workbook-excess', {
            bytes: ALWAYS_UNPACKED,
            ratio: MOST_RATIO,
          });
        }
        sum = crc32(block, sum);
        yield block;
      }
    } catch (error) {
      throw asUnreadable(error, part);
    }
    if (sum !== entry.crc32 || length !== entry.uncompressedSize) {
      throw new UnreadableFile('workbook-damaged', { part });
    }
  }

  async #unpacked(entry: Entry): Promise<Readable> {
    const packed = await this.#zip.openReadStreamPromise(entry, RAW);
    if (entry.compressionMethod === 0) return packed;
    // The package would unpack in short blocks, and each of them waits for another thread.
    const inflate = createInflateRaw({ chunkSize: UNPACKED_BLOCK });
    packed.on('error', (error) => {
      inflate.destroy(error);
    });
    inflate.on('close', () => {
      packed.unpipe(inflate);
      packed.destroy();
    });
    return packed.pipe(inflate);
  }
}

/** Returns what the package needs to read an archive: ranges of its bytes as streams. */
function readerOf(file: LocalFile, Base: typeof RandomAccessReader): RandomAccessReader {
  class RangeReader extends Base {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(copied(file.blocks(start, end)), { objectMode: false });
    }
  }
  return new RangeReader();
}

/**
 * Copies blocks, because a stream buffers them and a block of a file is valid only until the next.
 */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}

/**
 * Treats errors of the package or of inflate as damage to the file, but not aborts or disk errors.
 */
function asUnreadable(error: unknown, part: string | undefined): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = systemErrorCode(error);
  if (code !== undefined && !code.startsWith('Z_') && !code.startsWith('ERR_')) return error;
  return isArchiveError(error, code) ? new UnreadableFile('workbook-damaged', { part }) : error;
}

/**
 * Errors of the package have no code and are plain errors; a bug of ours is a TypeError or similar.
 */
function isArchiveError(error: Error, code: string | undefined): boolean {
  return code !== undefined || error.constructor === Error;
}
