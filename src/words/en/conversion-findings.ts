/** English: the findings of converting an export. */
import { countedCodes, explainCodes, type OpenCodes, skipCodes } from '../commands.ts';
import { finding, type InColumn, once } from '../entries.ts';
import { formatNumber, plural } from '../format.ts';
import { option, text } from '../said.ts';
import { example, type ShownName } from '../shown-name.ts';

/** The number of records or cells that a finding is about. */
export interface Counted {
  readonly count: number;
}

/** How many calls have a phone number that the joined file has too. */
export interface JoinCounts {
  readonly joined: number;
  readonly calls: number;
  readonly numbers: number;
  readonly name: string;
}

/** The number of calls at night, the number of all calls, and the name of the time zone. */
export interface NightCalls {
  readonly night: number;
  readonly calls: number;
  readonly zone: string;
}

/** The accepted forms of times, for messages about times in other forms. */
const FORMS =
  '2026-11-20 09:12:33, with +03:00, Z or Europe/Moscow behind it, 20.11.2026 9:12, 11/20/2026 9:12:33 AM, Fri, 20 Nov 2026 09:12:33 +0300, 20261120091233, 1795155153, 1795155153000';

/** A word whose meaning is not known. */
export interface UnlistedWord extends InColumn {
  readonly value?: ShownName;
  /** The direction to propose; absent if the column is not about the direction. */
  readonly meaning?: string;
}

