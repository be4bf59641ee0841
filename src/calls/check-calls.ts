import { isAscii, isUtf8 } from 'node:buffer';
import {
  type Delimiter,
  DELIMITERS,
  detectDialect,
  type Dialect,
  withoutSeparatorLine,
} from '../csv/dialect.ts';
import {
  beginsAsUtf8,
  type Encoding,
  guessEncoding,
  looksLikeWindows1251,
  TEXT_STRETCH,
  TextDecoding,
} from '../csv/encoding.ts';
import {
  isBlankRecord,
  lineEndsWithin,
  problemsByRow,
  type ReadProblem,
  type RecordBatch,
  RecordReader,
} from '../csv/record-reader.ts';
import { HEAD_BYTES, withLongHead } from '../csv/long-head.ts';
import { CallCheck, type CallCounts, noCalls } from './call-check.ts';
import { columnNamed } from './columns.ts';
import { type FileForm, lineEndsToChange } from './conversions.ts';
import { type Finding, FindingCollector, type Validation } from './findings.ts';
import { type Header, holdsColumnNames, readHeader } from './header.ts';
import { afterLines } from './quick-check.ts';
import { LONGEST_STRETCH } from './record-scanner.ts';

/** Bytes that can be read from the beginning more than once. */
export interface ByteSource {
  /** @returns the bytes, in blocks of any length, each valid until the next one is asked for */
  blocks(): AsyncIterable<Uint8Array>;
}

/** Takes the records of a file that have errors, in the file's order. */
export interface InvalidRecords {
  /** The header of the file; a second one means that what came before it is void. */
  begin(header: readonly string[]): void;
  /**
   * @param record its number without the header, from 1
   * @param reasons what is wrong with it, a sentence each
   */
  take(record: number, fields: readonly string[], reasons: readonly string[]): void;
}

/** How to check a file of calls. */
export interface CheckSettings {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** How many findings to list; counts are complete all the same. */
  readonly maxFindings: number;
  /** Whether phone numbers and identifiers may stand in findings whole. */
  readonly showValues: boolean;
  /** Whether changes on the way are allowed; without, each is an error. */
  readonly convert: boolean;
  /** Whether the records may fill different identifiers, since each kind gets a file of its own. */
  readonly identifiersMayMix?: boolean | undefined;
  /** The encoding when it is known; otherwise it is found out. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields when it is known; otherwise it is found out. */
  readonly delimiter?: Delimiter | undefined;
  /** Is told of the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** Whether the bytes come out of gzip, which is a change on the way. */
  readonly packed?: boolean | undefined;
  /** Is told every finding, also those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** `false` spares the hashes of the file, which only a sending needs. */
  readonly hashed?: boolean | undefined;
  /** `false` makes text of every record, as a test wants that compares the two ways. */
  readonly quickly?: boolean | undefined;
  /** Is told when a reading begins; a second time when a first one took the encoding wrong. */
  readonly onStart?: (() => void) | undefined;
}

/** What the check of one file came to. */
export interface CheckReport {
  readonly validation: Validation;
  readonly counts: Readonly<CallCounts>;
  /** How the file is written; `undefined` when it has no header that can be read. */
  readonly form: FileForm | undefined;
  /** Physical lines with the header, as an editor counts them, up to where the reading stopped. */
  readonly lines: number;
  /** Length of the file as it is, in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file as it is, in lower-case hexadecimal digits; '' when it was not wanted. */
  readonly sha256: string;
  /** CRC-32 of the same, which says in a third of the time whether it changed; 0 when not wanted. */
  readonly checksum: number;
}

/**
 * Checks a file of calls against the columns of the service, in one pass and constant memory.
 *
 * @param source the file; it is read a second time when it turns out to be windows-1251 only after
 *   its beginning
 * @throws whatever reading the source throws
 */
export async function checkCalls(
  source: ByteSource,
  settings: CheckSettings,
): Promise<CheckReport> {
  const firstReading = await checkAs(source, settings, settings.encoding);
  return firstReading ?? (await checkAs(source, settings, 'windows-1251')) ?? unreachable();
}

function unreachable(): never {
  throw new Error('a file whose encoding is given was to be read in another one');
}

