/** English: what each kind of failure means, for explain and docs/errors.md. */

import { once } from '../entries.ts';

/** The page about one kind of failure. */
export interface FailureMeaning {
  /** A few words for a heading. */
  readonly title: string;
  /** Why it happens. */
  readonly meaning: string;
  readonly fix: string;
}

/** Failures that are findings about a file as well are explained as findings. */
export const failureMeanings = once(
  () =>
    ({
      'token-refused': {
        title: 'The service does not accept the token',
        meaning: 'The token has expired, was revoked, or the password of its account was changed.',
        fix: 'Get a new token for the account that owns the counter.',
      },
      unauthorized: {
        title: 'The service does not accept the token',
        meaning: 'The service answered with HTTP 401.',
        fix: 'Get a new token for the account that owns the counter.',
      },
      'access-denied': {
        title: 'The token may not access the counter',
        meaning:
          'The service answered with HTTP 403: the scope is missing, the account has no rights to the counter, or the number is wrong. For the counter of an organisation rights are given in the web interface.',
        fix: 'Check the scopes of the token, the rights of its account and the number in --counter.',
      },
      'quota-day': {
        title: 'Daily quota used up',
        meaning:
          'The service allows 5,000 requests a day per user, and a number of requests a day per counter. It is freed at 00:00 GMT.',
        fix: 'Try again after that time.',
      },
      quota: {
        title: 'Too many requests at a time',
        meaning:
          'The service allows 3 requests at once per user and 30 a second per address. The program keeps to that, but other programs may use the same account.',
        fix: 'Wait a little, and run fewer uploads at once.',
      },
      'service-unavailable': {
        title: 'The service is temporarily unavailable',
        meaning: 'The service answered with HTTP 5xx, also after the retries.',
        fix: 'Try again in a few minutes.',
      },
      redirected: {
        title: 'The address answers with a redirect',
        meaning: 'A token never follows a redirect, because the other host may not be the service.',
        fix: 'Check --api-url.',
      },
      'request-timeout': {
        title: 'The request did not arrive in time',
        meaning:
          'The service, or a proxy before it, answered with HTTP 408: it did not get the whole request in the time it allows.',
        fix: 'Try again, or send smaller parts with --part-size.',
      },
      'too-large': {
        title: 'The file is too large for the service or a proxy',
        meaning: 'The service takes files of at most 1 GB; a proxy may take less.',
        fix: 'Send smaller parts with --part-size.',
      },
      'uploading-not-found': {
        title: 'The counter has no such upload',
        meaning: 'The id belongs to another counter, or was mistyped.',
        fix: 'metrika-calls list shows the uploads of a counter.',
      },
      'method-gone': {
        title: 'No such counter, or no such method',
        meaning:
          'HTTP 404 means a wrong counter in the first place. HTTP 405 and 410 mean that the service no longer offers the method at this address.',
        fix: 'Check the number in --counter, then --api-url.',
      },
      'not-found': {
        title: 'No such counter for this token',
        meaning: 'The service answered with HTTP 404.',
        fix: 'Check the number in --counter.',
      },
      refused: {
        title: 'The service refused the request',
        meaning: 'The service answered with another HTTP 4xx. Its own words are in the message.',
        fix: 'Fix what the service reports; -v shows the request.',
      },
      'answer-unreadable': {
        title: 'Unexpected answer',
        meaning:
          'The answer is not the documented JSON. Often a proxy or a login page answered instead of the service.',
        fix: 'Check --api-url and the network.',
      },
      'answer-early': {
        title: 'Answer before the whole file was sent',
        meaning: 'An answer of success that comes early cannot be about the whole file.',
        fix: 'Check --api-url and the network.',
      },
      'answer-cut': {
        title: 'Answer broken off',
        meaning: 'The connection was lost while the answer was read.',
        fix: 'Check the network connection.',
      },
      'list-endless': {
        title: 'A list without end',
        meaning: 'The list of uploads had still more pages after 1,000 of them, or after an hour.',
        fix: 'Try again later.',
      },
      'answer-too-long': {
        title: 'An answer without end',
        meaning:
          'The answer is longer than any answer of the service is, so it was not read to its end.',
        fix: 'Check --api-url and the network.',
      },
      timeout: {
        title: 'No answer in time',
        meaning: 'For the seconds of --timeout no byte was sent or received.',
        fix: 'Check the network connection, or give --timeout a larger number.',
      },
      'host-not-found': {
        title: 'Unknown host',
        meaning: 'The name of the host could not be found.',
        fix: 'Check the network connection, the DNS settings and --api-url.',
      },
      'connection-refused': {
        title: 'Connection refused',
        meaning: 'Nothing listens at the address.',
        fix: 'Check --api-url and the proxy.',
      },
      'connect-timeout': {
        title: 'No connection in time',
        meaning: 'The connection did not come about within the seconds of --timeout.',
        fix: 'Check the network connection, the firewall and the proxy.',
      },
      network: {
        title: 'No connection',
        meaning:
          'The network or the host cannot be reached, or the connection was lost before anything was sent.',
        fix: 'Check the network connection.',
      },
      'connection-lost': {
        title: 'Connection lost while sending',
        meaning:
          'Nobody knows how much of the file arrived, so the list of uploads is read before it is sent again.',
        fix: 'Check the network connection.',
      },
      'connection-broken': {
        title: 'The connection was lost while sending',
        meaning:
          'It was lost before the last byte had left, so the service cannot have the file. The program tries again by itself.',
        fix: 'Check the network connection and try again.',
      },
      'certificate-refused': {
        title: 'Certificate not trusted',
        meaning:
          'The certificate of the host was signed by an authority that is not trusted, has expired, or belongs to another name.',
        fix: 'If your network inspects TLS traffic with its own CA, name the file of that CA with --ca-file.',
      },
      'protocol-refused': {
        title: 'The host speaks no fitting HTTPS',
        meaning: 'It speaks plain HTTP, an old TLS or only HTTP/2 at this port.',
        fix: 'Check the host and the port in --api-url.',
      },
      'certificate-demanded': {
        title: 'The host demands a certificate',
        meaning:
          'It wants to know this program by a certificate, which the API of Metrica does not.',
        fix: 'Check --api-url and the proxy.',
      },
      'certificate-of-another': {
        title: 'A certificate for another name',
        meaning: 'The host shows a certificate that is not for its name.',
        fix: 'Check the host in --api-url.',
      },
      'certificate-expired': {
        title: 'A certificate that is not valid now',
        meaning:
          'It has expired, or begins to be valid later; or the clock of this computer is wrong.',
        fix: 'Check the date of this computer. Else the certificate must be renewed by whoever runs the host.',
      },
      'proxy-refused': {
        title: 'The proxy refused to connect',
        meaning: 'The proxy answered the request for a tunnel with an error.',
        fix: 'Check HTTPS_PROXY: its address, user name and password.',
      },
      'proxy-failed': {
        title: 'The proxy cannot reach the host',
        meaning: 'The proxy answered with HTTP 5xx, also after the retries.',
        fix: 'Try again in a few minutes.',
      },
      'proxy-forbidden': {
        title: 'The proxy forbids the host',
        meaning:
          'The proxy answered with HTTP 403: its rules do not allow a connection to this host.',
        fix: 'Ask whoever runs the proxy to allow the host.',
      },
      'proxy-invalid': {
        title: 'Invalid proxy address',
        meaning: 'HTTPS_PROXY does not hold an address.',
        fix: 'Write it as http://host:port.',
      },
      'comment-too-long': {
        title: 'Comment too long',
        meaning:
          'A comment can have 255 characters, and a mark is added to it, with the number of the part where there are several.',
        fix: 'Shorten the comment.',
      },
      'fate-unknown': {
        title: 'Sent, but it is not known whether it arrived',
        meaning:
          'The answer was lost, and the list of uploads does not tell for certain. Sending the file again could make it count twice.',
        fix: 'Look at the list of uploads before you send it again.',
      },
      'lines-missing': {
        title: 'Not all records arrived',
        meaning: 'The service counts fewer lines in the file than records were sent.',
        fix: 'Send the file again.',
      },
      'repeat-unchecked': {
        title: 'An attempt before may have arrived',
        meaning:
          'The file was sent again after an attempt of unknown fate, and then the list of uploads could not be read.',
        fix: 'Look at the list of uploads. Rows that are sent twice overwrite each other.',
      },
      'sent-twice': {
        title: 'The file is there twice',
        meaning:
          'An attempt whose answer was lost arrived after all, and the file had been sent again by then.',
        fix: 'Nothing has to be done: rows that are sent twice overwrite each other.',
      },
      'file-changed': {
        title: 'The file changed after it was checked',
        meaning:
          'What is sent must be what was checked, so the request was broken off before its end. The service discards it.',
        fix: 'Wait until the program that writes the file is done.',
      },
      'validation-failed': {
        title: 'The file does not pass the check',
        meaning: 'Nothing is sent unless the whole file is right.',
        fix: 'Fix the findings that are listed; --skip-invalid sends the other records.',
      },
      'portion-not-sent': {
        title: 'A later part was not sent',
        meaning: 'An earlier part of the same file failed, so this one was not tried.',
        fix: 'Run the same command again with --skip-existing.',
      },
      'lines-refused': {
        title: 'The service accepted fewer lines',
        meaning:
          'The service counts fewer valid lines than the file has, and does not say which ones it left out.',
        fix: 'Compare the call reports with the file, fix the file and send it again.',
      },
      'linkage-failure': {
        title: 'Processing ended without linkage',
        meaning: 'No visitor was found for the dynamic calls of the upload.',
        fix: 'Check that the identifiers come from this counter and that the visits are not older than 21 days.',
      },
      'wait-timeout': {
        title: 'Processing is not finished',
        meaning: 'The time of --wait-timeout is over. Processing can take two hours.',
        fix: 'Continue waiting with the command that is printed.',
      },
      'wait-ended': {
        title: 'The waiting ended before processing',
        meaning:
          'The file is at the service. It was refused to look at it again: the token or the rights changed, or the upload is gone.',
        fix: 'Follow the hint of the reason, then wait with metrika-calls status --wait.',
      },
      interrupted: {
        title: 'Interrupted',
        meaning:
          'The run was ended by Ctrl-C or a signal. The message says what state the upload is in.',
        fix: 'Follow the command that is printed.',
      },
      'part-size-too-small': {
        title: 'Part too small',
        meaning: 'Each part needs room for the header and the longest record.',
        fix: 'Give --part-size a larger size.',
      },
      'rejects-unwritable': {
        title: 'The file for rejects cannot be written',
        meaning: 'The operating system does not let the program write it.',
        fix: 'Name a file in a folder that you may write to.',
      },
      'output-unwritable': {
        title: 'The output file cannot be written',
        meaning: 'The operating system does not let the program write it.',
        fix: 'Name a file in a folder that you may write to.',
      },
      'report-unwritable': {
        title: 'The report cannot be written',
        meaning: 'The operating system does not let the program write it.',
        fix: 'Name a file in a folder that you may write to.',
      },
      'not-calls': {
        title: 'Nothing to inspect',
        meaning: 'The file has no column DateTime, or no calls.',
        fix: 'metrika-calls validate says what is wrong.',
      },
      usage: {
        title: 'Wrong command line',
        meaning: 'A command or option is unknown, or something is missing.',
        fix: 'metrika-calls --help lists the commands, metrika-calls upload --help the options of one.',
      },
      'setting-invalid': {
        title: 'Wrong value of an option or variable',
        meaning: 'The value is not what the option takes.',
        fix: 'The message says what it must be.',
      },
      'counter-missing': {
        title: 'No counter given',
        meaning: 'The service needs to know which counter the calls belong to.',
        fix: 'Add --counter, or set METRIKA_COUNTER.',
      },
      'token-missing': {
        title: 'No token given',
        meaning: 'The service needs an OAuth token.',
        fix: 'Set METRIKA_TOKEN, or name a file with --token-file.',
      },
      'token-twice': {
        title: 'Two tokens given',
        meaning: 'Both --token and --token-file are given.',
        fix: 'Leave one of them out.',
      },
      'token-empty': {
        title: 'The token is empty',
        meaning: 'The option, variable or file that should hold the token is empty.',
        fix: 'Put an OAuth token there.',
      },
      'token-short': {
        title: 'A token that is too short',
        meaning:
          'Tokens of the service are far longer, so something else was given, or a part of one.',
        fix: 'Copy the whole token.',
      },
      'token-invalid': {
        title: 'This is no token',
        meaning: 'A token has only visible ASCII characters.',
        fix: 'Copy the token again, on one line and without quotes.',
      },
      'token-file-unreadable': {
        title: 'The token file cannot be read',
        meaning: 'The file is not there, or this account may not read it.',
        fix: 'Check the path and the rights of the file.',
      },
      'stdin-twice': {
        title: 'Standard input used twice',
        meaning: 'Standard input cannot be both the token and the calls.',
        fix: 'Give the token by METRIKA_TOKEN or a file.',
      },
      'two-addresses': {
        title: 'Two addresses given',
        meaning: 'Both --sandbox and --api-url are given.',
        fix: 'Leave one of them out.',
      },
      'api-url-invalid': {
        title: 'Wrong API address',
        meaning:
          'The value of --api-url is not an http(s) address, or has more parts than scheme, host and port.',
        fix: 'Leave --api-url out to use the address of Metrica.',
      },
      'api-url-untrusted': {
        title: 'Unknown host',
        meaning:
          'A token is sent only to known hosts of Metrica, to this machine, and to a host that --trust-api-host names.',
        fix: 'If you trust the host, add --trust-api-host.',
      },
      'api-url-not-https': {
        title: 'Address without https',
        meaning: 'A token is sent only over https, or to this machine.',
        fix: 'Write https.',
      },
      'certificate-check-off': {
        title: 'Certificate checks are off',
        meaning: 'NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody read the token.',
        fix: 'Unset it; --ca-file names an authority of your own.',
      },
      'ca-file-invalid': {
        title: 'Wrong file of certificate authorities',
        meaning: 'The file of --ca-file cannot be read, or has no certificate in PEM.',
        fix: 'Name a file that begins with -----BEGIN CERTIFICATE-----.',
      },
      'file-twice': {
        title: 'A file is named twice',
        meaning: 'It would be handled twice.',
        fix: 'Name each file once.',
      },
      'output-is-input': {
        title: 'An output that is an input',
        meaning:
          'The file to write is one that the run reads, by its name or by a link. It would be lost.',
        fix: 'Name another file to write to.',
      },
      'stdin-is-terminal': {
        title: 'Standard input is a terminal',
        meaning: 'There are no calls to read.',
        fix: 'Pipe a file in, or name one.',
      },
      'rejects-without-skipping': {
        title: '--rejects without --skip-invalid',
        meaning: 'There are rejects only where records are left out.',
        fix: 'Add --skip-invalid.',
      },
      'max-invalid-without-skipping': {
        title: '--max-invalid without --skip-invalid',
        meaning: 'Without --skip-invalid no record may have an error.',
        fix: 'Add --skip-invalid, or leave --max-invalid out.',
      },
      'rejects-of-many': {
        title: '--rejects with several files',
        meaning: 'The rejects of several files have different columns.',
        fix: 'Send each file with its own --rejects.',
      },
      'mark-needed': {
        title: '--skip-existing without marks',
        meaning: '--skip-existing knows a file again by the mark in the comment of its upload.',
        fix: 'Leave out --no-mark or --skip-existing.',
      },
      'output-missing': {
        title: 'Two results for standard output',
        meaning: 'Standard output cannot be both the calls and what --format says of them.',
        fix: 'Name a file for the calls with -o.',
      },
      'mapping-unreadable': {
        title: 'The recipe cannot be read',
        meaning: 'The file of --mapping is not there, or is not JSON.',
        fix: 'Check the file.',
      },
      'mapping-invalid': {
        title: 'Wrong recipe',
        meaning: 'The file of --mapping has an unknown key or a wrong value.',
        fix: 'The message says which key is wrong, and which there are.',
      },
      'mapping-unknown-column': {
        title: 'A mapped column is missing',
        meaning: 'The recipe names a column that the export does not have.',
        fix: 'The message lists the columns of the export.',
      },
      'preset-does-not-fit': {
        title: 'The preset does not fit',
        meaning: 'The export lacks a column that every export of this system has.',
        fix: 'Check the export, or name its columns with --map.',
      },
      'join-unreadable': {
        title: 'The joined file cannot be read',
        meaning:
          'A joined file is read as every file is, and what keeps it from being read is the same.',
        fix: 'Look at the hint, which is that of the file.',
      },
      'mapping-not-wanted': {
        title: '--mapping with --no-convert',
        meaning: 'A recipe makes calls of an export, which is a change.',
        fix: 'Leave out one of them.',
      },
      'export-without-calls': {
        title: 'No call comes of the export',
        meaning: 'Every record of the export has an error under this recipe, or is left out by it.',
        fix: 'metrika-calls validate --mapping lists the errors.',
      },
      'headings-ambiguous': {
        title: 'Headings that may mean two things',
        meaning:
          'convert --auto takes what headings say for certain. Here two columns may be the same column of a call, or a heading alone does not say what it is.',
        fix: 'Name the right column with --map, or leave one out with --map "NAME=-".',
      },
      'init-needs-file': {
        title: 'init needs a file',
        meaning: 'The export is tried with each answer, so it is read more than once.',
        fix: 'Save it to a file first.',
      },
      'init-open': {
        title: 'A question that nobody can be asked',
        meaning:
          'init asks on a terminal. In cron and CI the options answer: each question has one.',
        fix: 'Add the option that the message names.',
      },
      'init-recipe-exists': {
        title: 'The recipe is there already',
        meaning:
          'Off a terminal init does not write over recipe.json, which somebody may have made by hand.',
        fix: 'Name another file, or the same one, with --save-mapping.',
      },
      'html-with-document': {
        title: 'A page and a document in one place',
        meaning: 'Standard output takes one document: the page, or that of --json or --format.',
        fix: 'Name a file with --html.',
      },
      'sheet-unknown': {
        title: 'A sheet of the workbook is missing',
        meaning:
          '--sheet names a sheet by its name or its number, and the workbook has none like that.',
        fix: 'The message lists its sheets.',
      },
      'sheet-of-csv': {
        title: '--sheet for a file without sheets',
        meaning: 'Only workbooks (.xlsx, .xlsm) have sheets.',
        fix: 'Leave out --sheet.',
      },
      'join-column-unknown': {
        title: 'A column of the joined file is missing',
        meaning: '--join-map names a column that the joined file does not have.',
        fix: 'The message lists its columns.',
      },
      'join-unfit': {
        title: 'The file to join does not fit',
        meaning: 'It needs PhoneNumber and one of UserId, ClientId and Yclid.',
        fix: 'Rename its columns to these names.',
      },
      'id-invalid': {
        title: 'This is no id',
        meaning: 'The id of an upload is a whole number.',
        fix: 'metrika-calls list shows the ids of a counter.',
      },
      'code-unknown': {
        title: 'Unknown code',
        meaning: 'There is no finding or failure with this code.',
        fix: 'metrika-calls explain lists all codes.',
      },
      'port-unavailable': {
        title: 'The port cannot be used',
        meaning: 'Another program listens on it, or this account may not.',
        fix: 'Name another port with --port.',
      },
      'engine-unsuitable': {
        title: 'This Node.js cannot run the check',
        meaning:
          'The check of records is WebAssembly, which this Node.js or this process cannot run.',
        fix: 'The message says what to change.',
      },
      defect: {
        title: 'A bug in metrika-calls',
        meaning:
          'The program met something that it does not know. Your file and settings are fine.',
        fix: 'Please report it, with the report file that the message names.',
      },
    }) satisfies Readonly<Record<string, FailureMeaning>>,
);
