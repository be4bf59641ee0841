import type { FindingCode } from './finding-catalogue.ts';

/** What the page on findings says beyond the words of the finding itself. */
export interface FindingExplanation {
  /** Why it matters and where it comes from. */
  readonly meaning: string;
  /**
   * A small file that has it. `RECENT`, `OLD` and `FUTURE` stand for times, `\u0000` for bytes that
   * cannot be printed. Without one the finding is about the file itself and not its content.
   */
  readonly example?: string;
}

/**
 * The long words of every kind of finding, apart from the catalogue since only `explain` and the
 * documentation need them.
 */
export const FINDING_EXPLANATIONS: Readonly<Record<FindingCode, FindingExplanation>> = {
  'file-not-found': { meaning: 'No file has the name that was given.' },
  'file-is-directory': {
    meaning: 'The name belongs to a folder. Patterns such as *.csv are for the shell.',
  },
  'file-not-regular': {
    meaning:
      'A pipe or a device cannot be read twice, and a file is read once to check it and once to send it.',
  },
  'file-unreadable': {
    meaning:
      'The operating system does not let this account read the file, or the disk has a fault.',
  },
  'input-unkept': {
    meaning:
      'A file is read once to check it and once to send it, so standard input is kept in a private temporary file.',
  },
  'file-packed': {
    meaning:
      'The first bytes are those of a zip archive or of an Excel workbook, whatever the name of the file says.',
  },
  'gzip-damaged': { meaning: 'The first bytes are those of gzip, and the rest does not fit.' },
  'file-empty': {
    meaning: 'There is nothing in the file but perhaps blank lines.',
    example: '\n\n',
  },
  'header-only': {
    meaning: 'An export of a period without calls looks so.',
    example: 'ClientId,DateTime\n',
  },
  'header-missing': {
    meaning:
      'No cell of the first line is the name of a column, and some look like data. Some systems export without a header.',
    example: '+70123456789,RECENT\n+70123456780,RECENT\n',
  },
  'header-not-first': {
    meaning:
      'Reports often begin with a title or a period, and the names of the columns stand some lines below. The service takes the first line for the names.',
    example: 'Calls in November\n\nClientId,DateTime,Tag\n1481718166123,1795000000,north\n',
  },
  'datetime-column-missing': {
    meaning: 'The service needs the time of each call to find the visit before it.',
    example: 'ClientId,Tag\n1481718166123,north\n',
  },
  'identifier-column-missing': {
    meaning:
      'A call is joined with a visit by the visitor: ClientId is that of the Metrica tag, UserId is the one that your site passes to it, Yclid marks a click on an advertisement.',
    example: 'DateTime,PhoneNumber\nRECENT,+70123456789\n',
  },
  'column-twice': {
    meaning: 'Nobody can tell which of the two columns counts.',
    example: 'ClientId,DateTime,ClientId\n1,RECENT,2\n',
  },
  'field-count': {
    meaning:
      'The record has more or fewer fields than the header, so its values stand under wrong names. The other values of the record are not checked, since each would be wrong for the same cause.',
    example: 'ClientId,DateTime,Tag\n1,RECENT,north, office\n',
  },
  'blank-line': {
    meaning:
      'Blank lines at the end are left out on the way; one in the middle may be a lost call.',
    example: 'ClientId,DateTime\n1,RECENT\n\n2,RECENT\n',
  },
  'quote-unclosed': {
    meaning: 'From the quote on everything is one value, to the end of the file.',
    example: 'ClientId,DateTime,Tag\n1,RECENT,"north\n2,RECENT,south\n',
  },
  'quote-malformed': {
    meaning: 'After the quote that closes a value only a delimiter or a line end may follow.',
    example: 'ClientId,DateTime,Tag\n1,RECENT,"the "north" office"\n',
  },
  'record-too-long': {
    meaning: 'Memory is kept small by a limit of a million characters for a record.',
  },
  'bytes-undecodable': {
    meaning:
      'The bytes are not text in the encoding of the rest of the file. They are never replaced in silence.',
    example: 'ClientId,DateTime,Tag\n1,RECENT,\ufffd\n',
  },
  'nul-byte': {
    meaning: 'Text has no NUL bytes; files that were cut by a crash or that are not text have.',
    example: 'ClientId,DateTime,Tag\n1,RECENT,a\u0000b\n',
  },
  'file-too-large': {
    meaning:
      'The service takes files of at most 1 GB. A larger one goes in parts, which --no-split forbids.',
  },
  'datetime-missing': {
    meaning: 'A call without a time cannot be joined with a visit.',
    example: 'ClientId,DateTime\n1,\n',
  },
  'datetime-milliseconds': {
    meaning: 'JavaScript and many systems count milliseconds; the service counts seconds.',
    example: 'ClientId,DateTime\n1,RECENT000\n',
  },
  'datetime-written': {
    meaning:
      'A written date says nothing without its time zone, and the one that is meant cannot be guessed without shifting calls by hours.',
    example: 'ClientId,DateTime\n1,2026-11-18 10:00:00\n',
  },
  'datetime-order-unclear': {
    meaning: 'Found by convert. 03/04/2026 is a day of April or of March.',
  },
  'datetime-clock-twice': {
    meaning:
      'Found by convert, in zones with summer time: the last hour before the change comes twice.',
  },
  'datetime-clock-never': {
    meaning: 'Found by convert, in zones with summer time: the clocks jump over an hour.',
  },
  'datetime-future': {
    meaning: 'The service refuses it. Most often local time was taken for UTC.',
    example: 'ClientId,DateTime\n1,FUTURE\n',
  },
  'datetime-invalid': {
    meaning: 'The value is neither whole seconds nor anything else that is known as a time.',
    example: 'ClientId,DateTime\n1,yesterday\n',
  },
  'client-id-invalid': {
    meaning: 'Metrica gives every browser a ClientId of up to 20 digits.',
    example: 'ClientId,DateTime\nabc,RECENT\n',
  },
  'yclid-invalid': {
    meaning: 'The advertising system adds a yclid of up to 20 digits to the address of a click.',
    example: 'Yclid,DateTime\nyclid=12,RECENT\n',
  },
  'identifier-scientific': {
    meaning:
      'A spreadsheet took the digits for a number and kept 15 of them. What is shown as 1.6E+18 in the file has lost its last digits for good.',
    example: 'ClientId,DateTime\n1.6E+18,RECENT\n',
  },
  'value-blanks': {
    meaning: 'A blank makes a number or a code another value to the service.',
    example: 'ClientId,DateTime\n1, RECENT\n',
  },
  'identifier-missing': {
    meaning: 'A dynamic call is one that can be joined with a visit, which takes an identifier.',
    example: 'ClientId,DateTime,StaticCall\n,RECENT,0\n',
  },
  'flag-invalid': {
    meaning: 'Yes and no are written as 1 and 0, and an empty value says nothing.',
    example: 'ClientId,DateTime,CallMissed\n1,RECENT,yes\n',
  },
  'decimal-comma': {
    meaning: 'Spreadsheets set to Russian write a comma.',
    example: 'ClientId,DateTime,Price,Currency\n1,RECENT,"1250,50",RUB\n',
  },
  'price-invalid': {
    meaning: 'The value is no decimal number.',
    example: 'ClientId,DateTime,Price,Currency\n1,RECENT,a lot,RUB\n',
  },
  'currency-invalid': {
    meaning: 'Currencies are named by the three capital letters of ISO 4217.',
    example: 'ClientId,DateTime,Price,Currency\n1,RECENT,5,rub\n',
  },
  'phone-invalid': {
    meaning: 'Without the code of the country a number belongs to several people.',
    example: 'ClientId,DateTime,PhoneNumber\n1,RECENT,8 (012) 345-67-89\n',
  },
  'duration-written': {
    meaning: 'Durations are counted in seconds.',
    example: 'ClientId,DateTime,TalkDuration\n1,RECENT,2:16\n',
  },
  'duration-invalid': {
    meaning: 'The value is not a whole number of seconds from 0 on.',
    example: 'ClientId,DateTime,HoldDuration\n1,RECENT,-5\n',
  },
  'url-invalid': {
    meaning: 'The address must be whole, with http or https at its beginning.',
    example: 'ClientId,DateTime,URL\n1,RECENT,shop.example\n',
  },
  'call-too-old': {
    meaning: 'The service looks for a visit in the 21 days before it processes the call.',
    example: 'ClientId,DateTime\n1,OLD\n',
  },
  'identifier-rounded': {
    meaning:
      'The digits of one identifier may end in zeros by chance, those of most identifiers of a file do not.',
    example:
      'ClientId,DateTime\n1481718166123450000,RECENT\n1481718166123460000,RECENT\n1481718166123470000,RECENT\n',
  },
  'datetime-serial': {
    meaning:
      'A cell that a spreadsheet shows as a date holds the days since 1899-12-30, and some exports write that number.',
    example: 'ClientId,DateTime\n1,46344\n',
  },
  'identifier-types-mixed': {
    meaning:
      'The service answers with one identifier type for a file. Whether it heeds the others is not documented.',
    example: 'ClientId,UserId,DateTime\n1,,RECENT\n,anna,RECENT\n',
  },
  'currencies-mixed': {
    meaning: 'Reports show amounts in the currency of the counter only.',
    example: 'ClientId,DateTime,Price,Currency\n1,RECENT,5,RUB\n2,RECENT,5,USD\n',
  },
  'column-unknown': {
    meaning: 'The service does not know the column. A misspelt one loses its data without a word.',
    example: 'ClientId,DateTime,Phone_Number\n1,RECENT,+70123456789\n',
  },
  'price-without-currency': {
    meaning: 'An amount without a currency shows in no report.',
    example: 'ClientId,DateTime,Price\n1,RECENT,5\n',
  },
  'static-without-identifier': {
    meaning: 'Static calls are not joined with visits, so most of them have no identifier.',
    example: 'ClientId,DateTime,StaticCall\n1,RECENT,0\n,RECENT,1\n',
  },
  'missed-with-talk-time': {
    meaning: 'One of the two values is wrong.',
    example: 'ClientId,DateTime,CallMissed,TalkDuration\n1,RECENT,1,90\n',
  },
  'record-twice': {
    meaning:
      'Every value is the same as in an earlier record. Records more than 262,144 apart are not compared for certain.',
    example: 'ClientId,DateTime\n1,RECENT\n1,RECENT\n',
  },
  'static-only': {
    meaning: 'No call of the file can be joined with a visit, so the processing will end that way.',
    example: 'UserId,DateTime,StaticCall\nanna,RECENT,1\n',
  },
  'duration-over-day': {
    meaning: 'So long a call is more likely a duration in milliseconds.',
    example: 'ClientId,DateTime,TalkDuration\n1,RECENT,90000\n',
  },
  'packed-with-gzip': { meaning: 'Exports are often kept as calls.csv.gz.' },
  'byte-order-mark': {
    meaning: 'Excel writes three bytes before the first column name.',
    example: '\ufeffClientId,DateTime\n1,RECENT\n',
  },
  'encoding-not-utf8': { meaning: 'The file is in UTF-16 or windows-1251.' },
  'separator-line': {
    meaning: 'Excel reads the delimiter from such a line; the service does not.',
    example: 'sep=;\nClientId;DateTime\n1;RECENT\n',
  },
  'delimiter-not-comma': {
    meaning: 'Spreadsheets set to Russian write semicolons.',
    example: 'ClientId;DateTime\n1;RECENT\n',
  },
  'line-ends-not-lf': {
    meaning: 'Windows ends lines with CR and LF.',
    example: 'ClientId,DateTime\r\n1,RECENT\r\n',
  },
  'blank-lines-at-end': {
    meaning: 'Spreadsheets leave empty rows below the last one.',
    example: 'ClientId,DateTime\n1,RECENT\n,\n\n',
  },
  'reject-reason': {
    meaning: 'A file of rejects can be mended and sent as it is; the reasons stay behind.',
    example: 'ClientId,DateTime,RejectReason\n1,RECENT,ClientId is not digits\n',
  },
  'header-blanks': {
    meaning: 'A blank makes the name another one to the service.',
    example: 'ClientId, DateTime\n1,RECENT\n',
  },
  'header-case': {
    meaning: 'The service documents its names in one letter case.',
    example: 'clientid,datetime\n1,RECENT\n',
  },
};
