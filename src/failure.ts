/** Expected errors as values: a code, its parameters and an exit code. */
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { maskedName } from './safe-text/masking.ts';
import { pathWithoutTokens } from './safe-text/path-tokens.ts';
import {
  type FailureParameters,
  failures as english,
  type FailureWords,
} from './words/en/failures.ts';
import { type FailureEntry, type FindingEntry, say, titled } from './words/entries.ts';
import { functionNotation, type Notation } from './words/said.ts';

/** The sentences about failures, in one language and for one kind of reader. */
export interface FailureLanguage {
  readonly failures: FailureWords;
  /** The notation for options and commands in the sentences. */
  readonly notation: Notation;
}

/** The stable name of a kind of failure, for scripts; [errors.md](errors.md) lists them. */
export type FailureCode = keyof FailureParameters;

/** The details of a refusal, as the service sent them. */
export interface ServiceDetails {
  readonly status?: number;
  readonly errorType?: string;
  readonly location?: string;
  readonly requestId?: string;
}

/** The optional parts of a failure. Its code and its parameters are not optional. */
interface FailureExtras {
  /** The exit code, if it differs from the usual exit code of the failure code. */
  readonly exitCode?: ExitCode;
  readonly details?: ServiceDetails;
  readonly cause?: unknown;
}

/** The constructor arguments of a failure: a code, and the parameters of that code. */
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
  /** The problem, and where it happened. */
  readonly message: string;
  /** The next step for the user. */
  readonly hint: string;
}

/**
 * An expected error, caused by the user, a file, the network or the service. Any other error that
 * is thrown is a bug in the program.
 *
 * `message` and `hint` are English sentences for logs and programs. They name the options of the
 * library. The command line shows the text from {@link failureIn} instead.
 */
export class Failure extends Error implements FailureSaid {
  readonly code: FailureCode;
  /** The values that the sentences mention. */
  readonly parameters: FailureParameters[FailureCode];
  /** The exit code of a command that ends with this failure. */
  readonly exitCode: ExitCode;
  /** The next step for the user, in English. */
  readonly hint: string;
  /** The details from the service, if the service refused a request; empty for other failures. */
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
  notation: functionNotation,
};

/** Puts a failure into words. Failures in its parameters are also put into words. */
export function failureIn(words: FailureLanguage, failure: Failure): FailureSaid {
  return inWords(words, failure.code, translated(words, failure.parameters));
}

/** @returns the general title and hint for a failure code, for `explain` */
export function failureKindIn(
  { failures, notation }: FailureLanguage,
  code: FailureCode,
): { readonly title: string; readonly hint: string } {
  const { title, hint } = failures[code] as FindingEntry<object> | FailureEntry<object>;
  return { title: titled(title, {}), hint: say(hint, {}, notation) };
}

function translated<Value>(words: FailureLanguage, value: Value): Value {
  if (value instanceof Failure) return failureIn(words, value) as Value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, translated<unknown>(words, part)]),
  ) as Value;
}

function inWords(
  { failures, notation }: FailureLanguage,
  code: FailureCode,
  parameters: FailureParameters[FailureCode],
): FailureSaid {
  // The entry of a code accepts the parameters of that code, but the compiler cannot prove it here.
  const entry = failures[code] as unknown as FailureEntry<FailureParameters[FailureCode]>;
  const shown = withMaskedNames(parameters);
  return { message: say(entry.message, shown, notation), hint: say(entry.hint, shown, notation) };
}

/** Masks phone numbers in the names of files, and removes tokens from them. */
function withMaskedNames<Parameters extends object>(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]: [string, unknown]) => [
      key,
      NAMES.has(key) && typeof value === 'string' ? maskedName(pathWithoutTokens(value)) : value,
    ]),
  ) as Parameters;
}

/** The parameters that contain the name of a file. */
const NAMES: ReadonlySet<string> = new Set(['path', 'name']);

