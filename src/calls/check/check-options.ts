/** Options for checking a file of calls, and an interface for receiving records with errors. */
import type { ConvertedText } from '../../content/open-content.ts';
import type { TableForm, TableHints } from '../../csv/table-form.ts';
import type { KnownSystem, SourceNames } from '../../words/commands.ts';
import type { ShownSheetReport } from '../../workbook/workbook-csv.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/kinds.ts';
import type { FileForm } from './file-form.ts';

/** The header of a file, for a receiver of invalid records. */
export interface RejectedHeader {
  readonly names: readonly string[];
  /** Returns the original bytes of the header, with the line end. */
  readonly bytes: () => Uint8Array;
  /** The form of the file, such as its encoding and its delimiter. */
  readonly form: TableForm;
}

/** Receives the records that have errors, in the order of the file. */
export interface InvalidRecords {
  /** Whether the receiver needs the original bytes of the records. */
  readonly wantsBytes: boolean;
  /**
   * Begins a file. If the method is called again, the file begins again. The receiver must then
   * discard the records that it has received from this file.
   */
  begin(header: RejectedHeader): void;
  /**
   * Receives one record.
   *
   * @param record the number of the record, from 1; the header is not counted
   * @param bytes returns the original bytes of the record, with the line end
   * @param reasons the codes of the errors in the record
   */
  take(record: number, bytes: () => Uint8Array, reasons: readonly FindingCode[]): void;
}

/** How to check a file of calls. */
export interface CheckOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The maximum number of findings to list. The counts always include all findings. */
  readonly maxFindings: number;
  /** Whether findings may show complete phone numbers and identifiers. */
  readonly showValues: boolean;
  /** Whether the file may be changed before sending. If not, each necessary change is an error. */
  readonly convert: boolean;
  /** Whether a file without calls is allowed. */
  readonly allowEmpty?: boolean | undefined;
  /**
   * Whether different records may fill different identifier columns. This is allowed if the program
   * sends a separate file for each identifier column.
   */
  readonly identifiersMayMix?: boolean | undefined;
  /** Receives the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** Finds the system of an export by its column names. */
  readonly systemOf?: ((header: readonly string[]) => KnownSystem | undefined) | undefined;
  /**
   * The file, and the sheet or the JSON list in the file, as the user named them. Messages put
   * these names into commands that can be pasted.
   */
  readonly names?: SourceNames | undefined;
  /**
   * The format of the container from which the bytes were unpacked. Unpacking is a change of the
   * file, because the file itself is not sent.
   */
  readonly container?: FileForm['container'];
  /** The format of the text, if the bytes come from JSON or HTML. */
  readonly text?: ConvertedText | undefined;
  /** Facts about the sheet, for findings, if the bytes come from a workbook. */
  readonly sheetReport?: ShownSheetReport | undefined;
  /** Called with every finding, even if there are more than `maxFindings`. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** `false`: do not compute the hashes of the file. Only an upload needs the hashes. */
  readonly hashed?: boolean | undefined;
  /**
   * `false`: decode every record, without the fast path. Tests use this value to compare the fast
   * path with the full check.
   */
  readonly fastPath?: boolean | undefined;
  /**
   * Called when the reading begins. Called again if the file must be read again, because it does
   * not have the encoding that was assumed at first.
   */
  readonly onStart?: (() => void) | undefined;
}