/** @returns `undefined` when the file is no UTF-8 and reads as windows-1251 */
async function checkAs(
  source: ByteSource,
  settings: CheckSettings,
  encoding: Encoding | undefined,
): Promise<CheckReport | undefined> {
  settings.onStart?.();
  const hashes = settings.hashed === false ? undefined : await contentHashes();
  const file = new FileCheck(settings, encoding);
  let bytes = 0;
  for await (const block of withLongHead(source.blocks())) {
    hashes?.update(block);
    bytes += block.length;
    for (let at = 0; at < block.length;) {
      const piece = block.subarray(at, at + file.longestPiece);
      if (file.take(piece) === 'is-windows-1251') return undefined;
      at += piece.length;
    }
  }
  if (file.flush() === 'is-windows-1251') return undefined;
  const { validation, counts, form, lines } = file.finish(bytes);
  const { sha256, checksum } = hashes?.result() ?? { sha256: '', checksum: 0 };
  return { validation, counts, form, lines, bytes, sha256, checksum };
}

/** What a content is known by. */
interface ContentHashes {
  update(block: Uint8Array): void;
  result(): Pick<CheckReport, 'sha256' | 'checksum'>;
}

/** Loads what makes them where it is used, since that takes longer than the check of a small file. */
async function contentHashes(): Promise<ContentHashes> {
  const { createHash } = await import('node:crypto');
  const { crc32 } = await import('node:zlib');
  const hash = createHash('sha256');
  let checksum = 0;
  return {
    update: (block) => {
      hash.update(block);
      checksum = crc32(block, checksum);
    },
    result: () => ({ sha256: hash.digest('hex'), checksum }),
  };
}

const LINE_FEED = 0x0a;
/** A unit of text takes so many bytes in UTF-8 at most. */
const MOST_UTF8_BYTES = 3;
const NO_BYTES = Buffer.alloc(0);
/** A line without end goes to the reader, which knows what is too long. */
const LONGEST_HELD = 64 * 1024;
/** So many bytes of clean records mean that an unclean one was an exception. */
const MANY_BYTES = 1024;
/** With a line that is held before it, a piece must be short enough to be scanned. */
const LONGEST_PIECE = LONGEST_STRETCH - LONGEST_HELD;
const MOST_LINES = 4096;
/** Below a first line without column names, so many records are looked at for them. */
const MOST_TITLES = 20;

/** The check of one file while it is being read. */
class FileCheck {
  readonly #settings: CheckSettings;
  readonly #found: FindingCollector;
  readonly #givenEncoding: Encoding | undefined;
  #encoding: Encoding = 'utf-8';
  #markBytes = 0;
  #decoding: TextDecoding | undefined;
  #text: { readonly reader: RecordReader; readonly dialect: Dialect } | undefined;
  /** Whether any text has gone to the reader. */
  #begun = false;
  /** Whether lines are looked at as UTF-8 before they become text, and the bytes of one that is not whole. */
  #quickly = false;
  #held = NO_BYTES;
  /** What makes text of such lines; {@link FileCheck.#decoding} itself where the file is UTF-8. */
  #lineDecoding = new TextDecoding('utf-8');
  /** Room for what was transcoded last. */
  #transcoded = NO_BYTES;
  #header: Header | undefined;
  #calls: CallCheck | undefined;
  /** How many more records may turn out to be the column names. */
  #titlesLeft = 0;
  /** Blank records that are only a finding if another record follows. */
  #blank: { readonly lines: number[]; count: number } = { lines: [], count: 0 };
  /** Whether the text that no record came of yet holds NUL or undecodable bytes. */
  #suspectCarried = false;
  /** What is wrong with the record at hand, for those who keep invalid ones. */
  #reasons: string[] = [];

