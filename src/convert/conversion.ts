/** The options and the result of a conversion. */
import type { CheckOptions, InvalidRecords } from '../calls/check/check-options.ts';
import type { Validation } from '../calls/findings/finding.ts';
import type { OpenCodes } from '../words/commands.ts';
import type { ConversionAccount } from './conversion-account.ts';

/** How to check the converted calls. */
export type ConvertOptions = Pick<
  CheckOptions,
  | 'now'
  | 'maxFindings'
  | 'showValues'
  | 'encoding'
  | 'delimiter'
  | 'form'
  | 'sheetReport'
  | 'names'
  | 'identifiersMayMix'
  | 'fastPath'
  | 'onFinding'
  | 'onStart'
> & {
  /** Receives the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** The number of records to show before and after their conversion. */
  readonly previewed: number;
  /**
   * Whether to warn of columns that the service does not know, if no recipe explains the columns.
   * An upload needs the warnings. `convert` lists all columns that it leaves out.
   */
  readonly warnsOfUnknown?: boolean | undefined;
};

/** One record before and after its conversion, for the preview. */
export interface PreviewedRecord {
  readonly line: number;
  readonly columns: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    /** Whether the converted value is invalid in this column. */
    readonly failed: boolean;
  }[];
}

/** The result of a conversion. */
export interface Conversion {
  readonly validation: Validation;
  /** How many records had each outcome. */
  readonly account: ConversionAccount;
  /** Columns of the export that are not used for calls. */
  readonly leftOut: readonly string[];
  readonly preview: readonly PreviewedRecord[];
  /** Unmapped columns with codes that do not certainly mean an incoming or an answered call. */
  readonly openCodes: readonly OpenCodes<string>[];
}

/** Receives the calls as CSV. */
export interface CallsSink {
  /** Called when a pass begins. The sink must discard the calls of an earlier pass. */
  begin(): void;
  /**
   * Receives calls.
   *
   * @param bytes complete records in UTF-8. They stay valid until this function ends. If it returns
   *   a promise, they stay valid until the promise is settled.
   */
  write(bytes: Uint8Array): void | Promise<void>;
}
