/** The parameters of sentences about failures. They are the same in every language. */
import type { KnownSystem, OpenCodes } from './commands.ts';
import type { Quoted } from './entries.ts';
import { ownValue } from './own-value.ts';
import { type CommandReference, option, type OptionReference } from './said.ts';
import type { ShownName } from './shown-name.ts';

/** A failure that is part of the sentence about another failure. */
export interface Inner {
  readonly message: string;
  readonly hint: string;
}

/** The explanation that the service gave for a refused request. */
export type ServiceSaid =
  | { readonly kind: 'message'; readonly message: string; readonly location: string | undefined }
  /** The beginning of a response in an unknown form. */
  | { readonly kind: 'excerpt'; readonly text: string }
  | { readonly kind: 'nothing' };

/** A response whose HTTP status does not mean success. */
export interface Refused {
  /** The HTTP status. */
  readonly status: number;
  readonly said: ServiceSaid;
  /**
   * The earliest time for the next request, in milliseconds since 1970-01-01 UTC;
   * `undefined` if the service has not asked for a long wait.
   */
  readonly until: number | undefined;
}

/** A host that could not be reached, or whose connection was lost. */
export interface NoAnswer {
  readonly host: string;
  /** The error code of the system or the network library; '' if there is none. */
  readonly reason: string;
}

/** The phase in which a request timed out. */
export type TimeoutPhase = 'first' | 'sending' | 'answer' | 'download' | 'list' | 'all';

/** The known facts about a file that may or may not have arrived. */
export type KnownOfFate =
  | { readonly kind: 'repeat-forbidden' | 'no-mark' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'list-unreadable'; readonly why: Inner }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  | { readonly kind: 'unreadable-entries'; readonly count: number };

/** The state of a run when it was interrupted. */
export type InterruptedState =
  | { readonly kind: 'nothing-sent' }
  /** `sent` and `total` are numbers of bytes. */
  | {
      readonly kind: 'sending';
      readonly sent: number;
      readonly total: number;
      readonly command: CommandReference | undefined;
    }
  | { readonly kind: 'sent'; readonly command: CommandReference | undefined }
  | {
      readonly kind: 'uploaded' | 'watched';
      readonly id: string;
      readonly status: string | undefined;
      readonly command: CommandReference | undefined;
    };

/** Why a checked file is not sent. */
export interface NotPassed {
  readonly errors: number;
  readonly warnings: number;
  readonly cause:
    'record-errors' | 'too-many-invalid' | 'file-errors' | 'nothing-to-skip' | 'warnings';
}

/** A file that cannot be written. */
export interface Unwritable {
  readonly path: string;
  /** The error code of the system. */
  readonly reason: string;
  /** Whether the failure happened before sending. If so, nothing was sent. */
  readonly isBeforeSending?: boolean | undefined;
}

/** The problem in a command line, or in the options object for a library function. */
export type UsageProblem =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'unknown-option'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'no-operand'; readonly operand: string }
  | { readonly kind: 'too-many-operands'; readonly expected: number; readonly got: number }
  | { readonly kind: 'not-of-command'; readonly option: string }
  | { readonly kind: 'no-such-operand'; readonly word: string; readonly among: readonly string[] }
  | { readonly kind: 'no-such-topic'; readonly word: string; readonly topics: readonly string[] };

/** A command line that cannot be parsed. */
export interface Usage {
  readonly problem: UsageProblem;
  /** The command on the command line. */
  readonly command: string | undefined;
  /** A valid command line of that command. */
  readonly example: string | undefined;
}

/** The type that a value must have when a program calls the library. */
export type WantedType =
  'boolean' | 'text' | 'number' | 'texts' | 'record' | 'function' | 'object' | 'source';

/** The description of valid values of a setting. */
export type Wanted =
  | { readonly kind: 'whole-number'; readonly from: number; readonly to: number }
  | {
      readonly kind:
        'seconds' | 'time' | 'size' | 'characters' | 'name' | 'output-file' | 'client-id';
    }
  | { readonly kind: 'number-or-share' }
  | { readonly kind: 'type'; readonly type: WantedType }
  | { readonly kind: 'one-of'; readonly names: readonly string[] }
  | { readonly kind: 'pair'; readonly example: string }
  | { readonly kind: 'zone-of-heading'; readonly heading: ShownName }
  | { readonly kind: 'time-zone' | 'date-order' | 'region' | 'join-column' | 'web-address' }
  | { readonly kind: 'column'; readonly names: readonly string[] }
  | { readonly kind: 'preset'; readonly names: readonly string[] };

