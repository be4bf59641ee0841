/** English: headings, messages and hints for all kinds of findings. */
import {
  autoCommand,
  type ForeignHeader,
  type HeaderBelow,
  headerLineCommand,
  renameCommand,
  type TimeColumns,
  timeColumns,
} from '../commands.ts';
import { finding, type InColumn, once, type ParametersOf } from '../entries.ts';
import { formatNumber, listed, plural } from '../format.ts';
import { ownValue } from '../own-value.ts';
import { command, joined, option, type Text, text } from '../said.ts';
import { example, type ShownName } from '../shown-name.ts';
import { converting } from './conversion-findings.ts';
import { fileProblems } from './file-problems.ts';

const FLAG_MEANING: Readonly<Record<string, string>> = {
  StaticCall: '1 for a static call and 0 for a dynamic call',
  CallMissed: '1 for a missed call and 0 for an answered call',
  FirstTimeCaller: '1 for a first call and 0 for a repeated call',
};

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  comma: 'commas',
  semicolon: 'semicolons',
  tab: 'tabs',
  bar: 'vertical bars',
};

const LINE_ENDS: Readonly<Record<string, string>> = {
  crlf: 'CRLF',
  cr: 'CR',
  mixed: 'different line ends',
};

/** Returns an example of decoded text, for the end of a sentence. */
function suchAs(sample: string | undefined): string {
  return sample === undefined || sample === '' ? '' : `, such as «${sample}»`;
}

/** What headings of other systems mean, if their meaning is not a column of a call. */
const MEANINGS: Readonly<Record<string, string>> = {
  Date: 'day of the call',
  Time: 'time of the call',
  Duration: 'duration',
  Status: 'how the call ended',
};

/** The number of long identifiers, and how many of them seem to have lost digits. */
export interface RoundedIdentifiers {
  /** The number of identifiers that seem to have lost digits. */
  readonly rounded: number;
  /** The number of identifiers with 16 digits or more. */
  readonly long: number;
  /** Whether the identifiers are numbers in a workbook. */
  readonly isNumber?: boolean;
}

function fieldCount(fields: number): string {
  return plural(fields, 'field');
}

/** The sheet that is read, and other sheets that may have calls. */
export interface SheetsLeftOut {
  readonly sheet: ShownName;
  readonly sheets: readonly ShownName[];
  /** The number of other such sheets without a name in `sheets`. */
  readonly more: number;
}

function sheetsAndMore(sheets: readonly ShownName[], more: number): string {
  const names = sheets.map((name) => `"${name}"`);
  return listed(more === 0 ? names : [...names, `${formatNumber(more)} more`]);
}

