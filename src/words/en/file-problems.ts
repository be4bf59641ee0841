/** English: why a file cannot be read as calls. Each reason is both a finding and a failure. */
import { finding, once } from '../entries.ts';
import { byteSize, formatNumber, plural } from '../format.ts';
import { command, forReader, option, text } from '../said.ts';
import type { ShownName } from '../shown-name.ts';

/** The kinds of text files that are not CSV. */
export type NotCsv = 'html' | 'json' | 'json-lines' | 'xml' | 'workbook-xml' | 'google-link';

const NOT_CSV: Readonly<
  Record<NotCsv, { readonly name: string; readonly what: string; readonly hint: string }>
> = {
  html: {
    name: 'An HTML page',
    what: 'an HTML page without a table of calls',
    hint: 'Look at the page: it may be an error or a page to sign in. Export the calls again.',
  },
  json: {
    name: 'JSON',
    what: 'JSON',
    hint: 'Export the calls as CSV, or turn it into CSV: a line for each call under a line of column names.',
  },
  'json-lines': {
    name: 'JSON lines',
    what: 'JSON, a line for each record',
    hint: 'Export the calls as CSV, or turn it into CSV: a line for each call under a line of column names.',
  },
  xml: {
    name: 'XML',
    what: 'XML',
    hint: 'Export the calls as CSV.',
  },
  'workbook-xml': {
    name: 'A workbook in XML',
    what: 'an Excel workbook of 2003 in XML',
    hint: 'Open it in a spreadsheet program and save it as .xlsx or CSV (UTF-8).',
  },
  'google-link': {
    name: 'A link to a Google document',
    what: 'a link to a Google document, not the document itself',
    hint: 'Open it in Google Sheets: File → Download → Microsoft Excel (.xlsx).',
  },
};

/** The kinds of packed files that cannot be read. */
export type PackedKind =
  'archive' | 'packed-twice' | 'zip-unusual' | 'xls' | 'xlsb' | 'compound' | 'numbers';

const PACKED: Readonly<Record<PackedKind, { readonly what: string; readonly hint: string }>> = {
  archive: {
    what: 'a zip archive',
    hint: 'Unpack it first. A single CSV file packed with gzip or zip can be sent as it is.',
  },
  'zip-unusual': {
    what: 'a zip that is packed by an unusual method',
    hint: 'Unpack it first, or pack it by the usual method, deflate.',
  },
  'packed-twice': {
    what: 'a packed file with a workbook or an archive in it',
    hint: 'Unpack it first. A workbook can be sent as it is.',
  },
  xls: {
    what: 'a workbook of Excel 95 or older (.xls)',
    hint: 'Open it in a spreadsheet program and save it as .xlsx.',
  },
  xlsb: {
    what: 'a binary Excel workbook (.xlsb)',
    hint: 'Open it in Excel and save it as .xlsx.',
  },
  compound: {
    what: 'a document of older Office, and no workbook',
    hint: 'Export the calls as CSV or as a workbook.',
  },
  numbers: {
    what: 'an Apple Numbers document',
    hint: 'In Numbers: File → Export To → Excel.',
  },
};

/** An array of objects in JSON: the keys that lead to it, and how many objects it has. */
export interface ShownArray {
  readonly path: ShownName;
  readonly records: number;
}

/** Which limit on a workbook or a zip is exceeded. */
export type WorkbookExcess =
  | 'unpacked'
  | 'text'
  | 'row'
  | 'repeated'
  | 'head'
  | 'cells'
  | 'entries'
  | 'sheets'
  | 'ranges'
  | 'formats'
  | 'relationships';

const WORKBOOK_EXCESS: Readonly<Record<WorkbookExcess, (most: number, ratio: number) => string>> = {
  unpacked: (most, ratio) =>
    `more than ${byteSize(most)} unpacked, over ${String(ratio)} times its packed size`,
  text: (most, ratio) =>
    `cells with more than ${byteSize(most)}, over ${String(ratio)} times the size of the file`,
  repeated: (most) => `more than ${byteSize(most)} of text that its cells repeat`,
  row: (most) => `a row with more than ${byteSize(most)}`,
  head: (most) =>
    `more than ${byteSize(most)} at the beginning of its sheets without names of columns`,
  cells: (most) => `more than ${formatNumber(most)} repeated or unordered cells`,
  entries: (most) => `more than ${formatNumber(most)} files in it`,
  sheets: (most) => `more than ${formatNumber(most)} sheets`,
  ranges: (most) => `more than ${formatNumber(most)} ranges of merged cells or hidden columns`,
  formats: (most) => `more than ${formatNumber(most)} formats of cells`,
  relationships: (most) => `more than ${formatNumber(most)} links between its parts`,
};