export const converting = once(() => ({
  'datetime-time-missing': finding(
    'Date without a time',
    'The date has no time of day, and midnight would be a guess.',
    text`If the time is in a column of its own, name both: ${option('map', { from: example('Date+Time'), to: 'DateTime' })}. Else export the time as well.`,
  ),
  'datetime-form-unknown': finding(
    'Time in a form that is not read',
    'The time is written in a form that is not read.',
    `Export it in one of these forms: ${FORMS}.`,
  ),
  'datetime-zone-unclear': finding(
    'Time zone with several meanings',
    'The time has the abbreviation of a zone that means several zones, such as EST, IST or CST.',
    text`Export the time with an offset such as +03:00, or without a zone, and name the zone with ${option('timezone', 'America/New_York')}.`,
  ),
  'datetime-impossible': finding(
    'No such day or time',
    'The calendar has no such day, or the clock no such time.',
    text`Correct the date where it comes from; check the order of day and month in ${option('dateFormat')}.`,
  ),
  'datetime-order-contradicts': finding(
    'Date in another order',
    'The date does not fit the order of day and month that the options or the preset name.',
    text`Name the order of the whole column with ${option('dateFormat')}, for example dd/mm/yyyy or mm/dd/yyyy.`,
  ),
  'datetime-orders-mixed': finding(
    'Both orders of day and month in one column',
    ({ dayFirst, monthFirst }: { dayFirst: number; monthFirst: number }) =>
      `Line ${formatNumber(dayFirst)} can only be day/month and line ${formatNumber(monthFirst)} only month/day, so no date of the column is certain.`,
    'Export the dates in one order, best as 2026-11-20 09:12:33.',
  ),
  'price-unclear': finding(
    'Price: decimals or thousands?',
    'Three digits stand behind the only comma or point, so it is not clear whether they are decimals, and no other price of the column tells.',
    'Write 1250.00 or 1.25 instead of 1,250: two decimals, or none.',
  ),
  'price-currency-differs': finding(
    'Price in another currency',
    'The currency beside the price is not that of the record or of the prices before it.',
    'Give the file a column Currency and leave only numbers in Price, or export each currency by itself.',
  ),
  'identifiers-differ': finding(
    'Two identifiers that differ',
    ({ column }: { column: string }) =>
      `${column} stands in two columns of the export, and the two differ.`,
    text`Look in the system which one is right, or name one column, for example ${option('map', 'metrika_client_id=ClientId')}.`,
  ),
  'phone-several': finding(
    'Several phone numbers in one cell',
    'The cell has several phone numbers.',
    text`Leave the number of the caller, or take the first one of each cell with ${option('phones', 'first')}.`,
  ),
  'duration-unclear': finding(
    ({ column = 'A duration' }) => `${column}: in which unit?`,
    ({ column }: InColumn) =>
      `${column} may be in one unit or in another, and no other value of the column tells.`,
    text`Name the unit: ${option('durationUnit', 'hours')}, minutes, seconds or milliseconds.`,
  ),
  'value-not-listed': finding(
    ({ column = 'A value' }) => `${column}: word not listed`,
    ({ column, value, meaning }: UnlistedWord) =>
      value === undefined || meaning === undefined
        ? `${column} has a word that is not in the list of meanings.`
        : `Nobody knows what "${value}" in the column ${column} means: incoming, outgoing or internal.`,
    ({ column = example('CallMissed'), value = example('Not reached'), meaning }) =>
      meaning === undefined
        ? text`Add it, for example ${option('mapValue', { column, meanings: [{ from: value, to: '1' }] })}.`
        : text`Say what it means, for example ${option('mapValue', { column, meanings: [{ from: value, to: meaning }] })}, or take every call with ${option('direction', 'all')}.`,
  ),
  'calls-none': finding(
    'No call is left',
    'No record of the export fits the rules for records to keep.',
    text`Check the value and the column in ${option('only')}; the whole cell must be the same.`,
  ),
  'stand-ins-emptied': finding(
    'Stand-ins for no value',
    ({ count }: Counted) =>
      `${plural(count, 'cell')} ${count === 1 ? 'holds' : 'hold'} a stand-in for no value, such as NULL, none or -, and ${count === 1 ? 'is' : 'are'} written empty.`,
    'Check that nothing was meant by them.',
  ),
  'direction-left-out': finding(
    ({ column }) =>
      column === undefined ? 'Outgoing calls too?' : `Outgoing calls too? See ${column}`,
    ({ column, value }: InColumn & { readonly value: string }) =>
      `The column ${column} is not used and holds "${value}", so outgoing calls may be among the records.`,
    ({ column = example('Direction'), value = 'out' }) =>
      text`Leave them out with ${option('skip', `${column}=${value}`)}.`,
  ),
  'codes-left-out': finding(
    ({ column }) =>
      column === undefined ? 'Codes that nothing explains' : `What does ${column} mean?`,
    ({ column, ...codes }: OpenCodes) =>
      `The column ${column} is not used and has ${countedCodes(codes, (code) => `"${code}"`, formatNumber)}. Calls that went out or were missed may be among the records.`,
    ({
      column = example('Type'),
      open = [example('out')],
      codes = [],
      more = 0,
      isOutcome = false,
    }) =>
      text`Leave out what is no incoming call, for example ${skipCodes({ column, open }) ?? option('skip', 'COLUMN=VALUE')}, or say what each word means: ${explainCodes({ column, codes, more, isOutcome })}.`,
  ),
  'legs-left-out': finding(
    ({ column }) =>
      column === undefined ? 'Legs of one call?' : `Legs of one call? See ${column}`,
    ({ column, count }: InColumn & Counted) =>
      `The column ${column} is not used, and ${plural(count, 'record')} ${count === 1 ? 'has' : 'have'} the value of an earlier one, so several records may be one call.`,
    text`Export calls without their legs, or keep one leg of each with ${option('only')}.`,
  ),
  'legs-too-far': finding(
    'Leg far from its call',
    ({ firstLine, most }: { readonly firstLine: number; readonly most: number }) =>
      `This is a leg of the call in line ${String(firstLine)}, more than ${formatNumber(most)} records above it.`,
    text`Sort the export by time or by call. ${option('legs', 'keep')} takes each leg as a call.`,
  ),
  'no-calls-left': finding(
    'No calls are left',
    ({ count }: Counted) =>
      `${count === 1 ? 'The only record is' : `All ${plural(count, 'record')} are`} left out, so the file of calls has no calls.`,
    text`Check the rules and the meanings of words: ${option('skip')}, ${option('only')}, ${option('mapValue')}.`,
  ),
  'identifiers-left-out': finding(
    'Calls without identifier',
    ({ column }: InColumn) =>
      `The column ${column} has numbers like ClientIDs of Metrica and is not used. The calls have no identifier.`,
    ({ column = example('ID') }) =>
      text`Use the column if it has the visitors' ClientIDs: ${option('map', { from: column, to: 'ClientId' })}. If not, leave it out: ${option('map', { from: column, to: '-' })}.`,
  ),
  'company-line': finding(
    'The caller is a line of the company',
    ({ called, calledAt }: { readonly called: ShownName; readonly calledAt: number }) =>
      `The caller is the called number in line ${String(calledAt)}, in the column ${called}.`,
    text`Leave out the calls that went out, for example with ${option('skip', 'COLUMN=VALUE')} or ${option('only', 'COLUMN=VALUE')}.`,
  ),
  'phones-left-out': finding(
    'Calls without PhoneNumber',
    ({ column }: InColumn) =>
      `The column ${column} has phone numbers and is not used. The calls have no PhoneNumber.`,
    ({ column = example('Phone') }) =>
      text`Use the column if it has the callers' numbers: ${option('map', { from: column, to: 'PhoneNumber' })}. If not, leave it out: ${option('map', { from: column, to: '-' })}.`,
  ),
  'join-number-unread': finding(
    'Phone number of the joined file that cannot be read',
    'The phone number is not in international form and cannot be read for certain, so it joins nobody.',
    text`Write it as +70123456789, or name the country with ${option('defaultRegion')}.`,
  ),
  'join-number-twice': finding(
    'Phone number twice in the joined file',
    'The phone number stands there before with other identifiers; those of this line count.',
    'Keep one line for each number, the one of the visitor who called last.',
  ),
  'join-nobody': finding(
    'The joined file fits no call',
    ({ joined, calls, numbers, name }: JoinCounts) =>
      `${formatNumber(joined)} of ${plural(calls, 'call')} joined with the ${plural(numbers, 'number')} of ${name}.`,
    'Check that both files have the phone numbers of the callers, and of the same period.',
  ),
  'join-counts': finding(
    'Calls joined with another file',
    ({ joined, calls, numbers, name }: JoinCounts) =>
      `${formatNumber(joined)} of ${plural(calls, 'call')} joined with the ${plural(numbers, 'number')} of ${name}.`,
    'Calls of other numbers have no identifier from there.',
  ),
  'column-repeated': finding(
    ({ column }) => (column === undefined ? 'A column twice' : `Column ${column} twice`),
    ({ column }: InColumn) => `The export has the column ${column} more than once.`,
    ({ column = 'Phone' }) => `The second one is named "${column}#2" in options.`,
  ),
  'records-other': finding(
    'Other records than calls',
    ({ count }: Counted) =>
      `${plural(count, 'record')} left out: no ${count === 1 ? 'call' : 'calls'}.`,
    'The preset knows other records of the system, such as chats and lines of totals.',
  ),
  'calls-outgoing': finding(
    'Outgoing calls left out',
    ({ count }: Counted) => `${plural(count, 'outgoing call')} left out.`,
    text`${option('direction', 'all')} keeps them.`,
  ),
  'calls-internal': finding(
    'Internal calls left out',
    ({ count }: Counted) => `${plural(count, 'internal call')} left out.`,
    text`${option('direction', 'all')} keeps them.`,
  ),
  'durations-as-minutes': finding(
    'Durations of minutes and seconds',
    ({ column, sample }: { column: string; sample: string }) =>
      `${column} in two parts is read as minutes and seconds, such as ${sample}.`,
    text`If they are hours and minutes, say so: ${option('durationUnit', 'hours')}.`,
  ),
  'calls-unidentified': finding(
    'Calls without identifier left out',
    ({ count }: Counted) => `${plural(count, 'call')} without identifier left out.`,
    text`${option('unidentified', 'static')} keeps them as static calls.`,
  ),
  'calls-skipped': finding(
    'Records left out by rules',
    ({ count }: Counted) => `${plural(count, 'record')} left out by rules.`,
    text`Change ${option('only')} or ${option('skip')} to keep them.`,
  ),
  'legs-joined': finding(
    'Legs joined into calls',
    ({ count }: Counted) => `${plural(count, 'record')} joined as further legs of calls.`,
    text`${option('legs', 'keep')} makes a call of each leg.`,
  ),
  'numbers-withheld': finding(
    'Phone numbers kept back',
    ({ count }: Counted) => `${plural(count, 'caller')} kept the phone number back; it is empty.`,
    'Nothing has to be done; the phone number is optional.',
  ),
  'static-for-unidentified': finding(
    'StaticCall=1 for some calls only',
    ({ count }: Counted) =>
      `StaticCall=1 is set for calls without identifier only: ${plural(count, 'call')} with one would not be linked as static.`,
    text`${option('unidentified', 'static')} says the same.`,
  ),
  'calls-at-night': finding(
    'Many calls at night',
    ({ night, calls, zone }: NightCalls) =>
      `${formatNumber(night)} of ${plural(calls, 'call')} are between 00:00 and 06:00 in ${zone}.`,
    text`Probably the times are shifted: compare a few calls with the call system. For an export, set the right ${option('timezone')}. In a file whose DateTime is in seconds, correct the seconds: no option shifts them.`,
  ),
}));