const ofFile = once(() => ({
  ...fileProblems(),
  'file-empty': finding(
    'Empty file',
    'The file is empty.',
    'Export the calls again; the first line must hold the column names.',
  ),
  'header-only': finding(
    'No calls',
    ({ sheet, sheets = [], more = 0 }: Partial<SheetsLeftOut>) =>
      sheet === undefined || sheets.length === 0
        ? 'The file has a header and no calls.'
        : `The sheet "${sheet}" has a header and no calls. There may be calls in ${sheetsAndMore(sheets, more)}.`,
    ({ sheets }) =>
      sheets?.[0] === undefined
        ? 'Check the period of the export; there is nothing to send.'
        : text`Put the header and the calls into one table, or name the other one with ${option('sheet', sheets[0])}.`,
  ),
  'header-missing': finding(
    'No header',
    'The first line holds data, not column names.',
    'Add a first line with the column names, for example ClientId,DateTime,PhoneNumber.',
  ),
  'header-not-first': finding<HeaderBelow>(
    'Column names below the first line',
    'The column names are in this line, not in the first one.',
    ({ line = 2, isForeign = false, ...names }) =>
      text`Delete the lines above it, or have them left out with: ${headerLineCommand({ line, isForeign, ...names })}`,
  ),
  'header-foreign': finding(
    'Column names of another system',
    ({ columns, system }: ForeignHeader) =>
      system === undefined
        ? `The columns have the names of another system: ${columns.map(({ heading, means }) => `"${heading}" (${ownValue(MEANINGS, means) ?? means})`).join(', ')}.`
        : `This is an export of ${system.system}.`,
    (names) =>
      text`Convert it. The command asks for the time zone or the country if the file does not name them: ${autoCommand(names)}`,
  ),
  'datetime-column-missing': finding<TimeColumns>(
    'No DateTime column',
    'The column DateTime is missing.',
    ({ candidates = [] }) =>
      candidates.length === 0
        ? 'Add DateTime: the time of each call in whole seconds since 1970-01-01 UTC.'
        : text`Say in convert which column has the time of the call: ${joined(timeColumns(candidates), ' or ')}.`,
  ),
  'identifier-column-missing': finding(
    'No identifier column',
    'The file has none of the columns ClientId, UserId and Yclid.',
    'The file needs ClientId, UserId or Yclid to tell which visitor called.',
  ),
  'column-twice': finding(
    ({ column }) => (column === undefined ? 'A column twice' : `Column ${column} twice`),
    ({ column }: InColumn) => `The header has the column ${column} twice.`,
    ({ column = example('Phone') }) =>
      text`Delete or rename one of the two; convert leaves out the second with ${option('map', { from: example(`${column}#2`), to: '-' })}, the first with ${option('map', { from: example(`${column}#1`), to: '-' })}.`,
  ),
  'field-count': finding(
    'Wrong number of fields',
    ({ fields, expected }: { fields: number; expected: number }) =>
      `The record has ${fieldCount(fields)}, the header has ${String(expected)}.`,
    'Too many fields: a value contains the delimiter and needs double quotes around it. Too few: look for a line break inside a value, or for a line of totals.',
  ),
  'field-count-of-all': finding(
    'All records have another number of fields than the header',
    ({ fields, expected }: { fields: number; expected: number }) =>
      `Every record has ${fieldCount(fields)}, the header has ${String(expected)}.`,
    text`Check that header and records belong together. If the fields are divided at the wrong character, name the right one, for example ${option('delimiter', 'semicolon')}.`,
  ),
  'delimiter-at-every-end': finding(
    'Each record ends with a delimiter',
    'Each record ends with a delimiter, so it has one field more than the header.',
    'Delete the delimiter at the end of each line, or add one to the header.',
  ),
  'totals-line': finding(
    'Line of totals',
    'This looks like a line of totals, not like a call.',
    text`Delete the line, or leave it out with ${option('skipInvalid')}; convert and recipes take ${option('skip', 'COLUMN=VALUE')} as well.`,
  ),
  'header-again': finding(
    'Column names again',
    'The column names stand here once more.',
    text`Two exports may have been joined in one file. Delete this line, or leave it out with ${option('skipInvalid')}.`,
  ),
  'header-second': finding(
    'A second header with other column names',
    'Other column names stand above this record, or in it. The names of the first line do not fit it.',
    'Two exports were joined in one file. Divide the file before the second header, and send each part alone.',
  ),
  'types-line': finding(
    'Line of types',
    'This line names the types of the columns. It is no call.',
    text`Delete the line, or leave it out with ${option('skipInvalid')}.`,
  ),
  'dos-end-mark': finding(
    'End mark of DOS',
    'This line has only the byte 1A. Old programs of DOS end a file with it.',
    text`Delete the line, or leave it out with ${option('skipInvalid')}.`,
  ),
  'blank-line': finding(
    'Empty line between calls',
    'The line is empty and calls follow it.',
    'Delete the line.',
  ),
  'quote-unclosed': finding(
    'Unclosed quote',
    'A quote is opened here and never closed, so the rest of the file cannot be read.',
    'Close the quote, or double it ("") if it belongs to the text.',
  ),
  'quote-malformed': finding(
    'Malformed quotes',
    'A quoted value goes on after its closing quote, or is not closed in its line.',
    'Close the value, and double each quote that belongs to the text: "say ""hello""".',
  ),
  'record-doubtful': finding(
    'Perhaps part of a value above',
    'A quote above is malformed, so this line may be part of its value and no call of its own.',
    'Fix the quotes above; this line is left out until then.',
  ),
  'record-too-long': finding(
    'Record too long',
    'The record is longer than a million characters.',
    'Check the line ends of the file, and look for a quote that is never closed.',
  ),
  'bytes-undecodable': finding(
    'Unreadable characters',
    ({ encoding }: { encoding: string }) => `Some characters here cannot be read as ${encoding}.`,
    text`Save the file again as UTF-8, from the program that made it. If all of it is in one other encoding, name that, for example ${option('encoding', 'windows-1251')}.`,
  ),
  'nul-byte': finding(
    'NUL byte',
    'There is a NUL byte here.',
    'The file is damaged or not a text file; export it again.',
  ),
  'control-character': finding(
    'Control character',
    'There is a control character here.',
    'Delete the character, or export the file again. A text has letters, digits, signs, tabs and line ends only.',
  ),
  'text-iso-2022': finding(
    'Text in ISO-2022',
    'The text is in ISO-2022, an encoding that marks its letters with the byte 1B.',
    'Save the file again as UTF-8, from the program that made it.',
  ),
}));

