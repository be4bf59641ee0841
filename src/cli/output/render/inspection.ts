/** Renders the result of `inspect` on one screen. */
import type { DurationQuantiles } from '../../../calls/durations.ts';
import { byDay, dayName, type Inspection } from '../../../calls/inspect-calls.ts';
import { nightShareOf } from '../../../calls/night-share.ts';
import { maskedWithin } from '../../../safe-text/masking.ts';
import type { Words } from '../../../words/en.ts';
import {
  columnsOf,
  hangingIndent,
  type Line,
  padded,
  type Part,
  toned,
  wrapped,
} from '../layout.ts';
import type { Style } from '../output.ts';

const WIDEST_BAR = 40;
const MOST_BARS = 31;
/** The number of characters before the bar of a day. */
const DAY_HEAD = 13;
/**
 * The largest width of the layout, in columns. In a wider layout, numbers are hard to match with
 * rows.
 */
const WIDEST = 80;

/**
 * Renders an inspection.
 *
 * @param zone the name of the time zone for days and hours
 */
export function renderInspection(
  inspection: Inspection,
  title: string,
  zone: string,
  style: Style,
): Line[] {
  const { words } = style;
  const said = words.screens.inspect;
  const width = Math.min(WIDEST, style.abilities.columns);
  return [
    toned.strong(`${title}: ${words.screens.files.calls(inspection.rows)}`),
    ...facts(inspection, zone, words).flatMap(([name, text]) =>
      hangingIndent(['  ', toned.quiet(name.padEnd(12)), ' '], text, width),
    ),
    '',
    toned.strong(said.callsADay(zone)),
    ...dayBars(inspection, style),
    '',
    toned.strong(said.hoursByWeekday(zone)),
    ...hourMap(inspection, width, style),
  ];
}

type Fact = readonly [name: string, text: string];

function facts(inspection: Inspection, zone: string, words: Words): Fact[] {
  const said = words.screens.inspect;
  const { rows, identifiers, from, to } = inspection;
  const types = Object.entries(identifiers).flatMap(([name, count]) =>
    count === 0 ? [] : [`${words.formatNumber(count)} ${name}`],
  );
  const tags = inspection.topTags.map(
    ([tag, count]) => `${short(maskedWithin(tag))} ${words.formatNumber(count)}`,
  );
  const unreadable = [...inspection.unreadable].map(
    ([column, count]) => `${words.formatNumber(count)} ${column}`,
  );
  const missed = `${words.formatNumber(inspection.missed)} (${percent(inspection.missed, rows, words)})`;
  const prices = [...inspection.prices].map(([currency, { count, sum }]): Fact => {
    return [said.prices, said.priceSum(count, Math.round(sum * 100) / 100, currency)];
  });
  return [
    ...(from === undefined || to === undefined
      ? []
      : [[said.period, said.fromTo(timeIn(from, zone), timeIn(to, zone))] as const]),
    ...(inspection.errors === 0
      ? []
      : [[said.errors, said.errorsOfCheck(inspection.errors)] as const]),
    ...(unreadable.length === 0 ? [] : [[said.unreadable, unreadable.join(', ')] as const]),
    [said.identifiers, [...types, said.without(inspection.withoutIdentifier)].join(', ')],
    [said.callTypes, said.types(inspection.dynamic, inspection.static)],
    [said.missed, missed],
    ...nightFact(inspection, words),
    ...quantileFact(said.talkTime, inspection.talk, words),
    ...quantileFact(said.holdTime, inspection.hold, words),
    ...prices,
    [said.tooOld, said.olderCalls(inspection.tooOld)],
    [said.duplicates, words.formatNumber(inspection.duplicates)],
    ...(inspection.withoutTime === 0
      ? []
      : [[said.noTime, said.unreadableTimes(inspection.withoutTime)] as const]),
    ...(tags.length === 0 ? [] : [[said.tags, tags.join(', ')] as const]),
  ];
}

function nightFact({ hours }: Inspection, words: Words): Fact[] {
  const said = words.screens.inspect;
  const { calls, share, verdict } = nightShareOf(hours);
  if (calls === 0) return [];
  return [[said.night, said.nightCalls(percent(share * calls, calls, words), verdict)]];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}

