/** Defines the failure of a request. It says whether the service may have got the request. */
import { Failure, type FailureArguments, type ServiceDetails } from '../failure.ts';

/**
 * What the service may have done with a failed request.
 * - `not-taken`: the service cannot have processed the request, so it is safe to send it again.
 * - `refused`: the service rejected the request.
 * - `unknown`: the service may have processed the request.
 */
export type RequestFate = 'not-taken' | 'refused' | 'unknown';

/** The facts about a failed request. */
export interface RequestOutcome {
  readonly fate: RequestFate;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
  /** The wait that the service asks for, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly details?: ServiceDetails;
  readonly cause?: unknown;
  /** Whether the token was renewed after the failure, so that the same request may succeed now. */
  readonly isRenewed?: boolean;
}

/** The failure of a request that got no usable answer. */
export class RequestFailure extends Failure {
  readonly fate: RequestFate;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
  /** The wait that the service asks for, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** Whether the token was renewed after the failure, so that the same request may succeed now. */
  readonly isRenewed: boolean;

  constructor(...[code, parameters, outcome]: FailureArguments<RequestOutcome>) {
    const { details = {}, cause, isRenewed = false } = outcome;
    super(...([code, parameters, { details, cause }] as FailureArguments));
    this.name = 'RequestFailure';
    this.fate = outcome.fate;
    this.retryable = outcome.retryable;
    this.retryAfter = outcome.retryAfter;
    this.isRenewed = isRenewed;
  }

  /** Returns the same failure, for a request that may be sent again because the token is new. */
  afterRenewal(): RequestFailure {
    const { code, parameters, fate, retryable, retryAfter, details, cause } = this;
    const outcome = { fate, retryable, retryAfter, details, cause, isRenewed: true };
    return new RequestFailure(...([code, parameters, outcome] as FailureArguments<RequestOutcome>));
  }
}

/**
 * Waits for the answer to a request. Returns the failure of the request instead of throwing it.
 *
 * @throws every error that is not a RequestFailure
 */
export async function settled<Answer>(asked: Promise<Answer>): Promise<Answer | RequestFailure> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RequestFailure) return error;
    throw error;
  }
}