export const ofValues = once(() => ({
  'datetime-missing': finding(
    'DateTime empty',
    'DateTime is empty.',
    'Every call needs its time, in whole seconds since 1970-01-01 UTC.',
  ),
  'datetime-milliseconds': finding(
    'DateTime in milliseconds',
    'DateTime is in milliseconds.',
    text`Divide by 1000: 1795000000, not 1795000000000. ${command('convert')} does this.`,
  ),
  'datetime-written': finding(
    'DateTime is a written date',
    'DateTime is a written date, not seconds since 1970-01-01 UTC.',
    text`${command('convert')} with ${option('timezone')} turns it into seconds. In a spreadsheet, for Moscow: =(A2-25569)*86400-10800`,
  ),
  'datetime-order-unclear': finding(
    'Ambiguous date: day/month or month/day?',
    'The date can be read as day/month and as month/day.',
    text`Name the order with ${option('dateFormat')}, for example dd/mm/yyyy or mm/dd/yyyy.`,
  ),
  'datetime-clock-twice': finding(
    'Ambiguous time: clocks went back, this hour happened twice',
    'The clocks went back, so this time happened twice.',
    'Write it with its offset, for example 2026-10-25 02:30:00+03:00.',
  ),
  'datetime-clock-never': finding(
    'Impossible time: clocks went forward, this hour was skipped',
    'The clocks went forward, so this time did not happen.',
    'Check the time zone; the time may belong to another one.',
  ),
  'datetime-future': finding(
    'DateTime in the future',
    'DateTime is in the future.',
    'Check the time zone of the export: DateTime counts seconds in UTC.',
  ),
  'datetime-invalid': finding(
    'DateTime is not whole seconds',
    'DateTime is not a whole number of seconds.',
    'Write whole seconds since 1970-01-01 UTC, digits only, for example 1795000000.',
  ),
  'client-id-invalid': finding(
    'ClientId is not digits',
    'ClientId can have only digits, 20 at most.',
    'Export the ClientId as text, exactly as Metrica gave it; an identifier of your own belongs in UserId.',
  ),
  'client-id-of-google': finding(
    'ClientId of Google Analytics',
    'This is the client id of Google Analytics, not of Metrica.',
    'Take the ClientId of Metrica: it is in the cookie _ym_uid, and ym(counter, "getClientID") gives it.',
  ),
  'number-spoiled': finding(
    ({ column = 'A whole number' }) => `${column} in another form`,
    ({ column }: InColumn) =>
      `${column} is a whole number with .0, with groups, or with a guard against spreadsheets.`,
    text`${command('convert')} takes it off. At the source: astype("Int64") in pandas, Формат(Число, "ЧГ=0") in 1C, text cells in a spreadsheet.`,
  ),
  'yclid-invalid': finding(
    'Yclid is not digits',
    'Yclid can have only digits, 20 at most.',
    'Take the value of the yclid parameter from the visit address, and nothing else of it.',
  ),
  'identifier-scientific': finding(
    ({ column = 'An identifier' }) => `${column} rounded by a spreadsheet`,
    ({ column }: InColumn) => `${column} was rounded by a spreadsheet: its last digits are lost.`,
    'Export again and import the column as text; the lost digits cannot be restored.',
  ),
  'value-blanks': finding(
    ({ column = 'A value' }) => `${column} with spaces around it`,
    ({ column }: InColumn) => `${column} has spaces before or after it.`,
    'Remove the spaces around it; the value is otherwise fine.',
  ),
  'identifier-missing': finding(
    'Dynamic call without identifier',
    'A dynamic call has no UserId, ClientId or Yclid.',
    text`Fill one of them. If the call came to a static number, StaticCall is 1; ${command('convert', { options: [option('unidentified', 'static')] })} marks such calls.`,
  ),
  'flag-invalid': finding(
    ({ column = 'A value' }) => `${column} is not 0 or 1`,
    ({ column }: InColumn) => `${column} must be 0 or 1.`,
    ({ column = example(''), isConverted }) =>
      isConverted === true
        ? text`Say what its words mean, for example ${option('mapValue', {
            column,
            meanings: [
              { from: example('Answered'), to: '0' },
              { from: example('Missed'), to: '1' },
            ],
          })}.`
        : text`Write ${ownValue(FLAG_MEANING, column) ?? '1 for yes and 0 for no'}; ${command('convert')} turns yes and no into 1 and 0.`,
  ),
  'decimal-comma': finding(
    'Price with a decimal comma',
    'Price has a comma where a point is expected.',
    text`Write 1250.50, without spaces between thousands; ${command('convert')} does this.`,
  ),
  'price-invalid': finding(
    'Price is not a number',
    'Price is not a decimal number.',
    'Write digits with a decimal point, for example 1250.50; the currency has a column of its own.',
  ),
  'currency-invalid': finding(
    'Unknown currency',
    'Currency is not a code of ISO 4217.',
    'Write the currency code in capital letters: RUB (not RUR), USD, EUR.',
  ),
  'phone-invalid': finding<InColumn>(
    'PhoneNumber not in international format',
    'PhoneNumber is not in international format.',
    ({ isConverted }) =>
      isConverted === true
        ? text`It cannot be read for certain: write it as +70123456789, without an extension. National numbers need ${option('defaultRegion')}, and ${option('skip')} leaves out records of other kinds.`
        : text`Write + and digits only, with country and area code, for example +70123456789; ${command('convert')} with ${option('defaultRegion')} does this.`,
  ),
  'price-negative': finding(
    'Negative price',
    'Price is negative.',
    'Price is the value of a call for the business. If this is the cost of the call, leave the column out.',
  ),
  'phone-rounded': finding(
    'PhoneNumber rounded',
    'PhoneNumber was rounded by a spreadsheet: its last digits are gone.',
    'Export the file again, and open it as text, or set the column to text before opening it.',
  ),
  'duration-written': finding(
    ({ column = 'A duration' }) => `${column} as minutes and seconds`,
    ({ column }: InColumn) => `${column} is written as minutes and seconds.`,
    text`Write whole seconds: 136, not 2:16. ${command('convert')} does this.`,
  ),
  'duration-invalid': finding(
    ({ column = 'A duration' }) => `${column} is not whole seconds`,
    ({ column }: InColumn) => `${column} must be whole seconds, not negative.`,
    'Write digits only, for example 136.',
  ),
  'url-invalid': finding(
    ({ column = 'A value' }) => `${column} is not a web address`,
    ({ column }: InColumn) => `${column} must be an absolute http or https address.`,
    'Write the whole address without spaces, for example https://shop.example/page.',
  ),
}));

