/** Options for checking a file of calls, and interfaces of those who receive the results. */
import type { TableForm, TableHints } from '../../csv/table-form.ts';
import type { SheetReport } from '../../workbook/workbook-csv.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/kinds.ts';
import type { FileForm } from './file-form.ts';

/** The header of a file whose invalid records are kept. */
export interface RejectedHeader {
  readonly names: readonly string[];
  /** Returns its original bytes with the line end. */
  readonly bytes: () => Uint8Array;
  /** How the file is written. */
  readonly form: TableForm;
}

/** Receives the records that have errors, in the file's order. */
export interface InvalidRecords {
  /** Whether the original bytes will be requested, so that they must be kept. */
  readonly wantsBytes: boolean;
  /** Begins a file. A second call means that the records before it are void. */
  begin(header: RejectedHeader): void;
  /**
   * @param record its number without the header, from 1
   * @param bytes returns its original bytes with the line end
   * @param reasons the codes of its errors
   */
  take(record: number, bytes: () => Uint8Array, reasons: readonly FindingCode[]): void;
}

/** How to check a file of calls. */
export interface CheckOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The maximum number of findings to list. The counts are complete in any case. */
  readonly maxFindings: number;
  /** Whether findings may show complete phone numbers and identifiers. */
  readonly showValues: boolean;
  /**
   * Whether the file may be changed before sending. Otherwise each necessary change is an error.
   */
  readonly convert: boolean;
  /** Whether a file without calls is allowed. */
  readonly allowEmpty?: boolean | undefined;
  /**
   * Whether records may fill different identifier columns, because each identifier gets a file of
   * its own.
   */
  readonly identifiersMayMix?: boolean | undefined;
  /** Receives the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** The file as the user named it, for commands that can be pasted. */
  readonly fileName?: string | undefined;
  /** The sheet that the user asked for, for the same commands. */
  readonly sheetName?: string | undefined;
  /**
   * The container that the bytes were unpacked from. Unpacking counts as a change before sending.
   */
  readonly container?: FileForm['container'];
  /** The facts about the sheet to report, if the bytes come from a workbook. */
  readonly sheetReport?: SheetReport | undefined;
  /** Called with every finding, also with those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** `false` omits the hashes of the file, which only an upload needs. */
  readonly hashed?: boolean | undefined;
  /** `false` decodes every record. Tests use it to compare the fast path with the full check. */
  readonly fastPath?: boolean | undefined;
  /** Called when a reading begins, and again if the first one assumed the wrong encoding. */
  readonly onStart?: (() => void) | undefined;
}
