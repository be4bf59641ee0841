/** Answers that are not success, as failures with the service's own words. */
import type { FailureCode } from '../failure.ts';
import type { FailureParameters, ServiceSaid } from '../words/en/failures.ts';
import { RequestFailure, type RequestOutcome } from './request-failure.ts';
import type { ServiceError } from './schemas.ts';

/** The methods of the service that the client calls. */
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

/** The kinds of refusal that need only the status and the service's words. */
type PlainRefusal = {
  [Code in FailureCode]: { status: number; said: ServiceSaid } extends FailureParameters[Code]
    ? Code
    : never;
}[FailureCode];

const DAY = 24 * 60 * 60 * 1000;

/**
 * Turns an answer that is not success into a failure.
 *
 * @see https://yandex.com/dev/metrika/en/management/errors
 */
export function refusal(answer: RefusedAnswer): RequestFailure {
  const { status, error } = answer;
  const parameters = { status, said: saidIn(answer) };
  const outcome = outcomeOf(answer);
  if (isTooMany(status)) {
    const quota = DAY_QUOTAS[error?.errorType ?? ''];
    if (quota === undefined) {
      return new RequestFailure('quota', parameters, { ...outcome, retryable: true });
    }
    const freed = Math.floor(answer.now / DAY + 1) * DAY;
    return new RequestFailure('quota-day', { ...parameters, quota, freed }, outcome);
  }
  return new RequestFailure(codeOf(answer), parameters, outcome);
}

const DAY_QUOTAS: Readonly<Record<string, 'user' | 'counter'>> = {
  quota_requests_by_uid: 'user',
  quota_requests_by_counter_id: 'counter',
};

/** One page of the documentation has 429, another one 420. */
function isTooMany(status: number): boolean {
  return status === 429 || status === 420;
}

function codeOf({ status, error, operation }: RefusedAnswer): PlainRefusal {
  if (error?.errorType === 'invalid_token') return 'token-refused';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'access-denied';
  if (status >= 500) return 'service-unavailable';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 413) return 'too-large';
  if (status === 404 && operation === 'findCallUploadingById') return 'uploading-not-found';
  if (status === 404 || status === 405 || status === 410) {
    if (operation === 'uploadCalls') return 'method-gone';
    if (status !== 405) return 'not-found';
  }
  return 'refused';
}

function outcomeOf({ status, error, requestId, retryAfter }: RefusedAnswer): RequestOutcome {
  return {
    fate: status >= 500 && error?.errorType !== 'invalid_token' ? 'unknown' : 'not-taken',
    retryable: [500, 502, 503, 504].includes(status),
    retryAfter,
    details: {
      status,
      ...(error?.errorType === undefined ? {} : { errorType: error.errorType }),
      ...(error?.location === undefined ? {} : { location: error.location }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}

function saidIn({ error, excerpt }: RefusedAnswer): ServiceSaid {
  if (error?.message !== undefined) {
    return { kind: 'message', message: error.message, location: error.location };
  }
  return excerpt === '' ? { kind: 'nothing' } : { kind: 'excerpt', text: excerpt };
}