export const doubtful = once(() => ({
  'call-too-old': finding(
    'Older than 21 days',
    'The call is older than 21 days.',
    'It will not be linked to a visit; send calls at least once a week.',
  ),
  'identifier-rounded': finding(
    'Identifiers that look rounded',
    ({ rounded, long, isNumber }: RoundedIdentifiers) =>
      isNumber === true
        ? `${String(rounded)} of ${String(long)} identifiers with 16 digits or more are numbers that lost their last digits.`
        : `${String(rounded)} of ${String(long)} identifiers with 16 digits or more have only zeros after the first 15.`,
    'A spreadsheet keeps 15 digits of a number. If one was used, export again and import the column as text.',
  ),
  'datetime-serial': finding(
    'DateTime looks like a day number',
    'DateTime is a small number, the way spreadsheets count days.',
    'As seconds it is a time in 1970. If days are meant, this makes seconds of them: =(A2-25569)*86400',
  ),
  'identifier-types-mixed': finding(
    'Several identifier types',
    ({ columns }: { columns: readonly string[] }) =>
      `The file fills ${listed(columns)}; the service names one identifier type for a file.`,
    text`${command('upload', { options: [option('splitById', true)] })} makes one upload for each identifier type.`,
  ),
  'currencies-mixed': finding(
    'Several currencies',
    ({ currencies }: { currencies: readonly string[] }) =>
      `The file has prices in ${listed(currencies)}.`,
    'Reports show amounts only in the currency of the counter.',
  ),
  'column-unknown': finding(
    ({ column }) => (column === undefined ? 'Unknown column' : `Unknown column ${column}`),
    ({ column, near }: InColumn & { near?: string }) =>
      near === undefined
        ? `Metrica has no column "${column}"; its values would be ignored.`
        : `Metrica has no column "${column}"; its values would be ignored. Did you mean ${near}?`,
    ({ column = example('Телефон'), near }) =>
      column === namelessColumn
        ? 'Delete it, or give it a name.'
        : near === undefined
          ? text`Delete it, or rename it with: ${renameCommand([{ column, near: 'NAME' }])}`
          : text`Rename it with: ${renameCommand([{ column, near: near }])}`,
  ),
  'column-of-conversions': finding(
    ({ column = 'A column' }) => `${column}: a column of offline conversions`,
    ({ column }: InColumn) =>
      `${column} belongs to a file of offline conversions, which is sent in another way; its values would be ignored.`,
    'Send conversions in Metrica under Settings → Data upload, and calls without this column.',
  ),
  'price-without-currency': finding(
    'Price without Currency',
    'The call has a Price and no Currency.',
    'Fill Currency, for example with RUB.',
  ),
  'static-without-identifier': finding(
    'Static call without identifier',
    'A static call has no UserId, ClientId or Yclid.',
    'That is usual for static numbers; the call appears in reports and is not linked to a visit.',
  ),
  'missed-with-talk-time': finding(
    'Missed call with talk time',
    'The call is marked as missed and has talk time.',
    'Check which of CallMissed and TalkDuration is right.',
  ),
  'records-without-values': finding(
    'Records without values',
    ({ records }: { records: number }) =>
      `${plural(records, 'record')} of the JSON ${records === 1 ? 'has' : 'have'} no values. Such records do not count as calls.`,
    'Look at these records in the system that wrote the file: their calls may be missing.',
  ),
  'record-twice': finding(
    'Duplicate record',
    ({ firstLine }: { firstLine: number }) =>
      `The record is the same as the one in line ${String(firstLine)}.`,
    'Delete one of them if it is one call.',
  ),
  'static-only': finding(
    'Only static calls',
    'All calls of the file are static.',
    'The upload will end as LINKAGE_FAILURE. That is no failure here: static calls are never linked, and they still appear in the call reports.',
  ),
  'duration-over-day': finding(
    ({ column = 'A duration' }) => `${column} over a day`,
    ({ column }: InColumn) => `${column} is longer than a day.`,
    'Check that the value is in seconds and not in milliseconds.',
  ),
}));

