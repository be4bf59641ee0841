/**
 * Finds the meaning of numbers in a workbook from their formats: date, time, duration or plain
 * number, and the zeros that a format shows before a plain number.
 */
import { excess, LIMITS } from './workbook-limits.ts';
import { attribute, readXml } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The kind of time that a number stores; `undefined` for a plain number. */
export type TimeKind = 'date' | 'time' | 'date-time' | 'duration' | undefined;

/**
 * The meaning of a cell format: the kind of time, or the minimum number of digits for a format that
 * adds zeros. For example, `000000` has at least 6 digits, and shows 42 as `000042`.
 */
export type CellFormat = TimeKind | number;

/**
 * The built-in formats for dates, times and durations, as ranges of format numbers. A built-in
 * format has no format code in the file. Follows ECMA-376, part 1, 18.8.30.
 */
const BUILT_IN: readonly (readonly [from: number, to: number, kind: TimeKind])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 47, 'duration'],
  [50, 58, 'date'],
];

/** The maximum length of a format code, in UTF-16 code units. Excel allows 255. */
const LONGEST_CODE = 1024;

/** @returns the meanings of all cell formats; a cell refers to its format by the index */
export async function readCellFormats(
  zip: ZipArchive,
  part: string,
): Promise<readonly CellFormat[]> {
  const codes = new Map<number, CellFormat>();
  const formats: number[] = [];
  // Conditional formats and table styles have number formats of their own, outside these two lists.
  // No cell refers to those formats, and they may have the same numbers as cell formats. So they
  // are skipped.
  let list: 'numFmts' | 'cellXfs' | undefined;
  await readXml(zip.bytes(part), part, {
    open: (name, attributes) => {
      if (name === 'numFmts' || name === 'cellXfs') list = name;
      else if (name === 'numFmt' && list === 'numFmts') {
        if (codes.size >= LIMITS.formats) throw excess('formats');
        const code = (attribute(attributes, 'formatCode') ?? '').slice(0, LONGEST_CODE);
        codes.set(Number(attribute(attributes, 'numFmtId')), formatOfCode(code));
      } else if (name === 'xf' && list === 'cellXfs') {
        if (formats.length >= LIMITS.formats) throw excess('formats');
        formats.push(Number(attribute(attributes, 'numFmtId') ?? 0));
      }
    },
    close: (name) => {
      if (name === list) list = undefined;
    },
    text: () => undefined,
  });
  return formats.map((id) => (codes.has(id) ? codes.get(id) : formatOfNumber(id)));
}

/**
 * Returns the meaning of a built-in format, which has no format code in the file.
 *
 * @param id the number of the format
 */
export function formatOfNumber(id: number): CellFormat {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2];
}

/**
 * Matches the parts of a format code that do not affect its meaning: a text in quotes, a text in
 * brackets, and a character after `\`, `_` or `*`. Does not match units of a duration in brackets,
 * such as `[h]` or `[mm]`.
 */
const LITERALS = /"[^"]*"|[\\_*].|\[(?!(?:h{1,8}|m{1,8}|s{1,8})\])[^[\]]*\]/gi;

/** Matches a format of zeros only. Colors and languages in brackets do not change the digits. */
const ONLY_ZEROS = /^(?:\[[^[\]]*\])*(0{2,32})$/;

/** Returns the meaning of a format by its code, for example `000000` or `dd.mm.yyyy`. */
export function formatOfCode(code: string): CellFormat {
  return fewestDigits(code) ?? kindOfCode(code);
}

/** Returns the minimum number of digits that a format such as `000000` shows. */
function fewestDigits(code: string): number | undefined {
  const [shown = ''] = code.split(';');
  return ONLY_ZEROS.exec(shown.trim())?.[1]?.length;
}

/** Matches a fraction of seconds. The zero in it does not mean that the number is plain. */
const FRACTION_OF_SECONDS = /s[.,]0/gi;

/**
 * Returns the meaning of a format code, for example `dd.mm.yyyy hh:mm`.
 *
 * Follows ECMA-376, part 1, 18.8.31.
 */
export function kindOfCode(code: string): TimeKind {
  const [shown = ''] = code.replaceAll(LITERALS, '').split(';');
  // `General` and digits such as `0` mean a plain number, even if the code has letters.
  if (
    /^\s*general\s*$|[0#?]/i.test(
      shown.replaceAll(FRACTION_OF_SECONDS, 's').replaceAll(/s0{1,3}/gi, 's'),
    )
  )
    return undefined;
  if (/\[[hms]+\]/i.test(shown)) return 'duration';
  const hasDay = /[yd]/i.test(shown) || (/m/i.test(shown) && !/[hs]/i.test(shown));
  const hasHour = /h/i.test(shown);
  const hasSecond = /s/i.test(shown);
  if (hasDay) return hasHour || hasSecond ? 'date-time' : 'date';
  if (hasHour) return 'time';
  // A format with seconds but without hours is for a duration.
  return hasSecond ? 'duration' : undefined;
}
