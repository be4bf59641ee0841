/** Splits a file into portions, one for each request. Reads each portion when it is sent. */
import { crc32 } from 'node:zlib';
import type { CheckedFile } from '../calls/check/check-file.ts';
import type { CallCounts, IdentifierName } from '../calls/check/counts.ts';
import type { FileForm } from '../calls/check/file-form.ts';
import { isSentAsItIs, outgoingBytes, type Selection } from '../calls/outgoing.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { cutIntoParts, type Part } from './parts.ts';
import { SendingPace } from './sending-pace.ts';

/**
 * The identifiers in order of preference. A record with several identifiers uses the first. Every
 * visitor has a ClientId. Only visitors from an advertisement have a Yclid, and only some sites set
 * a UserId.
 */
const IDENTIFIERS: readonly IdentifierName[] = ['ClientId', 'Yclid', 'UserId'];

/** Identifies one portion of a file. */
export interface PortionName {
  /** The only identifier column of the portion; absent if the file is not split by identifier. */
  readonly identifier?: IdentifierName;
  /** The number of the part, from 1, and the total number of parts. */
  readonly part?: { readonly number: number; readonly of: number };
}

/** The content of one request. */
export interface Portion {
  /** The name of the file, without folders. */
  readonly fileName: string;
  /** The name of this portion; `undefined` when the portion is the complete file. */
  readonly portion: PortionName | undefined;
  /** The length in bytes. */
  readonly length: number;
  /** The SHA-256 of the bytes, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The number of records, without the header. */
  readonly records: number;
  /** The number of lines, without the header. A record with line breaks has several lines. */
  readonly lines: number;
  /**
   * Returns the bytes. Each call reads and converts the file again. A block is valid until the next
   * block is requested.
   *
   * If the file has changed since its check, the iteration throws Failure `file-changed` (exit 3).
   * The failure comes after the last byte at the latest.
   */
  content(): AsyncIterable<Uint8Array>;
}

/** The options for splitting a file. */
export interface PortionOptions {
  /** The size limit of a portion, in bytes. */
  readonly largest: number;
  /** Whether a file above the size limit may be cut into parts. */
  readonly mayCut: boolean;
  /** Whether records with different identifiers go into separate uploads. */
  readonly byIdentifier: boolean;
}

/** A file that passed its check, and the way to send it. */
export interface PlannedFile {
  readonly checked: CheckedFile;
  /** The form of the file, which the check has found. */
  readonly form: FileForm;
  readonly rules: PortionOptions;
  /** The clock for measuring the speed of the connection during sending. */
  readonly clock: Clock;
}

/** The selected records of a file. They may be cut into several portions. */
interface Selected {
  readonly fileName: string;
  readonly selection: Selection | undefined;
  readonly identifier?: IdentifierName;
}

/**
 * Plans the portions of a file that passed its check. A file that is sent unchanged in one portion
 * is not read again. Any other file is read again, to find the length and the hash of each portion.
 * A file with several identifiers may be read once for each identifier.
 *
 * @throws UnreadableFile `file-too-large` (exit 3) when the file is too large and may not be cut;
 *   Failure `part-size-too-small` (exit 2), `file-changed` (exit 3)
 */
export async function planPortions(planned: PlannedFile): Promise<Portion[]> {
  const { checked, form, rules, clock } = planned;
  const { file, report, keep } = checked;
  const { counts } = report;
  const fileName = csvName(file.name, form);
  const selections = rules.byIdentifier ? selectionsByIdentifier(form, counts, keep) : [];
  if (selections.length === 0) {
    const selection = keep === undefined ? undefined : { keeps: keep, droppedPlaces: [] };
    if (isSentAsItIs(form, selection) && report.bytes <= rules.largest) {
      const { bytes: length, sha256, checksum } = report;
      const lines = report.lines - 1;
      const content = (): AsyncIterable<Uint8Array> =>
        compared(file, paced(file, clock), { length, checksum });
      const { records } = counts;
      return [{ fileName, portion: undefined, length, sha256, records, lines, content }];
    }
    return await cut(planned, { fileName, selection });
  }
  const portions: Portion[] = [];
  for (const { identifier, selection } of selections) {
    portions.push(...(await cut(planned, { fileName, selection, identifier })));
  }
  return portions;
}

/**
 * @returns one selection for each identifier column that has values; an empty list if fewer than
 *   two columns have values
 */
