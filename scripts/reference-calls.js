// Makes the calls of an export with other libraries: csv-parse, iconv-lite, luxon and
// google-libphonenumber. This script reads only cells whose meaning is certain.
import { parse } from 'csv-parse/sync';
import googlePhones from 'google-libphonenumber';
import iconv from 'iconv-lite';
import { DateTime } from 'luxon';

const { PhoneNumberFormat, PhoneNumberUtil } = googlePhones;
const phones = PhoneNumberUtil.getInstance();

const IDENTIFIERS = ['UserId', 'ClientId', 'Yclid'];
const STAND_INS = new Set(['null', 'none', 'undefined', 'nan', '-', '(not set)', '#n/a']);
const WITHHELD = new Set(['anonymous', 'unknown', 'аноним']);
const YES = new Set(['1', 'yes', 'true', 'да', 'missed']);
/** The maximum distance between two legs of a call, in records. */
const LEG_WINDOW = 10_000;

/** The forms of times. Each has a pattern, and the format string for luxon. */
const TIMES = [
  [/^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d:\d\d$/, 'd.M.yyyy H:mm:ss'],
  [/^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d$/, 'd.M.yyyy H:mm'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'yyyy-MM-dd HH:mm:ss'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, "yyyy-MM-dd'T'HH:mm:ss"],
  [/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/, 'yyyy/MM/dd HH:mm:ss'],
  [/^\d{14}$/, 'yyyyMMddHHmmss'],
];

/** Reads an export or a joined file. Returns one object for each record that is not blank. */
export function recordsOf(bytes, { encoding, delimiter }) {
  const text = iconv.decode(bytes, encoding);
  const [header, ...records] = parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  }).filter((fields) => fields.some((field) => field.trim() !== ''));
  return records.map((fields) =>
    Object.fromEntries(header.map((name, at) => [name, (fields[at] ?? '').trim()])),
  );
}

/** Returns seconds since 1970, or `undefined` if the time occurs twice or never in the zone. */
function secondsOf(text, zone) {
  if (/^\d{9,10}$/.test(text)) return text;
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text)) return String(DateTime.fromISO(text).toSeconds());
  const form = TIMES.find(([pattern]) => pattern.test(text))?.[1];
  const shown = DateTime.fromFormat(text, form, { zone: 'UTC' }).toSeconds();
  const offsets = Array.from(
    { length: 53 },
    (_, at) => DateTime.fromSeconds(shown + (at - 26) * 3600, { zone }).offset * 60,
  );
  const instants = [...new Set(offsets)]
    .map((offset) => shown - offset)
    .filter((seconds) => seconds + DateTime.fromSeconds(seconds, { zone }).offset * 60 === shown);
  return instants.length === 1 ? String(instants[0]) : undefined;
}

const knownPhones = new Map();

/** Returns a phone number in international form; '' if the caller hid the number. */
function phoneOf(text, region) {
  if (text === '' || WITHHELD.has(text.toLowerCase())) return '';
  const key = `${region} ${text}`;
  if (!knownPhones.has(key)) {
    if (knownPhones.size > 100_000) knownPhones.clear();
    // Some systems omit the plus sign of a Russian number.
    const whole = region === 'RU' && /^7\d{10}$/.test(text) ? `+${text}` : text;
    knownPhones.set(key, phones.format(phones.parse(whole, region), PhoneNumberFormat.E164));
  }
  return knownPhones.get(key);
}