  constructor(settings: CheckSettings, encoding: Encoding | undefined) {
    this.#settings = settings;
    this.#givenEncoding = encoding;
    this.#found = new FindingCollector({
      listed: settings.maxFindings,
      changesAreErrors: !settings.convert,
      onFinding:
        settings.invalidRecords === undefined
          ? settings.onFinding
          : (finding) => {
              if (finding.severity === 'error') this.#reasons.push(finding.message);
              settings.onFinding?.(finding);
            },
    });
  }

  /** How many bytes {@link FileCheck.take} takes at most. */
  get longestPiece(): number {
    const asItIs = this.#quickly && this.#encoding === 'utf-8';
    return asItIs ? LONGEST_PIECE : TEXT_STRETCH;
  }

  /** @param block the next bytes, {@link FileCheck.longestPiece} at most */
  take(block: Uint8Array): 'is-windows-1251' | undefined {
    if (this.#decoding !== undefined) return this.#takeNext(block, this.#decoding);
    const guess = guessEncoding(block);
    this.#encoding = this.#givenEncoding ?? guess.encoding;
    this.#markBytes = guess.encoding === this.#encoding ? guess.markBytes : 0;
    this.#decoding = new TextDecoding(this.#encoding);
    if (this.#encoding === 'utf-8') this.#lineDecoding = this.#decoding;
    const fresh = block.subarray(this.#markBytes);
    const first = new TextDecoding(this.#encoding);
    // The first line is all that matters; whether the rest can be decoded shows when its turn comes.
    const text = first.decode(fresh.subarray(0, HEAD_BYTES));
    if (!first.damaged) {
      const { separatorLine } = this.#settleDialect(text);
      this.#quickly = this.#settings.quickly !== false && !separatorLine;
    }
    return this.#takeNext(fresh, this.#decoding);
  }

  #takeNext(bytes: Uint8Array, decoding: TextDecoding): 'is-windows-1251' | undefined {
    if (!this.#quickly) return this.#takeAsText(bytes, decoding);
    if (this.#encoding === 'utf-8') return this.#takeQuickly(bytes);
    const text = decoding.decode(bytes);
    if (!decoding.damaged) return this.#takeQuickly(this.#asUtf8(text));
    const held = this.#held.toString('utf8');
    this.#quickly = false;
    this.#held = NO_BYTES;
    this.#read(held + text, true);
    return undefined;
  }

  #asUtf8(text: string): Buffer {
    const room = text.length * MOST_UTF8_BYTES;
    if (this.#transcoded.length < room) this.#transcoded = Buffer.allocUnsafeSlow(room);
    return this.#transcoded.subarray(0, this.#transcoded.write(text, 'utf8'));
  }

  #takeAsText(bytes: Uint8Array, decoding: TextDecoding): 'is-windows-1251' | undefined {
    const sawNonAscii = decoding.sawNonAscii;
    const text = decoding.decode(bytes);
    if (
      decoding.damaged &&
      this.#givenEncoding === undefined &&
      this.#encoding === 'utf-8' &&
      this.#markBytes === 0 &&
      !sawNonAscii
    ) {
      if (beginsAsUtf8(bytes)) decoding.sawNonAscii = true;
      else if (looksLikeWindows1251(bytes)) return 'is-windows-1251';
    }
    this.#read(text, decoding.damaged);
    return undefined;
  }

  /**
   * Takes whole lines of a block, and keeps the beginning of a line that goes on in the next one.
   */
  #takeQuickly(block: Uint8Array): 'is-windows-1251' | undefined {
    const decoding = this.#lineDecoding;
    const held = this.#held;
    const cut = held.length === 0 ? 0 : block.indexOf(LINE_FEED) + 1;
    const end = block.lastIndexOf(LINE_FEED) + 1;
    // The line that was cut is put together by itself: the block is too long to be copied for it.
    const line = cut === 0 ? NO_BYTES : Buffer.concat([held, block.subarray(0, cut)]);
    const lines = block.subarray(cut, end);
    if (!isUtf8(line) || !isUtf8(lines)) {
      this.#quickly = false;
      this.#held = NO_BYTES;
      return this.#takeAsText(Buffer.concat([held, block]), decoding);
    }
    this.#takeLines(line);
    this.#takeLines(lines);
    const rest = end === 0 ? Buffer.concat([held, block]) : block.subarray(end);
    this.#held = NO_BYTES;
    if (rest.length > LONGEST_HELD || !this.#isSettled) return this.#takeAsText(rest, decoding);
    this.#held = Buffer.from(rest);
    return undefined;
  }

  /**
   * Takes clean records by their bytes, and hands the lines with others to the reader, more and more
   * of them at a time while clean ones do not come.
   *
   * @param lines whole lines of UTF-8
   */
  #takeLines(lines: Uint8Array): void {
    const decoding = this.#lineDecoding;
    if (!decoding.sawNonAscii && !isAscii(lines)) decoding.sawNonAscii = true;
    let slowly = 0;
    for (let at = 0; at < lines.length;) {
      const next = this.#takeClean(lines, at);
      slowly = next - at > MANY_BYTES ? 1 : Math.min(Math.max(1, slowly * 2), MOST_LINES);
      if (next === lines.length) break;
      at = afterLines(lines, next, slowly);
      const text = decoding.decode(lines.subarray(next, at));
      // A letter that was cut before these lines may turn out to be none.
      this.#read(text, decoding.damaged);
    }
  }

  get #isSettled(): boolean {
    return this.#text?.reader.settled === true && this.#lineDecoding.settled;
  }

  /** @returns where the first line begins that has to be read in full */
  #takeClean(lines: Uint8Array, from: number): number {
    const reader = this.#text?.reader;
    const calls = this.#calls;
    if (reader === undefined || calls === undefined || !this.#isSettled) return from;
    const before = calls.counts.records;
    const next = calls.quick.take(lines, from, reader.line, reader.lineEnds);
    const taken = calls.counts.records - before;
    if (taken === 0) return next;
    this.#reportBlanks();
    this.#suspectCarried = false;
    reader.skip(taken);
    return next;
  }

  #settleDialect(text: string): Dialect {
    const detected = detectDialect(text, (name) => columnNamed(name) !== undefined);
    const { delimiter } = this.#settings;
    const dialect = delimiter === undefined ? detected : { ...detected, delimiter };
    const firstLine = dialect.separatorLine ? 2 : 1;
    this.#text = { dialect, reader: new RecordReader(dialect.delimiter, firstLine) };
    return dialect;
  }

  /** Takes a last line without line end. */
  flush(): 'is-windows-1251' | undefined {
    const held = this.#held;
    this.#held = NO_BYTES;
    return this.#takeAsText(held, this.#lineDecoding);
  }

  finish(bytes: number): Pick<CheckReport, 'validation' | 'counts' | 'form' | 'lines'> {
    if (this.#decoding !== undefined) {
      const rest = this.#decoding.end();
      this.#read(rest, this.#decoding.damaged);
      if (this.#text !== undefined) this.#take(this.#text.reader.end(), this.#suspectCarried);
    }
    const form = this.#form();
    if (bytes === this.#markBytes) this.#found.add('file-empty');
    else if (this.#header === undefined && this.#found.errors === 0) this.#found.add('file-empty');
    else if (this.#calls !== undefined && this.#calls.counts.records === 0) {
      if (this.#found.errors === 0) this.#found.add('header-only');
    }
    if (form !== undefined && this.#header?.usable === true) this.#noteChanges(form);
    this.#calls?.finish();
    const lines = (this.#text?.reader.line ?? 1) - 1;
    const counts = this.#calls?.counts ?? noCalls();
    return { validation: this.#found.result(), counts, form, lines };
  }

  #read(text: string, damaged: boolean): void {
    if (text === '') return;
    let content = text;
    if (!this.#begun) {
      this.#begun = true;
      const { separatorLine } = this.#text?.dialect ?? this.#settleDialect(text);
      if (separatorLine) content = withoutSeparatorLine(text);
    }
    if (this.#text === undefined) return;
    const suspect = damaged || text.includes('\0');
    const batch = this.#text.reader.push(content);
    this.#take(batch, suspect || this.#suspectCarried);
    // A record that this stretch cuts comes with a later one.
    this.#suspectCarried = (suspect || this.#suspectCarried) && !this.#text.reader.settled;
  }

  #take(batch: RecordBatch, suspect: boolean): void {
    const problems = problemsByRow(batch);
    let line = batch.firstLine;
    for (const [index, fields] of batch.rows.entries()) {
      if (isBlankRecord(fields)) {
        this.#noteBlank(line);
      } else {
        this.#reportBlanks();
        if (this.#header === undefined)
          this.#readHeader(fields, line, suspect, problems.get(index));
        else {
          this.#lookForNames(fields, line);
          this.#checkRecord(fields, line, suspect, problems.get(index));
        }
      }
      line += batch.oneLineEach ? 1 : 1 + lineEndsWithin(fields);
    }
    for (const { kind, line: at, row } of batch.problems) {
      if (row !== undefined) continue;
      this.#reportBlanks();
      this.#calls?.countUnread();
      this.#found.add(kind, { line: at });
    }
  }

  #lookForNames(fields: readonly string[], line: number): void {
    if (this.#titlesLeft === 0) return;
    this.#titlesLeft -= 1;
    if (!holdsColumnNames(fields)) return;
    this.#titlesLeft = 0;
    this.#found.add('header-not-first', { line });
  }

  #checkRecord(
    fields: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem | undefined,
  ): void {
    const calls = this.#calls;
    if (calls === undefined) return;
    this.#reasons = [];
    if (problem === undefined) calls.check(fields, line, suspect);
    else {
      calls.countUnread();
      this.#found.add(problem.kind, { line: problem.line, record: calls.counts.records });
    }
    if (this.#reasons.length === 0) return;
    this.#settings.invalidRecords?.take(calls.counts.records, fields, this.#reasons);
  }

  #readHeader(
    cells: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem | undefined,
  ): void {
    if (problem !== undefined) {
      this.#found.add(problem.kind, { line: problem.line });
      this.#header = { ...UNREADABLE_HEADER, names: cells };
      return;
    }
    const damage = suspect ? damageIn(cells) : undefined;
    if (damage !== undefined) {
      this.#found.add(damage, { line, detail: this.#encoding });
      this.#header = { ...UNREADABLE_HEADER, names: cells };
      return;
    }
    const header = readHeader(cells, line, this.#found);
    this.#header = header;
    this.#settings.invalidRecords?.begin(cells);
    if (header.columns.every((name) => name === undefined)) this.#titlesLeft = MOST_TITLES;
    if (!header.usable) return;
    this.#calls = new CallCheck(
      header,
      {
        now: this.#settings.now,
        showValues: this.#settings.showValues,
        identifiersMayMix: this.#settings.identifiersMayMix === true,
        encoding: this.#encoding,
        delimiter: this.#text?.dialect.delimiter,
      },
      this.#found,
    );
  }

  #noteBlank(line: number): void {
    this.#blank.count += 1;
    if (this.#blank.lines.length <= this.#settings.maxFindings) this.#blank.lines.push(line);
  }

  #reportBlanks(): void {
    for (let index = 0; index < this.#blank.count; index += 1) {
      const line = this.#blank.lines[index];
      this.#found.add('blank-line', line === undefined ? {} : { line });
    }
    if (this.#blank.count > 0) this.#blank = { lines: [], count: 0 };
  }

  #form(): FileForm | undefined {
    if (this.#text === undefined || this.#header === undefined) return undefined;
    return {
      packed: this.#settings.packed === true,
      encoding: this.#encoding,
      markBytes: this.#markBytes,
      ...this.#text.dialect,
      lineEnds: this.#text.reader.lineEnds,
      blankLinesAtEnd: this.#blank.count > 0,
      headerBlanks: this.#header.hasBlanks,
      headerCase: this.#header.hasOtherCase,
      droppedPlaces: this.#header.reasonPlaces,
      headerNames: this.#header.names,
    };
  }

  #noteChanges(form: FileForm): void {
    if (form.packed) this.#found.add('packed-with-gzip');
    if (form.encoding !== 'utf-8') this.#found.add('encoding-not-utf8', { detail: form.encoding });
    else if (form.markBytes > 0) this.#found.add('byte-order-mark');
    if (form.separatorLine) this.#found.add('separator-line', { line: 1 });
    if (form.delimiter !== ',') {
      this.#found.add('delimiter-not-comma', { detail: DELIMITERS[form.delimiter] });
    }
    const lineEnds = lineEndsToChange(form.lineEnds);
    if (lineEnds !== undefined) {
      const detail = lineEnds === 'mixed' ? 'several ways' : lineEnds.toUpperCase();
      this.#found.add('line-ends-not-lf', { detail });
    }
    const firstBlank = this.#blank.lines[0];
    if (firstBlank !== undefined) this.#found.add('blank-lines-at-end', { line: firstBlank });
  }
}

const UNREADABLE_HEADER: Omit<Header, 'names'> = {
  columns: [],
  reasonPlaces: [],
  hasBlanks: false,
  hasOtherCase: false,
  usable: false,
};

/** What keeps cells from being text. */
function damageIn(cells: readonly string[]): 'nul-byte' | 'bytes-undecodable' | undefined {
  if (cells.some((cell) => cell.includes('\0'))) return 'nul-byte';
  return cells.some((cell) => !cell.isWellFormed()) ? 'bytes-undecodable' : undefined;
}
