/** A zip archive on disk. Reads parts by name and unpacks them in constant memory. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, RandomAccessReader, ZipFile } from 'yauzl';
import { Failure, systemErrorCode } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { isExcess } from '../files/unpacked-amount.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { excess, LIMITS } from './workbook-limits.ts';

/** The number of bytes to unpack at a time. */
const UNPACKED_BLOCK = 64 * 1024;

/** The maximum length of all names in an archive, in characters. */
const MOST_NAME_BYTES = 4_000_000;

/** Makes yauzl return the packed bytes of parts. */
const RAW = { decodeFileData: false } as const;

/** The supported compression methods: stored and deflated. */
const METHODS: readonly number[] = [0, 8];

/** The codes of errors in a part of an archive. */
export interface ArchiveCodes {
  readonly damaged: 'workbook-damaged' | 'zip-damaged';
  readonly locked: 'workbook-locked' | 'zip-locked';
  readonly excess: 'workbook-excess' | 'zip-excess';
}

const EXCESS_OF = {
  'workbook-damaged': 'workbook-excess',
  'zip-damaged': 'zip-excess',
} as const satisfies Readonly<Record<ArchiveCodes['damaged'], ArchiveCodes['excess']>>;

const OF_WORKBOOK: ArchiveCodes = {
  damaged: 'workbook-damaged',
  locked: 'workbook-locked',
  excess: 'workbook-excess',
};

/** A part while it is unpacked. */
interface Unpacking {
  readonly blocks: Readable;
  /** Returns the number of packed bytes that were unpacked up to now. */
  readonly packedBytes: () => number;
}

interface NamedEntry {
  readonly name: string;
  readonly entry: Entry;
}

/** The bit that says that names are in UTF-8. Follows APPNOTE.TXT, 4.4.4. */
const IS_UTF8 = 0x800;

/**
 * Decodes the name of an entry. If the encoding is unknown, the result may have wrong letters. This
 * does no harm: the user sees the wrong letters, but no file is written under this name.
 */
function nameOf({ fileName, generalPurposeBitFlag }: Entry): string {
  // Without `decodeStrings`, `fileName` contains bytes, although the types of yauzl say that it is
  // a string.
  const bytes = Buffer.from(fileName as unknown as Uint8Array);
  const isUtf8 = (generalPurposeBitFlag & IS_UTF8) !== 0;
  return bytes.toString(isUtf8 ? 'utf8' : 'latin1').replaceAll('\\', '/');
}

