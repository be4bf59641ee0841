/** Cuts a stream of records into parts under a size limit. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { RecordEnds } from '../csv/record-ends.ts';
import { Failure } from '../failure.ts';

/** Consecutive records of a stream that go into one request, together with the header. */
export interface Part {
  /**
   * The offset in the stream where the first record of this part begins, in bytes. For the first
   * part it is 0, the start of the header.
   */
  readonly start: number;
  /** The offset where the last record ends, in bytes. */
  readonly end: number;
  /** The length of the header and the records, in bytes. */
  readonly length: number;
  /** The SHA-256 of the header and the records, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The CRC-32 of the header and the records. */
  readonly checksum: number;
  /** The number of records, without the header. */
  readonly records: number;
  /** The number of lines, without the header. A record with line breaks has several lines. */
  readonly lines: number;
}

/** The parts of a stream, and the header that goes before each part. */
export interface Parts {
  readonly header: Uint8Array;
  readonly parts: readonly Part[];
}

/**
 * Cuts a stream of records into parts within a size limit, in constant memory. Never cuts inside a
 * record. Does not cut a stream that fits into one part.
 *
 * @param stream comma-separated UTF-8 with LF between records; the header comes first
 * @param largest the size limit of a part with its header, in bytes
 * @throws Failure `part-size-too-small` (exit 2) when a record does not fit into a part
 */
export async function cutIntoParts(
  stream: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<Parts> {
  const cutter = new Cutter(largest);
  for await (const block of stream) cutter.push(block);
  return cutter.finish();
}

class Cutter {
  readonly #largest: number;
  readonly #ends = new RecordEnds();
  readonly #parts: Part[] = [];
  #header: Buffer | undefined;
  /** The beginning of a record that continues in the next block. */
  #carried = Buffer.alloc(0);
  /** The offset where the open part begins, in bytes. */
  #start = 0;
  /** The offset where the last complete record of the open part ends, in bytes. */
  #end = 0;
  #hash: Hash = createHash('sha256');
  #checksum = 0;
  #records = 0;
  /** The number of lines before the first record of the open part, including the header. */
  #linesBefore = 0;
  /** The number of lines before `#end`, including the header. */
  #linesEnd = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  push(block: Uint8Array): void {
    const bytes = this.#carried.length === 0 ? block : Buffer.concat([this.#carried, block]);
    let hashed = 0;
    let recordStart = 0;
    let recordEnd = this.#ends.next(bytes, this.#carried.length);
    while (recordEnd >= 0) {
      if (this.#header === undefined) {
        this.#header = Buffer.from(bytes.subarray(0, recordEnd));
        this.#linesBefore = this.#ends.lines;
      } else {
        if (this.#lengthWith(recordEnd - recordStart) > this.#largest) {
          this.#add(bytes.subarray(hashed, recordStart));
          hashed = recordStart;
          this.#closePart(recordEnd - recordStart);
        }
        this.#records += 1;
      }
      this.#end += recordEnd - recordStart;
      this.#linesEnd = this.#ends.lines;
      recordStart = recordEnd;
      recordEnd = this.#ends.next(bytes, recordEnd);
    }
    this.#add(bytes.subarray(hashed, recordStart));
    this.#carried = Buffer.from(bytes.subarray(recordStart));
  }

  finish(): Parts {
    const last = this.#carried.length;
    // The last record may have no line feed.
    if (last > 0) {
      if (this.#lengthWith(last) > this.#largest) this.#closePart(last);
      this.#add(this.#carried);
      this.#end += last;
      this.#records += 1;
      this.#linesEnd = this.#ends.lines + 1;
    }
    this.#addPart();
    return { header: this.#header ?? Buffer.alloc(0), parts: this.#parts };
  }

  #add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#checksum = crc32(bytes, this.#checksum);
  }

  /** Returns the length that the open part, with its header, has if `more` bytes are added. */
  #lengthWith(more: number): number {
    return this.#headerBefore() + this.#end - this.#start + more;
  }

  /**
   * Returns the length of the header that is added before the open part. Returns 0 for the first
   * part, because its bytes already include the header.
   */
  #headerBefore(): number {
    return this.#parts.length === 0 ? 0 : (this.#header?.length ?? 0);
  }

  /**
   * Ends the open part.
   *
   * @param next the length of the first record of the next part, in bytes
   */
  #closePart(next: number): void {
    const alone = (this.#header?.length ?? 0) + next;
    if (this.#records === 0 || alone > this.#largest) {
      throw new Failure('part-size-too-small', { limit: this.#largest, needed: alone });
    }
    this.#addPart();
    this.#start = this.#end;
    this.#linesBefore = this.#linesEnd;
    this.#records = 0;
    this.#hash = createHash('sha256');
    this.#checksum = 0;
    if (this.#header !== undefined) this.#add(this.#header);
  }

  #addPart(): void {
    this.#parts.push({
      start: this.#start,
      end: this.#end,
      length: this.#lengthWith(0),
      sha256: this.#hash.digest('hex'),
      checksum: this.#checksum,
      records: this.#records,
      lines: this.#linesEnd - this.#linesBefore,
    });
  }
}
