/** What the sentences about failures are made of, the same in every language. */
import type { Quoted } from './entries.ts';
import { type CommandReference, option, type OptionReference } from './said.ts';

/** A failure inside the sentence of another one. */
export interface Inner {
  readonly message: string;
  readonly hint: string;
}

/** What the service wrote about a refusal. */
export type ServiceSaid =
  | { readonly kind: 'message'; readonly message: string; readonly location: string | undefined }
  /** An answer in no known form begins so. */
  | { readonly kind: 'excerpt'; readonly text: string }
  | { readonly kind: 'nothing' };

/** An answer that is not success. */
export interface Refused {
  /** The HTTP status. */
  readonly status: number;
  readonly said: ServiceSaid;
  /** When the service may be asked again, where it asks for a long wait: milliseconds since 1970-01-01 UTC. */
  readonly until: number | undefined;
}

/** A host that no connection came about with, or that it was lost with. */
export interface NoAnswer {
  readonly host: string;
  /** The code that the system or the network library gave; '' when there is none. */
  readonly reason: string;
}

/** What was waited for when a request was given up. */
export type TimeoutPhase = 'first' | 'sending' | 'answer' | 'all';

/** What is known of a file that may or may not have arrived. */
export type KnownOfFate =
  | { readonly kind: 'repeat-forbidden' | 'no-mark' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'list-unreadable'; readonly why: Inner }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  | { readonly kind: 'unreadable-entries'; readonly count: number };

/** How far a run had come when it was interrupted. */
export type InterruptedState =
  | { readonly kind: 'nothing-sent' }
  /** Bytes. */
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

/** What keeps a checked file from being sent. */
export interface NotPassed {
  readonly errors: number;
  readonly warnings: number;
  readonly cause:
    'record-errors' | 'too-many-invalid' | 'file-errors' | 'nothing-to-skip' | 'warnings';
}

/** A file that cannot be written. */
export interface Unwritable {
  readonly path: string;
  /** The system's code. */
  readonly reason: string;
  /** Whether it was to be written before anything is sent, so that nothing was. */
  readonly isBeforeSending?: boolean | undefined;
}

/** What is wrong with a command line, or with the keys of a function's options. */
export type UsageProblem =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'unknown-option'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'no-operand'; readonly operand: string }
  | { readonly kind: 'too-many-operands'; readonly expected: number; readonly got: number }
  | { readonly kind: 'not-of-command'; readonly option: string }
  | { readonly kind: 'no-such-topic'; readonly word: string; readonly topics: readonly string[] };

/** A command line that cannot be understood. */
export interface Usage {
  readonly problem: UsageProblem;
  /** The command that the line names. */
  readonly command: string | undefined;
  /** A good command line of that command. */
  readonly example: string | undefined;
}

/** What a value must be in a program, by its type. */
export type WantedType =
  'boolean' | 'text' | 'number' | 'texts' | 'record' | 'function' | 'object' | 'source';

/** What a setting must be. */
export type Wanted =
  | { readonly kind: 'whole-number'; readonly from: number; readonly to: number }
  | { readonly kind: 'seconds' | 'time' | 'size' | 'characters' | 'name' }
  | { readonly kind: 'number-or-share' }
  | { readonly kind: 'type'; readonly type: WantedType }
  | { readonly kind: 'one-of'; readonly names: readonly string[] }
  | { readonly kind: 'pair'; readonly example: string }
  | { readonly kind: 'zone-of-heading'; readonly heading: string }
  | { readonly kind: 'time-zone' | 'date-order' | 'region' | 'join-column' }
  | { readonly kind: 'column'; readonly names: readonly string[] }
  | { readonly kind: 'preset'; readonly names: readonly string[] };

/** An option, a variable or a key with a wrong value. */
export interface BadSetting {
  /** The option, the variable or the key that has the value. */
  readonly source: string;
  /** The name of the option, for an example of it; `undefined` for a key of a file. */
  readonly option?: string | undefined;
  readonly wanted: Wanted;
  /** The value in quotes, or what may be said of it. */
  readonly shown: Quoted;
}

/** Good values of the options that take a number. */
const NUMBERS: Readonly<Record<string, number>> = {
  counter: 2_215_573,
  retries: 5,
  maxErrors: 20,
  headerLine: 2,
  limit: 100,
  concurrency: 3,
  port: 8080,
};

/** Good values of settings that are no numbers. */
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
};

/** @returns an example of an option with a value that it takes; `undefined` where none says more than the message */
export function settingExample({
  option: name,
  wanted,
}: Partial<BadSetting>): OptionReference | undefined {
  if (name === undefined || wanted === undefined) return undefined;
  if (wanted.kind === 'whole-number') return option(name, NUMBERS[name] ?? wanted.from);
  const example =
    wanted.kind === 'one-of'
      ? wanted.names[0]
      : wanted.kind === 'pair'
        ? wanted.example
        : EXAMPLES[wanted.kind];
  return example === undefined ? undefined : option(name, example);
}

/** Columns of a call that several columns of an export may be. */
export interface AmbiguousHeadings {
  readonly choices: readonly { readonly column: string; readonly among: readonly string[] }[];
}

/** The columns of a file that is joined. */
export interface JoinedColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The columns that a preset reads and an export lacks, with what is like them. */
export interface PresetMismatch {
  readonly preset: string;
  readonly system: string;
  readonly missing: readonly { readonly column: string; readonly near?: string }[];
}

/** What is wrong with the file of a recipe. */
export type RecipeProblem =
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** @property place the line and column from which on it is no JSON */
  | { readonly kind: 'not-json'; readonly place: string }
  | { readonly kind: 'letters' }
  | { readonly kind: 'key'; readonly key: string; readonly keys: readonly string[] };