/** An open archive. */
export class ZipArchive {
  readonly #zip: ZipFile;
  /**
   * The entries by name in lower case, because some programs write the names of parts in another
   * letter case.
   */
  readonly #entries: ReadonlyMap<string, NamedEntry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, NamedEntry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /**
   * Opens an archive.
   *
   * @param damaged the code of the error below
   * @throws UnreadableFile with this code if the file is not a complete archive
   */
  static async open(
    file: LocalFile,
    damaged: ArchiveCodes['damaged'] = 'workbook-damaged',
  ): Promise<ZipArchive> {
    const { fromRandomAccessReaderPromise, RandomAccessReader: Base } = await import('yauzl');
    const reader = readerOf(file, Base);
    try {
      // With `decodeStrings`, yauzl refuses names such as `../calls.csv`. But such names are
      // harmless here, because no file is written under them.
      const options = { autoClose: false, decodeStrings: false };
      const zip = await fromRandomAccessReaderPromise(reader, file.size, options);
      const tooMany = (): UnreadableFile => excess('entries', EXCESS_OF[damaged]);
      if (zip.entryCount > LIMITS.entries) throw tooMany();
      const entries = new Map<string, NamedEntry>();
      let nameBytes = 0;
      for await (const entry of zip.eachEntry()) {
        const name = nameOf(entry);
        nameBytes += name.length;
        if (nameBytes > MOST_NAME_BYTES) throw tooMany();
        const key = name.toLowerCase();
        if (!entries.has(key)) entries.set(key, { name, entry });
      }
      return new ZipArchive(zip, entries);
    } catch (error) {
      throw asUnreadable(error, undefined, damaged);
    }
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /** The names of all entries, as the archive writes them. */
  get names(): readonly string[] {
    return [...this.#entries.values()].map(({ name }) => name);
  }

  /** Says whether a part is packed by a supported compression method. */
  isReadable(part: string): boolean {
    const method = this.#entries.get(part.toLowerCase())?.entry.compressionMethod;
    return method !== undefined && METHODS.includes(method);
  }

  /** @returns whether any part has a name that, in lower case, matches the pattern */
  hasLike(pattern: RegExp): boolean {
    return [...this.#entries.keys()].some((name) => pattern.test(name));
  }

  /**
   * Returns the unpacked bytes of a part.
   *
   * @param codes the codes of the errors below; by default, those of a workbook
   * @throws UnreadableFile `damaged` when this method reaches damaged bytes, `locked` if the part is
   *   encrypted, and `excess` if the part unpacks to far too many bytes
   */
  async *bytes(part: string, codes: ArchiveCodes = OF_WORKBOOK): AsyncIterable<Uint8Array> {
    const { entry } = this.#entries.get(part.toLowerCase()) ?? {};
    if (entry === undefined) throw new UnreadableFile(codes.damaged, { part });
    if (entry.isEncrypted()) throw new UnreadableFile(codes.locked, {});
    if (!METHODS.includes(entry.compressionMethod)) {
      throw new UnreadableFile(codes.damaged, { part });
    }
    let length = 0;
    let sum = 0;
    try {
      const unpacking = await this.#unpacked(entry);
      for await (const chunk of unpacking.blocks) {
        const block = chunk as Uint8Array;
        length += block.length;
        if (isExcess(length, unpacking.packedBytes())) throw excess('unpacked', codes.excess);
        sum = crc32(block, sum);
        yield block;
      }
    } catch (error) {
      throw asUnreadable(error, part, codes.damaged);
    }
    if (sum !== entry.crc32 || length !== entry.uncompressedSize) {
      throw new UnreadableFile(codes.damaged, { part });
    }
  }

  async #unpacked(entry: Entry): Promise<Unpacking> {
    const packed = await this.#zip.openReadStreamPromise(entry, RAW);
    if (entry.compressionMethod === 0) {
      return { blocks: packed, packedBytes: () => entry.compressedSize };
    }
    // yauzl would unpack in short blocks. That would be slow, because each block waits for another
    // thread. So this code unpacks the part itself, in longer blocks.
    const inflate = createInflateRaw({ chunkSize: UNPACKED_BLOCK });
    packed.on('error', (error) => {
      inflate.destroy(error);
    });
    inflate.on('close', () => {
      packed.unpipe(inflate);
      packed.destroy();
    });
    return { blocks: packed.pipe(inflate), packedBytes: () => inflate.bytesWritten };
  }
}

/**
 * Returns a `RangeReader`. yauzl uses the `RangeReader` to read ranges of the archive as streams.
 */
function readerOf(file: LocalFile, Base: typeof RandomAccessReader): RandomAccessReader {
  class RangeReader extends Base {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(copied(file.blocks(start, end)), { objectMode: false });
    }
  }
  return new RangeReader();
}

/**
 * Copies each block, because a stream stores several blocks. A block of a file is valid only until
 * the next block is read.
 */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}

/**
 * Converts errors of yauzl and of inflate to the failure `damaged`. Returns other errors unchanged,
 * such as aborts and disk errors.
 */
function asUnreadable(
  error: unknown,
  part: string | undefined,
  damaged: ArchiveCodes['damaged'],
): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = systemErrorCode(error);
  if (code !== undefined && !code.startsWith('Z_') && !code.startsWith('ERR_')) return error;
  return isArchiveError(error, code) ? new UnreadableFile(damaged, { part }) : error;
}

/**
 * Says whether an error is about the archive. Errors of yauzl are plain `Error`s. Errors of inflate
 * and of streams have a code. A bug of this program is usually another kind of error, for example a
 * TypeError.
 */
function isArchiveError(error: Error, code: string | undefined): boolean {
  return code !== undefined || error.constructor === Error;
}
