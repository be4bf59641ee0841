/** What every output format does with the results of the commands. */
import type { Severity } from '../../calls/findings/kinds.ts';
import type { Inspection } from '../../calls/inspect-calls.ts';
import type { ConversionAccount } from '../../convert/account.ts';
import type { PreviewedRecord } from '../../convert/conversion.ts';
import type { HeadingColumns } from '../../convert/recipe/heading-columns.ts';
import type { SavedRecipe } from '../../convert/recipe/saved-recipe.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { Failure } from '../../failure.ts';
import type { ValidatedFile } from '../../library/validate-calls.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import type { UploadOptions, UploadResult } from '../../upload/upload-file.ts';
import type { CommandReference } from '../../words/said.ts';
import type { Io } from '../io/io.ts';
import type { Output } from './output.ts';
import type { SettingOrigin } from './setting-origin.ts';

/** What `convert` made of one export. */
export interface ConvertedFile extends ValidatedFile {
  /** What became of each record. */
  readonly account: ConversionAccount;
  /** The file that rejected records are kept in. */
  readonly rejects: string | undefined;
  /** The file that the calls are written to; `undefined` for standard output. */
  readonly target: string | undefined;
  /** What the headings say, under --auto. */
  readonly headings: HeadingColumns | undefined;
  /** Columns of the export that nothing is made of, as they may be shown. */
  readonly ignored: readonly string[];
  /** The first records before and after, when they were asked for. */
  readonly preview: readonly PreviewedRecord[] | undefined;
  readonly showValues: boolean;
}

/** What `upload` did with its files. */
export interface UploadRun {
  readonly options: UploadOptions;
  /** How many files the run is about. */
  readonly files: number;
  /** The base address of the service. */
  readonly address: string;
  /** The settings of the run with the places they came from. */
  readonly origins: readonly SettingOrigin[];
  /** Shows an upload and waits for its end; gives `undefined` when there is nothing to go on with. */
  readonly commandForStatus: (id: string) => CommandReference | undefined;
}

/** What `init` came to. */
export interface MadeRecipe {
  /** The file that the recipe was saved in. */
  readonly path: string;
  readonly recipe: SavedRecipe;
  /** Lines to paste. */
  readonly commands: {
    readonly now: readonly string[];
    readonly cron: readonly string[];
    readonly ci: readonly string[];
  };
}

/** What `inspect` found. */
export interface InspectedFile {
  readonly file: string;
  /** The name of the zone of days and hours. */
  readonly zone: string;
  readonly inspection: Inspection;
}

/** What `status` shows. */
export interface ShownUpload {
  readonly uploading: CallUploading | undefined;
  readonly failure: Failure | undefined;
}

/** A code that `explain` explains. */
export interface Explanation {
  readonly code: string;
  /** The severity of a finding; `failure` for what goes wrong with a run. */
  readonly kind: Severity | 'failure';
  /** The exit code of a failure; `undefined` for a finding. */
  readonly exitCode: ExitCode | undefined;
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
  /** A small file that has the finding, where the content of a file can show it. */
  readonly example: string | undefined;
}

/** Writes the results of one run. Each method is called when its result is there. */
export interface Reporter {
  validated(file: ValidatedFile): void;
  converted(file: ConvertedFile): void;
  recipeMade(recipe: MadeRecipe): void;
  /** All results of one file, as soon as it is done. */
  uploaded(results: readonly UploadResult[], run: UploadRun): void;
  inspected(file: InspectedFile): void;
  /** @param isList whether all codes are listed, or one is explained */
  explained(explanations: readonly Explanation[], isList: boolean): void;
  /** @param uploads newest first */
  listed(uploads: readonly CallUploading[]): void;
  shown(upload: ShownUpload): void;
  /** @param address where the sandbox listens */
  sandboxStarted(address: string): void;
  /** The run ends without the results it was to have. */
  failed(failure: Failure): void;
  /** All results were reported. */
  finish(exitCode: ExitCode): Promise<void>;
}

/** What of the outside a reporter may use. */
export type ReporterIo = Pick<Io, 'environment' | 'documentWords' | 'clock'>;

/** What a file with a reporter exports. */
export interface ReporterModule {
  /** Makes the reporter of one run. */
  readonly reporter: (output: Output, io: ReporterIo) => Reporter;
}
