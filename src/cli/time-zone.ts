import { TimeZone } from '../convert/zones.ts';
import { usageFailure } from '../failure.ts';
import { quoted } from './raw-options.ts';

/**
 * The time zone of a name.
 *
 * @param source the option or key that names it, for the error message
 * @throws Failure `setting-invalid` (exit 2) when there is none
 */
export function readZone(text: string, source: string): TimeZone {
  try {
    return new TimeZone(text);
  } catch {
    throw usageFailure(
      'setting-invalid',
      `${source} must be the name of a time zone, not ${quoted(text)}.`,
      'As in Europe/Moscow, Asia/Yekaterinburg or UTC.',
    );
  }
}
