/** English: the meaning and origin of each kind of finding, for `explain` and docs. */

import { once } from '../entries.ts';

export const findingMeanings = once(() => ({
  'file-not-found': 'No file has this name, or no file matches the pattern.',
  'file-is-directory':
    'The name belongs to a folder. To send all files of a folder, name them with a pattern such as "folder/*.csv".',
  'file-not-regular':
    'A pipe or a device cannot be read twice, and a file is read once to check it and once to send it.',
  'file-unreadable':
    'The operating system does not let this account read the file, or the disk has a fault.',
  'input-unkept':
    'A file is read once to check it and once to send it, so standard input is kept in a private temporary file.',
  'address-not-open':
    'The program reads an address without any account, like a person who is not signed in.',
  'address-refused': 'The file may have been deleted or moved, or the address may have a mistake.',
  'address-redirects': 'Two addresses may lead to one another without an end.',
  'address-excess': 'The limit keeps an endless answer from filling the disk.',
  'address-packed':
    'Some servers pack every answer, even if they are asked not to. Brotli and deflate are unpacked; other ways to pack, and damaged bytes, are not.',
  'address-unreadable':
    'A link to Yandex Disk is a page. The service must say where the file itself is.',
  'file-is-address': 'Calls and joined files are read from web addresses, but this file is not.',
  'file-packed':
    'The first bytes are those of an archive or of a workbook that only its own program reads, whatever the name of the file says.',
  'workbook-damaged':
    'A workbook is a zip archive with XML in it. Something in it is cut off, or is not what its checksum or its list says.',
  'workbook-locked': 'What is encrypted with a password can be read only with it.',
  'workbook-excess':
    'A small packed file can hold as many bytes as it likes, and to check them would take hours. So there is a bound.',
  'workbook-strings-excess':
    'The texts that the cells of a workbook share are kept in memory while it is read. So there is a bound.',
  'workbook-too-large':
    'A sheet of the old format has at most 65,536 rows, so a file of calls is never this large.',
  'workbook-without-cells': 'Calls stand in the cells of a sheet.',
  'gzip-excess':
    'A small packed file can hold as many bytes as it likes, and to check them would take hours. So there is a bound.',
  'zip-excess':
    'A file of calls shrinks to about a sixtieth. What unpacks to far more was made to fill a disk or a memory.',
  'zip-damaged':
    'The first bytes are those of zip. Something in it is not what its checksum or its list says.',
  'zip-locked': 'What is encrypted with a password can be read only with it.',
  'zip-empty': 'Folders and files that an operating system adds do not count.',
  'zip-several':
    'One of several files would be a guess. Folders, __MACOSX and .DS_Store do not count.',
  'gzip-damaged': 'The first bytes are those of gzip, and the rest does not fit.',
  'file-empty': 'The file has no text, or only empty lines.',
  'header-only': 'This is what an export without calls looks like.',
  'header-missing':
    'No cell of the first line is a column name, and some look like data. Some systems export without a header.',
  'header-not-first':
    'Reports often begin with a title or a period, and the column names follow some lines below. The service expects the names in the first line.',
  'header-foreign':
    'Exports of call systems, CRMs and Metrica have column names of their own. The dictionary knows many of them; docs/headings.md lists them.',
  'datetime-column-missing': 'The service needs the time of each call to find the visit before it.',
  'identifier-column-missing':
    'A call is linked to a visit by the visitor: ClientId comes from the Metrica tag, UserId is the one that your site passes to it, Yclid marks a click on an advertisement.',
  'column-twice': 'It is not known which of the two columns counts.',
  'field-count':
    'The record has more or fewer fields than the header, so its values stand under wrong names. Its values are not checked: each would be wrong for the same reason.',
  'field-count-of-all':
    'One cause stands behind it: the delimiter, or a header that belongs to another export.',
  'delimiter-at-every-end':
    'Some programs write a delimiter behind the last value of each record, and none behind the header.',
  'totals-line': 'Reports add up their columns in a last line, which is no call.',
  'header-again':
    'Programs that join files often leave the header of each file in place. Such a line is no call.',
  'header-second':
    'Below other column names the values belong to other columns. Read by the names of the first line they would be other calls.',
  'types-line': 'Some databases and programs write the types of the columns under their names.',
  'dos-end-mark':
    'DOS marked the end of a text with the byte 1A. Some old programs still write it.',
  'blank-line':
    'Empty lines at the end are left out before sending; one in the middle may be a lost call.',
  'quote-unclosed': 'Everything after the quote is one value, to the end of the file.',
  'quote-malformed':
    'After the closing quote of a value only a delimiter or a line end may follow.',
  'record-doubtful':
    'A value with malformed quotes may go on over several lines. What follows it is not sent as a call before it is certain that it is one.',
  'record-too-long': 'A limit of a million characters for a record keeps memory small.',
  'bytes-undecodable':
    'The bytes are not text in the encoding of the rest of the file. They are never replaced without a word.',
  'nul-byte':
    'Text has no NUL bytes. Files that were damaged by a crash, or that are not text, have them.',
  'control-character':
    'Such characters control printers and terminals. In a text they are a sign of damage or of another encoding.',
  'text-iso-2022':
    'ISO-2022 is used for Japanese, Korean and Chinese. Read as another encoding, its letters become wrong letters without an error.',
  'file-too-large':
    'The service takes files of at most 1 GB. A larger one is sent in parts, which --no-split forbids.',
  'json-damaged':
    'The text does not follow the rules of JSON. Often the download was cut off, or a program put text around the JSON.',
  'text-undecodable':
    'JSON and HTML are usually in UTF-8. In another encoding the letters would be wrong, and no error would show it.',
  'html-cut':
    'HTML lets a page leave out the ends of rows and cells, but not the end of a table. Without it, calls may be missing, and the last value may be a part of one.',
  'html-excess': 'The limits keep a damaged or hostile page from taking time and memory.',
  'json-excess': 'The limits keep a damaged or hostile file from taking time and memory.',
  'json-key-twice':
    'Programs read the first value or the last one. So the file has no certain meaning.',
  'json-not-objects': 'Only an object says which value belongs to which column.',
  'json-outside-list':
    'The records are the objects of one list. What stands outside this list would be left out, and it may be a call.',
  'json-several':
    'The records are the objects of one list. The program does not guess which list has the calls.',
  'json-without-records': 'The lists of the JSON are empty, or it has no list of objects.',
  'file-not-csv': 'Many systems give a page or a document a name that ends with .csv or .xls.',
  'header-too-wide':
    'A call has few columns. The limit keeps a damaged file from taking time and memory.',
  'encoding-unclear':
    'In an encoding of single bytes each byte is some letter, so that a wrong guess gives wrong letters and no error. The file is read only when its letters leave no doubt.',
  'encoding-utf-32': 'UTF-32 takes four bytes for each character.',
  'datetime-missing': 'A call without a time cannot be linked to a visit.',
  'datetime-milliseconds':
    'JavaScript and many systems count milliseconds; the service counts seconds.',
  'datetime-written':
    'A written date is not complete without its time zone. A wrong guess would shift calls by hours.',
  'datetime-order-unclear': 'Found by convert. 03/04/2026 is a day in April or in March.',
  'datetime-clock-twice':
    'Found by convert, in zones with summer time: the hour before the change happens twice.',
  'datetime-clock-never': 'Found by convert, in zones with summer time: the clocks skip an hour.',
  'datetime-future': 'The service refuses it. Usually local time was taken for UTC.',
  'datetime-invalid': 'The value is neither whole seconds nor a known form of a time.',
  'client-id-invalid': 'Metrica gives every browser a ClientId of up to 20 digits.',
  'yclid-invalid':
    'The advertising system adds a yclid of up to 20 digits to the address of a click.',
  'identifier-scientific':
    'A spreadsheet took the digits for a number and kept 15 of them. An identifier that is written as 1.6E+18 has lost its last digits for good.',
  'value-blanks': 'To the service a value with a space is another value.',
  'identifier-missing': 'A dynamic call is linked to a visit by an identifier.',
  'flag-invalid': 'Yes and no are written as 1 and 0, and an empty value says nothing.',
  'decimal-comma': 'Spreadsheets with Russian settings use a decimal comma.',
  'price-invalid': 'Currency signs, words and spaces do not belong in a price.',
  'currency-invalid': 'Currencies are named by the three capital letters of ISO 4217.',
  'phone-invalid': 'Without the country code a number can belong to several people.',
  'phone-rounded':
    'A spreadsheet shows long numbers as 7.91E+10. If it saves the file like that, the other digits are lost.',
  'duration-written': 'Durations are counted in seconds.',
  'duration-invalid': 'A duration is a whole number of seconds, 0 or more.',
  'url-invalid': 'The address must be complete and begin with http or https.',
  'price-negative':
    'Telephone bills count costs as negative sums. A price is what a customer pays.',
  'call-too-old': 'The service looks for a visit in the 21 days before it processes the call.',
  'identifier-rounded':
    'One identifier may end in zeros by chance. Most identifiers of a file do not.',
  'datetime-serial':
    'A cell that a spreadsheet shows as a date holds the days since 1899-12-30, and some exports write that number.',
  'identifier-types-mixed':
    'The service names one identifier type for a file. Whether it uses the others is not documented.',
  'currencies-mixed': 'Reports show amounts in the currency of the counter only.',
  'column-unknown':
    'The service ignores columns that it does not know. The data of a misspelt column would be lost.',
  'price-without-currency': 'An amount without a currency appears in no report.',
  'static-without-identifier':
    'Static calls are not linked to visits, so most of them have no identifier.',
  'missed-with-talk-time': 'One of the two values is wrong.',
  'records-without-values':
    'A record without values has no call to send. Often a program wrote its keys, and lost its values.',
  'record-twice':
    'Every value is the same as in an earlier record. There are no false duplicates; two equal records that are more than 262,144 records apart may not be found.',
  'static-only': 'No call of the file can be linked to a visit, so processing will end this way.',
  'duration-over-day': 'A call this long is probably a duration in milliseconds.',
  'formula-unknown':
    'Some programs write formulas and leave the computing to the spreadsheet program that opens the file.',
  'sheets-left-out': 'Only one sheet, or one table of a page, is read in a run.',
  'cells-hidden': 'Rows are hidden by a filter, or by hand. The file holds them like the others.',
  'cells-merged':
    'A merged range shows one value, which belongs to its first cell. The others are usually empty, but may keep old values.',
  'from-workbook':
    'Each row of the sheet becomes a line of CSV; numbers and texts stay as they are.',
  'from-html':
    'Many systems give a page with a table a name that ends with .xls. Rows and cells are counted as in a spreadsheet.',
  'from-json':
    'The columns are all keys of all objects. Values inside an object have names such as from.number.',
  'packed-with-zip': 'Some systems send exports as a zip with one file, whatever its name.',
  'packed-with-gzip': 'Exports are often kept as calls.csv.gz.',
  'byte-order-mark': 'Excel writes three bytes before the first column name.',
  'encoding-not-utf8':
    'The file is in another encoding, which its bytes or the option --encoding tell. The sample shows how it is read.',
  'separator-line': 'Excel reads the delimiter from such a line; the service does not.',
  'delimiter-not-comma': 'Spreadsheets with Russian settings write semicolons.',
  'line-ends-not-lf': 'Windows ends lines with CR and LF.',
  'blank-lines-at-end': 'Spreadsheets leave empty rows below the last one.',
  'stand-ins':
    'Databases and programs write such words where a value is missing. Free text is left alone: Tag, URL and CallTrackerURL.',
  'reject-reason': 'A file of rejects can be fixed and sent as it is; the reasons are not sent.',
  'header-blanks': 'To the service a name with a space is another name.',
  'header-case': 'The documentation of the service has its names in one letter case.',
  'column-of-conversions':
    'Files of conversions look much the same: Target is the goal, PurchaseId an order. This program sends calls.',
  'datetime-time-missing':
    'A date alone is a day long, and a call is linked to the visit before it, so the time of day decides.',
  'datetime-form-unknown':
    'Only forms that can mean one thing are read. What is read stands in the hint.',
  'datetime-impossible': 'Day and month are often in the other order, or digits were lost.',
  'datetime-order-contradicts':
    'The preset documents the order of its system, or --date-format says it, and this date has no such month.',
  'datetime-orders-mixed':
    'Two sources with different settings were put together. Each date with a day up to 12 may be either.',
  'client-id-of-google':
    'Both systems call it client id. Google keeps it in the cookie _ga as two numbers with a point.',
  'number-spoiled':
    'Programs that work with tables write whole numbers as decimals or with groups, and some put an apostrophe before them or ="" around them. No digit is lost.',
  'price-unclear':
    '1,250 is one and a quarter in Russian settings and one thousand two hundred and fifty in English ones. Another price of the column that can be read in one way settles it.',
  'price-currency-differs':
    'A sum of several currencies has no meaning, so each price needs the currency it is in.',
  'value-not-listed':
    '--map-value lists what the words of a column mean. A word that is not listed is not guessed.',
  'datetime-zone-unclear':
    'Several countries use the same letters: IST is a time in India, in Israel and in Ireland.',
  'duration-unclear':
    '0:05 is five seconds in one system and five minutes in another. A value such as 3:25 among the others settles it.',
  'durations-as-minutes':
    'Most systems write 3:25 for minutes and seconds. A few write hours and minutes.',
  'identifiers-differ':
    'Some exports have the identifier of Metrica in two columns. If they differ, nobody can know which one belongs to the call.',
  'phone-several':
    'A call has one number. Which of several is that of the caller, only a person can say.',
  'calls-none': '--only keeps the records whose cell is one of the values, and none is.',
  'stand-ins-emptied':
    'Databases and programs write such words where a value is missing. Free text is left alone: Tag, URL and CallTrackerURL.',
  'codes-left-out':
    'A column such as Type or Status tells incoming calls from others. A word that nobody has explained is not taken for an incoming, answered call.',
  'direction-left-out':
    'A call that went out is no call of a visitor, and its number may be that of the company.',
  'legs-left-out':
    'Call systems write a record for each phone that rings. As calls they would inflate the missed ones.',
  'legs-too-far':
    'The legs of a call are looked for in the next 10,000 records. A leg that comes later would become a call of its own.',
  'no-calls-left':
    'Records of outgoing and internal calls, and those that rules leave out, become no calls.',
  'identifiers-left-out':
    'Without an identifier no call is linked to a visit. ClientIDs of Metrica begin with the time of the first visit.',
  'company-line':
    'A line of the company that calls somebody is an outgoing call. Reports would show the company as a caller.',
  'phones-left-out':
    'Reports of Metrica and of the call system can only be compared by the phone number of the caller.',
  'join-number-unread': 'The numbers of both files are compared in international form.',
  'join-number-twice':
    'Two visitors used the same phone number, or one visitor came back on another device.',
  'join-nobody': 'No phone number stands in both files.',
  'join-counts': 'How many calls got the identifiers of the joined file.',
  'column-repeated': 'Joins of tables leave columns of the same name.',
  'records-other': 'Exports of some systems have chats, forms or totals among the calls.',
  'calls-outgoing': 'The preset knows the direction of a call. Metrica counts calls of visitors.',
  'calls-internal': 'The preset knows that both ends are extensions.',
  'calls-unidentified': '--unidentified skip leaves out calls that nobody is known of.',
  'calls-skipped': '--only and --skip say which records are calls.',
  'legs-joined':
    'A preset knows what the legs of one call have in common. The call begins with the first leg, is answered when one leg is, and is talked as long as in the longest leg.',
  'numbers-withheld':
    'Anonymous callers, also as the digits that phones send for ANONYMOUS and RESTRICTED.',
  'static-for-unidentified':
    'A static call is not linked to a visitor. A call with an identifier can be, so it stays dynamic.',
  'calls-at-night':
    'More than a fifth of at least 50 calls are at night, and the calls do not come equally at all hours. Most companies get few calls then, so a shift of some hours is likely. A file with corrected times is another content: nobody knows whether it replaces the calls with wrong times. So the run asks before it sends the file, if it can ask.',
}));
