/** The address that a portion is sent to. */
import { queryString, uploadPath, uploadQuery } from '../metrika/paths.ts';
import { fullComment } from './comment.ts';
import { markOf } from './send-portion.ts';
import type { UploadOptions, UploadResult } from './upload-file.ts';

/**
 * @param address the base address of the service
 * @returns the address that a portion is sent to, with its parameters
 */
export function requestUrl(
  { portion, sha256 }: Pick<UploadResult, 'portion' | 'sha256'>,
  { counter, parameters, skipExisting }: UploadOptions,
  address: string,
): string {
  const fingerprint = markOf({ portion, sha256: sha256 ?? '' }, skipExisting);
  const comment = fullComment(parameters.comment, { portion, fingerprint });
  return `${address}${uploadPath(counter)}${queryString(uploadQuery({ ...parameters, comment }))}`;
}
