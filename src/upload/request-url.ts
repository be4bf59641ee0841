/** Builds the URL of the request for a portion, to show it. */
import { queryString, uploadPath, uploadQuery } from '../metrika/paths.ts';
import { fullComment } from './comment.ts';
import type { UploadOptions, UploadResult } from './upload-file.ts';

/**
 * Returns the URL of the request for a portion, with its query.
 *
 * @param address the base address of the service
 */
export function requestUrl(
  { portion, mark }: Pick<UploadResult, 'portion' | 'mark'>,
  { counter, parameters }: UploadOptions,
  address: string,
): string {
  const comment = fullComment(parameters.comment, { portion, mark });
  return `${address}${uploadPath(counter)}${queryString(uploadQuery({ ...parameters, comment }))}`;
}
