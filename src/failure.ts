/** What the program knows to go wrong, as values: a code, its parameters and an exit code. */
import type { ExitCode } from './exit-codes.ts';
import { maskedName } from './safe-text/masking.ts';
import {
  type FailureParameters,
  failures as english,
  type FailureWords,
} from './words/en/failures.ts';
import { type FailureEntry, type FindingEntry, say, titled } from './words/entries.ts';
import { type Door, functionDoor } from './words/said.ts';

/** The sentences about failures in one language, for one kind of reader. */
export interface FailureLanguage {
  readonly failures: FailureWords;
  /** How options and commands are written in them. */
  readonly door: Door;
}

/** The stable name of a kind of failure, for scripts; [errors.md](errors.md) lists them. */
export type FailureCode = keyof FailureParameters;

/** What the service added to a refusal, as it wrote it. */
export interface ServiceDetails {
  readonly status?: number;
  readonly errorType?: string;
  readonly location?: string;
  readonly requestId?: string;
}

/** What a failure may have beside its code and parameters. */
interface FailureExtras {
  /** Another exit code than the one of its kind. */
  readonly exitCode?: ExitCode;
  readonly details?: ServiceDetails;
  readonly cause?: unknown;
}

/** What a failure is made of: a code with the parameters of that code. */
export type FailureArguments<
  Extras = FailureExtras | undefined,
  Code extends FailureCode = FailureCode,
> = {
  [One in Code]: undefined extends Extras
    ? [code: One, parameters: FailureParameters[One], extras?: Extras]
    : [code: One, parameters: FailureParameters[One], extras: Extras];
}[Code];

/** A failure in the words of one language. */
export interface FailureSaid {
  /** What happened and where. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

/**
 * Something that a user, a file, the network or the service did, and that the program knows how to
 * speak of. Anything else that is thrown is a bug of the program.
 *
 * `message` and `hint` are in English and speak of the library's options, for logs and for programs; what people
 * read is looked up by {@link failureIn} where it is shown.
 */
export class Failure extends Error implements FailureSaid {
  readonly code: FailureCode;
  /** What its sentences are made of. */
  readonly parameters: FailureParameters[FailureCode];
  /** The exit code that the command would end with. */
  readonly exitCode: ExitCode;
  /** What to do next, in English. */
  readonly hint: string;
  /** What the service added, where it refused something. */
  readonly details: ServiceDetails;

  constructor(...[code, parameters, extras = {}]: FailureArguments) {
    const { message, hint } = inWords(IN_ENGLISH, code, parameters);
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Failure';
    this.code = code;
    this.parameters = parameters;
    this.exitCode = extras.exitCode ?? FAILURE_EXIT_CODES[code];
    this.hint = hint;
    this.details = extras.details ?? {};
  }
}

const IN_ENGLISH: FailureLanguage = {
  get failures() {
    return english();
  },
  door: functionDoor,
};

/** A failure in the words of a language, failures inside it too. */
export function failureIn(words: FailureLanguage, failure: Failure): FailureSaid {
  return inWords(words, failure.code, translated(words, failure.parameters));
}

/** @returns what is said of a kind of failure where none happened */
export function failureKindIn(
  { failures, door }: FailureLanguage,
  code: FailureCode,
): { readonly title: string; readonly hint: string } {
  const { title, hint } = failures[code] as FindingEntry<object> | FailureEntry<object>;
  return { title: titled(title, {}), hint: say(hint, {}, door) };
}

function translated<Value>(words: FailureLanguage, value: Value): Value {
  if (value instanceof Failure) return failureIn(words, value) as Value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, translated<unknown>(words, part)]),
  ) as Value;
}

function inWords(
  { failures, door }: FailureLanguage,
  code: FailureCode,
  parameters: FailureParameters[FailureCode],
): FailureSaid {
  // The entry of a code takes the parameters of that code, which the compiler cannot follow here.
  const entry = failures[code] as unknown as FailureEntry<FailureParameters[FailureCode]>;
  const shown = withMaskedNames(parameters);
  return { message: say(entry.message, shown, door), hint: say(entry.hint, shown, door) };
}

