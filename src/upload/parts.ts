/** Cuts a stream of records into parts under a size limit. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { RecordEnds } from '../csv/record-ends.ts';
import { Failure } from '../failure.ts';

/** Part of a stream's records that goes into one request, under the stream's header. */
export interface Part {
  /** Where its records begin in the stream, in bytes; the first part begins with the header. */
  readonly start: number;
  /** Where they end, in bytes. */
  readonly end: number;
  /** Length with the header, in bytes. */
  readonly length: number;
  /** SHA-256 with the header, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** CRC-32 of the same. */
  readonly checksum: number;
  /** Records without the header. */
  readonly records: number;
  /** Physical lines without the header: more than records when fields hold line breaks. */
  readonly lines: number;
}

/** The parts of a stream with the header that each of them begins with. */
export interface Parts {
  readonly header: Uint8Array;
  readonly parts: readonly Part[];
}

/**
 * Cuts a stream of records into parts of at most so many bytes, between records, in constant
 * memory. What fits into one part stays whole.
 *
 * @param stream comma-separated UTF-8 with LF between records, header first
 * @param largest bytes of a part with the header
 * @throws Failure `part-size-too-small` (exit 2) when a record does not fit into a part
 */
export async function cutIntoParts(
  stream: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<Parts> {
  const cutter = new Cutter(largest);
  for await (const block of stream) cutter.take(block);
  return cutter.finish();
}

class Cutter {
  readonly #largest: number;
  readonly #ends = new RecordEnds();
  readonly #parts: Part[] = [];
  #header: Buffer | undefined;
  /** The beginning of a record whose end has not come yet. */
  #carried = Buffer.alloc(0);
  /** Where the open part began in the stream, and where its last whole record ends. */
  #start = 0;
  #end = 0;
  #hash: Hash = createHash('sha256');
  #checksum = 0;
  #records = 0;
  /** Line ends before the open part, and before its last whole record's end. */
  #linesBefore = 0;
  #linesEnd = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  take(block: Uint8Array): void {
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
    // The last record may lack its line feed.
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

  /** Length of the open part, header included, with so many bytes more. */
  #lengthWith(more: number): number {
    return this.#headerBefore() + this.#end - this.#start + more;
  }

  /** The first part has the header in its own bytes. */
  #headerBefore(): number {
    return this.#parts.length === 0 ? 0 : (this.#header?.length ?? 0);
  }

  /** @param next length of the record that begins the next part, in bytes */
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
