// Recognizes clean records in their usual form, from their bytes. Every record that this file
// accepts also passes the rules in src/calls/columns/rules.ts without a finding. A test compares
// this file with those rules.
import {
  CARRIAGE_RETURN,
  delimiter,
  digitsEnd,
  holdsDelimiter,
  hostEnd,
  LINE_FEED,
  MINUS,
  numberOf,
  PLUS,
  POINT,
  QUOTE,
  quotedEnd,
  setDelimiter,
  textEnd,
  visibleEnd,
  ZERO,
} from './bytes';
import {
  CALL_MISSED,
  CANONICAL_AT,
  CLIENT_ID,
  COLUMNS_AT,
  CURRENCIES_AT,
  CURRENCY,
  DATE_TIME,
  DURATION,
  FLAG,
  HAS_CLIENT_ID,
  HAS_CURRENCY,
  HAS_PRICE,
  HAS_TALK,
  HAS_TIME,
  HAS_USER_ID,
  HAS_YCLID,
  IS_MISSED,
  IS_STATIC,
  PHONE_NUMBER,
  PRICE,
  STATIC_CALL,
  TALK_DURATION,
  TEXT,
  USER_ID,
  WEB_ADDRESS,
  YCLID,
} from './layout';
import { xxh64 } from './xxh64';

const LONGEST_IDENTIFIER: u32 = 20;
const LATEST_DIGITS: u32 = 10;
/** A duration of at most one day, in seconds, has at most this many digits. */
const DURATION_DIGITS: u32 = 5;

let columns: u32 = 0;
let now: u64 = 0;
let linkageWindow: u64 = 0;
let longestDuration: u64 = 0;
let spreadsheetDigits: u32 = 0;
let currencies: u32 = 0;
let lastCurrency: u32 = 0;
/** The traits that every record gets, whatever values the record has. */
let assumed: u32 = 0;
let unidentifiedAllowed: bool = false;

// The traits of the last record that {@link recordEnd} read.
export let traits: u32 = 0;
/** The number of identifiers with more digits than a spreadsheet preserves. */
export let long: u32 = 0;
/** The number of long identifiers with only zeros after the digits that are preserved. */
export let rounded: u32 = 0;
/** Whether the record has quotes only where they are needed. */
let isCanonical: bool = true;

/**
 * Begins a file. The host must have put the shapes of the columns into the shared memory.
 *
 * @param delimiterByte the byte between fields
 * @param nowSeconds the current time in seconds since 1970-01-01 UTC
 * @param linkageSeconds the maximum age at which a call can be linked, in seconds
 * @param durationSeconds the longest duration of a clean call, in seconds
 * @param keptDigits the number of digits that spreadsheets preserve
 */
export function begin(
  columnCount: u32,
  delimiterByte: u8,
  nowSeconds: u32,
  linkageSeconds: u32,
  durationSeconds: u32,
  keptDigits: u32,
): void {
  columns = columnCount;
  setDelimiter(delimiterByte);
  now = nowSeconds;
  linkageWindow = linkageSeconds;
  longestDuration = durationSeconds;
  spreadsheetDigits = keptDigits;
}

/** Sets the number of currencies in the shared memory. */
export function setCurrencies(count: u32): void {
  currencies = count;
}

/**
 * Sets the traits that every record gets. The host may allow any value in a column. The scanner
 * then does not examine the values of this column. So the host sets the traits that the column
 * gives to records, as if none of its values were empty.
 */
export function assumeTraits(all: u32): void {
  assumed = all;
}

/** Sets whether a static call without an identifier is clean. */
export function allowUnidentified(isAllowed: bool): void {
  unidentifiedAllowed = isAllowed;
}

/**
 * Reads a record and sets its traits.
 *
 * @returns the position of the line end; 0 if the record is not certainly clean
 */
export function recordEnd(start: usize): usize {
  const last = columns - 1;
  let at = start;
  traits = assumed;
  isCanonical = true;
  long = 0;
  rounded = 0;
  for (let column: u32 = 0; ; column += 1) {
    const shape: i32 = load<u8>((COLUMNS_AT as usize) + column);
    const quoted = load<u8>(at) == QUOTE;
    at = valueEnd(shape, quoted ? at + 1 : at, quoted);
    if (at == 0) return 0;
    if (quoted) {
      if (load<u8>(at) != QUOTE) return 0;
      at += 1;
      // Only texts and user ids may need quotes. Clean values of other shapes never need quotes.
      if (shape != TEXT && shape != USER_ID) isCanonical = false;
    }
    if (column == last) break;
    if (load<u8>(at) != delimiter) return 0;
    at += 1;
  }
  if (load<u8>(at) != LINE_FEED) {
    if (load<u8>(at) != CARRIAGE_RETURN || load<u8>(at, 1) != LINE_FEED) return 0;
  }
  return isCleanTogether(traits) ? at : 0;
}