/** What is wrong with the text of a settings file. */
export type SettingsDamage = 'not-json' | 'nested' | 'not-object' | 'key-twice';

/** Why a project's settings file may be a stranger's. */
export type SettingsStranger = 'file' | 'folder' | 'writable';

/** A key that a settings file must not have. */
export interface UnknownKey {
  /** File, line and column. */
  readonly place: string;
  readonly key: ShownName;
  readonly near: string | undefined;
  /** Whether the key is `token`. */
  readonly isToken: boolean;
}

/** A setting with a wrong value. */
export interface BadSetting {
  /** The option, the variable or the key that has the value. */
  readonly source: string;
  /**
   * The name of the option, for an example in the message. It is `undefined` if the value belongs
   * to no option, for example if a recipe file has the value.
   */
  readonly option?: string | undefined;
  readonly wanted: Wanted;
  /** The value in quotes, or the length of a long value. */
  readonly shown: Quoted;
}

/** An address of the sign-in that may not get codes and tokens. */
export interface BadOauthUrl {
  readonly problem: 'not-a-url' | 'extra-parts' | 'unknown-host' | 'not-https';
  /** The host; '' if there is none. */
  readonly host: string;
}

/** Example values of numeric options. */
const NUMBERS: Readonly<Record<string, number>> = {
  counter: 2_215_573,
  retries: 5,
  maxErrors: 20,
  headerLine: 2,
  limit: 100,
  concurrency: 3,
  port: 8080,
};

/** Example values of other settings. */
const EXAMPLES: Readonly<Partial<Record<Wanted['kind'], string>>> = {
  seconds: '60',
  time: '30m',
  size: '500MB',
  'number-or-share': '5%',
  name: 'Calls',
  'time-zone': 'Europe/Moscow',
  'zone-of-heading': 'UTC',
  'date-order': 'dd/mm/yyyy',
  region: 'RU',
  'web-address': 'https://api-metrika.yandex.net',
  'client-id': '0123456789abcdef0123456789abcdef',
};

/** @returns an option with an example value; `undefined` if there is no useful example */
export function settingExample({
  option: name,
  wanted,
}: Partial<BadSetting>): OptionReference | undefined {
  if (name === undefined || wanted === undefined) return undefined;
  if (wanted.kind === 'whole-number') return option(name, ownValue(NUMBERS, name) ?? wanted.from);
  const example =
    wanted.kind === 'one-of'
      ? wanted.names[0]
      : wanted.kind === 'pair'
        ? wanted.example
        : EXAMPLES[wanted.kind];
  return example === undefined ? undefined : option(name, example);
}

/** Columns of a call for which it is not certain which column of the export has their values. */
export interface AmbiguousHeadings {
  readonly choices: readonly { readonly column: string; readonly among: readonly ShownName[] }[];
  /** The columns that have unexplained codes in the first records of the export. */
  readonly columns?: readonly OpenCodes[];
  /** A column with durations that may be minutes or seconds. */
  readonly unitOpen?: ShownName | undefined;
  readonly preset?: KnownSystem | undefined;
}

/** The columns of an export whose codes have an unknown meaning. */
export interface OpenCodeColumns {
  readonly columns: readonly OpenCodes[];
  readonly preset?: KnownSystem | undefined;
}

/** The columns of a joined file. */
export interface JoinedColumns {
  readonly name: string;
  readonly columns: readonly ShownName[];
}

/**
 * The columns that a preset needs but an export does not have. `near` is a similar column of the
 * export.
 */
export interface PresetMismatch {
  readonly preset: string;
  readonly system: string;
  readonly missing: readonly { readonly column: string; readonly near?: ShownName }[];
  /** The name of another delimiter, with which the file would have the columns of the preset. */
  readonly delimiter?: string;
}

/** The problem of a recipe file. */
export type RecipeProblem =
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** @property place the line and column of the first error in the JSON */
  | { readonly kind: 'not-json'; readonly place: string }
  | { readonly kind: 'letters' }
  /** The key `join` leads to a place that a recipe may not name. */
  | { readonly kind: 'join'; readonly to: 'address' | 'stdin' | 'outside' | 'no-file' }
  | { readonly kind: 'key'; readonly key: ShownName; readonly keys: readonly string[] };
