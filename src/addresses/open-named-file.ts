/** Opens a file by its path or its web address. */
import type { StopSignal } from '../abortable.ts';
import { Failure } from '../failure.ts';
import { LocalFile } from '../files/local-file.ts';
import { isAddress } from '../safe-text/address-text.ts';
import type { DownloadOptions } from './download.ts';

/**
 * Opens a file by its path or its web address.
 *
 * @throws UnreadableFile, or a failure of the download
 */
export type OpenNamedFile = (name: string) => Promise<LocalFile>;

/**
 * Opens a file. A file at a web address is downloaded first.
 *
 * @param name a path or an address
 * @param options returns how to download; called only for an address
 * @throws UnreadableFile if the file cannot be read
 * @throws Failure `address-forbidden` or `certificate-check-off` (exit 2)
 * @throws RequestFailure (exit 6) if an address cannot be reached after all retries
 */
export async function openNamedFile(
  name: string,
  signal: StopSignal | undefined,
  options: () => DownloadOptions | Promise<DownloadOptions>,
): Promise<LocalFile> {
  if (!isAddress(name)) return LocalFile.open(name, signal);
  const settings = await options();
  if (settings.environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new Failure('certificate-check-off', {});
  }
  // Most runs read no address, and the modules for the network take time to load.
  const { downloadedFile } = await import('./download.ts');
  return await downloadedFile(name, settings);
}

/**
 * Returns a function that downloads each web address once. Later calls with the same address return
 * the same content. A path is opened at each call.
 */
export function opensOnce(open: OpenNamedFile): OpenNamedFile {
  const opened = new Map<string, Promise<LocalFile>>();
  return async (name) => {
    if (!isAddress(name)) return await open(name);
    const first = opened.get(name) ?? open(name);
    opened.set(name, first);
    return (await first).borrowed();
  };
}