function selectionsByIdentifier(
  form: FileForm,
  counts: Readonly<CallCounts>,
  keep: CheckedFile['keep'],
): { identifier: IdentifierName; selection: Selection }[] {
  const filled = IDENTIFIERS.filter((name) => counts.identifiers[name] > 0);
  const [first] = filled;
  if (first === undefined || filled.length === 1) return [];
  const places = IDENTIFIERS.map((name) => [name, form.headerNames.indexOf(name)] as const);
  const identifierOf = (fields: readonly string[]): IdentifierName =>
    // A static call may have no identifier. The service does not link such a call to a visitor, so
    // any portion can contain the call.
    places.find(([, at]) => (fields[at] ?? '').trim() !== '')?.[0] ?? first;
  return filled.map((identifier) => ({
    identifier,
    selection: {
      keeps: (record, fields) =>
        identifierOf(fields) === identifier && (keep === undefined || keep(record)),
      droppedPlaces: places.flatMap(([name, at]) => (name === identifier || at < 0 ? [] : [at])),
    },
  }));
}

async function cut(
  { checked: { file, content, report }, form, rules, clock }: PlannedFile,
  { fileName, selection, identifier }: Selected,
): Promise<Portion[]> {
  let checksum = 0;
  async function* summed(): AsyncIterable<Uint8Array> {
    for await (const block of content.blocks()) {
      checksum = crc32(block, checksum);
      yield block;
    }
  }
  const { header, parts } = await cutIntoParts(
    outgoingBytes({ blocks: summed }, form, selection),
    rules.largest,
  );
  if (checksum !== report.checksum) throw fileChanged();
  if (parts.length > 1 && !rules.mayCut) {
    const total = parts.reduce((sum, part) => sum + part.end - part.start, 0);
    throw new UnreadableFile('file-too-large', { bytes: total, limit: rules.largest });
  }
  const bytesOf = (part: Part): AsyncIterable<Uint8Array> =>
    isSentAsItIs(form, selection)
      ? paced(file, clock, part)
      : inSmallBlocks(between(outgoingBytes(content, form, selection), part.start, part.end));
  return parts
    .filter(({ records }) => records > 0)
    .map((part, at) => ({
      fileName,
      portion: portionName(identifier, parts.length > 1 ? [at + 1, parts.length] : undefined),
      length: part.length,
      sha256: part.sha256,
      records: part.records,
      lines: part.lines,
      content: () =>
        compared(file, at === 0 ? bytesOf(part) : withHeader(header, bytesOf(part)), part),
    }));
}

function portionName(
  identifier: IdentifierName | undefined,
  part: readonly [number: number, of: number] | undefined,
): PortionName | undefined {
  if (identifier === undefined && part === undefined) return undefined;
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(part === undefined ? {} : { part: { number: part[0], of: part[1] } }),
  };
}

/** Reads a file or a part of it, in blocks that suit the speed of the connection. */
function paced(file: LocalFile, clock: Clock, part?: Part): AsyncIterable<Uint8Array> {
  const pace = new SendingPace(clock);
  return file.blocks(part?.start, part?.end, () => pace.next());
}

/** Puts the header before the records. */
async function* withHeader(
  header: Uint8Array,
  records: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  yield header;
  yield* records;
}

/**
 * The largest block, in bytes. On a slow connection, sending a larger block could take so long that
 * the request seems to make no progress.
 */
const SMALL_BLOCK = 64 * 1024;

async function* inSmallBlocks(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of stream) {
    for (let at = 0; at < block.length; at += SMALL_BLOCK)
      yield block.subarray(at, at + SMALL_BLOCK);
  }
}

/** Yields the bytes of a stream between two offsets. Reads and drops the bytes before `start`. */
async function* between(
  stream: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncIterable<Uint8Array> {
  let position = 0;
  for await (const block of stream) {
    const from = Math.max(0, start - position);
    const to = Math.min(block.length, end - position);
    if (from < to) yield block.subarray(from, to);
    position += block.length;
    if (position >= end) return;
  }
}

/** Creates the failure for a file that has changed since its check. */
function fileChanged(): Failure {
  return new Failure('file-changed', {});
}

/** Passes bytes on and compares them with the file that was checked. */
async function* compared(
  file: LocalFile,
  bytes: AsyncIterable<Uint8Array>,
  wanted: { readonly length: number; readonly checksum: number },
): AsyncIterable<Uint8Array> {
  let checksum = 0;
  let passed = 0;
  for await (const block of bytes) {
    passed += block.length;
    // The file has grown. More bytes than the request announced would make the request invalid.
    if (passed > wanted.length) throw fileChanged();
    checksum = crc32(block, checksum);
    yield block;
  }
  if (checksum !== wanted.checksum || passed !== wanted.length || file.isAnother()) {
    throw fileChanged();
  }
}

/**
 * Returns the file name for the request. The content of the request is CSV, so the name of a
 * workbook or a packed file changes. For example, `calls.xlsx` becomes `calls.csv`.
 */
function csvName(name: string, { container }: FileForm): string {
  if (container === 'gzip') return name.replace(/\.gz$/i, '');
  if (container === 'zip') return name.replace(/(?:\.csv)?(?:\.zip|\.z)?$/i, '.csv');
  return container === 'workbook' ? name.replace(/(?:\.xls[xm])?$/i, '.csv') : name;
}
