/** Where requests about calls go: paths and queries. */

/** What goes beside the file; each is sent only when given. */
export interface UploadParameters {
  readonly comment?: string | undefined;
  readonly newGoalName?: string | undefined;
}

/** The path that calls of a counter are sent to. */
export function uploadPath(counter: number): string {
  return `${conversionsPath(counter)}/upload_calls`;
}

/** The query parameters of an upload: only those that are given. */
export function uploadQuery(parameters: UploadParameters): (readonly [string, string])[] {
  const query: (readonly [string, string])[] = [];
  if (parameters.comment !== undefined) query.push(['comment', parameters.comment]);
  if (parameters.newGoalName !== undefined) query.push(['new_goal_name', parameters.newGoalName]);
  return query;
}

/** The path that all methods for calls of a counter begin with. */
export function conversionsPath(counter: number): string {
  return `/management/v1/counter/${String(counter)}/offline_conversions`;
}

/**
 * @param query names and values, not yet encoded
 * @returns the query with its question mark; the empty string when there is none
 */
export function queryString(query: readonly (readonly [string, string])[]): string {
  // A space becomes %20: whether the service reads + as a space is not documented.
  const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
