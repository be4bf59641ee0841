/** English: failures of command lines, options, settings and recipes, and what to do next. */
import {
  countedCodes,
  type FruitlessExport,
  type KnownSystem,
  leavingOut,
  validateExport,
  waysWithCodes,
  withPreset,
} from '../commands.ts';
import { byKind, failure, once, type Quoted, quotedIn } from '../entries.ts';
import {
  type AmbiguousHeadings,
  type BadSetting,
  type Inner,
  type JoinedColumns,
  type OpenCodeColumns,
  type PresetMismatch,
  type RecipeProblem,
  settingExample,
  type Unwritable,
  type Usage,
  type UsageProblem,
  type Wanted,
  type WantedType,
} from '../failure-parameters.ts';
import { byteSize, firstNames, formatNumber, listed, plural } from '../format.ts';
import { ownValue } from '../own-value.ts';
import {
  command,
  forReader,
  joined,
  option,
  type OptionReference,
  type Text,
  text,
} from '../said.ts';
import { example, type ShownName } from '../shown-name.ts';
import type { ShownArray } from './file-problems.ts';

const LEAVE_ONE_OUT = 'Leave one of them out.';

/** The reasons why a file cannot be written. Most keys are error codes of the system. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  'not-a-file': 'it is not a regular file',
  ENXIO: 'nobody reads this pipe (ENXIO)',
  ENOENT: 'no such folder (ENOENT)',
  EACCES: 'permission denied (EACCES)',
  ENOSPC: 'no space left on device (ENOSPC)',
};

/** An option that describes the layout of a CSV file. */
export type CsvLayout = 'columns' | 'header-line' | 'delimiter';

/** The messages for a file that is JSON, if an option describes the layout of CSV. */
const CSV_LAYOUT: Readonly<Record<CsvLayout, string>> = {
  columns: 'Names of columns are given, and the file is JSON: its values have their names already.',
  'header-line': 'A line with column names is given, and the file is JSON: it has no such line.',
  delimiter: 'A delimiter is given, and the file is JSON: it has no delimiters between columns.',
};

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function usageMessage({ problem, command: of }: Usage): Text {
  return byKind<UsageProblem>({
    'no-command': 'No command given.',
    'unknown-command': ({ word, near }) => `Unknown command ${word}.${didYouMean(near)}`,
    'unknown-option': ({ word, near }) => `Unknown option ${word}.${didYouMean(near)}`,
    'no-value': ({ option: name }) => `The option "${name}" needs a value.`,
    'no-operand': ({ operand }) => `The command "${of ?? ''}" needs <${operand}>.`,
    'too-many-operands': ({ expected, got }) =>
      `Too many arguments: ${of === undefined ? '' : `"${of}" takes `}${String(expected)}, not ${String(got)}.`,
    'not-of-command': ({ option: name }) => `The command "${of ?? ''}" has no option "${name}".`,
    'no-such-operand': ({ word, among }) =>
      `The command "${of ?? ''}" takes one of ${among.join(', ')}, not ${word}.`,
    'no-such-topic': ({ word }) => `There is no help on ${word}.`,
  })(problem);
}

function usageHint({ problem, command: of, example }: Partial<Usage>): Text {
  const help = forReader(
    `See metrika-calls ${of === undefined ? '--help' : `${of} --help`}.`,
    'docs/api.md lists the options of each function.',
  );
  const withExample = example === undefined ? help : text`${help} Example: ${example}`;
  return byKind<UsageProblem>({
    'no-command': help,
    'unknown-command': help,
    'unknown-option': help,
    'no-value': help,
    'no-operand': withExample,
    'too-many-operands': withExample,
    'not-of-command': help,
    'no-such-operand': help,
    'no-such-topic': ({ topics }) => `Topics: ${topics.join(', ')}.`,
  })(problem ?? { kind: 'no-command' });
}

