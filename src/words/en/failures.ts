/** English: every kind of failure, with what to do next. */
import {
  failure,
  type FailureEntry,
  once,
  type ParametersOf,
  type Quoted,
  quotedIn,
} from '../entries.ts';
import {
  byteSize,
  fileWord,
  formatNumber,
  listed,
  plural,
  quotedWord,
  timeSpan,
} from '../format.ts';
import { fileProblems } from './file-problems.ts';

/** A failure inside the sentence of another one. */
export interface Inner {
  readonly message: string;
  readonly hint: string;
}

const TOKEN_PAGE = 'https://oauth.yandex.com/';

/** What the service wrote about a refusal. */
export type ServiceSaid =
  | { readonly kind: 'message'; readonly message: string; readonly location: string | undefined }
  /** An answer in no known form begins so. */
  | { readonly kind: 'excerpt'; readonly text: string }
  | { readonly kind: 'nothing' };

export interface Refused {
  /** The HTTP status. */
  readonly status: number;
  readonly said: ServiceSaid;
  /** When the service may be asked again, where it asks for a long wait: milliseconds since 1970-01-01 UTC. */
  readonly until: number | undefined;
}

/** A command line to go on with. */
export interface CommandLine {
  readonly line: string;
  /** The variable that must hold the token, where the line cannot name a file with it. */
  readonly tokenIn: string | undefined;
}

/**
 * The words before a command line, which stands at the end of its line so that it can be copied.
 *
 * @param otherwise what to say where there is no command to go on with
 */
function goOn(lead: string, command: CommandLine | undefined, otherwise: string): string {
  if (command === undefined) return otherwise;
  const { line, tokenIn } = command;
  return `${lead}${tokenIn === undefined ? '' : ` (${tokenIn} must hold the token)`}: ${line}`;
}

/** What was waited for when a request was given up. */
export type TimeoutPhase = 'first' | 'sending' | 'answer' | 'all';

function said(answer: ServiceSaid): string {
  switch (answer.kind) {
    case 'message': {
      const where = answer.location === undefined ? '' : ` (${answer.location})`;
      return `The service said: "${answer.message}"${where}.`;
    }
    case 'excerpt':
      return `The answer begins: "${answer.text}".`;
    case 'nothing':
      return 'The answer has no text.';
  }
}

