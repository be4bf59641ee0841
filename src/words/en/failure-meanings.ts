/** English: the causes of each kind of failure, for `explain` and docs/errors.md. */
import { once } from '../entries.ts';

/** The meanings of failures. Failures that are also findings are explained as findings. */
export const failureMeanings = once(
  () =>
    ({
      unauthorized:
        'The token has expired or was revoked, or the password of its account was changed. The service answered with HTTP 401, or with invalid_token.',
      'access-denied':
        'The service answered with HTTP 403: the scope is missing, the account has no rights to the counter, or the number is wrong. For the counter of an organisation rights are given in the web interface.',
      'quota-day':
        'The service allows 5,000 requests a day per user, and a number of requests a day per counter. It resets at 00:00 GMT.',
      quota:
        'The service allows 3 requests at once per user and 30 a second per address. The program keeps to that, but other programs may use the same account.',
      'service-unavailable': 'The service answered with HTTP 5xx, also after the retries.',
      redirected:
        'A token never follows a redirect, because the other host may not be the service.',
      'request-timeout':
        'The service, or a proxy before it, answered with HTTP 408: it did not get the whole request in the time it allows.',
      'too-large': 'The service, or a proxy before it, answered with HTTP 413.',
      'uploading-not-found': 'The id belongs to another counter, or was mistyped.',
      'method-gone':
        'The service answered with HTTP 405 or 410: it no longer offers the method at this address.',
      'not-found':
        'The service answered with HTTP 404, which means a wrong counter in the first place.',
      refused: 'The service answered with another HTTP 4xx. Its own words are in the message.',
      'answer-unreadable':
        'The answer is not the documented JSON. Often a proxy or a login page answered instead of the service.',
      'answer-of-another':
        'The comment has the mark of another file, or this run has the id for another file. A proxy may have mixed up two answers.',
      'answer-early': 'An answer of success that comes early cannot be about the whole file.',
      'answer-cut': 'The connection was lost while the answer was read.',
      'list-endless':
        'The list of uploads or of counters had still more pages after 1,000 of them, or after an hour.',
      'answer-too-long':
        'The answer is longer than any answer of the service is, so it was not read to its end.',
      timeout: 'For the seconds of --timeout no byte was sent or received.',
      'host-not-found': 'The name of the host could not be found.',
      'connection-refused': 'Nothing listens at the address.',
      'connect-timeout': 'The connection did not come about within the seconds of --timeout.',
      'download-cut': 'The server sent less than it had announced, also after the retries.',
      'address-busy':
        'The server answered that it cannot give the file now. Most such answers are retried first.',
      network:
        'The network or the host cannot be reached, or the connection was lost before anything was sent.',
      'connection-lost':
        'Nobody knows how much of the file arrived, so the list of uploads is read before it is sent again.',
      'connection-broken':
        'It was lost before the last byte had left, so the service cannot have the file. The program tries again by itself.',
      'certificate-refused':
        'The certificate of the host was signed by an authority that is not trusted, has expired, or belongs to another name.',
      'protocol-refused': 'It speaks plain HTTP, an old TLS or only HTTP/2 at this port.',
      'certificate-demanded':
        'It wants to know this program by a certificate, which the API of Metrica does not.',
      'certificate-of-another': 'The host shows a certificate that is not for its name.',
      'certificate-expired':
        'It has expired, or begins to be valid later; or the clock of this computer is wrong.',
      'proxy-refused': 'The proxy answered the request for a tunnel with an error.',
      'proxy-failed': 'The proxy answered with HTTP 5xx, also after the retries.',
      'proxy-forbidden':
        'The proxy answered with HTTP 403: its rules do not allow a connection to this host.',
      'proxy-invalid': 'HTTPS_PROXY does not hold an address.',
      'comment-too-long':
        'A comment can have 255 characters, and a mark is added to it, with the number of the part where there are several.',
      'fate-unknown':
        'The answer was lost, and the list of uploads does not tell for certain. Sending the file again could make it count twice.',
      'lines-missing': 'The service counts fewer lines in the file than records were sent.',
      'repeat-unchecked':
        'The file was sent again after an attempt of unknown fate, and then the list of uploads could not be read.',
      declined: 'Before a file with many calls at night goes up, the run asks on a terminal.',
      'existing-smaller':
        'A part of the file may have arrived in an earlier run. The service may replace rows that arrive again.',
      'existing-uncounted': 'The service may not have counted the lines of that upload yet.',
      'sent-twice':
        'An attempt whose answer was lost arrived after all, and the file had been sent again by then.',
      'file-changed':
        'What is sent must be what was checked, so the request was broken off before its end. The service discards it.',
      'validation-failed': 'Nothing is sent unless the whole file is right.',
      'portion-not-sent': 'An earlier part of the same file failed, so this one was not tried.',
      'lines-refused':
        'The service counts fewer valid lines than the file has, and does not say which ones it left out.',
      'linkage-failure': 'No visitor was found for the dynamic calls of the upload.',
      'wait-timeout': 'The time of --wait-timeout is over. Processing can take two hours.',
      'wait-ended':
        'The file is at the service. It was refused to look at it again: the token or the rights changed, or the upload is gone.',
      interrupted:
        'The run was ended by Ctrl-C or a signal. The message says what state the upload is in.',
      'part-size-too-small': 'Each part needs room for the header and the longest record.',
      'output-unwritable': 'The operating system does not let the program write it.',
      'not-calls': 'The file has no column DateTime, or no calls.',
      usage: 'A command or option is unknown, or something is missing.',
      'setting-invalid': 'The value is not what the option takes.',
      'counter-missing': 'The service needs to know which counter the calls belong to.',
      'token-missing': 'The service needs an OAuth token.',
      'folder-missing':
        'A path such as calls.csv begins at the working folder, and another program has deleted that folder.',
      'settings-unreadable':
        'The file of --config or METRIKA_CONFIG is not there, or a settings file is not a regular file, is too large, is not UTF-8, or may not be read.',
      'settings-damaged':
        'A settings file is JSON with comments. This one is not, or a key is in it twice.',
      'settings-key-unknown':
        'The keys of a settings file are the long names of the options, files, profiles and $schema. A token is never a setting.',
      'settings-key-refused':
        'The file .metrika-calls.json of a project may come from somebody else. It must not say where a token comes from or goes to.',
      'settings-of-stranger':
        'A settings file of a project decides what a run sends. So the file and its folder must belong to the user who runs the program, or to root, and others must not be able to change the file.',
      'settings-path-outside':
        'A settings file of a project may come from somebody else. Its paths must not read or write other files of yours.',
      'settings-file-outside':
        'A pattern in a settings file of a project matches a file outside of the project, or a link leads there.',
      'settings-placeholder':
        'Only some words in braces can be placeholders: today and yesterday in files, also with a form of the day, and file and profile in comment.',
      'profile-unknown': 'The name of --profile or METRIKA_PROFILE is in no settings file.',
      'profile-contradicted':
        'A variable of the environment is stronger than a profile, so it would replace the value of every profile.',
      'token-twice': 'Both --token and --token-file are given.',
      'token-empty': 'The option, variable or file that should hold the token is empty.',
      'token-short':
        'Tokens of the service are far longer, so something else was given, or a part of one.',
      'token-invalid': 'A token has only visible ASCII characters.',
      'token-file-unreadable': 'The file is not there, or this account may not read it.',
      'client-id-missing':
        'The service gives tokens to registered applications only, and everybody registers their own.',
      'login-shadowed':
        'A token in METRIKA_TOKEN or METRIKA_TOKEN_FILE is used instead of the stored one.',
      'login-other-account':
        'One token is stored at a time. It is replaced only by a token of the same account, unless the user agrees.',
      'sign-in-options': 'The options name two ways to sign in, and only one can be used.',
      'sign-in-input-unfit': '--with-token and --code - read standard input.',
      'oauth-url-invalid':
        'Codes and tokens are sent only to oauth.yandex.ru and oauth.yandex.com by https, and to this machine.',
      'sign-in-not-begun':
        'Without a terminal, a sign-in has two steps. Its code is valid for ten minutes, and only once.',
      'sign-in-elsewhere': 'Both steps of a sign-in must use the same addresses.',
      'sign-in-code-invalid':
        'The text that was given is no code, and no address of a page with a code.',
      'sign-in-state-wrong':
        'The state in the address is not the one of this sign-in. Somebody else may have made the address.',
      'sign-in-refused':
        'The service, or the owner of the account, refused the sign-in. The name of the reason is in the message.',
      'sign-in-answer-unreadable':
        'The answer is not the documented JSON. Often a proxy or a login page answered instead of the service.',
      'token-store-unwritable': 'The store is tried before a code is used, so no token is lost.',
      'token-store-unreadable':
        "The file in the user's folder is damaged, or this account may not read it.",
      'token-store-busy':
        'One run at a time may change the stored token. A run that was killed bars nobody.',
      'token-elsewhere':
        'A token of a sandbox is of no use to the service, and a sandbox must not get a real one.',
      'stdin-twice': 'Standard input cannot be both the token and the calls.',
      'two-addresses': 'Both --sandbox and --api-url are given.',
      'api-url-invalid':
        'The value of --api-url is not an http(s) address, or has more parts than scheme, host and port.',
      'api-url-untrusted':
        'A token is sent only to known hosts of Metrica, to this machine, and to a host that --trust-api-host names.',
      'address-forbidden':
        'Files are read over https, or over http from this machine. No address may lead to another scheme, or from a public host into a local network.',
      'api-url-not-https': 'A token is sent only over https, or to this machine.',
      'certificate-check-off': 'NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody read the token.',
      'ca-file-invalid': 'The file of --ca-file cannot be read, or has no certificate in PEM.',
      'file-twice': 'It would be handled twice.',
      'output-is-input':
        'The file to write is one that the run reads, by its name or by a link. It would be lost.',
      'stdin-is-terminal': 'There are no calls to read.',
      'skip-invalid-missing':
        'Rejected records and a limit for them exist only where records with errors are left out.',
      'rejects-of-many': 'The rejects of several files have different columns.',
      'again-or-not':
        '--skip-existing never sends a file that is already there, and --again always does.',
      'mark-needed': '--skip-existing knows a file again by the mark in the comment of its upload.',
      'output-missing': 'Standard output cannot be both the calls and what --format says of them.',
      'mapping-invalid':
        'The file of --mapping is not there, is not JSON, or has an unknown key or a wrong value.',
      'mapping-unknown-column': 'The recipe names a column that the export does not have.',
      'preset-does-not-fit': 'The export lacks a column that every export of this system has.',
      'join-unreadable':
        'A joined file is read as every file is, and what keeps it from being read is the same.',
      'mapping-not-wanted': 'A recipe makes calls of an export, which is a change.',
      'export-without-calls':
        'Every record of the export has an error under this recipe, or is left out by it.',
      'codes-open':
        'convert --auto asks nothing. A column such as Type or Status has words that may mean outgoing or missed calls, and a call is not taken unless that is settled.',
      'headings-ambiguous':
        'convert --auto takes what headings say for certain. Here two columns may be the same column of a call, or a heading alone does not say what it is.',
      'init-needs-file': 'The export is tried with each answer, so it is read more than once.',
      'init-open':
        'init asks on a terminal. In cron and CI the options answer: each question has one.',
      'init-recipe-exists':
        'Off a terminal init does not write over recipe.json, which somebody may have made by hand.',
      'html-with-document':
        'Standard output takes one document: the page, or that of --json or --format.',
      'sheet-unknown':
        '--sheet names a sheet by its name or its number, and the workbook has none like that.',
      'records-unknown':
        '--records has the keys that lead to the list of calls in JSON, with a point between them, such as result.data.',
      'records-of-csv': 'Only JSON has lists inside one another.',
      'layout-of-json':
        'In JSON, each value has its name beside it. So there is no header, and no delimiter.',
      'sheet-of-csv': 'Only workbooks (.xlsx, .xlsm) have sheets.',
      'join-column-unknown': '--join-map names a column that the joined file does not have.',
      'join-unfit': 'It needs PhoneNumber and one of UserId, ClientId and Yclid.',
      'id-invalid': 'The id of an upload is a whole number.',
      'code-unknown': 'There is no finding or failure with this code.',
      'port-unavailable': 'Another program listens on it, or this account may not.',
      'engine-unsuitable':
        'The check of records is WebAssembly, which this Node.js or this process cannot run.',
      defect: 'The program met something that it does not know. Your file and settings are fine.',
    }) satisfies Readonly<Record<string, string>>,
);
