/** Converts the records of a JSON file to a table in a private temporary file. */
import type { Encoding } from '../../csv/encoding.ts';
import { isBlankRecord } from '../../csv/record-reader.ts';
import { writeRecord } from '../../csv/record-writer.ts';
import type { EmptyInJson, LineInJson } from '../../csv/table-form.ts';
import { Failure } from '../../failure.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { SpooledFile } from '../../files/spooled-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { ShownArray } from '../../words/en/file-problems.ts';
import { inItsEncoding, type OpenBytes, type TextEncoding } from '../text/text-encoding.ts';
import { JsonRecords, type RecordsAt } from './json-records.ts';
import { JsonSurvey, type RecordArray } from './json-survey.ts';
import { readJson } from './json-text.ts';
import { type ShortRows, widened } from './short-rows.ts';

/** The path that means: each document is a record. */
const DOCUMENTS = '.';

/** The minimum number of column names in a call: one for its time, and one for the caller. */
const FEWEST_NAMES = 2;

/** The largest number of arrays that a message lists. */
const LISTED = 5;

/** The number of bytes of rows to collect before they are written. */
const GATHERED = 128 * 1024;

/** The maximum number of bytes in UTF-8 for one UTF-16 code unit. */
const MOST_UTF8_BYTES = 3;

/** What the user said about the file, and what the program expects in it. */
export interface JsonCriteria {
  /** The keys that lead to the array of records, such as `result.data`. */
  readonly records: string | undefined;
  /** The keys that lead to this array in the answers of the call system. */
  readonly usualRecords?: string | undefined;
  readonly encoding: Encoding | undefined;
  /** Says whether a key is the name of an expected column. */
  readonly isKnownName: (name: string) => boolean;
}

/** The records of a JSON file, as comma-separated UTF-8. */
export interface JsonTable {
  /** @returns the bytes from the beginning; each block is valid until the next one is requested */
  blocks(): AsyncIterable<Uint8Array>;
  readonly lineInJson: LineInJson;
  readonly emptyInJson: EmptyInJson | undefined;
  /** How the file was decoded. */
  readonly encoding: TextEncoding;
  /** The temporary file. The caller must close it. */
  readonly spool: LocalFile;
}

/**
 * Converts the records of a JSON file. Each record takes four bytes of memory. Apart from that, the
 * memory does not grow with the file.
 *
 * @param open opens the bytes of the file
 * @param head the first bytes of the file
 * @throws UnreadableFile if the file is damaged, exceeds a limit, or has no records, or if it is
 *   not clear where the records are
 * @throws Failure `records-unknown` (exit 2) if the file has no array at the wanted place
 */
export async function jsonTable(
  open: OpenBytes,
  head: Uint8Array,
  file: Pick<LocalFile, 'name' | 'signal'>,
  criteria: JsonCriteria,
): Promise<JsonTable> {
  return await inItsEncoding(open, head, criteria.encoding, async (encoding) => {
    const at = await placeOfRecords(open, encoding, criteria);
    return await spooledTable(open, encoding, at, file);
  });
}

async function placeOfRecords(
  open: OpenBytes,
  encoding: TextEncoding,
  { records: wanted, usualRecords: usual, isKnownName }: JsonCriteria,
): Promise<RecordsAt> {
  if (wanted === DOCUMENTS) return { kind: 'documents' };
  const surveyed = async (isWhole: boolean): Promise<JsonSurvey> =>
    await readJson(
      open,
      encoding,
      () => new JsonSurvey({ sought: wanted ?? usual, isKnownName, isWhole }),
      ({ isDone }) => isDone,
    );
  const survey = await surveyed(wanted !== undefined);
  const { arrays, documents } = survey;
  if (wanted !== undefined) {
    if (!survey.hasSought) throw new Failure('records-unknown', { wanted, arrays: shown(arrays) });
    return { kind: 'array', path: wanted };
  }
  if (survey.isArray) return { kind: 'array', path: '' };
  if (usual !== undefined && survey.hasSought) return { kind: 'array', path: usual };
  const first = kindOfFirst(survey);
  if (first === 'call') return { kind: 'documents' };
  if (first === 'both' || (first === 'list' && documents > 1)) {
    const whole = documents > 1 ? await surveyed(true) : survey;
    const found = { arrays: shown(whole.arrays), documents: whole.documents };
    throw new UnreadableFile('json-several', found);
  }
  if (documents > 1) return { kind: 'documents' };
  if (arrays.length > 1) {
    throw new UnreadableFile('json-several', { arrays: shown(arrays), documents: 0 });
  }
  const [only] = arrays;
  if (only !== undefined) return { kind: 'array', path: only.path };
  // A document with an empty list is an answer without calls. Any other document may be a single
  // call.
  if (survey.hasEmptyArray) throw new UnreadableFile('json-without-records', { records: 0 });
  return { kind: 'documents' };
}