const ofWorkbooks = once(() => ({
  'formula-unknown': finding(
    'Formulas without a value',
    ({ count, first }: { count: number; first: string | undefined }) =>
      `${plural(count, 'formula')} ${count === 1 ? 'has' : 'have'} no stored value; the first one stands in ${first ?? 'a cell'}.`,
    'Open the workbook in a spreadsheet program and save it: that stores the values.',
  ),
  'sheets-left-out': finding(
    'Other sheets that may have calls',
    ({ sheet, sheets, more }: SheetsLeftOut) =>
      `Only the sheet "${sheet}" is read. There may be calls in ${sheetsAndMore(sheets, more)} too.`,
    ({ sheets = ['Sheet2'] }) =>
      text`Run the command for each sheet, for example ${option('sheet', sheets[0] ?? '')}.`,
  ),
  'cells-hidden': finding(
    'Hidden rows or columns',
    ({ rows, columns }: { rows: number; columns: number }) =>
      `The sheet has ${listed([...(rows > 0 ? [plural(rows, 'hidden row')] : []), ...(columns > 0 ? [plural(columns, 'hidden column')] : [])])}; ${rows + columns === 1 ? 'it is' : 'they are'} read like the others.`,
    'Delete what is not meant, or take the filter away and look.',
  ),
  'cells-merged': finding(
    'Merged cells',
    ({
      count,
      first,
      covered,
      firstCovered,
    }: {
      count: number;
      first: string | undefined;
      covered: number;
      firstCovered: string | undefined;
    }) =>
      `${plural(count, 'range')} of merged cells ${count === 1 ? 'stands' : 'stand'} below the column names, the first one ${first ?? ''}; ${covered === 0 ? 'only the first cell of each has the value' : `${plural(covered, 'cell')} under them ${covered === 1 ? 'has a value' : 'have values'} that nobody sees, the first one ${firstCovered ?? ''}, and ${covered === 1 ? 'it is' : 'they are'} read too`}.`,
    'Unmerge the cells, fill in the empty ones, and look at the values that appear.',
  ),
}));

