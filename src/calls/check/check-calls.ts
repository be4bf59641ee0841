/** Checks a file of calls by the rules of the service, in constant memory. */
import { withLongHead } from '../../csv/head.ts';
import { RawLines } from '../../csv/raw-lines.ts';
import { type FirstForm, formFromHead, judgeTable } from '../../csv/table.ts';
import type { TableForm } from '../../csv/table-form.ts';
import { TableReading } from '../../csv/table-reading.ts';
import { isCallColumn } from '../columns/columns.ts';
import type { Validation } from '../findings/finding.ts';
import type { CheckOptions } from './check-options.ts';
import { type ContentHashes, contentHashes, NO_HASHES } from './content-hashes.ts';
import type { CallCounts } from './counts.ts';
import { FileCheck } from './file-check.ts';
import type { FileForm } from './file-form.ts';

/** Bytes that can be read more than once, each time from the beginning. */
export interface ByteSource {
  /**
   * @returns the bytes, in blocks of any length; each block is valid until the next one is
   *   requested
   */
  blocks(): AsyncIterable<Uint8Array>;
}

/** The result of checking one file. */
export interface CheckReport {
  readonly validation: Validation;
  readonly counts: Readonly<CallCounts>;
  /** How the file is written; `undefined` if the file has no readable header. */
  readonly form: FileForm | undefined;
  /**
   * The number of physical lines that were read, as an editor counts lines. The header is included.
   */
  readonly lines: number;
  /** The length of the original file, in bytes. */
  readonly bytes: number;
  /**
   * The SHA-256 of the original file, in lower-case hexadecimal digits; '' if it was not requested.
   */
  readonly sha256: string;
  /**
   * The CRC-32 of the original file; 0 if it was not requested. The CRC-32 shows whether the file
   * changed. Computing it takes a third of the time that the SHA-256 takes.
   */
  readonly checksum: number;
}

/**
 * Checks a file of calls. A file in UTF-8 is read once. If the check took the file for UTF-8 by
 * mistake, the file is read two more times: to detect the encoding, and to check the records.
 *
 * @throws any error of the source
 */
export async function checkCalls(source: ByteSource, options: CheckOptions): Promise<CheckReport> {
  const first = await checkOnce(source, options, undefined);
  if (first !== undefined) return first;
  const form = await judgeTable(() => source.blocks(), options, isCallColumn);
  const second = await checkOnce(source, options, form);
  if (second === undefined) throw new Error('a file whose encoding is known was read as another');
  return second;
}

/**
 * Reads a file once, and checks it.
 *
 * @param known the form of the file; by default, the form is detected from the beginning of the
 *   file
 * @returns `undefined` if the check assumed UTF-8, and the file is not UTF-8
 */
async function checkOnce(
  source: ByteSource,
  options: CheckOptions,
  known: TableForm | undefined,
): Promise<CheckReport | undefined> {
  options.onStart?.();
  const hashes: ContentHashes = options.hashed === false ? NO_HASHES : await contentHashes();
  let run: Run | undefined;
  let bytes = 0;
  for await (const block of withLongHead(source.blocks())) {
    hashes.update(block);
    bytes += block.length;
    run ??= begin(known ?? formFromHead(block, options, isCallColumn), options);
    run.raw?.push(block);
    run.reading.push(block);
    run.raw?.forget(run.reading.line);
    if (run.reading.damaged && run.isAssumed) return undefined;
  }
  run ??= begin(known ?? formFromHead(new Uint8Array(0), options, isCallColumn), options);
  run.reading.end();
  if (run.reading.damaged && run.isAssumed) return undefined;
  const { reading, file } = run;
  const { validation, counts, form } = file.finish(bytes, reading.lineEnds);
  return { validation, counts, form, lines: reading.line - 1, bytes, ...hashes.result() };
}

interface Run {
  readonly file: FileCheck;
  readonly reading: TableReading;
  readonly raw: RawLines | undefined;
  /** Whether later bytes may prove the encoding wrong. */
  readonly isAssumed: boolean;
}

function begin(form: TableForm | FirstForm, options: CheckOptions): Run {
  const raw = options.invalidRecords?.wantsBytes === true ? new RawLines(form) : undefined;
  const file = new FileCheck(form, options, raw);
  const consumer = options.fastPath === false ? withoutFastPath(file) : file;
  const isAssumed = 'isCertain' in form && !form.isCertain;
  return { file, reading: new TableReading(form, consumer), raw, isAssumed };
}

function withoutFastPath(file: FileCheck): Pick<FileCheck, 'record' | 'blank'> {
  return {
    record: file.record.bind(file),
    blank: file.blank.bind(file),
  };
}
