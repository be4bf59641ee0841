// Remembers the records of a file, to find records that are equal to an earlier record.
import { DUPLICATE_WINDOW, DUPLICATES_AT } from './layout';

// Two open-addressing tables map the hash of a record to its line. When the current table is full,
// the other table is cleared and becomes the current one. So the memory does not grow with the
// file.

/** The number of slots at the start. It is small to save memory, because most files are small. */
const SMALLEST: usize = 1 << 13;
const LARGEST: usize = (DUPLICATE_WINDOW as usize) * 2;

// A slot has eight bytes for the hash and four for the line. The line is 0 if the slot is free.
const SLOT: usize = 12;
const LINE: usize = 8;
const TABLE: usize = LARGEST * SLOT;

const END = (DUPLICATES_AT as usize) + TABLE * 2;
const PAGE: usize = 65_536;

let current = DUPLICATES_AT as usize;
let previous = (DUPLICATES_AT as usize) + TABLE;
let slots: usize = SMALLEST;
let count: u32 = 0;

/** Reserves memory for the tables. Reserved memory costs nothing until it is used. */
export function reserveTables(): void {
  memory.grow(((END / PAGE) as i32) - memory.size());
}

/**
 * Remembers a record if it is new.
 *
 * @returns the line of the earlier record that is equal; 0 if there is none
 */
export function addRecord(hash: u64, line: u32): u32 {
  let slot = slotOf(current, slots, hash);
  let earlier = load<u32>(slot, LINE);
  if (earlier != 0) return earlier;
  if (slots == LARGEST) {
    earlier = load<u32>(slotOf(previous, LARGEST, hash), LINE);
    if (count == DUPLICATE_WINDOW) {
      const full = current;
      current = previous;
      previous = full;
      memory.fill(current, 0, TABLE);
      count = 0;
      slot = slotOf(current, LARGEST, hash);
    }
  } else if ((count as usize) * 2 >= slots) {
    grow();
    slot = slotOf(current, slots, hash);
  }
  // If the record is only in the previous table, it is added to the current table too. The previous
  // table will be cleared when the current table is full.
  put(slot, hash, earlier != 0 ? earlier : line);
  return earlier;
}

/**
 * The result of {@link prefetchSlots}. No code reads this variable. Without it, a compiler could
 * remove the loads.
 */
let fetched: u32 = 0;

/**
 * Loads the slots of several records into the cache, all at the same time.
 *
 * @param from the address of the first hash; the next hash is `step` bytes later
 */
export function prefetchSlots(from: usize, to: usize, step: usize): void {
  // A small table is in the cache already. As long as the current table is small, the previous
  // table is not used.
  if (slots != LARGEST) return;
  let found: u32 = 0;
  for (let at = from; at < to; at += step) {
    const offset = ((load<u64>(at) as usize) & (LARGEST - 1)) * SLOT;
    found |= load<u32>(current + offset) | load<u32>(previous + offset);
  }
  fetched = found;
}

function put(slot: usize, hash: u64, line: u32): void {
  store<u64>(slot, hash);
  store<u32>(slot, line, LINE);
  count += 1;
}

/**
 * Returns the slot that contains a hash. If no slot contains it, returns the free slot where the
 * hash belongs.
 */
function slotOf(table: usize, size: usize, hash: u64): usize {
  const end = table + size * SLOT;
  let at = table + ((hash as usize) & (size - 1)) * SLOT;
  while (load<u32>(at, LINE) != 0 && load<u64>(at) != hash) {
    at += SLOT;
    if (at == end) at = table;
  }
  return at;
}

/**
 * Moves the records of the small table to the other table, which is empty and has the final size.
 */
function grow(): void {
  const small = current;
  const end = small + slots * SLOT;
  current = previous;
  previous = small;
  slots = LARGEST;
  count = 0;
  for (let at = small; at < end; at += SLOT) {
    if (load<u32>(at, LINE) == 0) continue;
    const hash = load<u64>(at);
    put(slotOf(current, LARGEST, hash), hash, load<u32>(at, LINE));
  }
  memory.fill(small, 0, SMALLEST * SLOT);
}
