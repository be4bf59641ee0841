/** Converts answers with an error status to failures, with the service's own message. */
import type { FailureCode } from '../failure.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import type { ServiceSaid } from '../words/failure-parameters.ts';
import { RequestFailure, type RequestFate, type RequestOutcome } from './request-failure.ts';
import { isRetriedStatus, isTooMany, REQUEST_TIMEOUT } from './retry.ts';
import type { ServiceError } from './schemas.ts';

/** The methods of the API that the client calls. */
export type Operation =
  'uploadCalls' | 'findCallUploadingById' | 'findAllCallUploadings' | 'findCounters';

/** An answer whose status does not mean success. */
export interface RefusedAnswer {
  readonly operation: Operation;
  readonly status: number;
  /** The error in the body, if the body has the service's error format. */
  readonly error: ServiceError | undefined;
  /** A short text from the body, for an answer in an unknown form. */
  readonly excerpt: string;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** The present time, in milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** The parameters that all refusals have. */
interface Refusal {
  status: number;
  said: ServiceSaid;
  until: number | undefined;
}

/** The failure codes that need no parameters except those of `Refusal`. */
type PlainRefusal = {
  [Code in FailureCode]: Refusal extends FailureParameters[Code] ? Code : never;
}[FailureCode];

const DAY = 24 * 60 * 60 * 1000;

/**
 * Converts an answer with an error status to a failure.
 *
 * @see https://yandex.com/dev/metrika/en/management/errors
 */
export function refusal(answer: RefusedAnswer): RequestFailure {
  const { status, error } = answer;
  const parameters = { status, said: saidIn(answer), until: untilOf(answer) };
  const outcome = outcomeOf(answer);
  if (isTooMany(status)) {
    const quota = DAY_QUOTAS.get(error?.errorType ?? '');
    if (quota === undefined) return new RequestFailure('quota', parameters, outcome);
    const freed = Math.floor(answer.now / DAY + 1) * DAY;
    const spent = { ...outcome, retryable: false };
    return new RequestFailure('quota-day', { ...parameters, quota, freed }, spent);
  }
  return new RequestFailure(codeOf(answer), parameters, outcome);
}

const DAY_QUOTAS: ReadonlyMap<string, 'user' | 'counter'> = new Map([
  ['quota_requests_by_uid', 'user'],
  ['quota_requests_by_counter_id', 'counter'],
]);

function codeOf({ status, error, operation }: RefusedAnswer): PlainRefusal {
  if (error?.errorType === 'invalid_token' || status === 401) return 'unauthorized';
  if (status === 403) return 'access-denied';
  if (status >= 500) return 'service-unavailable';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === REQUEST_TIMEOUT) return 'request-timeout';
  if (status === 413) return 'too-large';
  if (status === 404 && operation === 'findCallUploadingById') return 'uploading-not-found';
  if (status === 404 && operation !== 'findCounters') return 'not-found';
  if (operation === 'uploadCalls' && (status === 405 || status === 410)) return 'method-gone';
  return 'refused';
}

/**
 * Returns the time of the next allowed request, in milliseconds since 1970-01-01 UTC.
 *
 * @returns `undefined` when the service asks for a short wait, or does not ask for a wait
 */
function untilOf({ retryAfter, now }: RefusedAnswer): number | undefined {
  return retryAfter === undefined || retryAfter < LONG_WAIT ? undefined : now + retryAfter;
}

/** The shortest wait that a message mentions, in milliseconds. */
const LONG_WAIT = 60_000;

function fateOf({ status, error }: RefusedAnswer): RequestFate {
  if (error?.errorType === 'invalid_token') return 'refused';
  if (isTooMany(status) || status === REQUEST_TIMEOUT) return 'not-taken';
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}

function outcomeOf(answer: RefusedAnswer): RequestOutcome {
  const { status, error, requestId, retryAfter } = answer;
  return {
    fate: fateOf(answer),
    retryable: isRetriedStatus(status),
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
