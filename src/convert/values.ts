/** Flags, durations and decimals as other systems write them. */
/** Words for yes and no in Russian and English, in lower case. */
const WORDS = new Map<string, '0' | '1'>([
  ...['1', 'yes', 'y', 'true', 'да', 'д', 'истина', '+'].map((word) => [word, '1'] as const),
  ...['0', 'no', 'n', 'false', 'нет', 'н', 'ложь', '-'].map((word) => [word, '0'] as const),
]);

/** A flag as the service writes it; what is no word for yes or no stays as it is. */
export function convertFlag(text: string): string {
  return WORDS.get(text.trim().toLowerCase()) ?? text;
}

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]0+)?$/;
const SECONDS = /^(\d+)(?:[.,]0+)?$/;

/** Whole seconds of `136`, `136.0`, `mm:ss` and `h:mm:ss`; anything else stays as it is. */
export function convertDuration(text: string): string {
  const value = text.trim();
  const whole = SECONDS.exec(value)?.[1];
  if (whole !== undefined) return whole;
  const [, hours = '0', minutes, seconds] = CLOCK.exec(value) ?? [];
  if (minutes === undefined || seconds === undefined || Number(seconds) > 59) return text;
  if (hours !== '0' && Number(minutes) > 59) return text;
  return String(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

const SPACES = /[\s\u00a0\u202f']/g;
const GROUPED_COMMA = /^-?\d{1,3}(?:,\d{3})+\.\d+$/;
const GROUPED_POINT = /^-?\d{1,3}(?:\.\d{3})+,\d+$/;
const DECIMAL = /^(-?\d+)(?:[.,](\d+))?$/;

/**
 * A decimal with a point, of a decimal comma, of spaces between thousands, and of `1,250.50` and
 * `1.250,50`, where the last sign is the decimal one. Anything else stays as it is.
 */
export function convertDecimal(text: string): string {
  let value = text.replace(SPACES, '');
  if (GROUPED_COMMA.test(value)) value = value.replaceAll(',', '');
  else if (GROUPED_POINT.test(value)) value = value.replaceAll('.', '');
  const [, whole, fraction] = DECIMAL.exec(value) ?? [];
  if (whole === undefined) return text;
  return fraction === undefined ? whole : `${whole}.${fraction}`;
}