function durationOf(text) {
  return text === ''
    ? ''
    : String(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
}

/** Returns an identifier unchanged. Returns '' if the text is only zeros or a stand-in. */
function identifierOf(text) {
  return STAND_INS.has(text.toLowerCase()) || /^0+$/.test(text) ? '' : text;
}

const CELLS = {
  UserId: identifierOf,
  ClientId: identifierOf,
  Yclid: identifierOf,
  DateTime: (text, { zone }) => secondsOf(text, zone),
  PhoneNumber: (text, { region }) => phoneOf(text, region),
  TalkDuration: (text) => (/^\d*$/.test(text) ? text : durationOf(text)),
  HoldDuration: (text) => (/^\d*$/.test(text) ? text : durationOf(text)),
  Price: (text) => text.replaceAll(/[ \u00a0]/g, '').replace(',', '.'),
  CallMissed: (text) => (text === '' ? '' : YES.has(text.toLowerCase()) ? '1' : '0'),
  Tag: (text) => text,
  Currency: (text) => text,
};

/** Returns a call, with `undefined` for a value that cannot be read. */
function mappedCall(record, { columns, set = {}, ...settings }) {
  const targets = { UserId: 'UserId', ClientId: 'ClientId', ...columns };
  const cells = Object.entries(targets).flatMap(([name, column]) =>
    name in record ? [[column, CELLS[column](record[name], settings)]] : [],
  );
  return { ...Object.fromEntries(cells), ...set };
}

const isExtension = (text) => /^(?:\d{1,6}|\*\d*|s)$/.test(text);

function directionOf({ outbound_cnum: outbound, cnum, src, dst }) {
  if (outbound !== '') return 'out';
  if (!isExtension(cnum || src) && !isExtension(src)) return 'in';
  return isExtension(dst) ? 'internal' : 'out';
}

function freepbxCall(record, settings) {
  const isIn = directionOf(record) === 'in';
  return {
    DateTime: secondsOf(record.calldate, settings.zone),
    PhoneNumber: phoneOf(isIn ? record.src : record.dst, settings.region),
    TalkDuration: record.billsec,
    HoldDuration: String(Math.max(0, Number(record.duration) - Number(record.billsec))),
    CallMissed: record.disposition.toLowerCase() === 'answered' ? '0' : '1',
  };
}

/** Joins the legs of each call. Calls are in the order of their first legs. */
function joinLegs(legs) {
  const calls = [];
  const open = new Map();
  legs.forEach(({ key, call }, at) => {
    const known = key === '' ? undefined : open.get(key);
    if (known !== undefined && at - known.at <= LEG_WINDOW) {
      known.legs.push(call);
      return;
    }
    const first = { at, legs: [call] };
    calls.push(first);
    open.set(key, first);
  });
  return calls.map(({ legs: all }) => wholeCall(all));
}

function wholeCall(legs) {
  const [first] = legs;
  if (legs.length === 1) return first;
  const answered = legs.find(({ CallMissed }) => CallMissed === '0');
  const numbers = (name) => legs.map((leg) => Number(leg[name]));
  return {
    DateTime: String(Math.min(...numbers('DateTime'))),
    PhoneNumber: legs.map(({ PhoneNumber }) => PhoneNumber).find((one) => one !== '') ?? '',
    TalkDuration: String(Math.max(...numbers('TalkDuration'))),
    HoldDuration: answered?.HoldDuration ?? String(Math.max(...numbers('HoldDuration'))),
    CallMissed: answered === undefined ? '1' : '0',
  };
}

/**
 * Returns the identifiers of each phone number. If several records of a number have identifiers,
 * the last of these records is used.
 */
function identifiersByPhone({ bytes, form }, region) {
  const byPhone = new Map();
  for (const { PhoneNumber, ...record } of recordsOf(bytes, form)) {
    const found = IDENTIFIERS.map((name) => [name, identifierOf(record[name] ?? '')]);
    const number = phoneOf(PhoneNumber, region);
    const filled = found.filter(([, value]) => value !== '');
    if (number !== '' && filled.length > 0) byPhone.set(number, Object.fromEntries(filled));
  }
  return byPhone;
}

/**
 * Makes the calls of an export.
 *
 * @returns the calls as objects, and how many records were written, joined, rejected or left out
 */
export function referenceCalls({ bytes, form, recipe, joined }) {
  const settings = { ...recipe, zone: recipe.timezone, region: recipe.defaultRegion };
  const records = recordsOf(bytes, form);
  const leftOut = { only: 0, skip: 0, outgoing: 0, internal: 0, unidentified: 0 };
  const account = { records: records.length, written: 0, legs: 0, rejected: 0, leftOut };
  let calls;
  if (recipe.preset === undefined) calls = records.map((record) => mappedCall(record, settings));
  else {
    const legs = [];
    for (const record of records) {
      const went = directionOf(record);
      if (recipe.direction === 'all' || went === 'in') {
        const call = { ...freepbxCall(record, settings), ...recipe.set };
        legs.push({ call, key: record.linkedid || record.uniqueid });
      } else leftOut[went === 'out' ? 'outgoing' : 'internal'] += 1;
    }
    calls = recipe.legs === 'keep' ? legs.map(({ call }) => call) : joinLegs(legs);
    account.legs = legs.length - calls.length;
  }
  const byPhone = joined === undefined ? undefined : identifiersByPhone(joined, settings.region);
  // If no call can get an identifier, the program reports one error about the whole file. Then a
  // call without an identifier is not rejected.
  const hasIdentifiers = recipe.preset === undefined || (byPhone?.size ?? 0) > 0;
  const good = [];
  for (const call of calls) {
    const stored = byPhone?.get(call.PhoneNumber) ?? {};
    for (const name of IDENTIFIERS) call[name] = call[name] || stored[name] || '';
    const isIdentified = IDENTIFIERS.some((name) => call[name] !== '');
    if (!isIdentified && recipe.unidentified === 'skip') {
      leftOut.unidentified += 1;
      continue;
    }
    if (!isIdentified && recipe.unidentified === 'static') call.StaticCall = '1';
    const isGood = isIdentified || recipe.unidentified === 'static' || !hasIdentifiers;
    if (isGood && call.DateTime !== undefined) good.push(call);
    else account.rejected += 1;
  }
  account.written = good.length;
  return { calls: good, account };
}