/** The words about an answer that is not success. */
function refusal(what: string, hint: string): FailureEntry<Refused> {
  return failure(
    (refused: Refused) => `${what} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    hint,
  );
}

export interface NoAnswer {
  readonly host: string;
  /** The code that the system or the network library gave; '' when there is none. */
  readonly reason: string;
}

/** The words about a host that no connection came about with. */
function unreached(why: string, hint: string): FailureEntry<NoAnswer> {
  return failure(({ host }: NoAnswer) => `Cannot connect to ${host}: ${why}.`, hint);
}

export interface Unwritable {
  readonly path: string;
  /** The system's code. */
  readonly reason: string;
}

const CHOOSE_ANOTHER_FILE =
  'Name a file in a folder that exists and that you may write to, on a disk with free space.';

/** Why a file cannot be written, in words where the system's code is a common one. */
function unwritableReason(reason: string): string {
  const words: Readonly<Record<string, string>> = {
    'not-a-file': 'it is not a regular file',
    ENXIO: 'nobody reads this pipe (ENXIO)',
    ENOENT: 'no such folder (ENOENT)',
    EACCES: 'permission denied (EACCES)',
    ENOSPC: 'no space left on device (ENOSPC)',
  };
  return words[reason] ?? reason;
}

export const service = once(() => ({
  'token-refused': refusal(
    'The service does not accept this token',
    `Tokens expire after a year or when the password changes. Get a new token for the account that owns the counter: ${TOKEN_PAGE}`,
  ),
  unauthorized: refusal(
    'The service does not accept this token',
    `Tokens expire after a year or when the password changes. Get a new token for the account that owns the counter: ${TOKEN_PAGE}`,
  ),
  'access-denied': refusal(
    'This token may not access this counter',
    'Check three things: the token has the scope metrika:write (or metrika:offline_data for sending and metrika:read for reading), it belongs to an account that may edit this counter, and the number in --counter is right.',
  ),
  'request-timeout': refusal(
    'The service, or a proxy before it, did not get the whole request in time',
    'The line may be too slow for it. Try again, or send smaller parts with --part-size.',
  ),
  'quota-day': failure(
    ({ quota, ...refused }: Refused & { quota: 'user' | 'counter'; freed: number }) =>
      `Daily quota used up: ${quota === 'user' ? '5,000 requests per user' : 'the requests per counter'} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ freed }) => `It is freed at 00:00 GMT, which is ${localTime(freed)} here. Try again then.`,
  ),
  quota: failure(
    (refused: Refused) =>
      `The service asks for fewer requests at a time (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ until }) =>
      until === undefined
        ? 'Wait a little, and run fewer uploads for this user at once: 3 requests at once and 30 a second are allowed.'
        : `It asks to wait until ${localTime(until)}. Try again then.`,
  ),
  'service-unavailable': failure(
    (refused: Refused) =>
      `The service is temporarily unavailable (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ until }) =>
      until === undefined
        ? 'Try again in a few minutes. If it lasts for hours, look at the status page of Yandex Metrica.'
        : `It asks to wait until ${localTime(until)}. Try again then.`,
  ),
  redirected: refusal(
    'The address answers with a redirect, and a token follows none',
    'Check --api-url: it must be the address of the API itself.',
  ),
  'too-large': refusal(
    'The file is too large for the service, or for a proxy before it',
    'The service takes files of at most 1 GB; a proxy may take less. Send smaller parts with --part-size.',
  ),
  'uploading-not-found': refusal(
    'The counter has no upload with this id',
    'Check the id and the counter; metrika-calls list shows the uploads of a counter.',
  ),
  'method-gone': failure(
    (refused: Refused) =>
      `${refused.status === 404 ? 'No such counter for this token' : 'The service no longer offers this method at this address'} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ status }) =>
      status === 404
        ? 'Check the number in --counter.'
        : 'Check --api-url. If it is right, look for a newer version of metrika-calls.',
  ),
  'not-found': refusal('No such counter for this token', 'Check the number in --counter.'),
  refused: refusal(
    'The service refused the request',
    'Fix what the service reports and try again; -v shows the request.',
  ),
  'answer-unreadable': failure(
    ({ status, isHtml, begins }: { status: number; isHtml: boolean; begins: string }) =>
      begins === ''
        ? `The service sent an empty answer (HTTP ${String(status)}).`
        : `The service sent an unexpected answer (HTTP ${String(status)}, ${isHtml ? 'HTML' : 'something else'} instead of JSON). It begins: "${begins}".`,
    'A proxy or a login page of your network may have answered instead. Check --api-url and the network, and try again.',
  ),
  'answer-early': failure(
    ({ status }: { status: number }) =>
      `The service answered with HTTP ${String(status)} before the whole file was sent, so the answer says nothing about it.`,
    'A proxy or gateway of your network may have answered instead. Check --api-url and the network, and try again.',
  ),
  'answer-cut': failure(
    ({ host, status }: { host: string; status: number }) =>
      `The answer from ${host} (HTTP ${String(status)}) broke off before its end.`,
    'Check the network connection and try again.',
  ),
  'answer-too-long': failure(
    ({ host, bytes }: { host: string; bytes: number }) =>
      `The answer from ${host} is longer than ${byteSize(bytes)}, which no answer of the service is.`,
    'Something else may have answered. Check --api-url and the network.',
  ),
  'list-endless': failure(
    ({ pages, uploads }: { pages: number; uploads: number }) =>
      `The list of uploads has no end: ${plural(pages, 'page')} with ${plural(uploads, 'upload')} so far.`,
    'Something is wrong with the service. Try again later.',
  ),
  timeout: failure(
    ({ host, timeout, phase }: { host: string; timeout: number; phase: TimeoutPhase }) => {
      const time = `${formatNumber(Math.round(timeout / 100) / 10)} s`;
      switch (phase) {
        case 'first':
          return `No answer from ${host}: nothing has moved for ${time}.`;
        case 'sending':
          return `${host} took no more of the file for ${time}, so the request was broken off.`;
        case 'answer':
          return `No answer from ${host} for ${time} after the whole file was handed over.`;
        case 'all':
          return `The request to ${host} was not over after an hour, so it was broken off.`;
      }
    },
    'Check the network connection and try again; --timeout gives a slow line or service more time.',
  ),
}));

export const network = once(() => ({
  'host-not-found': unreached(
    'no such host',
    'Check the network connection, the DNS settings and --api-url.',
  ),
  'connection-refused': unreached(
    'connection refused',
    'Nothing listens at that address. Check --api-url and, if you use one, the proxy.',
  ),
  'connect-timeout': unreached(
    'no connection in time',
    'Check the network connection, the firewall and, if you use one, the proxy.',
  ),
  network: failure(
    ({ host, reason }: NoAnswer) =>
      `Cannot connect to ${host}: ${
        {
          ENETUNREACH: 'the network cannot be reached',
          EHOSTUNREACH: 'the host cannot be reached',
          EADDRNOTAVAIL: 'no local address is free',
        }[reason] ?? 'the connection was lost'
      }.`,
    'Check the network connection and try again.',
  ),
  'connection-lost': failure(
    ({ host }: NoAnswer) =>
      `The connection to ${host} was lost after the whole request had left, before an answer came.`,
    'Check the network connection and try again.',
  ),
  'connection-broken': failure(
    ({ host }: NoAnswer) =>
      `The connection to ${host} was lost while sending, before all of the file had left.`,
    'Check the network connection and try again.',
  ),
  'certificate-expired': failure(
    ({ host, reason }: NoAnswer) =>
      `The certificate of ${host} is not valid at this time (${reason}).`,
    'Check the date and time of this computer. If they are right, whoever runs that host, or the proxy before it, must renew the certificate.',
  ),
  'certificate-of-another': failure(
    ({ host, reason }: NoAnswer) => `The certificate of ${host} is for another name (${reason}).`,
    'Check --api-url: the name of the host must be one that the certificate is for.',
  ),
  'certificate-demanded': failure(
    ({ host, reason }: NoAnswer) =>
      `${host} demands a certificate from this program, which has none (${reason}).`,
    'The API of Metrica demands none. Check --api-url and the proxy.',
  ),
  'protocol-refused': failure(
    ({ host, reason }: NoAnswer) =>
      `${host} does not speak HTTPS as it is needed here: TLS 1.2 or newer with HTTP/1.1${reason === '' ? '' : ` (${reason})`}.`,
    'Check --api-url: host and port must be those of the API itself.',
  ),
  'certificate-refused': failure(
    ({ host, reason }: NoAnswer) => `The certificate of ${host} is not trusted (${reason}).`,
    'If your network inspects TLS traffic with its own CA, name the file of that CA with --ca-file or in NODE_EXTRA_CA_CERTS. The check cannot be switched off.',
  ),
  'proxy-refused': failure(
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the proxy refused (HTTP ${status}).`,
    ({ status }) =>
      status === '407'
        ? 'The proxy asks for a user name and password: check those in HTTPS_PROXY.'
        : 'Check HTTPS_PROXY: its address, user name and password.',
  ),
  'proxy-forbidden': failure(
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the rules of the proxy forbid it (HTTP ${status}).`,
    'Ask whoever runs the proxy to allow this host, or name it in NO_PROXY if it can be reached directly.',
  ),
  'proxy-failed': failure(
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the proxy could not reach it (HTTP ${status}).`,
    'The proxy is at fault, or its network. Try again in a few minutes.',
  ),
  'proxy-invalid': failure(
    'The address of the proxy in HTTPS_PROXY is not valid.',
    'Write it as http://host:port or http://user:password@host:port.',
  ),
}));

