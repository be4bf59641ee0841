/** How much a finding weighs: errors stop an upload, warnings do so when asked, notes never. */
export type Severity = 'error' | 'warning' | 'note';

/** What the wording of a finding may draw on. */
export interface FindingContext {
  /** The column's name, or the header cell as it stands in the file. */
  readonly column?: string;
  /** What the kind of finding needs to say more, such as a count or a near name. */
  readonly detail?: string;
}

/** One kind of finding: its weight and its words. */
export interface FindingKind {
  readonly severity: Severity;
  /** A few words for a heading over many findings of the kind. */
  readonly title: (context: FindingContext) => string;
  /** A sentence that says what is wrong. */
  readonly message: (context: FindingContext) => string;
  /** A sentence that says how to mend it. */
  readonly hint: (context: FindingContext) => string;
}

type Words = string | ((context: FindingContext) => string);

function kind(severity: Severity, title: Words, message: Words, hint: Words): FindingKind {
  return { severity, title: words(title), message: words(message), hint: words(hint) };
}

function words(given: Words): (context: FindingContext) => string {
  return typeof given === 'string' ? () => given : given;
}

const inColumn = (text: string) => (context: FindingContext) =>
  `${context.column ?? 'Value'} ${text}`;
const withDetail = (text: string) => (context: FindingContext) =>
  text.replace('{detail}', context.detail ?? '').replace('{column}', context.column ?? '');

const error = kind.bind(undefined, 'error');
const warning = kind.bind(undefined, 'warning');
const note = kind.bind(undefined, 'note');