const changes = once(() => ({
  'from-workbook': finding(
    'A workbook',
    ({ sheet }: { sheet: ShownName }) => `The calls stand on the sheet "${sheet}" of a workbook.`,
    'It is sent as CSV.',
  ),
  'from-html': finding(
    'A table of an HTML page',
    ({ sheet }: { sheet: ShownName }) => `The calls are in the table "${sheet}" of an HTML page.`,
    'Each row is sent as a line of CSV.',
  ),
  'from-json': finding(
    'JSON',
    'The calls are objects of JSON.',
    'Each object is sent as a line of CSV.',
  ),
  'packed-with-zip': finding(
    'Packed with zip',
    'The file is the only one in a zip archive.',
    'It is sent unpacked.',
  ),
  'packed-with-gzip': finding(
    'Packed with gzip',
    'The file is packed with gzip.',
    'It is sent unpacked.',
  ),
  'byte-order-mark': finding(
    'Byte-order mark',
    'The file begins with a byte-order mark.',
    'It is left out of what is sent.',
  ),
  'encoding-not-utf8': finding(
    ({ encoding }) => (encoding === undefined ? 'Not UTF-8' : `Encoding ${encoding}`),
    ({ encoding, sample }: { encoding: string; sample: string | undefined }) =>
      `The file is in ${encoding}${suchAs(sample)}.`,
    'It is sent as UTF-8.',
  ),
  'separator-line': finding(
    'A line sep=',
    'The file begins with a line that tells Excel the delimiter.',
    'It is left out of what is sent.',
  ),
  'delimiter-not-comma': finding(
    ({ delimiter }) =>
      delimiter === undefined
        ? 'Not separated by commas'
        : `Separated by ${ownValue(DELIMITER_NAMES, delimiter) ?? delimiter}`,
    ({ delimiter }: { delimiter: string }) =>
      `The fields are separated by ${ownValue(DELIMITER_NAMES, delimiter) ?? delimiter}.`,
    'They are sent separated by commas.',
  ),
  'line-ends-not-lf': finding(
    ({ lineEnds }) =>
      lineEnds === undefined
        ? 'Line ends other than LF'
        : `Lines with ${ownValue(LINE_ENDS, lineEnds) ?? ''}`,
    ({ lineEnds }: { lineEnds: string }) =>
      `The lines end in ${ownValue(LINE_ENDS, lineEnds) ?? ''}.`,
    'They are sent with LF.',
  ),
  'blank-lines-at-end': finding(
    'Empty lines at the end',
    'There are empty lines at the end.',
    'They are left out of what is sent.',
  ),
  'stand-ins': finding(
    'Stand-ins for no value',
    ({ cells }: { cells: number }) =>
      `${plural(cells, 'cell')} ${cells === 1 ? 'holds' : 'hold'} a stand-in for no value, such as NULL, none or -.`,
    'They are sent empty.',
  ),
  'reject-reason': finding(
    'A column of reject reasons',
    'The file has the column RejectReason of rejected records.',
    'It is left out of what is sent.',
  ),
  'header-blanks': finding(
    'Spaces around column names',
    'There are spaces around column names.',
    'The names are sent without them.',
  ),
  'header-case': finding(
    'Column names in other letter case',
    'Some column names are in another letter case.',
    'They are sent as the service writes them.',
  ),
}));

