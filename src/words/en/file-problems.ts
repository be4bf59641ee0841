/** English: files that cannot be read as calls at all. These are findings and failures alike. */
import { finding, once } from '../entries.ts';
import { formatNumber } from '../format.ts';

export const fileProblems = once(() => ({
  'file-not-found': finding(
    'No such file',
    ({ isPattern }: { isPattern: boolean }) =>
      isPattern ? 'No file matches this pattern.' : 'No such file.',
    'Check the spelling and the folder you are in.',
  ),
  'file-is-directory': finding(
    'A folder, not a file',
    'This is a folder, not a file.',
    'Name the CSV file in it.',
  ),
  'file-not-regular': finding(
    'Not a regular file',
    ({ kind }: { kind: 'pipe' | 'socket' | 'device' }) =>
      `This is a ${kind === 'pipe' ? 'pipe (FIFO)' : kind}, not a regular file.`,
    'Pipe the calls in and name the file "-": some-command | metrika-calls upload -',
  ),
  'file-unreadable': finding(
    'The file cannot be read',
    ({ reason }: { reason: string }) => `The file cannot be read (${reason}).`,
    'Give the account that runs this command the right to read the file.',
  ),
  'input-unkept': finding(
    'Cannot buffer standard input',
    ({ folder, reason }: { folder: string; reason: string }) =>
      `Cannot buffer standard input in ${folder} (${reason}).`,
    'Free some space there, or name another folder in the environment variable TMPDIR.',
  ),
  'file-packed': finding(
    ({ container }) =>
      container === undefined
        ? 'A workbook or an archive, not CSV'
        : `${container === 'archive' ? 'A zip archive or an Excel workbook' : 'An Excel workbook'}, not CSV`,
    ({ container }: { container: 'archive' | 'workbook' }) =>
      `The file is ${container === 'archive' ? 'a zip archive or an Excel workbook' : 'an Excel workbook'}, not CSV.`,
    'A workbook: in Excel, File → Save As → CSV UTF-8. An archive: unpack it first. A single CSV file packed with gzip can be sent as it is.',
  ),
  'gzip-damaged': finding(
    'Damaged gzip',
    'The file is packed with gzip and cannot be unpacked to its end.',
    'Copy or export it again; it was probably cut off.',
  ),
  'file-too-large': finding(
    'File too large',
    ({ bytes, limit }: { bytes: number; limit: number }) =>
      `The file has ${formatNumber(bytes)} bytes, more than the limit of ${formatNumber(limit)}, and --no-split forbids to send it in parts.`,
    'Leave out --no-split to send it in parts, each with the header.',
  ),
}));