const KINDS = {
  // The file as a whole.
  'file-not-found': error(
    'No such file',
    ({ detail }) =>
      detail === 'pattern' ? 'No file matches this pattern.' : 'There is no file of this name.',
    'Check the spelling and the folder you are in.',
  ),
  'file-is-directory': error(
    'A folder, not a file',
    'This is a folder, not a file.',
    'Name the CSV file in it.',
  ),
  'file-not-regular': error(
    'Not a regular file',
    withDetail('This is a {detail}, not a regular file.'),
    'Pipe the calls in and name the file "-": some-command | metrika-calls upload -',
  ),
  'file-unreadable': error(
    'The file cannot be read',
    withDetail('The file cannot be read ({detail}).'),
    'Give the account that runs this command the right to read the file.',
  ),
  'input-unkept': error(
    'Standard input cannot be kept',
    withDetail('Standard input could not be kept for the time of the run ({detail}).'),
    'Make room there, or name another folder in the environment variable TMPDIR.',
  ),
  'file-packed': error(
    withDetail('Not CSV but {detail}'),
    withDetail('The file is {detail}, not CSV.'),
    'Unpack it, or save the sheet as CSV (UTF-8); a single CSV packed with gzip is taken as it is.',
  ),
  'gzip-damaged': error(
    'Damaged gzip',
    'The file is packed with gzip and cannot be unpacked to its end.',
    'Copy or export it once more; it was probably cut short.',
  ),
  'file-empty': error(
    'Empty file',
    'The file is empty.',
    'Export the calls once more; the first line must hold the column names.',
  ),
  'header-only': error(
    'No calls',
    'The file has a header and no calls.',
    'Check the period of the export; there is nothing to send.',
  ),
  'header-missing': error(
    'No header',
    'The first line holds data, not column names.',
    'Put the column names in the first line, for instance ClientId,DateTime,PhoneNumber.',
  ),
  'header-not-first': error(
    'Column names below the first line',
    'The column names stand in this line, not in the first one.',
    'Delete the lines above it.',
  ),
  'datetime-column-missing': error(
    'No DateTime column',
    'The column DateTime is missing.',
    'Add DateTime: the time of each call in whole seconds since 1970-01-01 UTC.',
  ),
  'identifier-column-missing': error(
    'No identifier column',
    'None of the columns UserId, ClientId and Yclid is there.',
    'Add the one that you keep about visitors; without it no call can be linked to a visit.',
  ),
  'column-twice': error(
    withDetail('Column {column} twice'),
    withDetail('The column {column} stands in the header twice.'),
    'Delete or rename one of the two.',
  ),
  'field-count': error(
    'Wrong number of fields',
    withDetail('The record has {detail}.'),
    'Too many: a delimiter stands inside a value, which needs double quotes around it then. Too few: look for a line break inside a value, or for a line of totals.',
  ),
  'blank-line': error(
    'Blank line between calls',
    'The line is blank and calls follow it.',
    'Delete the line.',
  ),
  'quote-unclosed': error(
    'Unclosed quote',
    'A quote is opened here and never closed, so the rest of the file cannot be read.',
    'Close the quote, or double it ("") if it belongs to the text.',
  ),
  'quote-malformed': error(
    'Malformed quotes',
    'A quoted value goes on after its closing quote, or is not closed in its line.',
    'Close the value, and double each quote that belongs to the text: "say ""hello""".',
  ),
  'record-too-long': error(
    'Record too long',
    'The record is longer than a million characters.',
    'Check the line ends of the file.',
  ),
  'bytes-undecodable': error(
    'Bytes that are no text',
    withDetail('Some bytes here are not {detail}.'),
    'Save the file anew as UTF-8, from the program that made it.',
  ),
  'nul-byte': error(
    'NUL byte',
    'There is a NUL byte here.',
    'The file is damaged or not a text file; export it once more.',
  ),
  'file-too-large': error(
    'File too large',
    withDetail('The file has {detail}, and it may not go in parts.'),
    'Leave --no-split out, and it is sent in parts, each with the header.',
  ),

  // Values.
  'datetime-missing': error(
    'DateTime empty',
    'DateTime is empty.',
    'Every call needs its time, in whole seconds since 1970-01-01 UTC.',
  ),
  'datetime-milliseconds': error(
    'DateTime in milliseconds',
    'DateTime is in milliseconds.',
    'Divide by 1000: 1795000000, not 1795000000000.',
  ),
  'datetime-written': error(
    'DateTime is a written date',
    'DateTime is a written date, not seconds since 1970-01-01 UTC.',
    'metrika-calls convert --timezone Europe/Moscow makes seconds of it. In a spreadsheet, for Moscow: =(A2-DATE(1970,1,1))*86400-3*3600',
  ),
  'datetime-order-unclear': error(
    'Day and month could be either',
    'In this date the day and the month could be either.',
    'Name their order with --date-format, as in dd/mm/yyyy or mm/dd/yyyy.',
  ),
  'datetime-clock-twice': error(
    'A time that the clock shows twice',
    'The clocks were set back at this time, so it came twice.',
    'Write it with its offset, as in 2026-10-25 02:30:00+03:00.',
  ),
  'datetime-clock-never': error(
    'A time that the clock never shows',
    'The clocks were set forward at this time, so it never came.',
    'Check the time zone; the time may be of another one.',
  ),
  'datetime-future': error(
    'DateTime in the future',
    'DateTime is in the future.',
    'Check the time zone of the export: DateTime counts seconds in UTC.',
  ),
  'datetime-invalid': error(
    'DateTime is not whole seconds',
    'DateTime is not a whole number of seconds.',
    'Give whole seconds since 1970-01-01 UTC, digits only, like 1795000000.',
  ),
  'client-id-invalid': error(
    'ClientId is not digits',
    'ClientId may hold digits only, 20 at most.',
    'Export the ClientId as text, just as Metrica gave it; a value of your own belongs in UserId.',
  ),
  'yclid-invalid': error(
    'Yclid is not digits',
    'Yclid may hold digits only, 20 at most.',
    'Take the value of the yclid parameter from the visit address, without the rest of it.',
  ),
  'identifier-scientific': error(
    inColumn('shortened by a spreadsheet'),
    (context) =>
      `${context.column ?? 'The identifier'} was rounded by a spreadsheet: its last digits are gone.`,
    'Export anew and import the column as text; the lost digits cannot be brought back.',
  ),
  'value-blanks': error(
    inColumn('with blanks around it'),
    (context) => `${context.column ?? 'The value'} has blanks before or after it.`,
    'Take the blanks away; the value itself is good.',
  ),
  'identifier-missing': error(
    'Dynamic call without identifier',
    'A dynamic call has no UserId, ClientId or Yclid.',
    'Fill one of them, or set StaticCall to 1 if the call came to a static number.',
  ),
  'flag-invalid': error(
    inColumn('is not 0 or 1'),
    (context) => `${context.column ?? 'The value'} must be 0 or 1.`,
    (context) => `Write ${FLAG_MEANING[context.column ?? ''] ?? '1 for yes and 0 for no'}.`,
  ),
  'decimal-comma': error(
    'Price with a decimal comma',
    'Price has a comma where a point is wanted.',
    'Write 1250.50, without blanks between thousands.',
  ),
  'price-invalid': error(
    'Price is not a number',
    'Price is not a decimal number.',
    'Write digits with a decimal point, like 1250.50; the currency has a column of its own.',
  ),
  'currency-invalid': error(
    'Unknown currency',
    'Currency is not a code of ISO 4217.',
    'Write the code of the currency in capital letters, such as RUB (not RUR), USD or EUR.',
  ),
  'phone-invalid': error(
    'PhoneNumber in another form',
    'PhoneNumber is not in international form.',
    'Write + and digits only, with country and area code, like +70123456789; metrika-calls convert --default-region RU does it.',
  ),
  'duration-written': error(
    inColumn('as minutes and seconds'),
    (context) => `${context.column ?? 'The duration'} is written as minutes and seconds.`,
    'Give whole seconds: 136, not 2:16.',
  ),
  'duration-invalid': error(
    inColumn('is not whole seconds'),
    (context) => `${context.column ?? 'The duration'} must be whole seconds, not negative.`,
    'Write digits only, like 136.',
  ),
  'url-invalid': error(
    inColumn('is not a web address'),
    (context) => `${context.column ?? 'The value'} must be an absolute http or https address.`,
    'Write the whole address, like https://shop.example/page, without blanks.',
  ),

  // What will be taken, and yet is probably not meant.
  'call-too-old': warning(
    'Older than 21 days',
    'The call is older than 21 days.',
    'It will not be linked to a visit; send calls at least once a week.',
  ),
  'identifier-rounded': warning(
    'Identifiers that look rounded',
    withDetail('{detail} with 16 digits or more have only zeros after the first 15.'),
    'A spreadsheet keeps 15 digits of a number. If one was used, export anew and import the column as text.',
  ),
  'datetime-serial': warning(
    'DateTime looks like a day number',
    'DateTime is a small number, as spreadsheets count days.',
    'As seconds it is a time in 1970. If days are meant: =(A2-25569)*86400 makes seconds of them.',
  ),
  'identifier-types-mixed': warning(
    'Several identifier types',
    withDetail('The file fills {detail}; the service answers with one identifier type for a file.'),
    'upload --split-by-id makes one uploading for each identifier type.',
  ),
  'currencies-mixed': warning(
    'Several currencies',
    withDetail('The file has prices in {detail}.'),
    'Amounts show in reports only in the currency of the counter.',
  ),
  'column-unknown': warning(
    withDetail('Unknown column {column}'),
    (context) =>
      `The column ${context.column ?? ''} is not one of a call${context.detail === undefined ? '' : `; did you mean ${context.detail}?`}`.replace(
        /([^?])$/,
        '$1.',
      ),
    (context) =>
      context.detail === undefined
        ? 'The service does not know it; delete it if it was not meant.'
        : `Rename it to ${context.detail}, or delete it if it was not meant.`,
  ),
  'price-without-currency': warning(
    'Price without Currency',
    'There is a Price and no Currency.',
    'Fill Currency, for instance with RUB.',
  ),
  'static-without-identifier': warning(
    'Static call without identifier',
    'A static call has no UserId, ClientId or Yclid.',
    'That is usual for static numbers; the call shows in reports and is not linked to a visit.',
  ),
  'missed-with-talk-time': warning(
    'Missed call with talk time',
    'The call was missed and yet has talk time.',
    'Check which of CallMissed and TalkDuration is right.',
  ),
  'record-twice': warning(
    'The same record twice',
    withDetail('The record is the same as that in line {detail}.'),
    'Delete one of them if it is one call.',
  ),
  'static-only': warning(
    'Only static calls',
    'All calls of the file are static.',
    'The upload will end as LINKAGE_FAILURE. That is no failure here: static calls are never linked, and they still appear in the call reports.',
  ),
  'duration-over-day': warning(
    inColumn('over a day'),
    (context) => `${context.column ?? 'The duration'} is longer than a day.`,
    'Check that the value is in seconds and not in milliseconds.',
  ),

  // What is changed on the way, with nothing lost.
  'packed-with-gzip': note(
    'Packed with gzip',
    'The file is packed with gzip.',
    'It is sent unpacked.',
  ),
  'byte-order-mark': note(
    'Byte-order mark',
    'The file begins with a byte-order mark.',
    'It is left out of what is sent.',
  ),
  'encoding-not-utf8': note(
    withDetail('Encoded in {detail}'),
    withDetail('The file is in {detail}.'),
    'It is sent as UTF-8.',
  ),
  'separator-line': note(
    'A line sep=',
    'The file begins with a line that tells Excel the delimiter.',
    'It is left out of what is sent.',
  ),
  'delimiter-not-comma': note(
    withDetail('Fields parted by {detail}'),
    withDetail('The fields are parted by {detail}.'),
    'They are sent parted by commas.',
  ),
  'line-ends-not-lf': note(
    withDetail('Lines end in {detail}'),
    withDetail('The lines end in {detail}.'),
    'They are sent with LF.',
  ),
  'blank-lines-at-end': note(
    'Blank lines at the end',
    'There are blank lines at the end.',
    'They are left out of what is sent.',
  ),
  'reject-reason': note(
    'A column of reject reasons',
    'The file has the column RejectReason, which --rejects adds.',
    'It is left out of what is sent.',
  ),
  'header-blanks': note(
    'Blanks around column names',
    'There are blanks around column names.',
    'The names are sent without them.',
  ),
  'header-case': note(
    'Column names in another case',
    'Some column names are in another letter case.',
    'They are sent as the service writes them.',
  ),
} satisfies Record<string, FindingKind>;

const FLAG_MEANING: Readonly<Record<string, string>> = {
  StaticCall: '1 for a static and 0 for a dynamic call',
  CallMissed: '1 for a missed and 0 for an answered call',
  FirstTimeCaller: '1 for a first and 0 for a repeated call',
};

/** The stable name of a kind of finding. */
export type FindingCode = keyof typeof KINDS;

/** All kinds of finding by their stable names. */
export const FINDING_KINDS: Readonly<Record<FindingCode, FindingKind>> = KINDS;
