/** A request that brought no usable answer, and what it may have done all the same. */
import { Failure, type FailureArguments, type ServiceDetails } from '../failure.ts';

/**
 * What a failed request may have done on the other side.
 *
 * - `not-taken`: the service cannot have acted on it, and the same may be tried again.
 * - `refused`: the service said no.
 * - `unknown`: it may have acted on it.
 */
export type RequestFate = 'not-taken' | 'refused' | 'unknown';

/** What is known of a failed request. */
export interface RequestOutcome {
  readonly fate: RequestFate;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly details?: ServiceDetails;
  readonly cause?: unknown;
}

/** A request that brought no usable answer. */
export class RequestFailure extends Failure {
  readonly fate: RequestFate;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(...[code, parameters, outcome]: FailureArguments<RequestOutcome>) {
    const { details = {}, cause } = outcome;
    super(...([code, parameters, { details, cause }] as FailureArguments));
    this.name = 'RequestFailure';
    this.fate = outcome.fate;
    this.retryable = outcome.retryable;
    this.retryAfter = outcome.retryAfter;
  }
}
