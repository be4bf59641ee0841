import { createHash } from 'node:crypto';
import {
  type ByteSource,
  type CheckReport,
  checkCalls,
  type CheckSettings,
  type InvalidRecords,
} from '../calls/check-calls.ts';
import { conversionsFor, type FileForm } from '../calls/conversions.ts';
import { FindingCollector, type Validation } from '../calls/findings.ts';
import { outgoingBytes } from '../calls/outgoing.ts';
import { CONTAINER_BYTES, containerOf, DamagedGzip, unpacked } from '../csv/container.ts';
import { Failure } from '../failure.ts';
import { type LocalFile, UnreadableFile } from './local-file.ts';
import { SkippedRecords } from './skipped-records.ts';

/** The service takes no larger file, in bytes. */
export const LARGEST_FILE = 1024 ** 3;

/** What goes over the line for one file. */
export interface Outgoing {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /**
   * The bytes, read and converted anew each time, and compared on the way with what was checked.
   *
   * The iteration throws Failure `file-changed` (exit 3) after the last byte, when the file is no
   * longer the one that was checked.
   */
  content(): AsyncIterable<Uint8Array>;
}

/** The outcome of checking one file. */
export interface CheckedFile {
  /** The content that was checked, out of gzip where it was packed. */
  readonly content: ByteSource;
  /** Tells by its number, from 1, whether a record is sent; `undefined` when all are. */
  readonly keep: ((record: number) => boolean) | undefined;
  readonly report: CheckReport;
  readonly conversions: readonly string[];
  /** Whether errors, or warnings under strict settings, forbid sending it. */
  readonly passed: boolean;
}

/** Settings of the check with what the caller makes of warnings. */
export interface FileCheckSettings extends CheckSettings {
  /** Whether warnings forbid sending as errors do. */
  readonly strict: boolean;
  /** Whether records with errors are left out and the others sent. */
  readonly skipInvalid: boolean;
  /** Keeps the records that are left out. */
  readonly rejects?: InvalidRecords | undefined;
}

/**
 * Checks an open file.
 *
 * @throws whatever reading throws
 */
export async function checkFile(
  file: LocalFile,
  settings: FileCheckSettings,
): Promise<CheckedFile> {
  const { content, packed } = await openContent(file);
  const skipped = settings.skipInvalid ? new SkippedRecords(settings.rejects) : undefined;
  const report = await checkCalls(content, { ...settings, packed, invalidRecords: skipped });
  const { errors, warnings } = report.validation;
  const mendable = errors === 0 || (skipped !== undefined && canSkip(report));
  return {
    content,
    report,
    keep: skipped === undefined || skipped.none ? undefined : (record) => !skipped.has(record),
    conversions: report.form === undefined ? [] : conversionsFor(report.form),
    passed: mendable && !(settings.strict && warnings > 0),
  };
}

/** Whether all errors are those of records that can be left out, and some record remains. */
function canSkip({ validation, counts }: CheckReport): boolean {
  return (
    counts.invalid < counts.records &&
    validation.groups.every(
      ({ severity, code, first }) =>
        severity !== 'error' || code === 'blank-line' || (first[0]?.record ?? null) !== null,
    )
  );
}

/**
 * The content of a file, out of gzip where it is packed.
 *
 * @throws UnreadableFile when it is an archive or a workbook
 */
export async function openContent(
  file: LocalFile,
): Promise<{ readonly content: ByteSource; readonly packed: boolean }> {
  const container = containerOf(await file.head(CONTAINER_BYTES));
  if (container === undefined) return { content: file, packed: false };
  if (container === 'gzip') return { content: { blocks: () => gunzipped(file) }, packed: true };
  const detail =
    container === 'archive' ? 'a zip archive or an Excel workbook' : 'an Excel workbook';
  throw new UnreadableFile('file-packed', detail);
}

async function* gunzipped(file: LocalFile): AsyncIterable<Uint8Array> {
  try {
    yield* unpacked(file.blocks());
  } catch (error) {
    throw error instanceof DamagedGzip ? new UnreadableFile('gzip-damaged') : error;
  }
}

/**
 * Prepares a file that passed for sending. When something has to be changed on the way, this reads
 * the file once more, to know the length and the hash of the result.
 *
 * @throws UnreadableFile `file-too-large` when what would be sent is over 1 GB
 */
export async function prepareOutgoing(
  file: LocalFile,
  { content, report, keep }: CheckedFile,
  form: FileForm,
): Promise<Outgoing> {
  const plain = conversionsFor(form).length === 0 && keep === undefined;
  const bytes = (): AsyncIterable<Uint8Array> => compared(file, { content, report, keep }, form);
  const { length, sha256 } = plain
    ? { length: report.bytes, sha256: report.sha256 }
    : await measure(bytes());
  if (length > LARGEST_FILE) {
    const detail = `${String(length)} bytes, which is over 1 GB`;
    throw new UnreadableFile('file-too-large', detail);
  }
  return {
    name: form.packed ? file.name.replace(/\.gz$/i, '') : file.name,
    length,
    sha256,
    content: () => atMost(length, bytes()),
  };
}

/** The findings that stand for a file that could not be opened. */
export function validationOf(problem: UnreadableFile): Validation {
  const found = new FindingCollector({ listed: 1 });
  found.add(problem.findingCode, { detail: problem.detail });
  return found.result();
}

async function measure(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ length: number; sha256: string }> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const block of bytes) {
    hash.update(block);
    length += block.length;
  }
  return { length, sha256: hash.digest('hex') };
}

/**
 * What is sent for a file, while its bytes are compared with those that were checked. From the same
 * bytes the same is made, so nothing else has to be compared.
 */
async function* compared(
  file: LocalFile,
  { content, report, keep }: Pick<CheckedFile, 'content' | 'report' | 'keep'>,
  form: FileForm,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncIterable<Uint8Array> {
    for await (const block of content.blocks()) {
      hash.update(block);
      yield block;
    }
  }
  yield* outgoingBytes({ blocks: hashed }, form, keep);
  if (hash.digest('hex') !== report.sha256 || (await file.isReplaced())) throw changed();
}

/** More than was announced would spoil the request: the file has grown. */
async function* atMost(
  length: number,
  bytes: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let passed = 0;
  for await (const block of bytes) {
    passed += block.length;
    if (passed > length) throw changed();
    yield block;
  }
}

function changed(): Failure {
  return new Failure({
    code: 'file-changed',
    exitCode: 3,
    message:
      'The file changed after it was checked; the request was broken off, so nothing was uploaded.',
    hint: 'Wait until the program that writes the file is done, then run the same command again.',
  });
}
