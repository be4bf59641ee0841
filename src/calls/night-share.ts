/** Judges from the hours of calls whether their time zone is right. */

/** The first hour that is not night. */
const NIGHT_HOURS = 6;
const DAY_HOURS = 24;

/** The highest usual share of calls at night. A larger share suggests a wrong time zone. */
const HIGH_SHARE = 0.2;
/** If the share is larger than this, the user should check the time zone. */
const DOUBTFUL_SHARE = HIGH_SHARE / 2;
/** With fewer calls, the hours of the calls may be due to chance. */
const FEWEST_CALLS = 50;
/** If the six quietest hours in a row have a larger share of the calls, the calls show no night. */
const SHARE_WITHOUT_NIGHT = 0.15;

/** The share of calls at night, and what it says about the time zone. */
export interface NightShare {
  /** The number of calls with a time. */
  readonly calls: number;
  /** The share of calls between 0:00 and 6:00. */
  readonly share: number;
  /**
   * The verdict on the time zone. There is no real verdict if there are few calls (`few`), or if
   * the calls come equally at all hours (`even`).
   */
  readonly verdict: 'good' | 'warn' | 'bad' | 'few' | 'even';
  /**
   * The shift of the clock that gives the smallest share of calls at night. `hours` is the shift,
   * and `share` is that smallest share.
   */
  readonly best: { readonly hours: number; readonly share: number };
}

/**
 * Judges the share of calls at night.
 *
 * @param hours the number of calls by hour of the day
 */
export function nightShareOf(hours: readonly number[]): NightShare {
  const calls = hours.reduce((all, one) => all + one, 0);
  const share = shareAt(hours, 0);
  const best = bestShift(hours);
  return { calls, share, best, verdict: verdictOn(calls, share, best.share) };
}

function verdictOn(calls: number, share: number, least: number): NightShare['verdict'] {
  if (calls < FEWEST_CALLS) return 'few';
  if (least > SHARE_WITHOUT_NIGHT) return 'even';
  if (share > HIGH_SHARE) return 'bad';
  return share > DOUBTFUL_SHARE ? 'warn' : 'good';
}

/** Returns the share of calls between 0:00 and 6:00 if all times are moved by `shift` hours. */
function shareAt(hours: readonly number[], shift: number): number {
  const all = hours.reduce((sum, one) => sum + one, 0);
  let night = 0;
  for (let at = 0; at < NIGHT_HOURS; at += 1) {
    night += hours[(at - shift + 2 * DAY_HOURS) % DAY_HOURS] ?? 0;
  }
  return night / Math.max(1, all);
}

/**
 * Tries to shift all times by some hours, and returns the shift with the fewest calls at night. If
 * two shifts are about equally good, returns the smaller shift.
 */
function bestShift(hours: readonly number[]): NightShare['best'] {
  let best = { hours: 0, share: shareAt(hours, 0) };
  for (let shift = 1; shift <= DAY_HOURS / 2; shift += 1) {
    for (const one of [shift, -shift]) {
      const share = shareAt(hours, one);
      if (share < best.share - 0.005) best = { hours: one, share };
    }
  }
  return best;
}