/** Which limit on a page is exceeded. */
export type HtmlExcess = 'cell' | 'tag' | 'tables' | 'depth' | 'tables-inside';

const HTML_EXCESS: Readonly<Record<HtmlExcess, (most: number) => string>> = {
  cell: (most) => `a cell of more than ${byteSize(most)}`,
  tag: (most) => `a tag or a comment of more than ${byteSize(most)}`,
  tables: (most) => `more than ${formatNumber(most)} tables`,
  depth: (most) => `more than ${formatNumber(most)} elements inside one another`,
  'tables-inside': (most) => `more than ${formatNumber(most)} tables inside one another`,
};

/** Which limit on JSON is exceeded. */
export type JsonExcess = 'depth' | 'value' | 'keys';

const JSON_EXCESS: Readonly<Record<JsonExcess, (most: number) => string>> = {
  depth: (most) => `has containers inside one another, more than ${formatNumber(most)} deep`,
  value: (most) => `has a value or a record of more than ${byteSize(most)}`,
  keys: (most) => `has more than ${formatNumber(most)} different keys`,
};

/** Some words of a file, decoded with one possible encoding. */
export interface EncodingReading {
  readonly encoding: string;
  readonly text: string;
}

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
    'Name the file in it.',
  ),
  'file-not-regular': finding(
    'Not a regular file',
    ({ kind }: { kind: 'pipe' | 'socket' | 'device' }) =>
      `This is a ${kind === 'pipe' ? 'pipe (FIFO)' : kind}, not a regular file.`,
    forReader(
      text`Pipe the calls in and name the file "-": some-command | ${command('upload', { operands: ['-'] })}`,
      'Open it as a stream and give the stream.',
    ),
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
  'address-not-open': finding(
    'The link is not open to everyone',
    ({ host }: { host: string }) =>
      `The link is not open to everyone: ${host} asks to sign in, or refuses the file.`,
    'Open the file to everyone who has the link, or download it and name the file.',
  ),
  'address-refused': finding(
    'The address has no file',
    ({ host, status }: { host: string; status: number }) =>
      `${host} gives no file at this address (HTTP ${String(status)}).`,
    'Check the address: open it in a browser where you are not signed in.',
  ),
  'address-redirects': finding(
    'Too many redirects',
    ({ host, most }: { host: string; most: number }) =>
      `The address leads from one address to the next, more than ${formatNumber(most)} times; the last host was ${host}.`,
    'Name the address that the browser shows at the end.',
  ),
  'address-excess': finding(
    'The file at the address is too large',
    ({ host, bytes }: { host: string; bytes: number }) =>
      `${host} sends more than ${byteSize(bytes)}, which is the limit for addresses.`,
    'Check the address. If the file is right, download it and name the file.',
  ),
  'address-packed': finding(
    'The server packed the file in its own way',
    ({ host, packing }: { host: string; packing: string }) =>
      `${host} was asked not to pack its answer, but packed it (content-encoding: ${packing}), and it cannot be unpacked here.`,
    'Download the file in a browser and name it.',
  ),
  'address-unreadable': finding(
    'The service does not say where the file is',
    ({ host }: { host: string }) => `${host} was asked where the file is, and gave no address.`,
    'Check the link in a browser, or download the file and name it.',
  ),
  'file-is-address': finding(
    'A web address, not a file',
    'This is a web address, not a file.',
    'Download it first. A Google sheet: File → Download → Microsoft Excel (.xlsx).',
  ),
  'file-packed': finding(
    ({ container }) =>
      container === undefined
        ? 'A packed file that cannot be read'
        : capital(PACKED[container].what),
    ({ container }: { container: PackedKind }) =>
      `The file is ${PACKED[container].what}, which cannot be read.`,
    ({ container }) =>
      container === undefined ? 'Save it as .xlsx or CSV.' : PACKED[container].hint,
  ),
  'workbook-damaged': finding(
    'Damaged workbook',
    ({ part }: { part: string | undefined }) =>
      part === undefined
        ? 'The workbook is damaged or cut off.'
        : `The workbook is damaged: ${part} cannot be read to its end.`,
    'Copy or export it again. If a spreadsheet program opens it, save it as .xlsx again.',
  ),
  'workbook-locked': finding(
    'Workbook with a password',
    'The workbook is protected with a password.',
    'Save a copy without a password: in Excel, File → Info → Protect Workbook → Encrypt with Password.',
  ),
  'workbook-excess': finding(
    'More in the workbook than in any file of calls',
    ({ what, most, ratio }: { what: WorkbookExcess; most: number; ratio: number }) =>
      `The workbook has ${WORKBOOK_EXCESS[what](most, ratio)}; no workbook of calls is like that.`,
    'Look at what is in it. If it is right, save the sheet as CSV (UTF-8).',
  ),
  'workbook-strings-excess': finding(
    'Too much text in the workbook',
    ({ bytes }: { bytes: number }) =>
      `The texts of the workbook take more than ${byteSize(bytes)}, which is the limit.`,
    'Save the sheet with the calls as CSV (UTF-8), or in a workbook of its own.',
  ),
  'workbook-too-large': finding(
    'Old workbook too large',
    ({ bytes, limit }: { bytes: number; limit: number }) =>
      `The workbook (.xls) has ${byteSize(bytes)}, more than the limit of ${byteSize(limit)}.`,
    'Save it as .xlsx, or save the sheet with the calls as CSV (UTF-8).',
  ),
  'workbook-without-cells': finding(
    'Workbook without a sheet of cells',
    'The workbook has no sheet with cells, only charts, dialogs or macros.',
    'Put the calls on a sheet and save the workbook again.',
  ),
  'gzip-excess': finding(
    'More unpacked than any file of calls',
    ({ bytes, ratio }: { bytes: number; ratio: number }) =>
      `Unpacked, the file has more than ${byteSize(bytes)}, over ${String(ratio)} times its packed size; no file of calls is like that.`,
    'Look at what is in it. If it is right, unpack it and send it as it is.',
  ),
  'zip-excess': finding(
    'More in the zip than in any file of calls',
    ({ what, most, ratio }: { what: WorkbookExcess; most: number; ratio: number }) =>
      `The zip has ${WORKBOOK_EXCESS[what](most, ratio)}; no file of calls is like that.`,
    'Look at what is in it. If it is right, unpack it and send it as it is.',
  ),
  'zip-damaged': finding(
    'Damaged zip',
    ({ part }: { part: string | undefined }) =>
      part === undefined
        ? 'The zip is damaged or cut off.'
        : 'The file in the zip is damaged: it cannot be unpacked to its end.',
    'Copy or export it again; it was probably cut off.',
  ),
  'zip-locked': finding(
    'Zip with a password',
    'The zip is protected with a password.',
    'Unpack it with the password, and name the file that was in it.',
  ),
  'zip-empty': finding(
    'Zip without a file',
    'The zip has no file in it.',
    'Export it again, or name the file with the calls.',
  ),
  'zip-several': finding(
    'Zip with several files',
    ({ names, count }: { names: readonly ShownName[]; count: number }) =>
      `The zip has ${formatNumber(count)} files: ${names.join(', ')}${count > names.length ? ' …' : ''}.`,
    'Unpack it, and name the file with the calls.',
  ),
  'gzip-damaged': finding(
    'Damaged gzip',
    'The file is packed with gzip and cannot be unpacked to its end.',
    'Copy or export it again; it was probably cut off.',
  ),
  'file-too-large': finding(
    'File too large',
    ({ bytes, limit }: { bytes: number; limit: number }) =>
      `The file has ${formatNumber(bytes)} bytes, more than the limit of ${formatNumber(limit)}, and it may not be sent in parts.`,
    text`Leave out ${option('split', false)} to send it in parts, each with the header.`,
  ),
  'header-too-wide': finding(
    'Too many columns',
    ({ columns, most }: { columns: number; most: number }) =>
      `The header has ${formatNumber(columns)} columns, more than the limit of ${formatNumber(most)}.`,
    'Check that the first line holds the column names; keep only the columns of a call.',
  ),
  'json-damaged': finding(
    'Damaged JSON',
    ({ line, isCut }: { line: number; isCut: boolean }) =>
      isCut
        ? `The JSON ends too early, in line ${formatNumber(line)}.`
        : `The JSON is broken in line ${formatNumber(line)}.`,
    'Export or download it again. If a program wrote it, check that program.',
  ),
  'text-undecodable': finding(
    'Undecodable bytes',
    ({ encoding }: { encoding: string }) =>
      `Some bytes of the file cannot be read as ${encoding}, so no letter of it is certain.`,
    text`Save the file again as UTF-8, or name its encoding, for example ${option('encoding', 'windows-1251')}.`,
  ),
  'html-cut': finding(
    'Page cut off',
    'The table with the calls has no end (</table>), so the page may be cut off.',
    'Export or download it again. If a program wrote it, check that program.',
  ),
  'html-excess': finding(
    'More in the page than in any page of calls',
    ({ what, most }: { what: HtmlExcess; most: number }) =>
      `The page has ${HTML_EXCESS[what](most)}; no page of calls is like that.`,
    'Look at what is in it, or save the table as CSV (UTF-8) in a spreadsheet program.',
  ),
  'json-excess': finding(
    'More in the JSON than in any file of calls',
    ({ line, what, most }: { line: number; what: JsonExcess; most: number }) =>
      `The JSON ${JSON_EXCESS[what](most)}, see line ${formatNumber(line)}; no file of calls is like that.`,
    'Look at what is in it. Keep only the calls and their values.',
  ),
  'json-key-twice': finding(
    'A key twice in one object',
    ({ line, key }: { line: number; key: ShownName }) =>
      `An object of the JSON has the key "${key}" twice, see line ${formatNumber(line)}. Nobody can know which value is right.`,
    'Remove one of the two, or correct the program that writes the file.',
  ),
  'json-not-objects': finding(
    'A record that is no object',
    ({ line }: { line: number }) =>
      `A record of the JSON is no object with names and values, see line ${formatNumber(line)}.`,
    'Each call must be an object: names with values, in curly brackets.',
  ),
  'json-outside-list': finding(
    'JSON outside the list of calls',
    ({ line }: { line: number }) =>
      `The JSON has something outside the list of calls, see line ${formatNumber(line)}. It may be a call, or a page without this list.`,
    'Put all calls into one list, or write each call as a line of its own. If a page is an error, download it again.',
  ),
  'json-several': finding(
    'Unclear which list of the JSON has the calls',
    ({ arrays, documents }: { arrays: readonly ShownArray[]; documents: number }) => {
      const lists = arrays.map(({ path, records }) => `${path} (${formatNumber(records)})`);
      return documents === 0
        ? `The JSON has several lists of objects: ${lists.join(', ')}.`
        : `The calls can be the JSON documents themselves (${formatNumber(documents)}), or the objects of a list in them: ${lists.join(', ')}.`;
    },
    ({ arrays = [], documents = 0 }) =>
      documents === 0
        ? text`Name the one with the calls: ${option('records', arrays[0]?.path ?? 'data.calls')}.`
        : text`Name the list with the calls: ${option('records', arrays[0]?.path ?? 'data.calls')}. With ${option('records', '.')}, each document is one call.`,
  ),
  'json-without-records': finding(
    'JSON without records',
    ({ records }: { records: number }) =>
      records === 0
        ? 'The JSON has no list with objects in it, so there are no calls.'
        : `The JSON has ${plural(records, 'record')}, and no value in any of them, so there are no calls.`,
    ({ records = 0 }) =>
      records > 0
        ? 'Check the export, or the program that writes the file.'
        : text`Check the export: its period may have no calls. With ${option('records', '.')}, the whole document is one call.`,
  ),
  'file-not-csv': finding(
    ({ kind }) => (kind === undefined ? 'Not CSV' : `${NOT_CSV[kind].name}, not CSV`),
    ({ kind }: { kind: NotCsv }) => `The file is ${NOT_CSV[kind].what}, not CSV.`,
    ({ kind }) => (kind === undefined ? 'Save it as CSV.' : NOT_CSV[kind].hint),
  ),
  'encoding-unclear': finding(
    'Unclear encoding',
    ({ readings }: { readings: readonly EncodingReading[] }) =>
      `The file is not UTF-8, and its encoding cannot be told for certain.${
        readings.length === 0
          ? ''
          : ` It could read: ${readings.map(({ encoding, text }) => `"${text}" (${encoding})`).join(', ')}.`
      }`,
    ({ readings = [] }) =>
      readings.length === 0
        ? text`Save the file again as UTF-8, or name its encoding, for example ${option('encoding', 'windows-1251')}.`
        : text`Name the encoding whose reading is right, for example ${option('encoding', readings[0]?.encoding ?? '')}. If none of them is right, save the file again as UTF-8.`,
  ),
  'encoding-utf-32': finding(
    'UTF-32',
    'The file is in UTF-32, which nothing else here can read.',
    'Save the file again as UTF-8.',
  ),
}));

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
