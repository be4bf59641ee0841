/** Builds the paths and queries of requests for calls. */

/** The optional parameters of an upload. */
export interface UploadParameters {
  readonly comment?: string | undefined;
  readonly newGoalName?: string | undefined;
}

/** Returns the path for uploading calls to a counter. */
export function uploadPath(counter: number): string {
  return `${conversionsPath(counter)}/upload_calls`;
}

/** Returns the query of an upload, with the parameters that are set. */
export function uploadQuery(parameters: UploadParameters): (readonly [string, string])[] {
  const query: (readonly [string, string])[] = [];
  if (parameters.comment !== undefined) query.push(['comment', parameters.comment]);
  if (parameters.newGoalName !== undefined) query.push(['new_goal_name', parameters.newGoalName]);
  return query;
}

/** Returns the beginning of all paths for the calls of a counter. */
export function conversionsPath(counter: number): string {
  return `/management/v1/counter/${String(counter)}/offline_conversions`;
}

/** The path of the list of counters. */
export const COUNTERS_PATH = '/management/v1/counters';

/**
 * Encodes a query.
 *
 * @param query names, which must not need encoding, and values, which are not encoded yet
 * @returns the query with its question mark; the empty string when there are no parameters
 */
export function queryString(query: readonly (readonly [string, string])[]): string {
  // A space becomes %20, because the API does not document whether + means a space.
  const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