/** The usual exit code of each failure code. */
export const FAILURE_EXIT_CODES: Readonly<Record<FailureCode, ExitCode>> = {
  unauthorized: EXIT_CODES.unauthorised,
  'access-denied': EXIT_CODES.unauthorised,
  'quota-day': EXIT_CODES.unavailable,
  quota: EXIT_CODES.unavailable,
  'service-unavailable': EXIT_CODES.unavailable,
  redirected: EXIT_CODES.refused,
  'request-timeout': EXIT_CODES.unavailable,
  'too-large': EXIT_CODES.refused,
  'uploading-not-found': EXIT_CODES.refused,
  'method-gone': EXIT_CODES.refused,
  'not-found': EXIT_CODES.refused,
  refused: EXIT_CODES.refused,
  'answer-unreadable': EXIT_CODES.unavailable,
  'answer-of-another': EXIT_CODES.unavailable,
  'answer-early': EXIT_CODES.unavailable,
  'answer-cut': EXIT_CODES.unavailable,
  'answer-too-long': EXIT_CODES.unavailable,
  'list-endless': EXIT_CODES.unavailable,
  timeout: EXIT_CODES.unavailable,
  'host-not-found': EXIT_CODES.unavailable,
  'connection-refused': EXIT_CODES.unavailable,
  'connect-timeout': EXIT_CODES.unavailable,
  'download-cut': EXIT_CODES.unavailable,
  'address-busy': EXIT_CODES.unavailable,
  network: EXIT_CODES.unavailable,
  'connection-lost': EXIT_CODES.unavailable,
  'connection-broken': EXIT_CODES.unavailable,
  'certificate-refused': EXIT_CODES.unavailable,
  'certificate-expired': EXIT_CODES.unavailable,
  'certificate-of-another': EXIT_CODES.unavailable,
  'certificate-demanded': EXIT_CODES.unavailable,
  'protocol-refused': EXIT_CODES.unavailable,
  'proxy-refused': EXIT_CODES.unavailable,
  'proxy-forbidden': EXIT_CODES.unavailable,
  'proxy-failed': EXIT_CODES.unavailable,
  'proxy-invalid': EXIT_CODES.usage,
  'comment-too-long': EXIT_CODES.usage,
  'fate-unknown': EXIT_CODES.unknownFate,
  'file-changed': EXIT_CODES.invalidFile,
  'validation-failed': EXIT_CODES.invalidFile,
  'portion-not-sent': EXIT_CODES.unavailable,
  'existing-smaller': EXIT_CODES.incomplete,
  declined: EXIT_CODES.invalidFile,
  'existing-uncounted': EXIT_CODES.unknownFate,
  'sent-twice': EXIT_CODES.incomplete,
  'repeat-unchecked': EXIT_CODES.incomplete,
  'lines-missing': EXIT_CODES.incomplete,
  'lines-refused': EXIT_CODES.incomplete,
  'linkage-failure': EXIT_CODES.incomplete,
  'wait-timeout': EXIT_CODES.incomplete,
  'wait-ended': EXIT_CODES.unavailable,
  interrupted: EXIT_CODES.interrupted,
  'file-not-found': EXIT_CODES.invalidFile,
  'file-is-directory': EXIT_CODES.invalidFile,
  'file-not-regular': EXIT_CODES.invalidFile,
  'file-unreadable': EXIT_CODES.invalidFile,
  'input-unkept': EXIT_CODES.invalidFile,
  'address-not-open': EXIT_CODES.invalidFile,
  'address-refused': EXIT_CODES.invalidFile,
  'address-redirects': EXIT_CODES.invalidFile,
  'address-excess': EXIT_CODES.invalidFile,
  'address-packed': EXIT_CODES.invalidFile,
  'address-unreadable': EXIT_CODES.invalidFile,
  'file-is-address': EXIT_CODES.invalidFile,
  'file-packed': EXIT_CODES.invalidFile,
  'workbook-damaged': EXIT_CODES.invalidFile,
  'workbook-locked': EXIT_CODES.invalidFile,
  'workbook-excess': EXIT_CODES.invalidFile,
  'workbook-strings-excess': EXIT_CODES.invalidFile,
  'workbook-too-large': EXIT_CODES.invalidFile,
  'workbook-without-cells': EXIT_CODES.invalidFile,
  'gzip-damaged': EXIT_CODES.invalidFile,
  'gzip-excess': EXIT_CODES.invalidFile,
  'zip-damaged': EXIT_CODES.invalidFile,
  'zip-excess': EXIT_CODES.invalidFile,
  'zip-locked': EXIT_CODES.invalidFile,
  'zip-empty': EXIT_CODES.invalidFile,
  'zip-several': EXIT_CODES.invalidFile,
  'file-too-large': EXIT_CODES.invalidFile,
  'json-damaged': EXIT_CODES.invalidFile,
  'text-undecodable': EXIT_CODES.invalidFile,
  'html-cut': EXIT_CODES.invalidFile,
  'html-excess': EXIT_CODES.invalidFile,
  'json-excess': EXIT_CODES.invalidFile,
  'json-key-twice': EXIT_CODES.invalidFile,
  'json-not-objects': EXIT_CODES.invalidFile,
  'json-outside-list': EXIT_CODES.invalidFile,
  'json-several': EXIT_CODES.invalidFile,
  'json-without-records': EXIT_CODES.invalidFile,
  'file-not-csv': EXIT_CODES.invalidFile,
  'header-too-wide': EXIT_CODES.invalidFile,
  'encoding-unclear': EXIT_CODES.invalidFile,
  'encoding-utf-32': EXIT_CODES.invalidFile,
  'part-size-too-small': EXIT_CODES.usage,
  'output-unwritable': EXIT_CODES.usage,
  'not-calls': EXIT_CODES.invalidFile,
  usage: EXIT_CODES.usage,
  'setting-invalid': EXIT_CODES.usage,
  'folder-missing': EXIT_CODES.usage,
  'settings-unreadable': EXIT_CODES.usage,
  'settings-damaged': EXIT_CODES.usage,
  'settings-key-unknown': EXIT_CODES.usage,
  'settings-key-refused': EXIT_CODES.usage,
  'settings-of-stranger': EXIT_CODES.usage,
  'settings-path-outside': EXIT_CODES.usage,
  'settings-file-outside': EXIT_CODES.usage,
  'settings-placeholder': EXIT_CODES.usage,
  'profile-unknown': EXIT_CODES.usage,
  'profile-contradicted': EXIT_CODES.usage,
  'counter-missing': EXIT_CODES.usage,
  'token-missing': EXIT_CODES.usage,
  'token-twice': EXIT_CODES.usage,
  'token-empty': EXIT_CODES.usage,
  'token-invalid': EXIT_CODES.usage,
  'token-short': EXIT_CODES.usage,
  'token-file-unreadable': EXIT_CODES.usage,
  'client-id-missing': EXIT_CODES.usage,
  'login-shadowed': EXIT_CODES.usage,
  'login-other-account': EXIT_CODES.usage,
  'sign-in-options': EXIT_CODES.usage,
  'sign-in-input-unfit': EXIT_CODES.usage,
  'oauth-url-invalid': EXIT_CODES.usage,
  'sign-in-not-begun': EXIT_CODES.usage,
  'sign-in-elsewhere': EXIT_CODES.usage,
  'sign-in-code-invalid': EXIT_CODES.unauthorised,
  'sign-in-state-wrong': EXIT_CODES.unauthorised,
  'sign-in-refused': EXIT_CODES.unauthorised,
  'sign-in-answer-unreadable': EXIT_CODES.refused,
  'token-store-unwritable': EXIT_CODES.usage,
  'token-store-unreadable': EXIT_CODES.usage,
  'token-store-busy': EXIT_CODES.unavailable,
  'token-elsewhere': EXIT_CODES.usage,
  'stdin-twice': EXIT_CODES.usage,
  'two-addresses': EXIT_CODES.usage,
  'api-url-invalid': EXIT_CODES.usage,
  'api-url-untrusted': EXIT_CODES.usage,
  'address-forbidden': EXIT_CODES.usage,
  'api-url-not-https': EXIT_CODES.usage,
  'certificate-check-off': EXIT_CODES.usage,
  'ca-file-invalid': EXIT_CODES.usage,
  'file-twice': EXIT_CODES.usage,
  'output-is-input': EXIT_CODES.usage,
  'stdin-is-terminal': EXIT_CODES.usage,
  'skip-invalid-missing': EXIT_CODES.usage,
  'rejects-of-many': EXIT_CODES.usage,
  'again-or-not': EXIT_CODES.usage,
  'mark-needed': EXIT_CODES.usage,
  'output-missing': EXIT_CODES.usage,
  'mapping-invalid': EXIT_CODES.usage,
  'mapping-unknown-column': EXIT_CODES.usage,
  'preset-does-not-fit': EXIT_CODES.usage,
  'join-unreadable': EXIT_CODES.invalidFile,
  'join-column-unknown': EXIT_CODES.usage,
  'mapping-not-wanted': EXIT_CODES.usage,
  'export-without-calls': EXIT_CODES.invalidFile,
  'headings-ambiguous': EXIT_CODES.usage,
  'codes-open': EXIT_CODES.usage,
  'init-needs-file': EXIT_CODES.usage,
  'init-open': EXIT_CODES.usage,
  'init-recipe-exists': EXIT_CODES.usage,
  'html-with-document': EXIT_CODES.usage,
  'sheet-unknown': EXIT_CODES.usage,
  'records-unknown': EXIT_CODES.usage,
  'records-of-csv': EXIT_CODES.usage,
  'layout-of-json': EXIT_CODES.usage,
  'sheet-of-csv': EXIT_CODES.usage,
  'join-unfit': EXIT_CODES.usage,
  'id-invalid': EXIT_CODES.usage,
  'code-unknown': EXIT_CODES.usage,
  'port-unavailable': EXIT_CODES.usage,
  'engine-unsuitable': EXIT_CODES.usage,
  defect: EXIT_CODES.defect,
};

/**
 * Finds the code of the operating system in an error or its causes, such as `ENOENT`.
 *
 * @returns the code; `undefined` if there is none
 */
export function systemErrorCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at.cause;
  }
  return undefined;
}
