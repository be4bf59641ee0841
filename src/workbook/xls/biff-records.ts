/** Reads the records of an .xls workbook. */
import { UnreadableFile } from '../../files/unreadable-file.ts';
import type { CompoundStream } from './compound-file.ts';

/** The types of records that are read. Follows [MS-XLS], 2.3.2. */
export const RECORD = {
  formula: 0x06,
  end: 0x0a,
  dates: 0x22,
  password: 0x2f,
  continue: 0x3c,
  columns: 0x7d,
  sheet: 0x85,
  severalNumbers: 0xbd,
  richLabel: 0xd6,
  cellFormat: 0xe0,
  merged: 0xe5,
  strings: 0xfc,
  labelOfStrings: 0xfd,
  number: 0x203,
  label: 0x204,
  truthOrError: 0x205,
  textOfFormula: 0x207,
  row: 0x208,
  shortNumber: 0x27e,
  numberFormat: 0x41e,
  begin: 0x809,
} as const;

/** One record. Its data is valid until the next record is read. */
export interface BiffRecord {
  readonly type: number;
  readonly data: Buffer;
}

/** The number of bytes before the data of a record: two for the type, and two for the length. */
export const HEAD_BYTES = 4;

/**
 * Yields the records of a stream from a position. Follows [MS-XLS], 2.1.4.
 *
 * @throws UnreadableFile `workbook-damaged` if the last record is not complete
 */
export function* biffRecords(stream: CompoundStream, from: number): Iterable<BiffRecord> {
  let rest: Buffer = Buffer.alloc(0);
  for (const block of stream.blocks(from)) {
    const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
    let at = 0;
    while (at + HEAD_BYTES <= bytes.length) {
      const end = at + HEAD_BYTES + bytes.readUInt16LE(at + 2);
      if (end > bytes.length) break;
      yield { type: bytes.readUInt16LE(at), data: bytes.subarray(at + HEAD_BYTES, end) };
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0 && rest.some((byte) => byte !== 0)) throw damagedRecord();
}

/** Creates the failure for a record that is incomplete or invalid. */
export function damagedRecord(): UnreadableFile {
  return new UnreadableFile('workbook-damaged', { part: undefined });
}

/**
 * Returns a whole number of two bytes.
 *
 * @throws UnreadableFile `workbook-damaged` if the record is too short
 */
export function numberAt(data: Buffer, at: number): number {
  if (data.length < at + 2) throw damagedRecord();
  return data.readUInt16LE(at);
}