/** What is known of a file that may or may not have arrived. */
export type KnownOfFate =
  | { readonly kind: 'repeat-forbidden' | 'no-mark' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'list-unreadable'; readonly why: Inner }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  | { readonly kind: 'unreadable-entries'; readonly count: number };

function knownOfFate(known: KnownOfFate): string {
  switch (known.kind) {
    case 'repeat-forbidden':
      return 'The list of uploads does not show it so far, and --no-repeat forbids sending it again.';
    case 'no-mark':
      return 'The list of uploads does not show it so far, and with --no-mark it could not be told from others.';
    case 'not-listed':
      return 'The list of uploads does not show it, but a list can lag behind.';
    case 'list-unreadable':
      return `The list of uploads could not be read either: ${known.why.message}`;
    case 'candidates':
      return known.ids.length === 1
        ? `The list shows one upload that may be it: ${known.ids.join()}.`
        : `The list shows ${String(known.ids.length)} uploads that may be it: ${known.ids.join(', ')}.`;
    case 'unreadable-entries':
      return `The list has ${formatNumber(known.count)} ${known.count === 1 ? 'entry' : 'entries'} without a usable id, which may be it.`;
  }
}

/** How far a run had come when it was interrupted. */
export type InterruptedState =
  | { readonly kind: 'nothing-sent' }
  /** Bytes. */
  | {
      readonly kind: 'sending';
      readonly sent: number;
      readonly total: number;
      readonly command: CommandLine | undefined;
    }
  | { readonly kind: 'sent'; readonly command: CommandLine | undefined }
  | {
      readonly kind: 'uploaded' | 'watched';
      readonly id: string;
      readonly status: string | undefined;
      readonly command: CommandLine | undefined;
    };

function interruptedMessage({ state }: { state: InterruptedState }): string {
  switch (state.kind) {
    case 'nothing-sent':
      return 'Interrupted. Nothing was sent.';
    case 'sending':
      return `Interrupted. ${sentOf(state.sent, state.total)} had been sent. An incomplete request is discarded by the service.`;
    case 'sent':
      return 'Interrupted. The whole file had been sent, and it is not known whether it arrived.';
    case 'uploaded':
      return `Interrupted. The file was uploaded as ${state.id}, status ${state.status ?? 'unknown'}.`;
    case 'watched':
      return state.status === undefined
        ? `Interrupted. The status of upload ${state.id} is not known yet.`
        : `Interrupted. The status of upload ${state.id} is ${state.status}.`;
  }
}

/** Such as `24 of 31 MB`. */
function sentOf(sent: number, total: number): string {
  const [left, right] = [byteSize(sent), byteSize(total)];
  const unit = / \w+$/.exec(right)?.[0] ?? '';
  return left.endsWith(unit) ? `${left.slice(0, -unit.length)} of ${right}` : `${left} of ${right}`;
}

/** Where there is no command to go on with, as with the sandbox of one run. */
const NOTHING_TO_GO_ON_WITH = 'The sandbox of this run is gone, so there is nothing to look at.';

