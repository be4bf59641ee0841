/** Converts flags and durations from the forms that other systems write. */
import type { ColumnShape } from '../../calls/columns/shapes.ts';
import { wholeDigits } from './written-number.ts';

/** The Russian and English words for yes and no, in lower case. */
const YES_NO = new Map<string, '0' | '1'>([
  ...['1', 'yes', 'y', 'true', 'да', 'д', 'истина'].map((word) => [word, '1'] as const),
  ...['0', 'no', 'n', 'false', 'нет', 'н', 'ложь'].map((word) => [word, '0'] as const),
]);

/** The words that call systems use for one flag, in lower case. */
const WORDS_OF: Readonly<Partial<Record<ColumnShape, ReadonlyMap<string, '0' | '1'>>>> = {
  'missed-flag': new Map([
    ...['answered', 'отвечен', 'отвечено', 'отвеченный', 'принят', 'принятый'].map(
      (word) => [word, '0'] as const,
    ),
    ...[
      'no answer',
      'no_answer',
      'not answered',
      'unanswered',
      'missed',
      'busy',
      'не отвечен',
      'не отвечено',
      'неотвеченный',
      'пропущен',
      'пропущенный',
      'занято',
    ].map((word) => [word, '1'] as const),
  ]),
  'first-time-flag': new Map([
    ...['новый', 'первичный', 'первый', 'new', 'first'].map((word) => [word, '1'] as const),
    ...['повторный', 'repeated', 'repeat'].map((word) => [word, '0'] as const),
  ]),
  'static-flag': new Map([
    ...['static', 'статический'].map((word) => [word, '1'] as const),
    ...['dynamic', 'динамический'].map((word) => [word, '0'] as const),
  ]),
};

/** Converts a flag to 0 or 1; text that is not a known word stays as it is. */
export function convertFlag(text: string, shape: ColumnShape): string {
  if (text === '0' || text === '1') return text;
  const word = text.toLowerCase();
  return YES_NO.get(word) ?? WORDS_OF[shape]?.get(word) ?? wholeDigits(text) ?? text;
}

/** Returns the seconds of `h:mm:ss` or `hh:mm:ss`. Avoids a slow regular expression. */
function plainClock(text: string): string | undefined {
  const hours = text.length - 6;
  if (hours < 1 || hours > 2) return undefined;
  let seconds = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (at === hours || at === hours + 3) {
      if (digit !== 10) return undefined;
      continue;
    }
    if (digit < 0 || digit > 9) return undefined;
    const isTens = at === hours + 1 || at === hours + 4;
    if (isTens && digit > 5) return undefined;
    const place = at < hours ? 3600 : at < hours + 3 ? 60 : 1;
    const isFirstOfTwo = at === 0 && hours === 2;
    seconds += digit * place * (isTens || isFirstOfTwo ? 10 : 1);
  }
  return String(seconds);
}

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]0+)?$/;

/**
 * Converts `136`, `136.0`, `1 136`, `mm:ss` and `h:mm:ss` to seconds; other text stays as it is.
 */
export function convertDuration(text: string): string {
  if (!text.includes(':')) return wholeDigits(text) ?? text;
  const usual = plainClock(text);
  if (usual !== undefined) return usual;
  const [, hours = '0', minutes, seconds] = CLOCK.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined || Number(seconds) > 59) return text;
  if (hours !== '0' && Number(minutes) > 59) return text;
  return String(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** Lists the words of a flag in the three forms that most exports use: `yes`, `Yes` and `YES`. */
export function flagWords(shape: ColumnShape): (readonly [word: string, flag: '0' | '1'])[] {
  return [...YES_NO, ...(WORDS_OF[shape] ?? [])].flatMap(([word, flag]) => {
    const capital = word.charAt(0).toUpperCase() + word.slice(1);
    return [...new Set([word, capital, word.toUpperCase()])].map((one) => [one, flag] as const);
  });
}

/** Says whether a text is a known word for a flag. */
export function isKnownFlag(text: string, shape: ColumnShape): boolean {
  const flag = convertFlag(text, shape);
  return flag === '0' || flag === '1';
}