/** All kinds of findings by code. */
export const findings = once(() => ({
  ...ofFile(),
  ...ofValues(),
  ...doubtful(),
  ...converting(),
  ...ofWorkbooks(),
  ...changes(),
}));

/** The hint for a change that `--no-convert` forbids. */
export const refusedChange: Text = text`Leave out ${option('convert', false)} to have it changed before sending, or change the file.`;

/** The text for a column without a name. */
export const namelessColumn = example('(no name)');

/** Short descriptions of changes to a file before it is sent. The keys are codes of notes. */
export const changeSummaries: {
  [Code in keyof ReturnType<typeof changes>]: (detail: string, sample?: string) => string;
} = {
  'from-workbook': (sheet) => `workbook, sheet "${sheet}" → CSV`,
  'packed-with-gzip': () => 'gzip → unpacked',
  'from-html': (sheet) => `HTML, table "${sheet}" → CSV`,
  'from-json': () => 'JSON → CSV',
  'packed-with-zip': () => 'zip → unpacked',
  'byte-order-mark': () => 'byte-order mark left out',
  'encoding-not-utf8': (encoding, sample) => `${encoding} → UTF-8${suchAs(sample)}`,
  'separator-line': () => 'line sep= left out',
  'delimiter-not-comma': (delimiter) =>
    `${ownValue({ semicolon: ';', tab: 'tab', bar: '|' }, delimiter) ?? delimiter} → comma`,
  'line-ends-not-lf': (lineEnds) =>
    `${lineEnds === 'mixed' ? 'mixed line ends' : lineEnds.toUpperCase()} → LF`,
  'blank-lines-at-end': () => 'empty lines at the end left out',
  'stand-ins': (cells) => `stand-ins such as NULL → empty (${plural(Number(cells), 'cell')})`,
  'reject-reason': () => 'column RejectReason left out',
  'header-blanks': () => 'spaces around column names removed',
  'header-case': () => 'column names in the usual letter case',
};

type AllFindings = ReturnType<typeof findings>;

/** The parameters of each kind of finding. */
export type FindingParameters = {
  readonly [Code in keyof AllFindings]: ParametersOf<AllFindings[Code]>;
};
