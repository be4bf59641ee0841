import type { ExitCode } from '../exit-codes.ts';
import { Failure, systemErrorCode, type ServiceDetails } from '../failure.ts';
import type { ServiceError } from './schemas.ts';

/**
 * What a failed request may have done on the other side.
 *
 * - `not-taken`: the service cannot have acted on it.
 * - `unknown`: it may have.
 */
export type RequestFate = 'not-taken' | 'unknown';

/** A request that brought no usable answer. */
export class RequestFailure extends Failure {
  readonly fate: RequestFate;
  /** Whether the same request may succeed a little later. */
  readonly passing: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(parts: {
    code: string;
    exitCode: ExitCode;
    message: string;
    hint: string;
    fate: RequestFate;
    passing: boolean;
    retryAfter?: number | undefined;
    details?: ServiceDetails;
    cause?: unknown;
  }) {
    super(parts);
    this.name = 'RequestFailure';
    this.fate = parts.fate;
    this.passing = parts.passing;
    this.retryAfter = parts.retryAfter;
  }
}

/** What was asked for, in the words that an error message needs. */
export type Operation = 'uploadCalls' | 'findCallUploadingById' | 'findAllCallUploadings';

/** An answer with a status that is not success. */
export interface RefusedAnswer {
  readonly operation: Operation;
  readonly status: number;
  /** The body in the service's error form, when it is in it. */
  readonly error: ServiceError | undefined;
  /** A short piece of the body, for answers in no known form. */
  readonly excerpt: string;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

interface Verdict {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly what: string;
  readonly hint: string;
  readonly fate?: RequestFate;
  readonly passing?: boolean;
}

const DAY_QUOTAS: Readonly<Record<string, string>> = {
  quota_requests_by_uid: 'the requests a day for a user (5,000) are used up',
  quota_requests_by_counter_id: 'the requests a day for this counter are used up',
};

/**
 * Turns an answer that is not success into an error with the service's own words.
 *
 * @see https://yandex.com/dev/metrika/en/management/errors
 */
export function refusal(answer: RefusedAnswer): RequestFailure {
  const { code, exitCode, what, hint, fate = 'not-taken', passing = false } = verdictOn(answer);
  const { error } = answer;
  const said =
    error?.message === undefined
      ? answer.excerpt === ''
        ? ' The answer has no text.'
        : ` The answer begins: ${answer.excerpt}`
      : ` The service says: ${error.message}${error.location === undefined ? '' : ` (${error.location})`}`;
  return new RequestFailure({
    code,
    exitCode,
    message: `${what} (HTTP ${String(answer.status)}).${said}`,
    hint,
    fate,
    passing,
    retryAfter: answer.retryAfter,
    details: {
      status: answer.status,
      ...(error?.errorType === undefined ? {} : { errorType: error.errorType }),
      ...(error?.location === undefined ? {} : { location: error.location }),
      ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    },
  });
}

function verdictOn(answer: RefusedAnswer): Verdict {
  const { status, error, operation } = answer;
  const errorType = error?.errorType;
  if (errorType === 'invalid_token' || status === 401) {
    return {
      code: errorType === 'invalid_token' ? 'token-refused' : 'unauthorized',
      exitCode: 4,
      what: 'The service does not accept the token',
      hint: 'Get a new token for the account that owns the counter: a token ends after a year, and after a change of password.',
    };
  }
  if (status === 403) {
    return {
      code: 'access-denied',
      exitCode: 4,
      what: 'The token gives no right to this',
      hint: 'Check that the token has the scope metrika:write (or metrika:offline_data for sending and metrika:read for reading), that it belongs to an account with a right to this counter, and that the counter number is right.',
    };
  }
  if (status === 429 || status === 420) return quotaVerdict(answer);
  if (status >= 500) {
    return {
      code: 'service-unavailable',
      exitCode: 6,
      what: 'The service could not do it now',
      hint: 'Try again in some minutes. If it stays so for hours, look at the status page of Yandex Metrica.',
      fate: 'unknown',
      passing: [500, 502, 503, 504].includes(status),
    };
  }
  if (status >= 300 && status < 400) {
    return {
      code: 'redirected',
      exitCode: 5,
      what: 'The address answers with a redirect, and a token follows none',
      hint: 'Check --api-url: it must be the address of the API itself.',
    };
  }
  if (status === 413) {
    return {
      code: 'too-large',
      exitCode: 5,
      what: 'The service or a proxy before it finds the file too large',
      hint: 'The service takes files of at most 1 GB; a proxy may take less. Cut the file into smaller ones, each with the header.',
    };
  }
  if (status === 404 && operation === 'findCallUploadingById') {
    return {
      code: 'uploading-not-found',
      exitCode: 5,
      what: 'The counter has no such uploading',
      hint: 'Check the id and the counter; metrika-calls list shows the uploadings of a counter.',
    };
  }
  if (operation === 'uploadCalls' && (status === 404 || status === 405 || status === 410)) {
    return {
      code: 'method-gone',
      exitCode: 5,
      what: 'The service knows no such counter, or no longer this method',
      hint: 'Check the counter number. The documentation calls the method uploadCalls no longer supported: if the counter is right, the service may have retired it.',
    };
  }
  if (status === 404 || status === 410) {
    return {
      code: 'not-found',
      exitCode: 5,
      what: 'The service knows no such counter, or no longer this method',
      hint: 'Check the counter number.',
    };
  }
  return {
    code: 'refused',
    exitCode: 5,
    what: 'The service refused the request',
    hint: 'Mend what the service names and try again; -v shows the request.',
  };
}

function quotaVerdict({ error, now }: RefusedAnswer): Verdict {
  const day = DAY_QUOTAS[error?.errorType ?? ''];
  if (day !== undefined) {
    const freed = new Date(Math.floor(now / DAY + 1) * DAY);
    return {
      code: 'quota-day',
      exitCode: 6,
      what: `A quota is spent: ${day}`,
      hint: `It is freed at 00:00 GMT, which is ${localTime(freed)} here. Try again then.`,
    };
  }
  return {
    code: 'quota',
    exitCode: 6,
    what: 'The service asks for fewer requests at a time',
    hint: 'Wait a little, and run fewer uploads for this user at once: three requests at once and 30 a second are allowed.',
    passing: true,
  };
}

const DAY = 24 * 60 * 60 * 1000;

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const NEVER_CONNECTED: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOTFOUND: [
    'its name is not known',
    'Check the network connection, the DNS settings and --api-url.',
  ],
  EAI_AGAIN: [
    'its name could not be looked up',
    'Check the network connection and the DNS settings.',
  ],
  ECONNREFUSED: [
    'it refuses the connection',
    'Check --api-url and, if you use one, the proxy; nothing listens at that address.',
  ],
  UND_ERR_CONNECT_TIMEOUT: [
    'the connection was not made in time',
    'Check the network connection, the firewall and, if you use one, the proxy.',
  ],
  ENETUNREACH: ['the network cannot be reached', 'Check the network connection.'],
  EHOSTUNREACH: ['the host cannot be reached', 'Check the network connection.'],
  EADDRNOTAVAIL: ['no local address is free', 'Check the network connection.'],
};

