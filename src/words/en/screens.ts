/** English: the sentences of results, progress and previews. */
import { renameCommand } from '../commands.ts';
import { once } from '../entries.ts';
import {
  byteSize,
  clock,
  dayOf,
  firstNames,
  formatNumber,
  localTime,
  partOf,
  plural,
  timeSpan,
} from '../format.ts';
import { ownValue } from '../own-value.ts';
import { type PortionName, splitInto } from '../portions.ts';
import { type CommandReference, nextStep, type Text, text } from '../said.ts';
import type { ShownName } from '../shown-name.ts';

/** A column that the file has, but Metrica does not have. */
export interface UnknownColumn {
  readonly column: ShownName;
  /** The column of a call that was probably intended. */
  readonly near?: string;
}

/** The progress of a transfer. */
export interface Transfer {
  /** The number of transferred bytes. */
  readonly done: number;
  /** The total number of bytes. */
  readonly total: number;
  /** The rate in bytes per second, and the remaining time in milliseconds. */
  readonly pace: { readonly rate: number; readonly left: number } | undefined;
}

/** The hour of the week with the most calls. */
export interface BusiestHour {
  readonly day: string;
  readonly hour: number;
  readonly calls: number;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Describes a portion: `ClientId, part 2 of 3`. */
function portion({ identifier, part }: PortionName): string {
  return [
    ...(identifier === undefined ? [] : [identifier]),
    ...(part === undefined ? [] : [`part ${String(part.number)} of ${String(part.of)}`]),
  ].join(', ');
}

/** The statuses of uploads that have words of their own. */
const STATUSES: Readonly<Record<string, string>> = {
  PREPARED: 'accepted',
  UPLOADED: 'accepted',
  EXPORTED: 'in processing',
  MATCHED: 'in processing',
  PROCESSED: 'processed',
  LINKAGE_FAILURE: 'processed without linkage',
};

/** Descriptions of the columns that `init` asks about. */
const WHAT_COLUMNS_ARE: Readonly<Record<string, string>> = {
  DateTime: 'the time of the call',
  ClientId: "Metrica's id of the visitor",
  PhoneNumber: 'the number of the caller',
  Price: 'the value of the call for the business, not its cost',
};

/** Describes the portions of a file: `3 parts`, or `4 uploads: ClientId in 3 parts, Yclid`. */
function split(portions: readonly PortionName[]): string {
  const words = {
    parts: (count: number) => plural(count, 'part'),
    inParts: (identifier: string, count: number) => `${identifier} in ${plural(count, 'part')}`,
    uploads: (count: number) => plural(count, 'upload'),
  };
  return splitInto(words, portions);
}

/** What the hours of calls say about the time zone. */
type ZoneVerdict = 'good' | 'warn' | 'bad' | 'few' | 'even';

/**
 * Returns the time until a retry, in words.
 *
 * @param wait the time in milliseconds
 */
function soon(wait: number): string {
  return wait < 1000 ? 'under a second' : timeSpan(wait);
}

export const screens = once(() => {
  const files = {
    standardInput: 'standard input',
    calls: (count: number) => plural(count, 'call'),
    counts: (errors: number, warnings: number) =>
      `${errors === 0 ? 'no errors' : plural(errors, 'error')}, ${warnings === 0 ? 'no warnings' : plural(warnings, 'warning')}`,
    /** A link to the web page of a file was replaced by the address that downloads the file. */
    shared: {
      'google-sheets': 'the link to a Google Sheet is read by its download',
      'google-drive': 'the link to Google Drive is read by its download',
      'yandex-disk': 'the link to Yandex Disk is read by its download',
    },
    noneMatched: (pattern: string) => `no file matches ${pattern}`,
    /** The reason why a file could not be read. The text follows the name of the file. */
    unread: (message: string) =>
      `${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '')}`,
    portion,
    leftOver: (path: string) =>
      `An earlier run was killed and left ${path}, which may hold personal data. Delete it when you do not need it.`,
  };

  const findings = {
    headings: { error: 'Errors', warning: 'Warnings' },
    changes: (changes: readonly string[]) => `converted before sending: ${changes.join(', ')}`,
    inLine: (line: number) => `line ${formatNumber(line)}`,
    count: (count: number, unit: 'line' | 'record') =>
      plural(count, unit === 'line' ? 'line' : 'row'),
    inLines: (lines: readonly number[]) =>
      `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`,
    /** Unknown columns, each with the column of a call that was probably intended. */
    unknownColumns: (columns: readonly UnknownColumn[]) => ({
      title: plural(columns.length, 'unknown column'),
      message: `Metrica has no such columns, so their values would be ignored: ${firstNames(columns.map(({ column }) => column)).join(', ')}.`,
      hint: text`Delete them, or rename them with: ${renameCommand(columns.map(({ column, near = 'NAME' }) => ({ column, near })))}`,
    }),
    notListed: (left: number, all: number) =>
      `${formatNumber(left)} more not listed; --max-errors ${String(all)} lists all`,
  };

  const convert = {
    ignored: (columns: readonly string[]) =>
      `ignored columns: ${firstNames(columns).join(', ')} (use --map to keep them)`,
    /** The columns that were recognized by their headings. */
    taken: (pairs: readonly string[]) => `taken from the headings: ${pairs.join(', ')}`,
    /** The columns of the export, each with the column of a call that it may match. */
    possible: (pairs: readonly string[]) =>
      `not taken, because it is not certain: ${pairs.join(', ')} (use --map)`,
    records: (count: number) => plural(count, 'record'),
    /** A saved recipe has the address of the joined file, and this address has a secret. */
    joinLeftOut: (path: string) =>
      `${path} does not name the joined file, because a recipe may only name a file below its own folder. Give --join with each command.`,
    nothingWritten: 'No calls were written.',
    rejected: (rejected: number, all: number, rejects: string | undefined) =>
      `${formatNumber(rejected)} of ${plural(all, 'record')} with errors left out${rejects === undefined ? ' (--rejects keeps them)' : `, saved to ${rejects}`}`,
    /** Texts about groups of records. Each text follows the number of records in the group. */
    account: {
      written: 'calls written',
      convertible: 'calls without errors',
      leftOut: {
        only: 'records left out by --only',
        skip: 'records left out by --skip',
        other: 'records left out that are no calls',
        outgoing: 'outgoing calls left out; --direction all keeps them',
        internal: 'internal calls left out; --direction all keeps them',
        unidentified: 'calls without identifier left out',
      },
      legs: 'further legs of calls; --legs keep makes calls of them',
      rejected: 'records with errors',
      keptIn: (path: string) => `, saved to ${path}`,
      all: 'records in all',
    },
    legend: (arrow: string, cross: string) =>
      `${arrow} marks what is written, ${cross} what cannot be written.`,
    masked: '--show-values shows full phone numbers and identifiers.',
  };

  const init = {
    yes: 'Yes',
    no: 'No',
    usePreset: (system: string) => `This is an export of ${system}. Use what is known of it?`,
    whichColumn: (column: string) =>
      `Which column is ${[column, ownValue(WHAT_COLUMNS_ARE, column)].filter(Boolean).join(', ')}?`,
    noColumn: 'none of them',
    timezone: 'In which time zone are the times written?',
    region: 'In which country are numbers without a country code?',
    currency: 'In which currency are the prices?',
    durationUnit: 'In which unit are the durations?',
    units: { hours: 'hours', minutes: 'minutes', seconds: 'seconds', milliseconds: 'milliseconds' },
    whatCodes: (column: string, codes: string) =>
      `What does the column ${column} say? It has ${codes}.`,
    ofDirection: 'whether the call came in or went out',
    ofOutcome: 'whether the call was answered or missed',
    ofNothing: 'nothing of that: take every call',
    whatCode: (column: string, code: string, count: number) =>
      `${column}: what is "${code}", in ${plural(count, 'record')}?`,
    incoming: 'a call from outside',
    outgoing: 'a call to the outside: leave it out',
    internal: 'a call inside the company: leave it out',
    answered: 'answered',
    missed: 'missed',
    dateFormat: 'Dates such as 05/11/2026: what comes first?',
    dayFirst: 'the day',
    monthFirst: 'the month',
    unidentified: 'What becomes of calls without an identifier?',
    asStatic: 'send them as static calls: they appear in reports and are linked to nobody',
    leaveOut: 'leave them out',
    asError: 'they are errors, to be looked at',
    other: 'another one',
    saveAs: 'Save the recipe as',
    overwrite: (path: string) => `${path} is there already. Write over it?`,
    isExport: 'That is the export itself.',
    saved: (path: string) => `The recipe is saved in ${path}.`,
    keepSettings: (path: string) =>
      `Use this recipe, its time zone and country, and your counter in this folder from now on (${path})?`,
    whichCounter: 'The number of your counter (leave it empty if you do not know it)',
    settingsSaved: (path: string) => `The settings are saved in ${path}.`,
    nowWithSettings: 'Now, with a file token.txt that has your token:',
    errorsLeft: (errors: number, records: number, command: string) =>
      `${formatNumber(errors)} of ${plural(records, 'record')} have errors. See them with: ${command}`,
    now: 'Now, with your counter and a file token.txt that has your token:',
    fixFirst: 'First look at the records with errors. Correct them, or leave them out:',
    cron: 'From cron, each night (PATH must have metrika-calls and node):',
    ci: 'From a GitHub workflow, with METRIKA_TOKEN in env:',
  };

  const upload = {
    checking: (total: number) => `checking ${byteSize(total)}`,
    sending: (total: number, counter: number, attempt: number) =>
      `sending ${byteSize(total)} to counter ${String(counter)}${attempt > 1 ? `, attempt ${String(attempt)}` : ''}`,
    /** @param patience the longest wait for the response, in milliseconds */
    answering: (patience: number) =>
      `all handed over, waiting for the answer (at most ${timeSpan(patience)})`,
    /** @param left the remaining time, in milliseconds */
    searching: (left: number) =>
      `checking whether the file arrived (up to ${formatNumber(Math.ceil(left / 1000))} s)`,
    found: (id: string) => `it did arrive, as upload ${id}`,
    existing: (id: string, made: string | undefined) =>
      `already uploaded as ${id}${made === undefined ? '' : ` on ${dayOf(made)}`}; --again sends it all the same`,
    notLooked: (why: string) =>
      `nobody has looked whether this counter already has these files. ${why}`,
    sentByAnother: (ids: readonly string[]) =>
      `somebody else sent the same content as well; the uploads are ${ids.join(', ')}`,
    markLost: (id: string) =>
      `the service shows upload ${id} without the mark in its comment, so it does not keep comments as they are sent: a file that is already here cannot be recognized, and a lost answer can leave a file in doubt`,
    waitGoesOn: (id: string, why: string) =>
      `upload ${id} cannot be looked at now. ${why} The waiting goes on.`,
    sendAtNight: (file: string) => `Send ${file} all the same?`,
    split: (portions: readonly PortionName[]) => `sent as ${split(portions)}`,
    leftOut: (
      { kept, all, invalid }: Readonly<Record<'kept' | 'all' | 'invalid', number>>,
      rejects: string | undefined,
      dryRun: boolean,
    ) =>
      `${dryRun ? 'would send' : 'sending'} ${formatNumber(kept)} of ${plural(all, 'call')}; ${
        rejects === undefined
          ? `${formatNumber(invalid)} with errors left out (--rejects keeps them)`
          : `${formatNumber(invalid)} with errors ${dryRun ? 'would be' : 'are'} saved to ${rejects}`
      }`,
    uploadedAs: (id: string) => `uploaded as ${id}`,
    existsAs: (id: string) => `already there as ${id}`,
    /** A status in words. An unknown status is unchanged. */
    status: (status: string | undefined) =>
      ownValue(STATUSES, status ?? '') ??
      (status === undefined ? 'status unknown' : `status ${status}`),
    fact: {
      status: 'status',
      lines: 'lines',
      calls: 'calls',
      linked: 'linked',
      identifier: 'identifier',
      created: 'created',
      comment: 'comment',
    },
    linesAccepted: (accepted: number | undefined, sent: number | undefined) =>
      accepted === undefined
        ? formatNumber(sent ?? 0)
        : sent === undefined
          ? `${formatNumber(accepted)} accepted`
          : `${formatNumber(accepted)} of ${formatNumber(sent)} accepted`,
    dynamicCalls: (count: number) => `${formatNumber(count)} dynamic`,
    staticCalls: (count: number) => `${formatNumber(count)} static`,
    processing: (command: CommandReference): Text =>
      nextStep((variable) => ` (${variable} must hold the token)`)(
        'Processing takes up to two hours. Next',
        command,
        '',
      ),
    seenIn:
      'In Metrica the calls count in the Conversions report, under goals for calls; after the first upload these goals appear within 24 hours.',
    linked: (linked: number, of: number | undefined) =>
      of === undefined ? formatNumber(linked) : `${formatNumber(linked)} of ${formatNumber(of)}`,
    noVisitor: (count: number) => `no visitor found for ${formatNumber(count)}`,
    noGoal: (count: number) => `no goal found for ${formatNumber(count)}`,
    oddComment:
      'The comment has characters other than letters, digits and punctuation; the service may change or refuse them.',
    table: ['FILE', 'OUTCOME', 'CALLS', 'UPLOAD ID', 'STATUS OR REASON'],
    outcomes: {
      uploaded: 'uploaded',
      existing: 'existing',
      'dry-run': 'dry-run',
      empty: 'empty',
      failed: 'failed',
    },
    withExit: (outcome: string, code: number) => `${outcome}, exit ${String(code)}`,
    outcomeAs: (outcome: string, id: string) => `${outcome} as ${id}`,
  };

  const dryRun = {
    head: 'nothing sent (dry run)',
    request: 'request',
    file: 'file',
    sha256: 'sha256',
    changes: 'changes',
    none: 'none',
    size: (calls: number, bytes: number) => `${plural(calls, 'call')}, ${plural(bytes, 'byte')}`,
    setting: (value: string, source: string) => `${value} (${source})`,
    ownSandbox: 'a sandbox for this run',
  };

  const list = {
    reading: (counter: number) => `reading the uploads of counter ${String(counter)}`,
    none: 'The counter has no uploads of calls.',
    older: (count: number) => `${plural(count, 'older upload')} not shown; --limit shows more.`,
    unreadable: (count: number) =>
      count === 1
        ? '1 entry has no usable id and is left out.'
        : `${formatNumber(count)} entries have no usable id and are left out.`,
    table: ['STATUS', 'UPLOAD ID', 'CREATED', 'LINES', 'COMMENT'],
    linked: 'LINKED',
    /** A local time such as `25 Nov 06:00`. The year is added if it is not the current year. */
    time: (date: Date, now: Date) =>
      `${String(date.getDate())} ${MONTHS[date.getMonth()] ?? ''}${date.getFullYear() === now.getFullYear() ? '' : ` ${String(date.getFullYear())}`} ${clock(date)}`,
  };

  const counters = {
    reading: 'reading the counters of this token',
    none: 'This token may see no counters.',
    noneWith: (all: number) =>
      `No counter has this text in its number, name or site. The token may see ${plural(all, 'counter')}.`,
    unreadable: (count: number) =>
      count === 1
        ? '1 counter has no usable number and is left out.'
        : `${formatNumber(count)} counters have no usable number and are left out.`,
    table: ['COUNTER', 'NAME', 'SITE', 'PERMISSION', 'TIME ZONE', 'CURRENCY'],
  };

  const config = {
    table: ['SETTING', 'VALUE', 'FROM'],
    rest: (count: number) =>
      count === 1
        ? '1 other setting has its default; --verbose lists it.'
        : `${formatNumber(count)} other settings have their defaults; --verbose lists them.`,
    notSet: (name: string) => `${name} is not set, and has no default.`,
    user: (path: string) => `your own file: ${path}`,
    project: (path: string | null) => `file of the project: ${path ?? 'none found'}`,
    set: (name: string, path: string) => `${name} is set in ${path}.`,
    setBefore: (name: string, path: string) => `${name} had this value already in ${path}.`,
    removed: (name: string, path: string) => `${name} is removed from ${path}.`,
    removedBefore: (name: string, path: string) => `${name} was not set in ${path}.`,
  };

  const status = {
    head: (id: string) => `upload ${id}`,
    waiting: (id: string, words: string) => `upload ${id}: ${words}`,
  };

  const sandbox = {
    at: (address: string) => `Sandbox at ${address}`,
    use: (address: string) => `Use it with --api-url ${address} and any token. Ctrl-C ends it.`,
  };

  const signIn = {
    openAddress: 'Open this address in a browser, as a user who may edit the counter:',
    showsCode: 'After that, the page shows a code of 16 characters.',
    askCode: 'The code from the page:',
    askToken: 'The OAuth token:',
    codeNeeded: 'Enter the code, or the whole address of the page.',
    askReplace: (stored: string | undefined, login: string | undefined) =>
      `Replace the stored token of ${stored ?? 'an account that is not known'} by one of ${login ?? 'an account that is not known'}?`,
    finishWith: (next: string, minutes: number) =>
      `Within ${plural(minutes, 'minute')}, give the code to this command on standard input: ${next}`,
    signedIn: (login: string | undefined) =>
      login === undefined ? 'Signed in' : `Signed in as ${login}`,
    account: 'account',
    origin: 'token from',
    rights: 'rights',
    keptIn: 'kept in',
    validUntil: 'valid until',
    unknown: 'not known',
    time: (time: number) => localTime(time),
    rehearsed: 'This was a rehearsal with a sandbox: nothing is stored.',
    notTried: (reason: string) =>
      `The token is stored, but it is not tried yet, because the service could not be asked. ${reason}`,
    accountUnknown: (reason: string) => `Whose token it is could not be found out now. ${reason}`,
    sendsOnly:
      'The token may send calls, but it may not read the list of counters: the right metrika:read is missing.',
    endsSoon: (time: number, hasEnded: boolean) =>
      `The stored token ${hasEnded ? 'ended' : 'ends'} on ${localTime(time)}. Get a new one: metrika-calls login`,
    notRenewed: (reason: string) => `The stored token could not be renewed. ${reason}`,
    notKept: (reason: string) =>
      `The token was renewed for this run, but the new one could not be stored. ${reason}`,
    closedToOthers: (path: string) => `Other users could read ${path}. Now only you can read it.`,
    deleted: (path: string) => `Deleted: ${path}`,
    nothingStored: 'No token is stored.',
    stillValid: (page: string) =>
      `The token itself stays valid. You can end it on the page ${page}`,
    settingIsStronger: (place: string) =>
      `${place} names another token. It is stronger than the stored one, so other commands use it.`,
    variableStays: (variable: string) =>
      `${variable} is set, and other commands use the token from there.`,
    leftAlone: 'A token from an option or a variable is never renewed or deleted by this program.',
  };

  const completion = {
    head: (shell: string, version: string) =>
      `Completion for ${shell}, of metrika-calls ${version}.`,
    install: 'This line installs it. Then start a new shell.',
  };

  /** The lines of --version --verbose. */
  const version = {
    system: 'System',
    place: 'Installed in',
    settings: 'Settings',
    missing: (path: string) => `${path} (does not exist)`,
  };

  const requests = {
    exchange: (
      request: string,
      status: number | undefined,
      duration: number,
      id: string | undefined,
    ) =>
      `${request}: ${status === undefined ? 'no answer' : `HTTP ${String(status)}`} after ${String(duration)} ms${id === undefined ? '' : `, request id ${id}`}`,
    /** @param failure the sentence about the failure; `undefined` if it was written before */
    retrying: (failure: string | undefined, wait: number, retry: number, retries: number) => {
      const count = `${soon(wait)} (${String(retry)} of ${String(retries)})`;
      return failure === undefined ? `retrying in ${count}` : `${failure} Retrying in ${count}.`;
    },
    /** @param title the title of the failure; `undefined` if the previous failure was the same */
    again: (title: string | undefined, wait: number, retry: number, retries: number) =>
      `${title === undefined ? '' : `${title}, `}again, ${String(retry)} of ${String(retries)}; retrying in ${soon(wait)}`,
    requestId: (id: string) => `request id ${id}`,
    openTokenFile: (command: string) =>
      `Others on this machine can read the token file; close it with: ${command}`,
  };

  const progress = {
    /**
     * The progress of a transfer, in bytes. `rate` is in bytes per second. `left` is the remaining
     * time in milliseconds.
     */
    transfer: (done: number, total: number, pace: { rate: number; left: number } | undefined) => {
      const share = total === 0 ? 100 : Math.floor((done / total) * 100);
      const amount = `${byteSize(done)} of ${byteSize(total)}, ${formatNumber(share)}%`;
      return pace === undefined
        ? amount
        : `${amount}, ${byteSize(pace.rate)}/s, ${timeSpan(pace.left)} left`;
    },
    /**
     * The bytes and the pace of a transfer, for a line that is redrawn in place. `bar` is a
     * progress bar.
     */
    bar: (name: string, bar: string, { done, total, pace }: Transfer) =>
      [
        name,
        bar,
        `${String(total === 0 ? 100 : Math.floor((done / total) * 100)).padStart(3)}%`,
        partOf(byteSize(done), byteSize(total), '/'),
        ...(pace === undefined ? [] : [`${byteSize(pace.rate)}/s`, `${timeSpan(pace.left)} left`]),
      ].join('  '),
  };

  const inspect = {
    period: 'period',
    identifiers: 'identifiers',
    without: (count: number) => `${formatNumber(count)} without`,
    callTypes: 'call types',
    types: (dynamic: number, fixed: number) =>
      `${formatNumber(dynamic)} dynamic, ${formatNumber(fixed)} static`,
    missed: 'missed',
    night: 'at night',
    /** @param share the share of calls between 00:00 and 06:00, as text */
    nightCalls: (share: string, verdict: ZoneVerdict) =>
      `${share} of the calls between 00 and 06${verdict === 'bad' ? ': is the time zone right?' : ''}`,
    errors: 'errors',
    errorsOfCheck: (count: number) => `${formatNumber(count)}, which validate lists`,
    unreadable: 'unreadable',
    talkTime: 'talk time',
    holdTime: 'hold time',
    quantiles: (median: number, ninetieth: number, longest: number) =>
      `median ${timeSpan(median)}, 90% up to ${timeSpan(ninetieth)}, longest ${timeSpan(longest)}`,
    prices: 'prices',
    priceSum: (count: number, sum: number, currency: string) =>
      `${plural(count, 'price')}, ${formatNumber(sum)} ${currency || '(no currency)'}`,
    tooOld: 'too old',
    olderCalls: (count: number) => `${plural(count, 'call')} older than 21 days`,
    duplicates: 'duplicates',
    noTime: 'no time',
    unreadableTimes: (count: number) => `${plural(count, 'call')} with an unreadable DateTime`,
    tags: 'tags',
    leftOut: (rejected: number, all: number) =>
      `${formatNumber(rejected)} of ${plural(all, 'record')} with errors left out (validate --mapping lists them)`,
    fromTo: (from: string, to: string) => `${from} to ${to}`,
    callsADay: (zone: string) => `Calls a day, ${zone}`,
    hoursByWeekday: (zone: string) => `Hours by weekday, ${zone}`,
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    allDays: 'all',
    /** The legend of the map of hours, and the hour with the most calls. */
    scale: (
      { first, last, none }: Readonly<Record<'first' | 'last' | 'none', string>>,
      busiest: BusiestHour,
    ) =>
      `${first} few calls to ${last} most calls, ${none} none; busiest hour: ${busiest.day} ${String(busiest.hour).padStart(2, '0')}:00 with ${plural(busiest.calls, 'call')}`,
    earlierDays: (count: number) => `${plural(count, 'earlier day')} not shown`,
  };

  const pages = {
    calls: 'calls',
    aDay: 'calls a day',
    medianTalk: 'median talk time',
    day: 'Day',
    week: 'Week from',
    hour: 'Hour',
    callsAWeek: (zone: string) => `Calls a week, ${zone}`,
    asTable: 'The numbers as a table',
    noTimes: 'No call has a time that can be read.',
    zoneVerdict: {
      good: 'The time zone looks right.',
      warn: 'Look at the time zone.',
      bad: 'The time zone is probably wrong.',
      few: 'Too few calls to judge the time zone.',
      even: 'The calls come at all hours alike, so they say nothing about the time zone.',
    } satisfies Readonly<Record<ZoneVerdict, string>>,
    nightShare: (share: string) => `${share} of the calls are between 00:00 and 06:00.`,
    shifted: (hours: number, share: string) =>
      `With a clock ${String(Math.abs(hours))} ${Math.abs(hours) === 1 ? 'hour' : 'hours'} ${hours > 0 ? 'later' : 'earlier'} it would be ${share}.`,
    whatCounts: 'What will count',
    share: 'Share',
    which: 'Which calls',
    duration: 'Duration',
    withoutIdentifier: 'without identifier',
    staticCalls: 'static',
    durations: 'Durations',
    median: 'Median',
    ninetieth: '90% up to',
    longest: 'Longest',
    whatItIsWorth: 'What the calls are worth',
    noPrices: 'The calls have no prices.',
    currency: 'Currency',
    noCurrency: '(no currency)',
    sum: 'Sum',
    tag: 'Tag',
    tags: 'Most frequent tags',
    madeBy: (zone: string) => `Made by metrika-calls inspect. Days and hours are those of ${zone}.`,
    aboutFile: (name: string) => `What to fix in ${name}`,
    aboutFiles: (files: number) => `What to fix in ${plural(files, 'file')}`,
    letter:
      'These calls go to Yandex Metrica, which links them to visits of the site. What is listed here keeps them from it. Please fix it where the file comes from, and export it again.',
    allGood:
      'These calls go to Yandex Metrica, which links them to visits of the site. No error was found.',
    passed: 'The file can be sent.',
    notPassed: 'The file cannot be sent as it is.',
    kinds: 'All kinds of findings',
    kind: 'What is wrong',
    severity: 'Weight',
    severities: { error: 'error', warning: 'warning', note: 'note' },
    count: 'How many',
    wholeFile: 'whole file',
    howToFix: 'How to fix it:',
    examples: 'Examples',
    place: 'Where',
    column: 'Column',
    value: 'Value',
    changed: 'Changed before sending; nothing has to be done',
    masked:
      'Made by metrika-calls validate. Phone numbers and identifiers are masked, unless --show-values was given.',
  };

  const explain = {
    groups: {
      error: 'Errors: the file is not sent',
      warning: 'Warnings: the file is sent, unless --strict is given',
      note: 'Notes: changed before sending, nothing is lost',
      failure: 'Failures: what can go wrong with a run',
      situation: 'After an upload',
    },
    kind: {
      error: 'error',
      warning: 'warning',
      note: 'note',
      failure: 'failure',
      situation: 'after an upload',
    },
    exitCode: (code: number) => `exit code ${String(code)}`,
    howToFix: 'How to fix it:',
    done: 'What is done:',
    example: 'Example:',
  };

  const github = {
    title: 'metrika-calls',
    total: (errors: number, warnings: number, shown: number) =>
      `${plural(errors, 'error')} and ${plural(warnings, 'warning')} in all; ${plural(shown, 'finding')} shown as annotations.`,
    columns: ['File', 'Calls', 'Errors', 'Warnings', 'Outcome'],
    passed: 'passed',
    notPassed: 'not passed',
    summaryLost: (reason: string) => `The step summary could not be written (${reason}).`,
  };

  const report = {
    columns: [
      'File',
      'Line',
      'Record',
      'Column',
      'Severity',
      'Code',
      'Value',
      'Message',
      'Hint',
      'Cell',
    ],
  };

  const bug = {
    head: 'This is a bug in metrika-calls; your file and settings are fine.',
    page: (page: string) => `Please report it: ${page}`,
    report: (path: string) => `A report without secrets is in ${path}`,
    noReport: 'No report could be written; -v shows where it happened.',
  };

  const standardOutput = {
    lost: (reason: string) =>
      `Cannot write to standard output: ${reason === 'ENOSPC' ? 'no space left on device' : reason}.`,
    wasSent: (name: string, id: string) => `${name} WAS sent, as upload ${id}.`,
  };

  return {
    init,
    files,
    findings,
    convert,
    upload,
    dryRun,
    list,
    counters,
    config,
    status,
    sandbox,
    signIn,
    completion,
    version,
    requests,
    progress,
    inspect,
    pages,
    explain,
    github,
    report,
    bug,
    standardOutput,
  };
});