/**
 * Says whether a record has all necessary values, and whether its values fit together.
 *
 * @param has the traits of the record
 */
function isCleanTogether(has: u32): bool {
  if ((has & HAS_TIME) == 0) return false;
  if ((has & (HAS_USER_ID | HAS_CLIENT_ID | HAS_YCLID)) == 0) {
    if (!unidentifiedAllowed || (has & IS_STATIC) == 0) return false;
  }
  if ((has & (HAS_PRICE | HAS_CURRENCY)) == HAS_PRICE) return false;
  return (has & (IS_MISSED | HAS_TALK)) != (IS_MISSED | HAS_TALK);
}

/**
 * Finds the end of a value.
 *
 * @param from where the value begins, after the opening quote if there is one
 * @returns where the clean beginning of the value ends; 0 if the value is not certainly clean
 */
function valueEnd(shape: i32, from: usize, quoted: bool): usize {
  switch (shape) {
    case CLIENT_ID:
      return identifierEnd(from, HAS_CLIENT_ID);
    case YCLID:
      return identifierEnd(from, HAS_YCLID);
    case USER_ID:
      return userIdEnd(from, quoted);
    case DATE_TIME:
      return timeEnd(from);
    case STATIC_CALL:
      return flagEnd(from, IS_STATIC);
    case CALL_MISSED:
      return flagEnd(from, IS_MISSED);
    case FLAG:
      return flagEnd(from, 0);
    case PRICE:
      return priceEnd(from);
    case CURRENCY:
      return currencyEnd(from);
    case PHONE_NUMBER:
      return phoneNumberEnd(from);
    case TALK_DURATION:
      return durationEnd(from, HAS_TALK);
    case DURATION:
      return durationEnd(from, 0);
    case WEB_ADDRESS:
      return webAddressEnd(from);
    default:
      return quoted ? quotedTextEnd(from) : textEnd(from);
  }
}

// For each shape, a function below returns the position where the clean beginning of a value ends.
// `recordEnd` then checks that the whole value ends there. The function returns 0 if it already
// knows that the value is not certainly clean.

function identifierEnd(from: usize, trait: u32): usize {
  const end = digitsEnd(from);
  const length = (end - from) as u32;
  if (length == 0) return end;
  // An identifier of only zeros is a stand-in. So identifiers with a leading zero go to the full
  // check.
  if (length > LONGEST_IDENTIFIER || load<u8>(from) == ZERO) return 0;
  if (length > spreadsheetDigits) {
    long += 1;
    let at = from + spreadsheetDigits;
    while (at < end && load<u8>(at) == ZERO) at += 1;
    if (at == end) rounded += 1;
  }
  traits |= trait;
  return end;
}

function userIdEnd(from: usize, quoted: bool): usize {
  // The identifier must not begin with a space. Some spaces are non-ASCII characters.
  const first = load<u8>(from);
  if (first <= 0x20 || first >= 0x7f) {
    if (first != LINE_FEED && first != CARRIAGE_RETURN && first != delimiter) return 0;
  }
  const end = quoted ? quotedTextEnd(from) : textEnd(from);
  if (mayBeStandIn(first, from, end) || mayBeRounded(from, end)) return 0;
  if (end > from) traits |= HAS_USER_ID;
  return end;
}

/** Says whether a value may be a number that a spreadsheet rounded, such as `1.48E+18`. */
function mayBeRounded(from: usize, end: usize): bool {
  if (end - from < 4 || load<u8>(from) - ZERO > 9) return false;
  const second = load<u8>(from, 1);
  return second == POINT || second == 0x2c || (second | 0x20) == 0x65;
}

const LONGEST_STAND_IN: usize = 9;

/** Says whether a value may be one of the stand-ins in src/calls/columns/stand-ins.ts. */
function mayBeStandIn(first: u32, from: usize, end: usize): bool {
  if (first == ZERO || first == MINUS) {
    let at = from;
    while (at < end && (load<u8>(at) == ZERO || load<u8>(at) == MINUS)) at += 1;
    return at == end || load<u8>(at) == 0x20;
  }
  // An error value of a spreadsheet begins with `#`.
  if (first == 0x23) return true;
  if (end - from > LONGEST_STAND_IN) return false;
  // Other stand-ins begin with `N`, `n`, `U`, `u` or `(`.
  const letter = first | 0x20;
  return letter == 0x6e || letter == 0x75 || first == 0x28;
}

