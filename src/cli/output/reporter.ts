/** The interface of output formats. Also defines the results that commands give to a format. */
import type { Severity } from '../../calls/findings/kinds.ts';
import type { Inspection } from '../../calls/inspect-calls.ts';
import type { PreviewedRecord } from '../../convert/conversion.ts';
import type { ConversionAccount } from '../../convert/conversion-account.ts';
import type { HeadingColumns } from '../../convert/recipe/heading-columns.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { Failure } from '../../failure.ts';
import type { ValidatedFile } from '../../library/validate-calls.ts';
import type { Counter } from '../../metrika/counters.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import type { UploadOptions, UploadResult } from '../../upload/upload-file.ts';
import type { CommandReference } from '../../words/said.ts';
import type { Io } from '../io/io.ts';
import type { Output } from './output.ts';
import type {
  ChangedSetting,
  ListedSetting,
  SettingOrigin,
  SettingsPaths,
} from './setting-origin.ts';

/** The result of `convert` for one export. */
export interface ConvertedFile extends ValidatedFile {
  /** How many records were converted, left out, joined as legs and rejected. */
  readonly account: ConversionAccount;
  /** The file that rejected records are written to. */
  readonly rejects: string | undefined;
  /** The file that the calls are written to; `undefined` for standard output. */
  readonly target: string | undefined;
  /** The columns that were recognized by their headings, with `--auto`. */
  readonly headings: HeadingColumns | undefined;
  /** The columns of the export that the recipe does not use, in a form that is safe to show. */
  readonly ignored: readonly string[];
  /** The first records before and after the conversion, with `--preview`. */
  readonly preview: readonly PreviewedRecord[] | undefined;
  readonly showValues: boolean;
}

/** A run of `upload`. */
export interface UploadRun {
  readonly options: UploadOptions;
  /** The number of files that the run sends. */
  readonly files: number;
  /** The base address of the service. */
  readonly address: string;
  /** The settings of the run, and the source of each. */
  readonly origins: readonly SettingOrigin[];
  /**
   * Returns the command that shows an upload and waits for its final status; `undefined` if the
   * sandbox ends with the run.
   */
  readonly commandForStatus: (id: string) => CommandReference | undefined;
}

/** The result of `init`. */
export interface MadeRecipe {
  /** The path of the saved recipe. */
  readonly path: string;
  readonly recipe: SavedRecipe;
  /** Whether the settings of the project have the counter. */
  readonly hasCounter: boolean;
  /** Command lines to paste. */
  readonly commands: {
    readonly now: readonly string[];
    readonly cron: readonly string[];
    readonly ci: readonly string[];
  };
}

/** The result of `inspect`. */
export interface InspectedFile {
  readonly file: string;
  /** The name of the time zone for days and hours. */
  readonly zone: string;
  readonly inspection: Inspection;
}

/** The result of `status`. */
export interface ShownUpload {
  readonly uploading: CallUploading | undefined;
  readonly failure: Failure | undefined;
}

/** The first step of a sign-in, if there is no terminal. */
export interface BegunSignIn {
  /** The address to open in a browser. */
  readonly address: string;
  /** The time when the sign-in ends, in milliseconds since 1970-01-01 UTC. */
  readonly expires: number;
}

/** What is known about a token. The values are `undefined` if nobody told them. */
export interface KnownToken {
  /** The login of the account. */
  readonly login: string | undefined;
  /** The time when the token ends, in milliseconds since 1970-01-01 UTC. */
  readonly expires: number | undefined;
  readonly scopes: readonly string[] | undefined;
}

/** A finished sign-in. */
export interface SignedIn extends KnownToken {
  /** The file with the token; `undefined` if the token is not stored. */
  readonly file: string | undefined;
  /** The reason why the token could not be tried; `undefined` if the service accepts it. */
  readonly failure: Failure | undefined;
}

/** The end of `logout`. */
export interface SignedOut {
  /** Whether there was a stored token. */
  readonly deleted: boolean;
  /** The file with the token. */
  readonly file: string;
}

/** The account of the token in use. */
export interface ToldAccount extends KnownToken {
  /** The option, the variable or the file that the token comes from. */
  readonly origin: string;
  /** Whether the token is from an option or a variable, so that the program never changes it. */
  readonly isGiven: boolean;
}

/** A code that `explain` explains. */
export interface Explanation {
  readonly code: string;
  /**
   * The severity, if the code is a kind of finding. `failure` means a failure of a run. `situation`
   * means a code about uploads of earlier runs.
   */
  readonly kind: Severity | 'failure' | 'situation';
  /** The exit code of a failure; `undefined` for other kinds of codes. */
  readonly exitCode: ExitCode | undefined;
  readonly title: string;
  readonly meaning: string;
  readonly hint: string;
  /** Whether the hint says what the program does, instead of what the user has to do. */
  readonly isDone: boolean;
  /** A small file that has the finding; `undefined` if no file content can show it. */
  readonly example: string | undefined;
}

/** A name that completion offers. */
export interface KnownName {
  /** The text that stands on the command line. */
  readonly name: string;
  /** What a person sees beside the name; it may be empty. */
  readonly text: string;
}

/** Writes the results of one run. Each method is called as soon as its result is known. */
export interface Reporter {
  validated(file: ValidatedFile): void;
  converted(file: ConvertedFile): void;
  recipeMade(recipe: MadeRecipe): void;
  /** Writes all results of one file, as soon as the file is done. */
  uploaded(results: readonly UploadResult[], run: UploadRun): void;
  inspected(file: InspectedFile): void;
  /** @param isList true for the list of all codes; false for the explanation of one code */
  explained(explanations: readonly Explanation[], isList: boolean): void;
  /** @param uploads newest first */
  listed(uploads: readonly CallUploading[]): void;
  countersListed(counters: readonly Counter[]): void;
  /** Writes all settings, with their sources. */
  settingsListed(settings: readonly ListedSetting[]): void;
  settingShown(setting: ListedSetting): void;
  settingsFound(paths: SettingsPaths): void;
  settingChanged(change: ChangedSetting): void;
  shown(upload: ShownUpload): void;
  signInBegun(begun: BegunSignIn): void;
  signedIn(result: SignedIn): void;
  signedOut(result: SignedOut): void;
  accountTold(account: ToldAccount): void;
  /** @param address the base address of the sandbox */
  sandboxStarted(address: string): void;
  /** @param script the completion script of this shell */
  completionMade(shell: string, script: string): void;
  /** @param names what completion offers, for the completion scripts */
  namesListed(names: readonly KnownName[]): void;
  /** Writes the failure that ended the run. */
  failed(failure: Failure): void;
  /** Ends the output after the last result. */
  finish(exitCode: ExitCode): Promise<void>;
}

/** The part of `Io` that a reporter uses. */
export type ReporterIo = Pick<Io, 'environment' | 'documentWords' | 'clock'>;

/** The exports of a module that contains a reporter. */
export interface ReporterModule {
  /** Creates the reporter of one run. */
  readonly reporter: (output: Output, io: ReporterIo) => Reporter;
}
