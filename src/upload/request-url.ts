/** Shows the URL of the request for a portion. */
import { queryString, uploadPath, uploadQuery } from '../metrika/paths.ts';
import { fullComment } from './comment.ts';
import type { UploadOptions, UploadResult } from './upload-file.ts';

/**
 * Returns the URL that a portion is sent to, with its query.
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
