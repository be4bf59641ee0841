/** Builds the URL of the request for a portion, to show it. */
import { queryString, uploadPath, uploadQuery } from '../metrika/paths.ts';
import { fullComment } from './comment.ts';
import type { UploadOptions, UploadResult } from './upload-file.ts';

/** How to show the URL of a request. */
interface UrlContext {
  /** The base address of the service. */
  readonly address: string;
  /** Masks the texts of the user. The mark of the program needs no mask, and would lose digits. */
  readonly shown: (text: string) => string;
}

/** Returns the URL of the request for a portion, with its query. */
export function requestUrl(
  { portion, mark }: Pick<UploadResult, 'portion' | 'mark'>,
  { counter, parameters }: UploadOptions,
  { address, shown }: UrlContext,
): string {
  const [own, goal] = [parameters.comment, parameters.newGoalName].map((text) =>
    text === undefined ? undefined : shown(text),
  );
  const comment = fullComment(own, { portion, mark });
  const query = uploadQuery({ ...parameters, comment, newGoalName: goal });
  return `${address}${uploadPath(counter)}${queryString(query)}`;
}