/** Says whether the first document has the names of a call, or a list in it has them. */
function kindOfFirst({ names, arrays }: JsonSurvey): 'call' | 'list' | 'both' | 'neither' {
  const inLists = Math.max(0, ...arrays.map((array) => array.names));
  if (names < FEWEST_NAMES) return inLists < FEWEST_NAMES ? 'neither' : 'list';
  return names > inLists ? 'call' : 'both';
}

function shown(arrays: readonly RecordArray[]): ShownArray[] {
  const largest = arrays.toSorted((one, other) => other.records - one.records).slice(0, LISTED);
  return largest.map(({ path, records }) => ({ path: shownColumn(path), records }));
}

async function spooledTable(
  open: OpenBytes,
  encoding: TextEncoding,
  at: RecordsAt,
  file: Pick<LocalFile, 'name' | 'signal'>,
): Promise<JsonTable> {
  const spool = await SpooledFile.create();
  try {
    const rows = new SpooledRows(spool);
    const records = await readJson(
      open,
      encoding,
      (lineNow) =>
        new JsonRecords(at, lineNow, (cells, line) => {
          rows.add(cells, line);
        }),
    );
    rows.end();
    const { lines, short, empty } = rows;
    if (records.records === empty.records) {
      throw new UnreadableFile('json-without-records', { records: empty.records });
    }
    const table = spool.finish(file.name, file.signal);
    const header = bytesOf(writeRecord(records.columns));
    const width = records.columns.length;
    return {
      blocks: () => widened(header, table.blocks(), short, width),
      lineInJson: (line) => lines.of(line - 2),
      emptyInJson: empty.records === 0 ? undefined : empty,
      encoding,
      spool: table,
    };
  } finally {
    spool.discard();
  }
}

/** Writes the rows of a table, and remembers the line of each record. */
class SpooledRows {
  readonly lines = new Lines();
  /**
   * The widths of all rows so far. Rows that were written before all columns were known have fewer
   * cells than later rows.
   */
  readonly short: ShortRows[] = [];
  readonly empty = { records: 0, line: 0 };
  readonly #spool: SpooledFile;
  /**
   * The rows that are not in the temporary file yet, as bytes. Joined strings would stay in memory
   * for a long time, and would fill the memory.
   */
  readonly #room = Buffer.allocUnsafeSlow(GATHERED);
  #length = 0;
  #rows = 0;

  constructor(spool: SpooledFile) {
    this.#spool = spool;
  }

  add(cells: readonly string[], line: number): void {
    this.lines.add(line);
    this.#rows += 1;
    if (isBlankRecord(cells)) {
      // The header is the first line of the table.
      if (this.empty.records === 0) this.empty.line = this.#rows + 1;
      this.empty.records += 1;
    }
    const last = this.short.at(-1);
    if (last?.width === cells.length) last.rows += 1;
    else this.short.push({ width: cells.length, rows: 1 });
    this.#write(writeRecord(cells));
  }

  #write(row: string): void {
    if (row.length * MOST_UTF8_BYTES > GATHERED - this.#length) this.end();
    if (row.length * MOST_UTF8_BYTES > GATHERED || !row.isWellFormed()) {
      this.end();
      this.#spool.write(bytesOf(row));
    } else this.#length += this.#room.write(row, this.#length, 'utf8');
  }

  /** Writes the collected rows. */
  end(): void {
    this.#spool.write(this.#room.subarray(0, this.#length));
    this.#length = 0;
  }
}

/**
 * The number of records whose line numbers are in one array. A single array for all records would
 * need twice its memory when it grows.
 */
const LINES_TOGETHER = 64 * 1024;

/** The line of each record, from 1. */
class Lines {
  readonly #parts: Uint32Array[] = [];
  #count = 0;

  add(line: number): void {
    const at = this.#count % LINES_TOGETHER;
    if (at === 0) this.#parts.push(new Uint32Array(LINES_TOGETHER));
    const part = this.#parts.at(-1);
    if (part !== undefined) part[at] = line;
    this.#count += 1;
  }

  /** @param record the index of the record, from 0; -1 is the header, with the line of record 0 */
  of(record: number): number {
    const at = Math.max(0, Math.min(record, this.#count - 1));
    return this.#parts[Math.floor(at / LINES_TOGETHER)]?.[at % LINES_TOGETHER] ?? 1;
  }
}

const HALF_CHARACTER = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Encodes text. Half a character, such as `\ud800`, becomes a byte that is not UTF-8. So the check
 * reports the damage in the right record.
 */
function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return Buffer.from(text);
  const pieces = text.split(HALF_CHARACTER).flatMap((piece, at) => {
    const bytes = Buffer.from(piece);
    return at === 0 ? [bytes] : [Buffer.from([0xff]), bytes];
  });
  return Buffer.concat(pieces);
}