function interruptedHint({ state }: { state: InterruptedState }): string {
  switch (state.kind) {
    case 'nothing-sent':
      return 'Run the same command again.';
    case 'sending':
      return goOn(
        'Run the same command again. To be certain, look first',
        state.command,
        'Run the same command again.',
      );
    case 'sent':
      return goOn('Look before you send it again', state.command, NOTHING_TO_GO_ON_WITH);
    case 'uploaded':
    case 'watched':
      return goOn('Continue with', state.command, NOTHING_TO_GO_ON_WITH);
  }
}

/** What keeps a checked file from being sent. */
export interface NotPassed {
  readonly errors: number;
  readonly warnings: number;
  readonly cause:
    'record-errors' | 'too-many-invalid' | 'file-errors' | 'nothing-to-skip' | 'warnings';
}

const NOT_PASSED_HINTS: Readonly<Record<NotPassed['cause'], string>> = {
  'record-errors':
    'Fix the errors listed above and run the command again; --skip-invalid sends the other records.',
  'file-errors': 'Fix the errors listed above and run the command again.',
  'nothing-to-skip':
    'Some errors concern the whole file, or no record is left, so nothing can be skipped. Fix the errors listed above and run the command again.',
  'too-many-invalid':
    'More records have errors than --max-invalid allows. Fix them, or check that this is the right file.',
  warnings: 'Fix the warnings listed above, or leave out --strict to send the file with them.',
};

export const sending = once(() => ({
  'comment-too-long': failure(
    ({ room }: { room: number }) =>
      `The comment can have at most ${String(room)} characters here, because a mark, and the number of a part where there are several, are added to it.`,
    'Shorten the comment; --no-mark leaves the mark out.',
  ),
  'fate-unknown': failure(
    ({ why, known }: { why: Inner; known: KnownOfFate; command: CommandLine | undefined }) =>
      `The file was sent, but it is not known whether it arrived. ${why.message} ${knownOfFate(known)}`,
    ({ command }) => goOn('Look before you send it again', command, NOTHING_TO_GO_ON_WITH),
  ),
  'sent-twice': failure(
    ({ ids }: { ids: readonly string[] }) =>
      `The service has the file twice, as uploads ${ids.join(' and ')}: an earlier attempt arrived late.`,
    'Rows that are sent twice overwrite each other, so no call counts twice. Do not send it again.',
  ),
  'repeat-unchecked': failure(
    ({ id }: { id: string; command: CommandLine | undefined }) =>
      `The file was uploaded as ${id}, but the list of uploads could not be read, so it is not known whether an earlier attempt arrived as well.`,
    ({ command }) =>
      goOn(
        'Rows that are sent twice overwrite each other. To be certain, look',
        command,
        NOTHING_TO_GO_ON_WITH,
      ),
  ),
  'file-changed': failure(
    'The file changed after it was checked. The request was broken off, so the file was not uploaded.',
    'Wait until the program that writes the file is done, then run the same command again.',
  ),
  'validation-failed': failure(
    ({ errors, warnings, cause }: NotPassed) =>
      cause === 'warnings'
        ? `The file has ${plural(warnings, 'warning')}, and --strict counts warnings as errors, so this file was not sent.`
        : `The file has ${plural(errors, 'error')}, so this file was not sent.`,
    ({ cause }) => NOT_PASSED_HINTS[cause],
  ),
  'portion-not-sent': failure<{ isPart: boolean }>(
    'It was not sent, because an earlier part of this file failed.',
    ({ isPart }) =>
      isPart
        ? 'Run the same command again with --skip-existing: it sends only what is not there yet.'
        : 'Run the same command again; with --skip-existing in both runs it sends only what is not there yet.',
  ),
  'lines-missing': failure(
    ({ id, counted, sent }: { id: string; counted: number; sent: number }) =>
      `Upload ${id}: the service counts ${formatNumber(counted)} of the ${plural(sent, 'record')} that were sent.`,
    'Not all of the file arrived. Send it again: rows that are sent twice overwrite each other.',
  ),
  'lines-refused': failure(
    ({ id, accepted, sent }: { id: string; accepted: number; sent: number }) =>
      `Upload ${id}: the service accepted ${formatNumber(accepted)} of ${formatNumber(sent)} lines.`,
    'The service does not say which lines it left out. Compare the call reports with the file, fix the file and send it again: rows that are sent twice overwrite each other.',
  ),
  'linkage-failure': failure(
    ({ id }: { id: string }) =>
      `Upload ${id} ended as LINKAGE_FAILURE: no visitor was found for its dynamic calls.`,
    'Check that the identifiers come from this counter and that the visits are not older than 21 days.',
  ),
  'wait-timeout': failure(
    ({
      id,
      status,
      waited,
    }: {
      id: string;
      status: string | undefined;
      waited: number;
      command: CommandLine | undefined;
    }) => `Upload ${id} is still ${status ?? 'without a status'} after ${timeSpan(waited)}.`,
    ({ command }) =>
      goOn(
        'Processing can take two hours. Continue waiting with',
        command,
        'Processing can take two hours.',
      ),
  ),
  'wait-ended': failure(
    ({
      id,
      status,
      why,
    }: {
      id: string;
      status: string | undefined;
      why: Inner;
      command: CommandLine | undefined;
    }) => `Upload ${id} was ${status ?? 'without a status'} when the waiting ended. ${why.message}`,
    ({ why, command }) => goOn(`${why.hint} Then continue with`, command, why.hint),
  ),
  interrupted: failure(interruptedMessage, interruptedHint),
}));

