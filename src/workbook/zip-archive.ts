/** A zip archive on disk: its parts by their names, each unpacked on the way in constant memory. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, RandomAccessReader, ZipFile } from 'yauzl';
import { Failure, systemErrorCode } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';

/** What is unpacked may be so many times longer than what is packed; workbooks go to a fiftieth or so. */
export const MOST_RATIO = 200;

/** Up to so many bytes the ratio does not matter. */
export const ALWAYS_UNPACKED = 100_000_000;

/** How many bytes are unpacked at a time. */
const UNPACKED_BLOCK = 64 * 1024;

/** Parts come as they are packed. */
const AS_IT_IS = { decodeFileData: false } as const;

/** Stored as it is, and deflated. */
const METHODS: readonly number[] = [0, 8];

/** An archive that is being read. */
export class ZipArchive {
  readonly #zip: ZipFile;
  /** The entries by their names in small letters: some programs write them otherwise than they name them. */
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws UnreadableFile `workbook-damaged` when it is no whole archive */
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

  /** @returns whether a part's name fits */
  hasLike(pattern: RegExp): boolean {
    return [...this.#entries.keys()].some((name) => pattern.test(name));
  }

  /**
   * The bytes of a part, unpacked.
   *
   * @throws UnreadableFile `workbook-damaged` where they are, `workbook-locked` when they are
   *   encrypted, and `workbook-excess` when they are far more than what is packed
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
    const packed = await this.#zip.openReadStreamPromise(entry, AS_IT_IS);
    if (entry.compressionMethod === 0) return packed;
    // The package would make streams of short blocks, each of which waits for another thread.
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

/** What the package needs to read an archive: ranges of its bytes as streams. */
function readerOf(file: LocalFile, Base: typeof RandomAccessReader): RandomAccessReader {
  class RangeReader extends Base {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(copied(file.blocks(start, end)), { objectMode: false });
    }
  }
  return new RangeReader();
}

/** A stream holds blocks back, and those of a file are valid only until the next one. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}

/** What the package or inflate throws is a fault of the file; an abort and a fault of the disk are none. */
function asUnreadable(error: unknown, part: string | undefined): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = systemErrorCode(error);
  if (code !== undefined && !code.startsWith('Z_') && !code.startsWith('ERR_')) return error;
  return isOfArchive(error, code) ? new UnreadableFile('workbook-damaged', { part }) : error;
}

/** The errors of the package have no code; a bug of ours is a TypeError or one of its relatives. */
function isOfArchive(error: Error, code: string | undefined): boolean {
  return code !== undefined || error.constructor === Error;
}
