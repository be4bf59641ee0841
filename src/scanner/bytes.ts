// Functions that find the end of a sequence of bytes. They examine sixteen bytes at a time. A line
// feed ends every sequence. The caller must make sure that there is a line feed after the start.
// Otherwise, the functions read past the end of the records.

export const QUOTE: u8 = 0x22;
const DELETE: u8 = 0x7f;
export const LINE_FEED: u8 = 0x0a;
export const CARRIAGE_RETURN: u8 = 0x0d;
export const ZERO: u8 = 0x30;
export const PLUS: u8 = 0x2b;
export const MINUS: u8 = 0x2d;
export const POINT: u8 = 0x2e;

/** The byte between fields. */
export let delimiter: u8 = 0x2c;

/** Sets the byte between fields. */
export function setDelimiter(byte: u8): void {
  delimiter = byte;
}

/** Returns the position after the last digit of a sequence of digits. */
export function digitsEnd(from: usize): usize {
  let at = from - 16;
  let others: i32;
  do {
    at += 16;
    others = i8x16.bitmask(v128.not(digits(v128.load(at))));
  } while (others == 0);
  return at + ctz(others);
}

/**
 * Returns the end of a text without quotes: the position of the next quote, delimiter or control
 * character.
 */
export function textEnd(from: usize): usize {
  let at = from - 16;
  let stops: i32;
  do {
    at += 16;
    const bytes = v128.load(at);
    stops = i8x16.bitmask(v128.or(endsQuoted(bytes), is(bytes, delimiter)));
  } while (stops == 0);
  return at + ctz(stops);
}

/** Returns the position of the next quote or control character within a quoted text. */
export function quotedEnd(from: usize): usize {
  let at = from - 16;
  let stops: i32;
  do {
    at += 16;
    stops = i8x16.bitmask(endsQuoted(v128.load(at)));
  } while (stops == 0);
  return at + ctz(stops);
}

/** Says whether a range of bytes contains a delimiter. */
export function holdsDelimiter(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 16) {
    const delimiters = i8x16.bitmask(is(v128.load(at), delimiter));
    if (delimiters != 0) return at + ctz(delimiters) < to;
  }
  return false;
}

/**
 * Returns the position of the next quote, delimiter, or character that is not visible ASCII. If the
 * search begins after the host of a URL, every URL parser accepts all characters before the
 * returned position.
 */
export function visibleEnd(from: usize): usize {
  let at = from - 16;
  let stops: i32;
  do {
    at += 16;
    const bytes = v128.load(at);
    const quoteOrDelimiter = v128.or(is(bytes, QUOTE), is(bytes, delimiter));
    stops = i8x16.bitmask(v128.or(v128.not(visible(bytes)), quoteOrDelimiter));
  } while (stops == 0);
  return at + ctz(stops);
}

/**
 * Returns the end of a host name. A host name consists of small letters and digits, with single
 * points and hyphens between them. The last label begins with a letter. So the host is not an IP
 * address.
 *
 * @returns the position after the host name; 0 if the text is very long, or not certainly a host
 *   name
 */
export function hostEnd(from: usize): usize {
  let letters = lettersOf(from);
  let points = bytesEqual(from, POINT);
  let separators = points | bytesEqual(from, MINUS);
  let others = ~(letters | digitsOf(from) | separators) & 0xffffffff;
  if (others == 0) {
    const second = from + 32;
    letters |= lettersOf(second) << 32;
    points |= bytesEqual(second, POINT) << 32;
    separators = points | bytesEqual(from, MINUS) | (bytesEqual(second, MINUS) << 32);
    others = ~(letters | digitsOf(from) | (digitsOf(second) << 32) | separators);
    if (others == 0) return 0;
  }
  const length = ctz(others);
  if (length == 0) return 0;
  const within: u64 = (1 << length) - 1;
  // A separator may not be first, last, or next to another separator.
  separators &= within;
  if ((separators & ((separators << 1) | 1 | (1 << (length - 1)))) != 0) return 0;
  const lastLabel = 64 - clz(points & within);
  return ((letters >> lastLabel) & 1) != 0 ? from + (length as usize) : 0;
}

/** Returns the number that up to ten digits represent; 0 if there are no digits. */
export function numberOf(from: usize, length: u32): u64 {
  if (length <= 8) return length == 0 ? 0 : eightDigits(load<u64>(from) << (64 - 8 * length));
  const first = length - 8;
  const high = eightDigits(load<u64>(from) << (64 - 8 * first));
  return high * 100_000_000 + eightDigits(load<u64>(from + first));
}

/**
 * Returns the number that eight digits represent. First combines the digits into pairs, then the
 * pairs into groups of four, then the two groups. A zero byte has the same value as the digit 0.
 */
function eightDigits(bytes: u64): u64 {
  const pairs = ((bytes & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((fours & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/** Marks quotes and control characters. A clean text has no control characters. */
function endsQuoted(bytes: v128): v128 {
  return v128.or(v128.or(is(bytes, QUOTE), is(bytes, DELETE)), controls(bytes));
}

function is(bytes: v128, byte: u8): v128 {
  return i8x16.eq(bytes, i8x16.splat(byte));
}

// Tests for ranges of bytes. The SIMD comparison is signed, so each test first subtracts a
// constant. The constants are written in each function. This keeps the functions small enough for
// the compiler to inline.

/** Marks the digits, 0x30 to 0x39. */
function digits(bytes: v128): v128 {
  return i8x16.lt_s(
    i8x16.sub(bytes, i8x16.splat((0x30 - 128) as i8)),
    i8x16.splat((10 - 128) as i8),
  );
}

/** Marks the small letters, 0x61 to 0x7a. */
function smallLetters(bytes: v128): v128 {
  return i8x16.lt_s(
    i8x16.sub(bytes, i8x16.splat((0x61 - 128) as i8)),
    i8x16.splat((26 - 128) as i8),
  );
}

/** Marks visible ASCII without spaces, 0x21 to 0x7e. */
function visible(bytes: v128): v128 {
  return i8x16.lt_s(
    i8x16.sub(bytes, i8x16.splat((0x21 - 128) as i8)),
    i8x16.splat((94 - 128) as i8),
  );
}

/** Marks control characters except DEL, 0 to 0x1f. */
function controls(bytes: v128): v128 {
  return i8x16.lt_s(i8x16.sub(bytes, i8x16.splat(-128)), i8x16.splat((32 - 128) as i8));
}

/** Returns 32 bits, one for each byte: 1 if the byte is a small letter. */
function lettersOf(from: usize): u64 {
  return bits(smallLetters(v128.load(from)), smallLetters(v128.load(from, 16)));
}

function digitsOf(from: usize): u64 {
  return bits(digits(v128.load(from)), digits(v128.load(from, 16)));
}

function bytesEqual(from: usize, byte: u8): u64 {
  return bits(is(v128.load(from), byte), is(v128.load(from, 16), byte));
}

function bits(first: v128, second: v128): u64 {
  return ((i8x16.bitmask(first) as u32) | ((i8x16.bitmask(second) as u32) << 16)) as u64;
}
