/** Reads the streams of a compound file, the container of older Office documents. */
import type { LocalFile } from '../../files/local-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';

/** The length of the header, in bytes. */
const HEADER_BYTES = 512;

/** The positions of the numbers in the header. Follows [MS-CFB], 2.2. */
const AT = {
  sectorShift: 30,
  miniSectorShift: 32,
  firstDirectorySector: 48,
  miniCutoff: 56,
  firstMiniFatSector: 60,
  firstDifatSector: 68,
  difat: 76,
} as const;

/** The header itself lists at most this many sectors of the allocation table. */
const LISTED_IN_HEADER = 109;

/** Sector numbers above this one have special meanings, such as the end of a chain. */
const LAST_SECTOR = 0xfffffffa;

/** The length of one entry of the directory, in bytes. Follows [MS-CFB], 2.6. */
const ENTRY_BYTES = 128;
const ENTRY = { nameLength: 64, type: 66, start: 116, size: 120 } as const;
const IS_STREAM = 2;
const IS_ROOT = 5;

/** The maximum number of entries in a directory. */
const MOST_ENTRIES = 10_000;

/** The number of bytes to read at a time. */
const BLOCK_BYTES = 256 * 1024;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/** One stream of a compound file. */
export interface CompoundStream {
  /**
   * @param from the position of the first byte
   * @returns the bytes from a position to the end
   */
  blocks(from: number): Iterable<Buffer>;
}

/** An open compound file. */
export class CompoundFile {
  readonly #file: LocalFile;
  readonly #sectorBytes: number;
  readonly #header: Buffer;
  readonly #table: Uint32Array;
  readonly #entries: readonly Entry[];

  /** @throws UnreadableFile `workbook-damaged` */
  constructor(file: LocalFile) {
    this.#file = file;
    this.#header = Buffer.from(file.range(0, HEADER_BYTES));
    if (this.#header.length < HEADER_BYTES) throw damaged();
    const shift = this.#header.readUInt16LE(AT.sectorShift);
    if (shift !== 9 && shift !== 12) throw damaged();
    this.#sectorBytes = 2 ** shift;
    this.#table = this.#allocationTable();
    this.#entries = this.#directory();
  }

  /** The names of all streams, as they are written. */
  get names(): readonly string[] {
    return this.#entries.filter(({ type }) => type === IS_STREAM).map(({ name }) => name);
  }

  /**
   * Returns a stream.
   *
   * @param name the name, in any letter case
   * @throws UnreadableFile `workbook-damaged` if the stream is not complete
   */
  stream(name: string): CompoundStream | undefined {
    const wanted = name.toLowerCase();
    const entry = this.#entries.find(
      (one) => one.type === IS_STREAM && one.name.toLowerCase() === wanted,
    );
    if (entry === undefined) return undefined;
    if (entry.size < this.#header.readUInt32LE(AT.miniCutoff)) {
      const bytes = this.#miniStream(entry);
      return { blocks: (from) => [bytes.subarray(from)] };
    }
    const sectors = this.#chain(entry.start, this.#table);
    if (sectors.length * this.#sectorBytes < entry.size) throw damaged();
    return { blocks: (from) => this.#blocks(sectors, from, entry.size) };
  }

  /** Reads the bytes of a stream. Sectors that are next to one another are read together. */
  *#blocks(sectors: readonly number[], from: number, size: number): Iterable<Buffer> {
    const each = this.#sectorBytes;
    let position = from;
    while (position < size) {
      const index = Math.floor(position / each);
      const first = sectors[index];
      if (first === undefined) throw damaged();
      let run = 1;
      while (sectors[index + run] === first + run && run * each < BLOCK_BYTES) run += 1;
      const inSector = position - index * each;
      const length = Math.min(run * each - inSector, size - position);
      const bytes = Buffer.from(this.#file.range(this.#placeOf(first) + inSector, length));
      if (bytes.length < length) throw damaged();
      position += length;
      yield bytes;
    }
  }

  #placeOf(sector: number): number {
    return (sector + 1) * this.#sectorBytes;
  }

  #sector(sector: number): Buffer {
    const bytes = Buffer.from(this.#file.range(this.#placeOf(sector), this.#sectorBytes));
    if (bytes.length < this.#sectorBytes) throw damaged();
    return bytes;
  }

  /**
   * Reads the allocation table. For each sector, the table has the number of the next sector in the
   * chain. Follows [MS-CFB], 2.3 and 2.5.
   */
  #allocationTable(): Uint32Array {
    const perSector = this.#sectorBytes / 4;
    const most = Math.ceil(this.#file.size / this.#sectorBytes);
    const places: number[] = [];
    const add = (sector: number): void => {
      if (sector > LAST_SECTOR) return;
      places.push(sector);
      if (places.length > most) throw damaged();
    };
    for (let at = 0; at < LISTED_IN_HEADER; at += 1) {
      add(this.#header.readUInt32LE(AT.difat + at * 4));
    }
    let next = this.#header.readUInt32LE(AT.firstDifatSector);
    for (let count = 0; next <= LAST_SECTOR; count += 1) {
      if (count > most) throw damaged();
      const list = this.#sector(next);
      for (let at = 0; at < perSector - 1; at += 1) add(list.readUInt32LE(at * 4));
      next = list.readUInt32LE((perSector - 1) * 4);
    }
    const table = new Uint32Array(places.length * perSector);
    for (const [index, place] of places.entries()) {
      const bytes = this.#sector(place);
      for (let at = 0; at < perSector; at += 1) {
        table[index * perSector + at] = bytes.readUInt32LE(at * 4);
      }
    }
    return table;
  }

  /** Follows a chain of sectors. A damaged chain could be a circle, so its length is limited. */
  #chain(start: number, table: Uint32Array): number[] {
    const chain: number[] = [];
    for (let sector = start; sector <= LAST_SECTOR;) {
      if (chain.length >= table.length || sector >= table.length) throw damaged();
      chain.push(sector);
      sector = table[sector] ?? LAST_SECTOR + 1;
    }
    return chain;
  }

  #directory(): Entry[] {
    const entries: Entry[] = [];
    const perSector = this.#sectorBytes / ENTRY_BYTES;
    const chain = this.#chain(this.#header.readUInt32LE(AT.firstDirectorySector), this.#table);
    for (const sector of chain) {
      const bytes = this.#sector(sector);
      for (let at = 0; at < perSector; at += 1) {
        entries.push(entryIn(bytes.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES)));
      }
      if (entries.length > MOST_ENTRIES) throw damaged();
    }
    return entries;
  }