export const files = once(() => ({
  ...fileProblems(),
  'part-size-too-small': failure(
    ({ limit, needed }: { limit: number; needed: number }) =>
      `--part-size ${byteSize(limit)} is too small; the header and the longest record need ${byteSize(needed)}.`,
    'Give --part-size a larger size.',
  ),
  'rejects-unwritable': failure(
    ({ path, reason }: Unwritable) =>
      `The file for rejects ${path} cannot be written: ${unwritableReason(reason)}. Nothing was sent.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'output-unwritable': failure(
    ({ path, reason }: Unwritable) =>
      `The file ${path} cannot be written: ${unwritableReason(reason)}.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'report-unwritable': failure(
    ({ path, reason }: Unwritable) =>
      `The report ${path} cannot be written: ${unwritableReason(reason)}.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'not-calls': failure(
    'The file has no column DateTime, or no calls, so there is nothing to show.',
    'metrika-calls validate says what is wrong; metrika-calls convert turns an export into a calls file.',
  ),
}));

/** What is wrong with a command line. */
export type UsageProblem =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'unknown-option'; readonly word: string; readonly near: string | undefined }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'no-operand'; readonly operand: string }
  | { readonly kind: 'too-many-operands'; readonly expected: number; readonly got: number }
  | { readonly kind: 'not-of-command'; readonly option: string }
  | { readonly kind: 'no-such-topic'; readonly word: string; readonly topics: readonly string[] };

export interface Usage {
  readonly problem: UsageProblem;
  /** The command that the line names. */
  readonly command: string | undefined;
  /** A good command line of that command. */
  readonly example: string | undefined;
}

function usageMessage({ problem, command }: Usage): string {
  switch (problem.kind) {
    case 'no-command':
      return 'No command given.';
    case 'unknown-command':
      return `Unknown command ${problem.word}.${didYouMean(problem.near)}`;
    case 'unknown-option':
      return `Unknown option ${problem.word}.${didYouMean(problem.near)}`;
    case 'no-value':
      return `The option "${problem.option}" needs a value.`;
    case 'no-operand':
      return `The command "${command ?? ''}" needs <${problem.operand}>.`;
    case 'too-many-operands':
      return `Too many arguments: ${command === undefined ? '' : `"${command}" takes `}${String(problem.expected)}, not ${String(problem.got)}.`;
    case 'not-of-command':
      return `The command "${command ?? ''}" has no option "${problem.option}".`;
    case 'no-such-topic':
      return `There is no help on ${problem.word}.`;
  }
}

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function usageHint({ problem, command, example }: Usage): string {
  if (problem.kind === 'no-such-topic') return `Topics: ${problem.topics.join(', ')}.`;
  const help = `See metrika-calls ${command === undefined ? '--help' : `${command} --help`}.`;
  const isAboutOperands = problem.kind === 'no-operand' || problem.kind === 'too-many-operands';
  return isAboutOperands && example !== undefined ? `${help} Example: ${example}` : help;
}

/** What a setting must be. */
export type Wanted =
  | { readonly kind: 'whole-number'; readonly from: number; readonly to: number }
  | { readonly kind: 'seconds' | 'time' | 'size' | 'characters' | 'name' }
  | { readonly kind: 'number-or-share' }
  | { readonly kind: 'one-of'; readonly names: readonly string[] }
  | { readonly kind: 'pair'; readonly example: string }
  | { readonly kind: 'zone-of-heading'; readonly heading: string }
  | { readonly kind: 'time-zone' | 'date-order' | 'region' | 'join-column' }
  | { readonly kind: 'column'; readonly names: readonly string[] }
  | { readonly kind: 'preset'; readonly names: readonly string[] };

/** What keeps a record of a joined file from being read. */
/** Columns of a call that several columns of an export may be. */
export interface AmbiguousHeadings {
  readonly choices: readonly { readonly column: string; readonly among: readonly string[] }[];
}

function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return `${names.slice(0, -1).join(', ')} or ${last}`;
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

function nearColumns(missing: PresetMismatch['missing']): string {
  const near = missing.flatMap(({ column, near: own }) =>
    own === undefined ? [] : [`"${own}" is like ${column}`],
  );
  return near.length === 0 ? '' : `${near.join(', ')}. `;
}

export interface BadSetting {
  /** The option, the variable or the key that has the value. */
  readonly source: string;
  readonly wanted: Wanted;
  /** The value in quotes, or what may be said of it. */
  readonly shown: Quoted;
}

function badSetting({ source, wanted, shown: value }: BadSetting): string {
  const shown = quotedIn(longText, value);
  switch (wanted.kind) {
    case 'whole-number':
      return `${source} must be a whole number from ${String(wanted.from)} to ${String(wanted.to)}, not ${shown}.`;
    case 'seconds':
      return `${source} must be a number of seconds, not ${shown}.`;
    case 'time':
      return `${source} must be a time from 1ms to 20d, not ${shown}.`;
    case 'size':
      return `${source} must be a size up to 1 GB, not ${shown}.`;
    case 'number-or-share':
      return `${source} must be a number of records or a share such as 5%, not ${shown}.`;
    case 'characters':
      return `${source} can have at most 255 characters; this is ${shown}.`;
    case 'name':
      return `${source} must be a name that is not empty.`;
    case 'one-of':
    case 'preset':
      return `${source} must be one of ${wanted.names.join(', ')}, not ${shown}.`;
    case 'pair':
      return `${source} needs two parts with = between them, not ${shown}.`;
    case 'time-zone':
      return `${source} must be the name of a time zone, not ${shown}.`;
    case 'zone-of-heading':
      return `${source} must be UTC, as the heading "${wanted.heading}" says, not ${shown}.`;
    case 'date-order':
      return `${source} must be an order of day, month and year, not ${shown}.`;
    case 'region':
      return `${source} must be the two letters of a country, not ${shown}.`;
    case 'join-column':
      return `${source} must be PhoneNumber, not ${shown}.`;
    case 'column':
      return `${source} must name a column of a call, not ${shown}.`;
  }
}

/** What is said of a value that is too long to be repeated. */
function longText(length: number): string {
  return `a text of ${String(length)} characters`;
}

function settingExample({ source, wanted }: BadSetting): string {
  const example = (value: string): string => `For example: ${source} ${value}`;
  switch (wanted.kind) {
    case 'whole-number':
      return source === '--counter' || source === 'METRIKA_COUNTER'
        ? 'For example: --counter 2215573'
        : `Any whole number from ${String(wanted.from)} to ${String(wanted.to)} will do.`;
    case 'seconds':
      return example('60');
    case 'time':
      return example('30m');
    case 'size':
      return example('500MB');
    case 'number-or-share':
      return example('5%');
    case 'characters':
      return 'Shorten it.';
    case 'name':
      return example('"Calls"');
    case 'one-of':
      return wanted.names.length === 0 ? '' : example(wanted.names[0] ?? '');
    case 'preset':
      return 'For another system name its columns with --map.';
    case 'pair':
      return example(wanted.example);
    case 'time-zone':
      return example('Europe/Moscow');
    case 'zone-of-heading':
      return example('UTC');
    case 'date-order':
      return example('dd/mm/yyyy');
    case 'region':
      return example('RU');
    case 'join-column':
      return 'Calls and visitors are joined by the phone number.';
    case 'column':
      return `The columns are ${wanted.names.join(', ')}.`;
  }
}

const usage = once(() => ({
  usage: failure(usageMessage, usageHint),
  'setting-invalid': failure(badSetting, settingExample),
  'counter-missing': failure(
    'No counter given.',
    'Add --counter with its number, or set METRIKA_COUNTER (Metrica → Settings → Counter; the number in metrika.yandex.ru/dashboard?id=…). --sandbox needs none.',
  ),
  'token-missing': failure(
    'No OAuth token given.',
    `Get one at ${TOKEN_PAGE} (the README has the steps), then set METRIKA_TOKEN, or put it into a file and name the file with --token-file. --sandbox needs none.`,
  ),
  'token-twice': failure(
    'Both --token and --token-file are given.',
    'Leave one of them out; --token-file is the safer one.',
  ),
  'token-empty': failure(
    ({ origin }: { origin: string }) => `The token from ${origin} is empty.`,
    'Put an OAuth token there, or name another file with --token-file.',
  ),
  'token-short': failure(
    'The OAuth token has fewer than 8 characters, so it is none of the service. It was not sent.',
    'Copy the whole token; it usually begins with y0_.',
  ),
  'token-invalid': failure(
    ({ origin }: { origin: string }) =>
      `The token from ${origin} has characters that no token has, such as spaces or letters beyond ASCII.`,
    'Copy the token again, on one line and without quotes.',
  ),
  'token-file-unreadable': failure(
    ({ origin, path, reason }: { origin: string; path: string; reason: string }) =>
      `The token file of ${origin} cannot be read: ${path} (${reason}).`,
    'Check the path and that you may read the file.',
  ),
  'stdin-twice': failure(
    'Standard input cannot be both the token and the calls.',
    'Give the token by METRIKA_TOKEN or a file.',
  ),
  'two-addresses': failure(
    'Both --sandbox and --api-url are given, and only one of them can be used.',
    'Leave one of them out.',
  ),
  'api-url-invalid': failure(
    ({
      shown,
      problem,
    }: {
      shown: string | undefined;
      problem: 'not-a-url' | 'extra-parts';
      standard: string;
    }) =>
      problem === 'extra-parts'
        ? 'The API address must have no user name, query or fragment.'
        : shown === undefined
          ? 'The API address is not an http(s) URL.'
          : `"${shown}" is not an http(s) URL.`,
    ({ problem, standard }) =>
      problem === 'extra-parts'
        ? 'Give the scheme, the host and, where needed, the port.'
        : `Leave --api-url out to use ${standard}.`,
  ),
  'api-url-untrusted': failure(
    ({ host }: { host: string; known: readonly string[] }) =>
      `${host} is not a known host of Yandex Metrica, so no token is sent there.`,
    ({ host, known }) =>
      `If you trust it, add --trust-api-host ${host}. Known hosts: ${known.join(', ')}.`,
  ),
  'api-url-not-https': failure(
    ({ base }: { base: string; host: string }) =>
      `The API address ${base} is not https, and a token is sent only over https.`,
    ({ host }) => `Write https://${host}.`,
  ),
  'certificate-check-off': failure(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off, so no token is sent.',
    'Unset it. If your network inspects TLS traffic with its own CA, name the file of that CA with --ca-file.',
  ),
  'ca-file-invalid': failure(
    ({
      path,
      problem,
      reason,
    }: {
      path: string;
      problem: 'unreadable' | 'empty' | 'damaged';
      reason: string;
    }) =>
      `The file ${path} of --ca-file ${
        {
          unreadable: `cannot be read (${reason})`,
          empty: 'has no certificate in PEM',
          damaged: 'has a certificate that cannot be read',
        }[problem]
      }.`,
    'Name a file that begins with -----BEGIN CERTIFICATE-----, as your network administrators give it.',
  ),
  'file-twice': failure(
    ({ name }: { name: string }) => `The file ${name} is named twice.`,
    'Name each file once, or it would be handled twice.',
  ),
  'output-is-input': failure(
    ({ flag, path }: { flag: string; path: string }) =>
      `${flag} names ${path}, which this run reads or writes as well. Nothing was changed.`,
    'Name another file to write to.',
  ),
  'stdin-is-terminal': failure(
    'Standard input is a terminal, so there are no calls to read.',
    'Pipe a file in, or name one, for example: metrika-calls validate calls.csv',
  ),
  'rejects-without-skipping': failure(
    '--rejects keeps what --skip-invalid leaves out, and --skip-invalid is not given.',
    'Add --skip-invalid, or leave --rejects out.',
  ),
  'max-invalid-without-skipping': failure(
    '--max-invalid limits what --skip-invalid leaves out, and --skip-invalid is not given.',
    'Add --skip-invalid, or leave --max-invalid out.',
  ),
  'rejects-of-many': failure(
    '--rejects names one file, and several files are to be sent.',
    'Send each file with its own --rejects.',
  ),
  'mark-needed': failure(
    '--skip-existing works by the mark in the comment, and --no-mark leaves that out.',
    'Leave out one of the two.',
  ),
  'output-missing': failure(
    'Standard output cannot be both the calls and what --format says of them.',
    'Name a file for the calls with -o, or leave --json and --format out.',
  ),
  'mapping-unreadable': failure(
    ({
      path,
      reason,
      problem,
    }: {
      path: string;
      /** A code of the system; of text that is not JSON the line and column where that shows. */
      reason: string;
      problem: 'unreadable' | 'not-json' | 'letters';
    }) =>
      problem === 'not-json'
        ? `The recipe ${path} is not JSON: it cannot be read from line and column ${reason} on.`
        : problem === 'letters'
          ? `The recipe ${path} is not UTF-8, and what else it is cannot be told for certain.`
          : `The recipe ${path} cannot be read (${reason}).`,
    ({ problem }) =>
      problem === 'letters'
        ? 'Save it again as UTF-8.'
        : 'Check the file; --map, --set and the other options do the same on the command line.',
  ),
  'mapping-invalid': failure(
    ({ path, key }: { path: string; key: string; keys: readonly string[] }) =>
      `The recipe ${path} is wrong at ${key === '' ? 'its beginning' : key}.`,
    ({ keys }) => `It may hold ${listed(keys)}.`,
  ),
  'mapping-unknown-column': failure(
    ({ column }: { column: string; columns: readonly string[]; near?: string }) =>
      `The file has no column "${column}", which the options or the recipe name.`,
    ({ columns, near }) =>
      `${near === undefined ? '' : `Did you mean "${near}"? `}Its columns are: ${columns.join(', ')}.`,
  ),
  'preset-does-not-fit': failure(
    ({ missing, preset, system }: PresetMismatch) =>
      `The preset ${preset} reads ${missing.length === 1 ? 'a column' : 'columns'} that the file does not have: ${missing.map(({ column }) => column).join(', ')}. It is not an export of ${system}, or one of another form.`,
    ({ missing }) =>
      `${nearColumns(missing)}Check the export, or name its columns with --map instead of the preset.`,
  ),
  'join-unreadable': failure(
    ({ name, why }: { name: string; why: Inner }) => `The joined file ${name}: ${why.message}`,
    ({ why }) => why.hint,
  ),
  'join-unfit': failure(
    ({ name, identifiers }: JoinedColumns & { identifiers: readonly string[] }) =>
      `The file ${name} has no column PhoneNumber, or none of ${identifiers.join(', ')}.`,
    ({ columns }) =>
      `Its columns are: ${columns.join(', ')}. Say which is which, for example --join-map "Phone=PhoneNumber" --join-map "Client id=ClientId".`,
  ),
  'mapping-not-wanted': failure(
    '--mapping converts the file, and --no-convert forbids every change.',
    'Leave out one of them.',
  ),
  'export-without-calls': failure(
    ({ errors }: { errors: number; mapping: string }) =>
      `No call can be made of the export with this recipe: ${plural(errors, 'error')}.`,
    ({ mapping }) => `See them with: metrika-calls validate --mapping ${fileWord(mapping)} FILE`,
  ),
  'headings-ambiguous': failure(
    ({ choices }: AmbiguousHeadings) =>
      choices
        .map(({ column, among }) =>
          among.length === 1
            ? `"${among[0] ?? ''}" may be ${column}, and nothing else says so.`
            : `${column} may be ${either(among.map((name) => `"${name}"`))}.`,
        )
        .join(' '),
    ({ choices }) =>
      `Say which, for example: ${choices.map(({ column, among }) => `--map ${quotedWord(`${among[0] ?? ''}=${column}`)}`).join(' ')}. --map ${quotedWord(`${choices[0]?.among.at(-1) ?? ''}=-`)} leaves a column out.`,
  ),
  'init-needs-file': failure(
    'init reads the export several times, and standard input comes only once.',
    'Save it to a file first.',
  ),
  'init-open': failure(
    ({ question }: { question: string; option: string }) =>
      `There is no terminal to ask on, and this is not known: ${question}.`,
    ({ option }) => `Answer it by an option, for example: ${option}`,
  ),
  'init-recipe-exists': failure(
    ({ path }: { path: string }) => `${path} is there already, and is not written over.`,
    'Name the file with --save-mapping.',
  ),
  'html-with-document': failure(
    '--html - and a document (--json, --format) both go to standard output.',
    'Name a file for the page: --html report.html',
  ),
  'sheet-unknown': failure(
    ({ sheet }: { sheet: string; sheets: readonly string[] }) =>
      `The workbook has no sheet of cells "${sheet}", which --sheet names.`,
    ({ sheets }) => `Its sheets are: ${sheets.join(', ')}.`,
  ),
  'sheet-of-csv': failure(
    ({ sheet }: { sheet: string }) =>
      `--sheet names "${sheet}", and the file is no workbook: it has no sheets.`,
    'Leave out --sheet.',
  ),
  'join-column-unknown': failure(
    ({ name, column }: JoinedColumns & { column: string }) =>
      `The file ${name} has no column "${column}", which --join-map names.`,
    ({ columns }) => `Its columns are: ${columns.join(', ')}.`,
  ),
  'id-invalid': failure(
    ({ shown }: { shown: Quoted }) =>
      `The id of an upload is a whole number, not ${quotedIn(longText, shown)}.`,
    'Take the id that upload printed; metrika-calls list shows the ids of a counter.',
  ),
  'code-unknown': failure(
    ({ shown }: { shown: Quoted; near: string }) =>
      `There is no code ${quotedIn(longText, shown)}.`,
    ({ near }) => `Did you mean "${near}"? metrika-calls explain lists all codes.`,
  ),
  'port-unavailable': failure(
    ({ port, reason }: { port: number; reason: string }) =>
      `The sandbox cannot listen on port ${String(port)} (${reason}).`,
    'Name another port with --port, or --port 0 for a free one.',
  ),
  'engine-unsuitable': failure(
    ({ problem }: { problem: 'no-web-assembly' | 'no-room' }) =>
      problem === 'no-room'
        ? 'The address space of this process is too small for the check of records.'
        : 'This Node.js cannot run WebAssembly, which the check needs.',
    ({ problem }) =>
      problem === 'no-room'
        ? 'Raise its limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler.'
        : 'Run Node.js without --jitless (see NODE_OPTIONS), on a processor with SIMD instructions.',
  ),
  defect: failure(
    ({ system }: { system: string; page: string }) => `This is a bug in ${system}.`,
    ({ page }) => `Please report it: ${page}`,
  ),
}));

/** Such as `2026-11-25 03:00`, in the zone of this machine. */
function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** All kinds of failure by their codes. */
export const failures = once(() => ({
  ...service(),
  ...network(),
  ...sending(),
  ...files(),
  ...usage(),
}));

/** The sentences about all kinds of failure. */
export type FailureWords = ReturnType<typeof failures>;

/** The parameters of each kind of failure. */
export type FailureParameters = {
  readonly [Code in keyof FailureWords]: ParametersOf<FailureWords[Code]>;
};
