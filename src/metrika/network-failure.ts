/** Creates failures for requests that ended without an answer. */
import { type FailureCode, systemErrorCode } from '../failure.ts';
import { RequestFailure } from './request-failure.ts';

/** A request that ended without an answer. */
export interface BrokenRequest {
  readonly error: unknown;
  readonly host: string;
  /** Whether any byte of the body may have been sent. */
  readonly isSending: boolean;
  /** Whether the last byte of the body was passed to the connection. */
  readonly isComplete: boolean;
}

const BEFORE_CONNECTING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The failures that TLS causes. */
type TlsFailure =
  | 'certificate-expired'
  | 'certificate-of-another'
  | 'certificate-refused'
  | 'certificate-demanded'
  | 'protocol-refused';

/** The error codes of Node and OpenSSL for each failure. The first pattern that matches decides. */
const TLS: readonly (readonly [RegExp, TlsFailure])[] = [
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'certificate-expired'],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'certificate-of-another'],
  [
    /ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE|ALERT_BAD_CERTIFICATE/,
    'certificate-demanded',
  ],
  [
    /EPROTO|WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_APPLICATION_PROTOCOL|PACKET_LENGTH_TOO_LONG/,
    'protocol-refused',
  ],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/, 'certificate-refused'],
];

/** The message of undici when a proxy does not open a tunnel. */
const PROXY_ANSWER = /Proxy response \((\d+)\)/;

const CODES: ReadonlyMap<string, 'host-not-found' | 'connection-refused' | 'connect-timeout'> =
  new Map([
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['ECONNREFUSED', 'connection-refused'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
  ]);

/** Converts a network error to a failure that says what may have happened to the request. */
export function networkFailure({
  error,
  host,
  isSending,
  isComplete,
}: BrokenRequest): RequestFailure {
  const reason = systemErrorCode(error) ?? '';
  const lasting = { fate: 'not-taken', retryable: false, cause: error } as const;
  const tls = TLS.find(([codes]) => codes.test(reason))?.[1];
  // Nothing is sent before the handshake succeeds. But in TLS 1.3, a server can report a missing
  // client certificate later, when sending has already begun.
  if (tls !== undefined && (!isSending || reason.includes('CERTIFICATE_REQUIRED')))
    return new RequestFailure(tls, { host, reason }, lasting);
  if (isHttp2(error)) {
    return new RequestFailure('protocol-refused', { host, reason: 'HTTP/2' }, lasting);
  }
  const status = PROXY_ANSWER.exec(messages(error))?.[1];
  if (status !== undefined) {
    const code = proxyCode(Number(status));
    const outcome = { ...lasting, retryable: code === 'proxy-failed' };
    return new RequestFailure(code, { host, status }, outcome);
  }
  // Some error codes, for example of a lost route, can occur before or after the connection opens.
  // So the code alone does not prove that nothing was sent.
  if (!isSending || BEFORE_CONNECTING.has(reason) || isConnectError(error)) {
    const code = CODES.get(reason) ?? 'network';
    return new RequestFailure(code, { host, reason }, { ...lasting, retryable: true });
  }
  const fate = isComplete ? 'unknown' : 'not-taken';
  const code = isComplete ? 'connection-lost' : 'connection-broken';
  return new RequestFailure(code, { host, reason }, { fate, retryable: true, cause: error });
}

function proxyCode(
  status: number,
): Extract<FailureCode, 'proxy-refused' | 'proxy-forbidden' | 'proxy-failed'> {
  if (status >= 500 || status === 429 || status === 408) return 'proxy-failed';
  return status === 403 ? 'proxy-forbidden' : 'proxy-refused';
}

function* withCauses(error: unknown): Iterable<Error> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    yield at;
    at = at.cause;
  }
}

function isConnectError(error: unknown): boolean {
  return [...withCauses(error)].some((one) => 'syscall' in one && one.syscall === 'connect');
}

/** Says whether the server answered in HTTP/2, which begins with a SETTINGS frame. */
function isHttp2(error: unknown): boolean {
  return [...withCauses(error)].some((one) => {
    if (one.name !== 'HTTPParserError' || !('data' in one) || typeof one.data !== 'string')
      return false;
    return one.data.startsWith('\0\0') && one.data.charCodeAt(3) === 4;
  });
}

function messages(error: unknown): string {
  return [...withCauses(error)].map(({ message }) => message).join('\n');
}
