/** Checks a file of calls against the columns of the service, in constant memory. */
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

/** Bytes that can be read from the beginning more than once. */
export interface ByteSource {
  /** @returns the bytes, in blocks of any length, each valid until the next one is asked for */
  blocks(): AsyncIterable<Uint8Array>;
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
 * Checks a file of calls. A file in UTF-8 is read once; of another one without a byte-order mark all
 * is looked at to find its encoding, and then it is read again.
 *
 * @throws whatever reading the source throws
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
 * @param known the form of the file; without, it is told by the beginning
 * @returns `undefined` when the file was only assumed to be UTF-8, and is not
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
  /** Whether the encoding may still turn out to be another. */
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
