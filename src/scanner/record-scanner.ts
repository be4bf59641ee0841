// Reads the bytes of records, and finds out without decoding which records are clean. The scanner
// recognizes only clean records in their usual form. All other records go to the full check.
//
// The input is UTF-8. This folder is AssemblyScript, which is compiled to WebAssembly: see
// docs/decisions/0012-speed.md.
import { CARRIAGE_RETURN } from './bytes';
import { long, recordEnd, recordHash, rounded, traits } from './clean-record';
import {
  CANONICAL_AT,
  CLIENT_IDS,
  HAS_CLIENT_ID,
  HAS_USER_ID,
  HAS_YCLID,
  IS_STATIC,
  LINE_FEEDS,
  LONG,
  NUMBERS_AT,
  PENDING_AT,
  RECORDS,
  ROUNDED,
  STATIC,
  TALLIES,
  TALLY_AT,
  USER_IDS,
  YCLIDS,
} from './layout';
import { prefetchSlots, addRecord, reserveTables } from './duplicates';
import { xxh64 } from './xxh64';

// The functions for the host. The host must call `reserve` first, then `begin`, then the other
// functions.

export { allowUnidentified, assumeTraits, begin, setCurrencies } from './clean-record';

export function reserve(): void {
  reserveTables();
}

/**
 * Remembers a record. The host must have written the canonical record into the shared memory.
 *
 * @returns the line of the earlier record that is equal; 0 if there is none
 */
export function firstLineOf(length: usize, line: u32): u32 {
  return addRecord(xxh64(CANONICAL_AT, length), line);
}

// Each search for an earlier record has to wait for memory. The processor can do many searches at
// the same time. So the scanner reads several records before the first search.

const MOST_PENDING: usize = 32;

// The size of a pending record, then the positions of its values, in bytes. The hash is at position
// 0 and has eight bytes. All other values have four.
const PENDING: usize = 32;
const END: usize = 8;
const TRAITS: usize = 12;
const LONG_ONES: usize = 16;
const ROUNDED_ONES: usize = 20;
const LINE_FEED_ONLY: usize = 24;

const FIRST = PENDING_AT as usize;
const PENDING_END = FIRST + MOST_PENDING * PENDING;

/**
 * Scans consecutive clean records of one line each. Stops at the first record that is not certainly
 * clean, or that repeats an earlier record.
 *
 * @param from where a record begins
 * @param to where to stop, directly after a line feed
 * @param line the physical line of the first record, from 1
 * @returns where the scan stopped; the counts include the records before this position
 */
export function scan(from: usize, to: usize, line: u32): usize {
  return scanRecords(from, to, line, 0);
}

/**
 * Scans records as {@link scan} does. The host must have put the line numbers of the records into
 * the shared memory.
 *
 * @param first the index of the first record in the list of line numbers
 */
export function scanNumbered(from: usize, to: usize, first: u32): usize {
  return scanRecords(from, to, first, NUMBERS_AT as usize);
}

/**
 * Scans records, and counts them.
 *
 * @param line the physical line of the first record, or the index of this record in the list of
 *   line numbers
 * @param lines the address of the list of line numbers; 0 if each record is on the line after the
 *   previous record
 */
function scanRecords(from: usize, to: usize, line: u32, lines: usize): usize {
  memory.fill(TALLY_AT, 0, TALLIES * 4);
  let at = from;
  let next = line;
  let full: bool;
  do {
    const end = readAhead(at, to);
    full = end == PENDING_END;
    prefetchSlots(FIRST, end, PENDING);
    for (let pending = FIRST; pending < end; pending += PENDING) {
      const place = lines == 0 ? next : load<u32>(lines + ((next as usize) << 2));
      if (addRecord(load<u64>(pending), place) != 0) return at;
      count(pending);
      next += 1;
      at = load<u32>(pending, END);
    }
  } while (full);
  return at;
}

/** @returns the end of the list of pending records */
function readAhead(from: usize, to: usize): usize {
  let pending = FIRST;
  let at = from;
  while (at < to && pending < PENDING_END) {
    const end = recordEnd(at);
    if (end == 0) break;
    store<u64>(pending, recordHash(at, end));
    const carriageReturn: u32 = load<u8>(end) == CARRIAGE_RETURN ? 1 : 0;
    at = end + 1 + carriageReturn;
    store<u32>(pending, at as u32, END);
    store<u32>(pending, traits, TRAITS);
    store<u32>(pending, long, LONG_ONES);
    store<u32>(pending, rounded, ROUNDED_ONES);
    store<u32>(pending, 1 - carriageReturn, LINE_FEED_ONLY);
    pending += PENDING;
  }
  return pending;
}

function count(pending: usize): void {
  const its = load<u32>(pending, TRAITS);
  add(RECORDS, 1);
  add(STATIC, (its & IS_STATIC) != 0 ? 1 : 0);
  add(USER_IDS, (its & HAS_USER_ID) != 0 ? 1 : 0);
  add(CLIENT_IDS, (its & HAS_CLIENT_ID) != 0 ? 1 : 0);
  add(YCLIDS, (its & HAS_YCLID) != 0 ? 1 : 0);
  add(LONG, load<u32>(pending, LONG_ONES));
  add(ROUNDED, load<u32>(pending, ROUNDED_ONES));
  add(LINE_FEEDS, load<u32>(pending, LINE_FEED_ONLY));
}

function add(which: usize, amount: u32): void {
  const place = (TALLY_AT as usize) + which * 4;
  store<u32>(place, load<u32>(place) + amount);
}
