/** Converts local times in a time zone to instants. */

/** A local time, as a calendar and a clock show it, without a zone. */
export interface WallTime {
  readonly year: number;
  /** From 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The instant of a local time. When clocks change, a local time may occur twice or never. */
export type Instant =
  /** Seconds since 1970-01-01 UTC. */
  | { readonly kind: 'once'; readonly seconds: number }
  | { readonly kind: 'twice' }
  | { readonly kind: 'never' };

const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 86_400;
/**
 * Clocks change at whole minutes, but not always at whole hours. In St. John's, they changed at
 * 00:01 until 2011.
 */
const MINUTE_SECONDS = 60;
/**
 * In most quarters of an hour, the clocks do not change. The offsets of these quarters are
 * remembered.
 */
const QUARTER_SECONDS = 900;

/** One time zone of the IANA database, with the data of the platform. */
export class TimeZone {
  /** The name of the zone, for example `Europe/Moscow`. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  /** The offset in each quarter of an hour; NaN if the clocks change in that quarter. */
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError if the platform does not know this zone */
  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /**
   * Returns how many seconds the zone is ahead of UTC. This number is the same for the whole day,
   * and for some hours before and after that day.
   *
   * @param day the number of days since 1970-01-01, by the calendar of the zone
   * @returns `undefined` if the clocks change during that time
   */
  offsetOfDay(day: number): number | undefined {
    const noon = day * DAY_SECONDS + DAY_SECONDS / 2;
    const offsets = [-1, 0, 1].map((days) => this.offsetAt(noon + days * DAY_SECONDS));
    const [offset] = offsets;
    return offsets.every((one) => one === offset) ? offset : undefined;
  }

  /** Finds the instant at which the clocks of the zone show a time. */
  instantOf(wall: WallTime): Instant {
    const asUtc = utcSeconds(wall);
    // The clocks may change near this time. So two offsets are tried: the offset one day earlier,
    // and the offset one day later. An offset is right if the zone has it at the resulting instant.
    const offsets = new Set([
      this.offsetAt(asUtc - DAY_SECONDS),
      this.offsetAt(asUtc + DAY_SECONDS),
    ]);
    const instants = [...offsets]
      .map((offset) => asUtc - offset)
      .filter((instant) => instant + this.offsetAt(instant) === asUtc);
    const [first] = instants;
    if (first === undefined) return { kind: 'never' };
    return instants.length > 1 ? { kind: 'twice' } : { kind: 'once', seconds: first };
  }

  /** Returns the seconds that the zone is ahead of UTC at an instant. */
  offsetAt(seconds: number): number {
    const quarter = Math.floor(seconds / QUARTER_SECONDS);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      const start = this.#shownOffset(quarter * QUARTER_SECONDS);
      const end = this.#shownOffset((quarter + 1) * QUARTER_SECONDS);
      offset = start === end ? start : NaN;
      // A normal file spans days or months, so the map stays small. A damaged file must not fill
      // memory.
      if (this.#offsets.size > 50_000) this.#offsets.clear();
      this.#offsets.set(quarter, offset);
    }
    if (!Number.isNaN(offset)) return offset;
    return this.#shownOffset(Math.floor(seconds / MINUTE_SECONDS) * MINUTE_SECONDS);
  }

  /** Returns the hour that the clocks of the zone show at an instant, from 0 to 23. */
  hourAt(seconds: number): number {
    return Math.floor((seconds + this.offsetAt(seconds)) / HOUR_SECONDS) % 24;
  }

  /** Returns the day by the calendar of the zone at an instant, in days since 1970-01-01. */
  dayAt(seconds: number): number {
    return Math.floor((seconds + this.offsetAt(seconds)) / DAY_SECONDS);
  }

  /** Asks the platform what the clocks of the zone show at an instant. This is slow. */
  #shownOffset(seconds: number): number {
    const parts = new Map(
      this.#format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = utcSeconds({
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    });
    return shown - seconds;
  }
}

/** Returns the seconds since 1970-01-01 of a local time, as if it were in UTC. */
export function utcSeconds({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** Says whether the calendar has the day and a clock has the time. */
export function isReal(wall: WallTime): boolean {
  const date = new Date(utcSeconds(wall) * 1000);
  return (
    date.getUTCFullYear() === wall.year &&
    date.getUTCMonth() === wall.month - 1 &&
    date.getUTCDate() === wall.day &&
    wall.hour < 24 &&
    wall.minute < 60 &&
    wall.second < 60
  );
}
