/** Requests that ended without an answer: where it happened, and whether the request left. */
import { systemErrorCode } from '../failure.ts';
import { RequestFailure } from './request-failure.ts';

/** What is known of a request that ended without an answer. */
export interface BrokenRequest {
  readonly error: unknown;
  readonly host: string;
  /** Whether a byte of the body may have left. */
  readonly bodyStarted: boolean;
}

const BEFORE_CONNECTING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS/;

/** What undici says of a proxy that does not open a tunnel. */
const PROXY_ANSWER = /Proxy response \((\d+)\)/;

const CODES: Readonly<Record<string, 'host-not-found' | 'connection-refused' | 'connect-timeout'>> =
  {
    ENOTFOUND: 'host-not-found',
    EAI_AGAIN: 'host-not-found',
    ECONNREFUSED: 'connection-refused',
    UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  };

/** Turns a network error into a failure that says whether the request left. */
export function networkFailure({ error, host, bodyStarted }: BrokenRequest): RequestFailure {
  const reason = systemErrorCode(error) ?? '';
  const lasting = { fate: 'not-taken', retryable: false, cause: error } as const;
  if (CERTIFICATE.test(reason)) {
    return new RequestFailure('certificate-refused', { host, reason }, lasting);
  }
  const status = PROXY_ANSWER.exec(messages(error))?.[1];
  if (status !== undefined) {
    return new RequestFailure('proxy-refused', { host, status }, lasting);
  }
  // A code alone does not tell: a route can vanish under a connection that has long been made.
  const wasNeverSent = !bodyStarted || BEFORE_CONNECTING.has(reason) || isConnectError(error);
  if (wasNeverSent) {
    const code = CODES[reason] ?? 'network';
    return new RequestFailure(code, { host, reason }, { ...lasting, retryable: true });
  }
  return new RequestFailure(
    'connection-lost',
    { host, reason },
    { fate: 'unknown', retryable: true, cause: error },
  );
}

function* chain(error: unknown): Iterable<Error> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    yield at;
    at = at.cause;
  }
}

function isConnectError(error: unknown): boolean {
  return [...chain(error)].some((one) => 'syscall' in one && one.syscall === 'connect');
}

function messages(error: unknown): string {
  return [...chain(error)].map(({ message }) => message).join('\n');
}