const BEFORE_CONNECTING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS/;

/** What is known of a request that ended without an answer. */
export interface BrokenRequest {
  readonly error: unknown;
  readonly host: string;
  /** Whether a byte of the body may have left. */
  readonly bodyStarted: boolean;
}

/** Turns a network error into one that says where it happened and whether the request left. */
export function networkFailure({ error, host, bodyStarted }: BrokenRequest): RequestFailure {
  const code = systemErrorCode(error) ?? '';
  const text = messages(error);
  const at = `No answer from ${host}:`;
  const lasting = { exitCode: 6, fate: 'not-taken', passing: false, cause: error } as const;

  if (CERTIFICATE.test(code)) {
    return new RequestFailure({
      ...lasting,
      code: 'certificate-refused',
      message: `${at} its certificate is not trusted (${code}).`,
      hint: 'If your network has a certificate authority of its own, name its file with --ca-file or in NODE_EXTRA_CA_CERTS. The check cannot be switched off.',
    });
  }
  if (/Proxy response \((\d+)\)/.test(text)) {
    return new RequestFailure({
      ...lasting,
      code: 'proxy-refused',
      message: `${at} the proxy refused to connect (${/Proxy response \((\d+)\)/.exec(text)?.[1] ?? ''}).`,
      hint: 'Check HTTPS_PROXY: its address, user name and password.',
    });
  }
  const known = NEVER_CONNECTED[code];
  // A code alone does not tell: a route can vanish under a connection that has long been made.
  const neverSent = !bodyStarted || BEFORE_CONNECTING.has(code) || isConnectError(error);
  if (neverSent) {
    return new RequestFailure({
      ...lasting,
      code: known === undefined ? 'network' : (NETWORK_CODES[code] ?? 'network'),
      message: `${at} ${known?.[0] ?? `the connection broke off (${code === '' ? 'no reason given' : code})`}.`,
      hint: known?.[1] ?? 'Check the network connection and try again.',
      passing: true,
    });
  }
  return new RequestFailure({
    ...lasting,
    code: 'connection-lost',
    message: `${at} the connection broke off after the sending began (${code === '' ? firstLine(text) : code}).`,
    hint: 'Check the network connection and try again.',
    fate: 'unknown',
    passing: true,
  });
}

const NETWORK_CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
};

function isConnectError(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('syscall' in at && at.syscall === 'connect') return true;
    at = at.cause;
  }
  return false;
}

function messages(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    parts.push(at.message);
    at = at.cause;
  }
  return parts.join('\n');
}

function firstLine(text: string): string {
  return text.split('\n').at(-1)?.slice(0, 120) ?? '';
}
