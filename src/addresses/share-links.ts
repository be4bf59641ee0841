/** Turns links to shared files, as a browser shows them, into addresses of downloads. */

/** A service for shared files. */
export type SharingService = 'google-sheets' | 'google-drive' | 'yandex-disk';

/** How to get the file of a shared link. */
export interface SharedFile {
  readonly service: SharingService;
  /** The address of the file, or of an answer with the address of the file. */
  readonly url: string;
  /** Whether the answer is JSON with the address of the file in `href`. */
  readonly isLookup: boolean;
}

/**
 * Returns how to get the file of a shared link.
 *
 * @returns `undefined` if the address is not such a link; then it is used as it is
 * @see https://developers.google.com/workspace/drive/api/guides/ref-export-formats
 * @see https://yandex.com/dev/disk-api/doc/en/reference/public
 */
export function sharedFile(url: URL): SharedFile | undefined {
  if (url.hostname === 'docs.google.com') return googleSheet(url);
  if (url.hostname === 'drive.google.com') return googleDrive(url);
  return YANDEX_DISK.test(url.hostname) ? yandexDisk(url) : undefined;
}

const YANDEX_DISK = /^(?:disk\.yandex\.[a-z.]{2,6}|disk\.360\.yandex\.ru|yadi\.sk)$/;

/** A page of a sheet in a browser. Other paths, such as `/export`, are downloads already. */
const SHEET =
  /^\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]+)(?:\/(?:edit|view|htmlview|preview|copy)?)?$/;

/** A sheet that was published for everyone. */
const PUBLISHED = /^\/spreadsheets\/(?:u\/\d+\/)?d\/e\/([\w-]+)\/pubhtml$/;

function googleSheet(url: URL): SharedFile | undefined {
  const gid = url.searchParams.get('gid') ?? /(?:^#|[#&])gid=(\d+)/.exec(url.hash)?.[1];
  const key = url.searchParams.get('resourcekey');
  const published = PUBLISHED.exec(url.pathname)?.[1];
  if (published !== undefined) {
    const query = new URLSearchParams(
      gid === undefined ? { output: 'xlsx' } : { output: 'csv', gid, single: 'true' },
    );
    const path = `/spreadsheets/d/e/${published}/pub`;
    return download('google-sheets', `https://docs.google.com${path}?${query.toString()}`);
  }
  const id = SHEET.exec(url.pathname)?.[1];
  if (id === undefined || id === 'e') return undefined;
  // If the link names no sheet, the download is a workbook with all sheets. The sheet with the
  // calls is chosen later.
  const query = new URLSearchParams(
    gid === undefined ? { format: 'xlsx' } : { format: 'csv', gid },
  );
  if (key !== null) query.set('resourcekey', key);
  const path = `/spreadsheets/d/${id}/export`;
  return download('google-sheets', `https://docs.google.com${path}?${query.toString()}`);
}

function googleDrive(url: URL): SharedFile | undefined {
  const inPath = /^\/file\/(?:u\/\d+\/)?d\/([\w-]+)(?:\/(?:view|edit|preview)?)?$/.exec(
    url.pathname,
  )?.[1];
  const isPage = url.pathname === '/open' || url.pathname === '/uc';
  const id = inPath ?? (isPage ? url.searchParams.get('id') : null);
  if (id === null) return undefined;
  // For a large file, the service first shows a warning: it did not scan the file for viruses.
  // `confirm` skips this warning.
  const query = new URLSearchParams({ id, export: 'download', confirm: 't' });
  const key = url.searchParams.get('resourcekey');
  if (key !== null) query.set('resourcekey', key);
  return download(
    'google-drive',
    `https://drive.usercontent.google.com/download?${query.toString()}`,
  );
}

function yandexDisk(url: URL): SharedFile | undefined {
  const found = /^(\/[di]\/[\w-]+)(\/.+)?$/.exec(url.pathname);
  if (found === null) return undefined;
  const [, link = '', path] = found;
  const query = new URLSearchParams({ public_key: `https://${url.host}${link}` });
  // The link of a shared folder may end with the path of one file in the folder.
  if (path !== undefined) query.set('path', decodedPath(path));
  return {
    service: 'yandex-disk',
    url: `https://cloud-api.yandex.net/v1/disk/public/resources/download?${query.toString()}`,
    isLookup: true,
  };
}

function download(service: SharingService, url: string): SharedFile {
  return { service, url, isLookup: false };
}

/** Decodes a path. A percent sign that begins no valid escape stays, for example in `100%.csv`. */
function decodedPath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      return escapes;
    }
  });
}
