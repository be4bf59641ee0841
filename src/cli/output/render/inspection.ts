/** What `inspect` found, as one screen of 80 columns. */
import {
  byDay,
  dayName,
  type DurationQuantiles,
  type Inspection,
} from '../../../calls/inspect-calls.ts';
import { maskedWithin } from '../../../masking.ts';
import type { Words } from '../../../words/en.ts';
import { hangingIndent, type Line, type Part, plainText, toned } from '../layout.ts';
import type { Style } from '../output.ts';

const WIDEST_BAR = 40;
const MOST_BARS = 31;
/** Characters a line, on any terminal. */
const SCREEN = 80;

/**
 * An inspection as one screen of 80 columns.
 *
 * @param zone the name of the zone of days and hours
 */
export function renderInspection(
  inspection: Inspection,
  title: string,
  zone: string,
  style: Style,
): Line[] {
  const { words } = style;
  const said = words.screens.inspect;
  return [
    toned.strong(`${title}: ${words.screens.files.calls(inspection.rows)}`),
    ...facts(inspection, zone, words).flatMap(([name, text]) =>
      hangingIndent(['  ', toned.quiet(name.padEnd(12)), ' '], text, SCREEN),
    ),
    '',
    toned.strong(said.callsADay(zone)),
    ...dayBars(inspection, style),
    '',
    toned.strong(said.hoursOfTheDay(zone)),
    ...hourBars(inspection.hours, style),
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
  const missed = `${words.formatNumber(inspection.missed)} (${percent(inspection.missed, rows, words)})`;
  const prices = [...inspection.prices].map(([currency, { count, sum }]): Fact => {
    return [said.prices, said.priceSum(count, Math.round(sum * 100) / 100, currency)];
  });
  return [
    ...(from === undefined || to === undefined
      ? []
      : [[said.period, said.fromTo(timeIn(from, zone), timeIn(to, zone))] as const]),
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

/** The hours of the night, and how many of the calls in them make one doubt the time zone. */
const NIGHT = 6;
const MUCH = 0.2;

function nightFact({ hours }: Inspection, words: Words): Fact[] {
  const said = words.screens.inspect;
  const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  const [night, all] = [sum(hours.slice(0, NIGHT)), sum(hours)];
  if (all === 0) return [];
  return [[said.night, said.nightCalls(percent(night, all, words), night / all > MUCH)]];
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

function hourBars(hours: readonly number[], style: Style): Line[] {
  const most = Math.max(1, ...hours);
  return hours.map((calls, hour) => {
    const head = `  ${String(hour).padStart(2, '0')} `;
    const line = [head, ...bar(calls, most, style)];
    return calls === 0 ? toned.quiet(plainText(line)) : line;
  });
}

function bar(value: number, most: number, { abilities, words }: Style): Part[] {
  const length = value === 0 ? 0 : Math.max(1, Math.round((value / most) * WIDEST_BAR));
  return [
    toned.info((abilities.unicode ? '█' : '#').repeat(length)),
    `${' '.repeat(WIDEST_BAR - length)} ${words.formatNumber(value)}`,
  ];
}

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
