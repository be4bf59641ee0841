/** How to check a file of calls, and who is told of what is found. */
import type { TableForm, TableHints } from '../../csv/table-form.ts';
import type { SheetReport } from '../../workbook/workbook-csv.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/kinds.ts';
import type { FileForm } from './file-form.ts';

/** The header of a file whose records are kept. */
export interface RejectedHeader {
  readonly names: readonly string[];
  /** Its bytes with the line end, as they stand in the file. */
  readonly bytes: () => Uint8Array;
  /** How the file is written. */
  readonly form: TableForm;
}

/** Takes the records of a file that have errors, in the file's order. */
export interface InvalidRecords {
  /** Whether bytes will be asked for, which have to be kept for that. */
  readonly wantsBytes: boolean;
  /** A second header means that what came before it is void. */
  begin(header: RejectedHeader): void;
  /**
   * @param record its number without the header, from 1
   * @param bytes its bytes with the line end, as they stand in the file
   * @param reasons the codes of what is wrong with it
   */
  take(record: number, bytes: () => Uint8Array, reasons: readonly FindingCode[]): void;
}

/** How to check a file of calls. */
export interface CheckOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** How many findings to list; counts are complete all the same. */
  readonly maxFindings: number;
  /** Whether full phone numbers and identifiers may stand in findings. */
  readonly showValues: boolean;
  /** Whether changes before sending are allowed; without, each is an error. */
  readonly convert: boolean;
  /** Whether a file without calls is no error. */
  readonly allowEmpty?: boolean | undefined;
  /** Whether the records may fill different identifiers, since each kind gets a file of its own. */
  readonly identifiersMayMix?: boolean | undefined;
  /** Gets the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** The file as the user named it, for commands to paste. */
  readonly fileName?: string | undefined;
  /** The sheet of it that the user asked for, for the same commands. */
  readonly sheetName?: string | undefined;
  /** What the bytes came out of, which is a change before sending. */
  readonly container?: FileForm['container'];
  /** What is to be said of the sheet that the file was. */
  readonly sheetReport?: SheetReport | undefined;
  /** Is called with every finding, also those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** `false` skips the hashes of the file, which only a sending needs. */
  readonly hashed?: boolean | undefined;
  /** `false` makes text of every record, as a test needs that compares the fast path with the full check. */
  readonly fastPath?: boolean | undefined;
  /** Is called when a reading begins; again when the first one assumed the wrong encoding. */
  readonly onStart?: (() => void) | undefined;
}
