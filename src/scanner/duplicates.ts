// The records of a file that were read, so that a record which repeats one is found.
import { DUPLICATE_WINDOW, DUPLICATES_AT } from './layout';

// Two tables of hashes with the lines they were met on, by open addressing. When one is full the other
// is emptied and takes its turn, so that the memory is the same however long the file is.

/** Small files, which most are, touch little memory. */
const SMALLEST: usize = 1 << 13;
const LARGEST: usize = (DUPLICATE_WINDOW as usize) * 2;

// A slot: eight bytes of hash, four of the line, which is 0 when the slot is free.
const SLOT: usize = 12;
const LINE: usize = 8;
const TABLE: usize = LARGEST * SLOT;

const END = (DUPLICATES_AT as usize) + TABLE * 2;
const PAGE: usize = 65_536;

let current = DUPLICATES_AT as usize;
let previous = (DUPLICATES_AT as usize) + TABLE;
let slots: usize = SMALLEST;
let count: u32 = 0;

/** Takes the memory for the tables; what is not used of it costs nothing. */
export function reserveTables(): void {
  memory.grow(((END / PAGE) as i32) - memory.size());
}

/**
 * Notes a record unless it is there already.
 *
 * @returns the line of the record it repeats; 0 when it is new
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
  // What the other table knows is known in this one from here on, since the other is emptied next.
  put(slot, hash, earlier != 0 ? earlier : line);
  return earlier;
}

/** What {@link prefetchSlots} found, which is of no use but that it was asked for. */
let fetched: u32 = 0;

/**
 * Asks the memory for the places of several records, none of which waits for another's.
 *
 * @param from where the hash of the first is, and `step` bytes further that of the next
 */
export function prefetchSlots(from: usize, to: usize, step: usize): void {
  // Small tables are in the caches, and the other table is not in use yet.
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

/** The slot that holds the hash, or the free one where it belongs. */
function slotOf(table: usize, size: usize, hash: u64): usize {
  const end = table + size * SLOT;
  let at = table + ((hash as usize) & (size - 1)) * SLOT;
  while (load<u32>(at, LINE) != 0 && load<u64>(at) != hash) {
    at += SLOT;
    if (at == end) at = table;
  }
  return at;
}

/** Goes over into the other table, which is still empty, with the size that is kept from there on. */
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
