/** What a conversion is asked for, and what it comes to. */
import type { CheckOptions, InvalidRecords } from '../calls/check/check-options.ts';
import type { Validation } from '../calls/findings/finding.ts';
import type { ConversionAccount } from './account.ts';

/** How to check what a conversion makes. */
export type ConvertOptions = Pick<
  CheckOptions,
  | 'now'
  | 'maxFindings'
  | 'showValues'
  | 'encoding'
  | 'delimiter'
  | 'form'
  | 'sheetReport'
  | 'fileName'
  | 'sheetName'
  | 'fastPath'
  | 'onFinding'
  | 'onStart'
> & {
  /** Gets the records that have errors. */
  readonly invalidRecords?: InvalidRecords | undefined;
  /** How many records to show before and after. */
  readonly previewed: number;
};

/** One record before and after, as a preview shows it. */
export interface PreviewedRecord {
  readonly line: number;
  readonly columns: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    /** Whether the value is not what the column takes. */
    readonly failed: boolean;
  }[];
}

/** What a conversion came to. */
export interface Conversion {
  readonly validation: Validation;
  /** What became of each record of the export. */
  readonly account: ConversionAccount;
  /** Columns of the export that nothing is made of. */
  readonly leftOut: readonly string[];
  readonly preview: readonly PreviewedRecord[];
}

/** Takes the calls as they are written. */
export interface CallsSink {
  /** A reading begins: what was written before is void. */
  begin(): void;
  /** @param bytes whole records in UTF-8 */
  write(bytes: Uint8Array): void | Promise<void>;
}
