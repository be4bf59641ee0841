/** What the number formats of a workbook say of a number: whether it is a date, a time or a duration. */
import { attribute, readXml } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** What a number stands for; `undefined` for a number that is one. */
export type TimeKind = 'date' | 'time' | 'date-time' | 'duration' | undefined;

/** The formats that have numbers and no code, from and to. Follows ECMA-376, part 1, 18.8.30. */
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

/** @returns what each format of a cell says, by the number that cells name it with */
export async function readCellFormats(zip: ZipArchive, part: string): Promise<readonly TimeKind[]> {
  const codes = new Map<number, TimeKind>();
  const formats: number[] = [];
  let isOfCells = false;
  await readXml(zip.bytes(part), part, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const code = attribute(attributes, 'formatCode') ?? '';
        codes.set(Number(attribute(attributes, 'numFmtId')), kindOfCode(code));
      } else if (name === 'cellXfs') isOfCells = true;
      else if (name === 'xf' && isOfCells) {
        formats.push(Number(attribute(attributes, 'numFmtId') ?? 0));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isOfCells = false;
    },
    text: () => undefined,
  });
  return formats.map((id) => (codes.has(id) ? codes.get(id) : builtIn(id)));
}

function builtIn(id: number): TimeKind {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2];
}

/** Texts in quotes, characters behind a backslash, an underline or a star, and what stands in brackets. */
const NOT_OF_THE_NUMBER = /"[^"]*"|[\\_*].|\[(?!(?:h{1,8}|m{1,8}|s{1,8})\])[^[\]]*\]/gi;

/** The fraction of seconds, whose digits are no number's. */
const FRACTION_OF_SECONDS = /s[.,]0/gi;

/**
 * What the code of a format says, for example `dd.mm.yyyy hh:mm`.
 *
 * Follows ECMA-376, part 1, 18.8.31.
 */
export function kindOfCode(code: string): TimeKind {
  const [shown = ''] = code.replaceAll(NOT_OF_THE_NUMBER, '').split(';');
  // A number with an exponent has an E and zeros, and the general format has letters of its own.
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
  // Minutes and seconds without an hour.
  return hasSecond ? 'duration' : undefined;
}