  /** Reads a short stream. All short streams are inside one stream of the file. */
  #miniStream({ start, size }: Entry): Buffer {
    const root = this.#entries.find(({ type }) => type === IS_ROOT);
    if (root === undefined) throw damaged();
    const each = 2 ** this.#header.readUInt16LE(AT.miniSectorShift);
    const all = Buffer.concat([
      ...this.#blocks(this.#chain(root.start, this.#table), 0, root.size),
    ]);
    const tableSectors = this.#chain(this.#header.readUInt32LE(AT.firstMiniFatSector), this.#table);
    const table = new Uint32Array((tableSectors.length * this.#sectorBytes) / 4);
    for (const [index, sector] of tableSectors.entries()) {
      const bytes = this.#sector(sector);
      for (let at = 0; at * 4 < bytes.length; at += 1) {
        table[(index * this.#sectorBytes) / 4 + at] = bytes.readUInt32LE(at * 4);
      }
    }
    const pieces = this.#chain(start, table).map((sector) =>
      all.subarray(sector * each, (sector + 1) * each),
    );
    const bytes = Buffer.concat(pieces).subarray(0, size);
    if (bytes.length < size) throw damaged();
    return bytes;
  }
}

function entryIn(bytes: Buffer): Entry {
  const length = Math.max(0, Math.min(bytes.readUInt16LE(ENTRY.nameLength) - 2, 62));
  return {
    name: bytes.subarray(0, length).toString('utf16le'),
    type: bytes[ENTRY.type] ?? 0,
    start: bytes.readUInt32LE(ENTRY.start),
    // Files of version 3 use only the first four of the eight bytes of the size.
    size: bytes.readUInt32LE(ENTRY.size),
  };
}

function damaged(): UnreadableFile {
  return new UnreadableFile('workbook-damaged', { part: undefined });
}