function timeEnd(from: usize): usize {
  const end = digitsEnd(from);
  const length = (end - from) as u32;
  if (length == 0 || length > LATEST_DIGITS) return 0;
  const time = numberOf(from, length);
  if (time > now || now - time > linkageWindow) return 0;
  traits |= HAS_TIME;
  return end;
}

/**
 * Finds the end of a flag.
 *
 * @param trait the trait that the record gets if the value is 1
 */
function flagEnd(from: usize, trait: u32): usize {
  const digit = load<u8>(from);
  if ((digit | 1) != 0x31) return from;
  if (digit != ZERO) traits |= trait;
  return from + 1;
}

function priceEnd(from: usize): usize {
  const whole = digitsEnd(from);
  if (whole == from) return from;
  traits |= HAS_PRICE;
  if (load<u8>(whole) != POINT) return whole;
  const decimals = digitsEnd(whole + 1);
  return decimals == whole + 1 ? whole : decimals;
}

function currencyEnd(from: usize): usize {
  const first = load<u8>(from);
  if (first < 0x41 || first > 0x5a) return from;
  if (!isKnownCurrency(load<u32>(from) & 0xffffff)) return 0;
  traits |= HAS_CURRENCY;
  return from + 3;
}

function isKnownCurrency(letters: u32): bool {
  if (letters == lastCurrency) return true;
  for (let index: u32 = 0; index < currencies; index += 1) {
    if (load<u32>((CURRENCIES_AT as usize) + index * 4) != letters) continue;
    lastCurrency = letters;
    return true;
  }
  return false;
}

function phoneNumberEnd(from: usize): usize {
  if (load<u8>(from) != PLUS) return from;
  const end = digitsEnd(from + 1);
  return end - from < 8 || end - from > 16 || load<u8>(from, 1) == ZERO ? 0 : end;
}

/**
 * Finds the end of a duration.
 *
 * @param trait the trait that the record gets if the duration is over 0
 */
function durationEnd(from: usize, trait: u32): usize {
  const end = digitsEnd(from);
  const length = (end - from) as u32;
  if (length > DURATION_DIGITS) return 0;
  const seconds = numberOf(from, length);
  if (seconds > longestDuration) return 0;
  if (seconds > 0) traits |= trait;
  return end;
}

/** Returns the end of a web address; 0 if a URL parser may reject the address. */
function webAddressEnd(from: usize): usize {
  if (load<u8>(from) != 0x68) return from;
  // "http" or "https", then "://".
  if (load<u32>(from) != 0x70747468) return 0;
  const afterScheme = load<u8>(from, 4) == 0x73 ? from + 5 : from + 4;
  if ((load<u32>(afterScheme) & 0xffffff) != 0x2f2f3a) return 0;
  const end = hostEnd(afterScheme + 3);
  if (end == 0) return 0;
  const next = load<u8>(end);
  // A path, a query or a fragment may follow.
  return next == 0x2f || next == 0x3f || next == 0x23 ? visibleEnd(end) : end;
}

/** @returns the position of the closing quote, or of a control character before it */
function quotedTextEnd(from: usize): usize {
  let at = quotedEnd(from);
  let needed = holdsDelimiter(from, at);
  while (load<u8>(at) == QUOTE && load<u8>(at, 1) == QUOTE) {
    needed = true;
    at = quotedEnd(at + 2);
  }
  if (!needed) isCanonical = false;
  return at;
}

/** Returns the hash of the last record, computed from its canonical record. */
export function recordHash(from: usize, to: usize): u64 {
  return isCanonical ? xxh64(from, to - from) : xxh64(CANONICAL_AT, writeCanonical(from, to));
}

/** @returns the number of written bytes */
function writeCanonical(from: usize, to: usize): usize {
  let at = from;
  let written = CANONICAL_AT as usize;
  while (at < to) {
    let start = at;
    if (load<u8>(at) == QUOTE) {
      let end = quotedEnd(at + 1);
      let needed = holdsDelimiter(at + 1, end);
      while (load<u8>(end, 1) == QUOTE) {
        needed = true;
        end = quotedEnd(end + 2);
      }
      at = end + 1;
      start += needed ? 0 : 1;
      const length = (needed ? at : end) - start;
      memory.copy(written, start, length);
      written += length;
    } else {
      while (at < to && load<u8>(at) != delimiter) at += 1;
      memory.copy(written, start, at - start);
      written += at - start;
    }
    if (at < to) {
      store<u8>(written, delimiter);
      written += 1;
      at += 1;
    }
  }
  return written - CANONICAL_AT;
}