const TYPES: Readonly<Record<WantedType, string>> = {
  boolean: 'true or false',
  text: 'a text',
  number: 'a number',
  texts: 'a list of texts',
  record: 'an object with texts as values',
  function: 'a function',
  object: 'an object',
  source: 'a path or a stream of bytes',
};

/** Describes a value that is too long to be quoted. */
function longText(length: number): string {
  return `a text of ${String(length)} characters`;
}

function settingMessage({ source, wanted, shown: value }: BadSetting): Text {
  const shown = quotedIn(longText, value);
  const must = (what: Text): Text => text`${source} must be ${what}, not ${shown}.`;
  return byKind<Wanted>({
    'whole-number': ({ from, to }) => must(`a whole number from ${String(from)} to ${String(to)}`),
    seconds: must('a number of seconds, at most a day'),
    time: must(forReader('a time from 1ms to 20d', 'a number of seconds, at most 20 days')),
    size: must(forReader('a size up to 1 GB', 'a number of bytes, at most 1 GiB')),
    'number-or-share': must(
      forReader(
        'a number of records or a share such as 5%',
        'a number of records or a share from 0 to 1',
      ),
    ),
    characters: `${source} can have at most 255 characters; this is ${shown}.`,
    name: must('a name that is not empty'),
    'output-file': must('the name of a file'),
    'client-id': must('the id of an application: letters and digits'),
    type: ({ type }) => must(TYPES[type]),
    'one-of': ({ names }) => must(`one of ${names.join(', ')}`),
    preset: ({ names }) => must(`one of ${names.join(', ')}`),
    pair: `${source} needs two parts with = between them, not ${shown}.`,
    'time-zone': must('the name of a time zone'),
    'zone-of-heading': ({ heading }) => must(`UTC, as the heading "${heading}" says`),
    'date-order': must('an order of day, month and year'),
    region: must('the two letters of a country'),
    'web-address': must('a web address'),
    'join-column': must('PhoneNumber'),
    column: `${source} must name a column of a call, not ${shown}.`,
  })(wanted);
}

const CORRECT_IT = 'Correct the value and try again.';

function settingHint(setting: Partial<BadSetting>): Text {
  const reference = settingExample(setting);
  const example = reference === undefined ? CORRECT_IT : text`For example: ${reference}`;
  return byKind<Wanted>({
    'whole-number': example,
    seconds: example,
    time: example,
    size: example,
    'number-or-share': forReader(example, text`Give { records: 20 } or { share: 0.05 }.`),
    characters: 'Shorten it.',
    name: example,
    'output-file': 'Name the file to write.',
    'client-id': example,
    type: CORRECT_IT,
    'one-of': example,
    preset: text`For another system name its columns with ${option('map')}.`,
    pair: example,
    'time-zone': example,
    'zone-of-heading': example,
    'date-order': example,
    region: example,
    'web-address': example,
    'join-column': 'Calls and visitors are joined by the phone number.',
    column: ({ names }) => `The columns are ${names.join(', ')}.`,
  })(setting.wanted ?? { kind: 'type', type: 'text' });
}

function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return `${names.slice(0, -1).join(', ')} or ${last}`;
}

function nearColumns(missing: PresetMismatch['missing']): string {
  const near = missing.flatMap(({ column, near: own }) =>
    own === undefined ? [] : [`"${own}" is like ${column}`],
  );
  return near.length === 0 ? '' : `${near.join(', ')}. `;
}

/** Lists the columns of a file, if they are known. */
function columnsAre(columns: readonly ShownName[] | undefined): string {
  return columns === undefined
    ? 'The message names the file.'
    : columns.length === 0
      ? 'It is probably not a table.'
      : `Its columns are: ${firstNames(columns).join(', ')}.`;
}

const JOIN_TARGETS = {
  address: 'an address',
  stdin: 'standard input',
  outside: 'a place outside the folder of the recipe',
  'no-file': 'a folder or a device',
} as const;

