/** Plans the portions of a file, each of which goes in one request, and reads them when they are sent. */
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
 * Whose portion a record belongs to that fills several identifiers: a ClientId is given to every
 * visitor, a Yclid only to those who came by an advertisement, a UserId only by sites that set it.
 */
const IDENTIFIERS: readonly IdentifierName[] = ['ClientId', 'Yclid', 'UserId'];

/** Which portion of its file an upload has. */
export interface PortionName {
  /** The only identifier that the portion has. */
  readonly identifier?: IdentifierName;
  /** Counted from 1. */
  readonly part?: { readonly number: number; readonly of: number };
}

/** What goes over the line in one request. */
export interface Portion {
  /** The file's name, without folders. */
  readonly fileName: string;
  /** `undefined` when the file goes whole. */
  readonly portion: PortionName | undefined;
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Records without the header. */
  readonly records: number;
  /** Physical lines without the header: more than records when fields hold line breaks. */
  readonly lines: number;
  /**
   * The bytes, read and converted again each time, and compared on the way with what was checked. Each
   * block is valid until the next one is asked for.
   *
   * The iteration throws Failure `file-changed` (exit 3), after the last byte at the latest, when
   * the file is no longer the one that was checked.
   */
  content(): AsyncIterable<Uint8Array>;
}

/** How to split a file. */
export interface PortionOptions {
  /** Bytes of one portion. */
  readonly largest: number;
  /** Whether a file that is larger may go in parts. */
  readonly mayCut: boolean;
  /** Whether each identifier gets an upload of its own. */
  readonly byIdentifier: boolean;
}

/** A file that passed, and how it is to be sent. */
export interface PlannedFile {
  readonly checked: CheckedFile;
  /** How the check found the file to be written. */
  readonly form: FileForm;
  readonly rules: PortionOptions;
  /** Tells how fast the line is, when the portions are sent. */
  readonly clock: Clock;
}

/** Which records of a file go into one upload. */
interface Selected {
  readonly fileName: string;
  readonly selection: Selection | undefined;
  readonly identifier?: IdentifierName;
}

/**
 * Prepares a file that passed for sending, in as many portions as it takes. Unless it goes whole and
 * byte for byte, this reads the file once more (once for each identifier), to know the length and
 * the hash of what comes of it.
 *
 * @throws UnreadableFile `file-too-large` (exit 3) when it is and may not be cut; Failure
 *   `part-size-too-small` (exit 2), `file-changed` (exit 3)
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

/** @returns one selection for each identifier; none when the records have only one */
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
    // A static call that names nobody links to nobody, so it may go with any.
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
      content: () => compared(file, at === 0 ? bytesOf(part) : headed(header, bytesOf(part)), part),
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

/** Part of a file, in blocks that suit the line. */
function paced(file: LocalFile, clock: Clock, part?: Part): AsyncIterable<Uint8Array> {
  const pace = new SendingPace(clock);
  return file.blocks(part?.start, part?.end, () => pace.next());
}

async function* headed(
  header: Uint8Array,
  records: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  yield header;
  yield* records;
}

/** On a slow line a large block would look like no progress. */
const SMALL_BLOCK = 64 * 1024;

async function* inSmallBlocks(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of stream) {
    for (let at = 0; at < block.length; at += SMALL_BLOCK)
      yield block.subarray(at, at + SMALL_BLOCK);
  }
}

/** The bytes of a stream from one place to another; what lies before has to be made all the same. */
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

/** The file is no longer the one that was checked. */
function fileChanged(): Failure {
  return new Failure('file-changed', {});
}

/** Bytes on their way, while they are compared with what was checked. */
async function* compared(
  file: LocalFile,
  bytes: AsyncIterable<Uint8Array>,
  wanted: { readonly length: number; readonly checksum: number },
): AsyncIterable<Uint8Array> {
  let checksum = 0;
  let passed = 0;
  for await (const block of bytes) {
    passed += block.length;
    // More than was announced would spoil the request: the file has grown.
    if (passed > wanted.length) throw fileChanged();
    checksum = crc32(block, checksum);
    yield block;
  }
  if (checksum !== wanted.checksum || passed !== wanted.length || file.isAnother()) {
    throw fileChanged();
  }
}

/** The name of what is sent, which is CSV whatever it came out of. */
function csvName(name: string, { container }: FileForm): string {
  if (container === 'gzip') return name.replace(/\.gz$/i, '');
  return container === 'workbook' ? name.replace(/(?:\.xls[xm])?$/i, '.csv') : name;
}