function quantileFact(
  name: string,
  durations: DurationQuantiles | undefined,
  words: Words,
): Fact[] {
  if (durations === undefined) return [];
  const { median, ninetieth, longest } = durations;
  const { quantiles } = words.screens.inspect;
  return [[name, quantiles(median * 1000, ninetieth * 1000, longest * 1000)]];
}

function dayBars({ days }: Inspection, style: Style): Line[] {
  const sorted = [...days].sort(byDay);
  const shown = sorted.slice(-MOST_BARS);
  const most = Math.max(1, ...shown.map(([, calls]) => calls));
  const left = sorted.length - shown.length;
  return [
    ...(left > 0 ? [toned.quiet(`  ${style.words.screens.inspect.earlierDays(left)}`)] : []),
    ...shown.map(([day, calls]): Line => [`  ${dayName(day)} `, ...bar(calls, most, style)]),
  ];
}

function bar(value: number, most: number, { abilities, words }: Style): Part[] {
  const number = words.formatNumber(value);
  const widest = Math.min(WIDEST_BAR, abilities.columns - DAY_HEAD - columnsOf(number) - 1);
  const length = value === 0 ? 0 : Math.max(1, Math.round((value / most) * widest));
  return [
    toned.info((abilities.unicode ? '█' : '#').repeat(length)),
    `${' '.repeat(Math.max(0, widest - length))} ${number}`,
  ];
}

/** The shades, from few calls to many calls. */
const SHADES = '░▒▓█';
/** Digits instead of shades: for output to a program, or to a screen without Unicode. */
const DIGITS = '123456789';

/**
 * Renders the number of calls for each hour of each day of the week. A denser shade, or a larger
 * digit, means more calls.
 */
function hourMap({ weekdays, hours }: Inspection, width: number, style: Style): Line[] {
  const { words, abilities } = style;
  const said = words.screens.inspect;
  const scale = abilities.pictures ? SHADES : DIGITS;
  const none = abilities.unicode ? '·' : '.';
  const most = Math.max(1, ...weekdays.flat());
  const wide = width >= HOUR_HEAD + 24 * 2 + WEEK_TOTAL ? 2 : 1;
  const cell = (calls: number, of: number): string => {
    if (calls === 0) return none;
    return scale.charAt(Math.ceil((calls / of) * scale.length) - 1);
  };
  const row = (name: string, counts: readonly number[], of: number): Line => {
    const total = sum(counts);
    const cells = counts.map((calls): Part => {
      const text = cell(calls, of);
      const shown = wide === 1 ? text : text + (abilities.pictures && calls > 0 ? text : ' ');
      return calls === 0 ? toned.quiet(shown) : toned.info(shown);
    });
    const number = `  ${words.formatNumber(total)}`;
    return [
      `  ${padded(name, HOUR_HEAD - 2)}`,
      ...cells,
      total === 0 ? toned.quiet(number) : number,
    ];
  };
  const head = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) =>
    String(hour)
      .padStart(2, '0')
      .padEnd(3 * wide),
  );
  const busiest = weekdays.findIndex((counts) => counts.includes(most));
  const hour = weekdays[busiest]?.indexOf(most) ?? 0;
  return [
    toned.quiet(`${' '.repeat(HOUR_HEAD)}${head.join('').trimEnd()}`),
    ...weekdays.map((counts, day) => row(said.weekdays[day] ?? '', counts, most)),
    row(said.allDays, hours, Math.max(1, ...hours)),
    ...(busiest < 0
      ? []
      : wrapped(
          '  ',
          said.scale(
            { first: scale.charAt(0), last: scale.charAt(scale.length - 1), none },
            { day: said.weekdays[busiest] ?? '', hour, calls: most },
          ),
          width,
          'quiet',
        )),
  ];
}

/** The number of characters before the hours in a row of the hour map. */
const HOUR_HEAD = 7;
/** The number of characters for the total at the end of a row of the hour map. */
const WEEK_TOTAL = 8;

function timeIn(seconds: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(seconds * 1000);
}

function percent(part: number, whole: number, words: Words): string {
  return `${words.formatNumber(Math.round((part / whole) * 1000) / 10)}%`;
}

function short(tag: string): string {
  const characters = [...tag];
  return characters.length <= 20 ? tag : `${characters.slice(0, 19).join('')}…`;
}