/** A sentence shows no phone number that stands in the name of a file. */
function withMaskedNames<Parameters extends object>(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]: [string, unknown]) => [
      key,
      NAMES.has(key) && typeof value === 'string' ? maskedName(value) : value,
    ]),
  ) as Parameters;
}

/** The parameters that name files. */
const NAMES: ReadonlySet<string> = new Set(['path', 'name']);

/** The exit code of each kind of failure. */
export const FAILURE_EXIT_CODES: Readonly<Record<FailureCode, ExitCode>> = {
  unauthorized: 4,
  'access-denied': 4,
  'quota-day': 6,
  quota: 6,
  'service-unavailable': 6,
  redirected: 5,
  'request-timeout': 6,
  'too-large': 5,
  'uploading-not-found': 5,
  'method-gone': 5,
  'not-found': 5,
  refused: 5,
  'answer-unreadable': 6,
  'answer-early': 6,
  'answer-cut': 6,
  'answer-too-long': 6,
  'list-endless': 6,
  timeout: 6,
  'host-not-found': 6,
  'connection-refused': 6,
  'connect-timeout': 6,
  network: 6,
  'connection-lost': 6,
  'connection-broken': 6,
  'certificate-refused': 6,
  'certificate-expired': 6,
  'certificate-of-another': 6,
  'certificate-demanded': 6,
  'protocol-refused': 6,
  'proxy-refused': 6,
  'proxy-forbidden': 6,
  'proxy-failed': 6,
  'proxy-invalid': 2,
  'comment-too-long': 2,
  'fate-unknown': 8,
  'file-changed': 3,
  'validation-failed': 3,
  'portion-not-sent': 6,
  'sent-twice': 7,
  'repeat-unchecked': 7,
  'lines-missing': 7,
  'lines-refused': 7,
  'linkage-failure': 7,
  'wait-timeout': 7,
  'wait-ended': 6,
  interrupted: 130,
  'file-not-found': 3,
  'file-is-directory': 3,
  'file-not-regular': 3,
  'file-unreadable': 3,
  'input-unkept': 3,
  'file-is-address': 3,
  'file-packed': 3,
  'workbook-damaged': 3,
  'workbook-locked': 3,
  'workbook-excess': 3,
  'workbook-strings-excess': 3,
  'workbook-without-cells': 3,
  'gzip-damaged': 3,
  'gzip-excess': 3,
  'file-too-large': 3,
  'file-not-csv': 3,
  'header-too-wide': 3,
  'encoding-unclear': 3,
  'encoding-utf-32': 3,
  'part-size-too-small': 2,
  'output-unwritable': 2,
  'not-calls': 3,
  usage: 2,
  'setting-invalid': 2,
  'counter-missing': 2,
  'token-missing': 2,
  'token-twice': 2,
  'token-empty': 2,
  'token-invalid': 2,
  'token-short': 2,
  'token-file-unreadable': 2,
  'stdin-twice': 2,
  'two-addresses': 2,
  'api-url-invalid': 2,
  'api-url-untrusted': 2,
  'api-url-not-https': 2,
  'certificate-check-off': 2,
  'ca-file-invalid': 2,
  'file-twice': 2,
  'output-is-input': 2,
  'stdin-is-terminal': 2,
  'skip-invalid-missing': 2,
  'rejects-of-many': 2,
  'mark-needed': 2,
  'output-missing': 2,
  'mapping-invalid': 2,
  'mapping-unknown-column': 2,
  'preset-does-not-fit': 2,
  'join-unreadable': 3,
  'join-column-unknown': 2,
  'mapping-not-wanted': 2,
  'export-without-calls': 3,
  'headings-ambiguous': 2,
  'init-needs-file': 2,
  'init-open': 2,
  'init-recipe-exists': 2,
  'html-with-document': 2,
  'sheet-unknown': 2,
  'sheet-of-csv': 2,
  'join-unfit': 2,
  'id-invalid': 2,
  'code-unknown': 2,
  'port-unavailable': 2,
  'engine-unsuitable': 2,
  defect: 1,
};

/**
 * The code that the operating system gave an error, such as `ENOENT`, looked for along the chain of
 * causes.
 *
 * @returns the code, or `undefined` when there is none
 */
export function systemErrorCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at.cause;
  }
  return undefined;
}