/** Why the program refuses the web address of a file. */
export type ForbiddenAddress =
  'invalid' | 'invalid-next' | 'user' | 'scheme' | 'other-scheme' | 'private';

const FORBIDDEN_ADDRESS: Readonly<Record<ForbiddenAddress, (host: string) => string>> = {
  invalid: () => 'This is not a complete web address.',
  'invalid-next': (host) =>
    `The server ${host} leads on to something that is not a web address, and it is not followed.`,
  user: (host) => `The address on ${host} contains a user name or password, and is not read.`,
  scheme: (host) => `Files are read over https, and the address on ${host} is not https.`,
  'other-scheme': (host) =>
    `The server ${host} leads on to an address with another scheme, and it is not followed.`,
  private: (host) => `A public address leads to ${host} in a local network, and is not followed.`,
};

export const usage = once(() => ({
  usage: failure('Wrong command line', usageMessage, usageHint),
  'setting-invalid': failure('Wrong value of an option or variable', settingMessage, settingHint),
  'counter-missing': failure(
    'No counter given',
    'No counter given.',
    forReader(
      text`Add ${option('counter')} with its number, or set METRIKA_COUNTER (the number in metrika.yandex.ru/dashboard?id=…). ${option('sandbox')} needs none. This command lists your counters: ${command('counters')}`,
      text`Give its number in ${option('counter')} (the number in metrika.yandex.ru/dashboard?id=…). ${command('counters')} lists your counters. ${option('sandbox', true)} needs none.`,
    ),
  ),
  'token-missing': failure(
    'No token given',
    'No OAuth token given.',
    forReader(
      text`Set METRIKA_TOKEN, or put the token into a file and name the file with ${option('tokenFile')}. ${option('sandbox')} needs none. To get a token and store it, sign in: ${command('login')}`,
      text`Give one in ${option('token')}. ${option('sandbox', true)} needs none. The README says how to get a token.`,
    ),
  ),
  'token-twice': failure(
    'Two tokens given',
    text`Both ${option('token')} and ${option('tokenFile')} are given.`,
    text`Leave one of them out; ${option('tokenFile')} is the safer one.`,
  ),
  'token-empty': failure(
    'The token is empty',
    ({ origin }: { origin: string }) => `The token from ${origin} is empty.`,
    forReader(
      text`Put an OAuth token there, or name another file with ${option('tokenFile')}.`,
      'Put an OAuth token there.',
    ),
  ),
  'token-short': failure(
    'Token too short',
    'The OAuth token has fewer than 8 characters, and tokens of the service are longer. It was not sent.',
    'Copy the whole token; it usually begins with y0_.',
  ),
  'token-invalid': failure(
    'Not a token',
    ({ origin }: { origin: string }) =>
      `The token from ${origin} has characters that no token has, such as spaces or letters beyond ASCII.`,
    'Copy the token again, on one line and without quotes.',
  ),
  'token-file-unreadable': failure(
    'The token file cannot be read',
    ({ origin, path, reason }: { origin: string; path: string; reason: string }) =>
      `The token file of ${origin} cannot be read: ${path} (${reason}).`,
    'Check the path and that you may read the file.',
  ),
  'stdin-twice': failure(
    'Standard input used twice',
    'Standard input cannot be both the token and the calls.',
    'Give the token by METRIKA_TOKEN or a file.',
  ),
  'two-addresses': failure(
    'Two addresses given',
    text`Both ${option('sandbox')} and ${option('apiUrl')} are given, and only one of them can be used.`,
    LEAVE_ONE_OUT,
  ),
  'api-url-invalid': failure(
    'Wrong API address',
    ({
      shown,
      problem,
    }: {
      shown: string | undefined;
      problem: 'not-a-url' | 'extra-parts';
      standard: string;
    }) =>
      problem === 'extra-parts'
        ? 'The API address must have no user name, query or fragment.'
        : shown === undefined
          ? 'The API address is not an http(s) URL.'
          : `"${shown}" is not an http(s) URL.`,
    ({ problem, standard = 'the address of Metrica' }) =>
      problem === 'extra-parts'
        ? 'Give the scheme, the host and, where needed, the port.'
        : text`Leave ${option('apiUrl')} out to use ${standard}.`,
  ),
  'api-url-untrusted': failure(
    'API address of an unknown host',
    ({ host }: { host: string; known: readonly string[] }) =>
      `${host} is not a known host of Yandex Metrica, so no token is sent there.`,
    ({ host, known = [] }) =>
      text`If you trust it, add ${option('trustApiHost', host)}.${known.length === 0 ? '' : ` Known hosts: ${known.join(', ')}.`}`,
  ),
  'address-forbidden': failure(
    'An address that is not read',
    ({ why, host }: { why: ForbiddenAddress; host: string }) => FORBIDDEN_ADDRESS[why](host),
    'Name another address, or download the file and name it.',
  ),
  'api-url-not-https': failure(
    'API address without https',
    ({ base }: { base: string; host: string }) =>
      `The API address ${base} is not https, and a token is sent only over https.`,
    ({ host = 'HOST' }) => `Write https://${host}.`,
  ),
  'certificate-check-off': failure(
    'Certificate checks are off',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off, so nothing goes over the network.',
    text`Unset it. If your network inspects TLS traffic with its own CA, name ${forReader('the file of that CA with', 'its certificate in')} ${option('caFile')}.`,
  ),
  'ca-file-invalid': failure(
    'Wrong file of certificate authorities',
    ({
      path,
      problem,
      reason,
    }: {
      path: string;
      problem: 'unreadable' | 'empty' | 'damaged';
      reason: string;
    }) =>
      text`The file ${path} of ${option('caFile')} ${
        {
          unreadable: `cannot be read (${reason})`,
          empty: 'has no certificate in PEM',
          damaged: 'has a certificate that cannot be read',
        }[problem]
      }.`,
    'Name a file that begins with -----BEGIN CERTIFICATE-----, as your network administrators give it.',
  ),
  'file-twice': failure(
    'A file is named twice',
    ({ name }: { name: string }) => `The file ${name} is named twice.`,
    'Name each file once, or it would be handled twice.',
  ),
  'output-is-input': failure(
    'An output that is an input',
    ({ flag, path }: { flag: string; path: string }) =>
      `${flag} names ${path}, which this run reads or writes as well. Nothing was changed.`,
    'Name another file to write to.',
  ),
  'output-unwritable': failure(
    'The output file cannot be written',
    ({ path, reason, isBeforeSending }: Unwritable) =>
      `The file ${path} cannot be written: ${ownValue(UNWRITABLE, reason) ?? reason}.${isBeforeSending === true ? ' Nothing was sent.' : ''}`,
    'Name a file in a folder that exists and that you may write to, on a disk with free space.',
  ),
  'stdin-is-terminal': failure(
    'Standard input is a terminal',
    'Standard input is a terminal, so there are no calls to read.',
    text`Pipe a file in, or name one, for example: ${command('validate', { operands: ['calls.csv'] })}`,
  ),
  'skip-invalid-missing': failure(
    'An option for records that nothing leaves out',
    ({ option: name }: { option: 'rejects' | 'maxInvalid' }) =>
      text`${option(name)} is about the records that ${option('skipInvalid')} leaves out, and ${option('skipInvalid')} is not given.`,
    ({ option: name = 'rejects' }) =>
      text`Add ${option('skipInvalid', true)}, or leave ${option(name)} out.`,
  ),
  'rejects-of-many': failure(
    'One file of rejects for several files',
    text`${option('rejects')} names one file, and several files are to be sent.`,
    text`Send each file with its own ${option('rejects')}.`,
  ),
  'again-or-not': failure(
    'Two options that exclude each other',
    'Files that this counter already has cannot be both sent and not sent.',
    text`Leave out ${option('again')} or ${option('skipExisting')}.`,
  ),
  'mark-needed': failure(
    'Files cannot be known again without marks',
    text`${option('skipExisting')} works by the mark in the comment, and ${option('mark', false)} leaves that out.`,
    LEAVE_ONE_OUT,
  ),
  'output-missing': failure(
    'Two results for standard output',
    text`Standard output cannot be both the calls and what ${option('format')} says of them.`,
    text`Name a file for the calls with -o, or leave ${option('json')} and ${option('format')} out.`,
  ),
  'part-size-too-small': failure(
    'Part too small',
    ({ limit, needed }: { limit: number; needed: number }) =>
      `Parts of ${byteSize(limit)} are too small; the header and the longest record need ${byteSize(needed)}.`,
    text`Give ${option('partSize')} a larger size.`,
  ),
  'mapping-invalid': failure(
    'Wrong recipe',
    ({ path, problem }: { path: string; problem: RecipeProblem }) =>
      byKind<RecipeProblem>({
        unreadable: ({ reason }) => `The recipe ${path} cannot be read (${reason}).`,
        'not-json': ({ place }) =>
          `The recipe ${path} is not JSON: it cannot be read from line and column ${place} on.`,
        letters: `The recipe ${path} is not UTF-8, and what else it is cannot be told for certain.`,
        join: ({ to }) => `The recipe ${path} is wrong at join: it leads to ${JOIN_TARGETS[to]}.`,
        key: ({ key }) => `The recipe ${path} is wrong at ${key === '' ? 'its beginning' : key}.`,
      })(problem),
    ({ problem }) =>
      byKind<RecipeProblem>({
        unreadable: text`Check the file; ${option('map')}, ${option('set')} and the other options do the same on the command line.`,
        'not-json': 'Check the file with an editor that knows JSON.',
        letters: 'Save it again as UTF-8.',
        join: text`A recipe may only name a file below its own folder. Move the file there, or name it with ${option('join')}.`,
        key: ({ keys }) => `It may hold ${listed(keys)}.`,
      })(problem ?? { kind: 'unreadable', reason: '' }),
  ),
  'mapping-unknown-column': failure(
    'A mapped column is missing',
    ({ column }: { column: ShownName; columns: readonly ShownName[]; near?: ShownName }) =>
      `The file has no column "${column}", which the options or the recipe name.`,
    ({ columns, near }) =>
      `${near === undefined ? '' : `Did you mean "${near}"? `}${columnsAre(columns)}`,
  ),
  'preset-does-not-fit': failure(
    'The preset does not fit',
    ({ missing, preset, system }: PresetMismatch) =>
      `The preset ${preset} reads ${missing.length === 1 ? 'a column' : 'columns'} that the file does not have: ${missing.map(({ column }) => column).join(', ')}. It is not an export of ${system}, or one of another form.`,
    ({ missing = [], delimiter }) =>
      delimiter !== undefined
        ? text`The file has another delimiter than the exports of this system: add ${option('delimiter', delimiter)}.`
        : text`${nearColumns(missing)}Check the export, or name its columns with ${option('map')} instead of the preset.`,
  ),
  'join-unreadable': failure(
    'The joined file cannot be read',
    ({ name, why }: { name: string; why: Inner }) => `The joined file ${name}: ${why.message}`,
    ({ why }) =>
      why?.hint ?? 'A joined file is read as every file is; follow the hint of the file.',
  ),
  'join-unfit': failure(
    'The file to join does not fit',
    ({ name, identifiers }: JoinedColumns & { identifiers: readonly string[] }) =>
      `The file ${name} has no column PhoneNumber, or none of ${identifiers.join(', ')}.`,
    ({ columns }) =>
      text`${columnsAre(columns)} Say which is which, for example ${joined([option('joinMap', { from: example('Phone'), to: 'PhoneNumber' }), option('joinMap', { from: example('Client id'), to: 'ClientId' })], ' ')}.`,
  ),
  'join-column-unknown': failure(
    'A column of the joined file is missing',
    ({ name, column }: JoinedColumns & { column: string }) =>
      `The file ${name} has no column "${column}", which the options or the recipe name.`,
    ({ columns }) => columnsAre(columns),
  ),
  'mapping-not-wanted': failure(
    'A recipe for a file that may not be changed',
    ({ option: name }: { option: 'mapping' | 'preset' }) =>
      text`${option(name)} converts the file, and ${option('convert', false)} forbids every change.`,
    LEAVE_ONE_OUT,
  ),
  'export-without-calls': failure(
    'No call comes of the export',
    ({ errors }: FruitlessExport) =>
      `No call can be made of the export with this recipe: ${plural(errors, 'error')}.`,
    (recipe) => text`See them with: ${validateExport(recipe)}`,
  ),
  'codes-open': failure(
    'Words that nothing explains',
    ({ columns }: OpenCodeColumns) =>
      columns
        .map(
          ({ column, ...codes }) =>
            `"${column}" has ${countedCodes(codes, (code) => `"${code}"`, formatNumber)}, and not all of that is certainly an incoming call.`,
        )
        .join(' '),
    ({ columns = [], preset }) =>
      text`Leave out what is no incoming call, or say what each word means: ${joined(
        columns.map((codes) => joined(waysWithCodes(codes), ' or ')),
        '; ',
      )}. ${option('direction', 'all')} takes every call.${withPreset(preset, (system, use) => text` If this is an export of ${system}, ${use} answers all of that.`)}`,
  ),
  'headings-ambiguous': failure(
    'Headings that may mean two things',
    ({ choices, columns = [], unitOpen }: AmbiguousHeadings) =>
      [
        ...choices.map(({ column, among }) =>
          among.length === 1
            ? `"${among[0] ?? ''}" may be ${column}, and nothing else says so.`
            : `${column} may be ${either(firstNames(among.map((name) => `"${name}"`)))}.`,
        ),
        ...columns.map(
          ({ column, open }) =>
            `"${column}" has ${open.map((code) => `"${code}"`).join(', ')}, which may not be incoming calls.`,
        ),
        ...(unitOpen === undefined
          ? []
          : [`No value of "${unitOpen}" is over 20, so it may be in minutes or in seconds.`]),
      ].join(' '),
    ({ choices = [], columns = [], unitOpen, preset }) =>
      choices.length === 0 && unitOpen === undefined
        ? text`Name the right column with ${option('map')}, or leave one out with ${option('map', { from: example('NAME'), to: '-' })}.`
        : text`Say which, for example: ${joined(
            [
              ...choices.map(({ column, among }) =>
                option('map', { from: among[0] ?? example(''), to: column }),
              ),
              ...columns.flatMap((codes) => waysWithCodes(codes).slice(0, 1)),
              ...(unitOpen === undefined ? [] : [option('durationUnit', 'minutes')]),
            ],
            ' ',
          )}.${leavingOut(choices, (one) => text` ${one} leaves a column out.`)}${withPreset(preset, (system, use) => text` If this is an export of ${system}, ${use} answers all of that.`)}`,
  ),
  'init-needs-file': failure(
    'init needs a file',
    'init reads the export several times, and standard input comes only once.',
    'Save it to a file first.',
  ),
  'init-open': failure(
    'A question that nobody can be asked',
    ({
      question,
    }: {
      question: string;
      option: OptionReference;
      preset?: KnownSystem | undefined;
    }) => `There is no terminal to ask on, and this is not known: ${question}.`,
    ({ option: answer, preset }) =>
      answer === undefined
        ? 'Answer it by the option that is named.'
        : text`${withPreset(preset, (system, use) => text`If this is an export of ${system}, ${use} answers more of the questions. `)}Answer it by an option, for example: ${answer}`,
  ),
  'init-recipe-exists': failure(
    'The recipe is there already',
    ({ path }: { path: string }) => `${path} is there already, and is not written over.`,
    text`Name the file with ${option('saveMapping')}.`,
  ),
  'html-with-document': failure(
    'A page and a document in one place',
    text`${option('html')} - and a document (${option('json')}, ${option('format')}) both go to standard output.`,
    text`Name a file for the page: ${option('html', 'report.html')}`,
  ),
  'sheet-unknown': failure(
    'A sheet of the workbook is missing',
    ({ sheet }: { sheet: string; sheets: readonly ShownName[]; more: number }) =>
      `The workbook has no sheet of cells "${sheet}".`,
    ({ sheets = [], more = 0 }) => {
      const rest = more === 0 ? '' : ` and ${formatNumber(more)} more`;
      return text`Name another one with ${option('sheet')}, or leave it out.${sheets.length === 0 ? '' : ` Its sheets are: ${sheets.join(', ')}${rest}.`}`;
    },
  ),
  'records-unknown': failure(
    'A list of the JSON is missing',
    ({ wanted }: { wanted: string; arrays: readonly ShownArray[] }) =>
      `The JSON has no list of objects at "${wanted}".`,
    ({ arrays = [] }) =>
      text`Name another one with ${option('records')}, or leave it out.${arrays.every(({ path }) => path === '') ? '' : ` Its lists are: ${arrays.flatMap(({ path }) => (path === '' ? [] : [path])).join(', ')}.`}`,
  ),
  'records-of-csv': failure(
    'A list of a file that is no JSON',
    ({ records }: { records: string }) =>
      `A list "${records}" is named, and the file is no JSON: it has no such lists.`,
    text`Leave out ${option('records')}.`,
  ),
  'layout-of-json': failure(
    'A layout of CSV, and the file is JSON',
    ({ layout }: { layout: CsvLayout }) => CSV_LAYOUT[layout],
    ({ layout = 'columns' }) => text`Leave out ${option(layout)}.`,
  ),
  'sheet-of-csv': failure(
    'A sheet of a file without sheets',
    ({ sheet }: { sheet: string }) =>
      `A sheet "${sheet}" is named, and the file is no workbook: it has no sheets.`,
    text`Leave out ${option('sheet')}.`,
  ),
  'id-invalid': failure(
    'Not an id',
    ({ shown }: { shown: Quoted }) =>
      `The id of an upload is a whole number, not ${quotedIn(longText, shown)}.`,
    text`Take the id that the upload got; ${command('list')} shows the ids of a counter.`,
  ),
  'code-unknown': failure(
    'Unknown code',
    ({ shown }: { shown: Quoted; near: string }) =>
      `There is no code ${quotedIn(longText, shown)}.`,
    ({ near }) => text`${didYouMean(near).trim()} ${command('explain')} lists all codes.`,
  ),
  'port-unavailable': failure(
    'The port cannot be used',
    ({ port, reason }: { port: number; reason: string }) =>
      `The sandbox cannot listen on port ${String(port)} (${reason}).`,
    text`Name another port with ${option('port')}, or ${option('port', 0)} for a free one.`,
  ),
  'engine-unsuitable': failure(
    'This Node.js cannot run the check',
    ({ problem }: { problem: 'no-web-assembly' | 'no-room' }) =>
      problem === 'no-room'
        ? 'The address space of this process is too small for the check of records.'
        : 'This Node.js cannot run WebAssembly, which the check needs.',
    ({ problem }) =>
      problem === 'no-room'
        ? 'Raise its limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler.'
        : 'Run Node.js without --jitless (see NODE_OPTIONS), on a processor with SIMD instructions.',
  ),
  defect: failure(
    'A bug in metrika-calls',
    ({ system }: { system: string; page: string }) => `This is a bug in ${system}.`,
    ({ page }) =>
      `Please report it${page === undefined ? ', with the report file that the message names.' : `: ${page}`}`,
  ),
}));
