/**
 * Builds the page of `inspect --html`. The page answers four questions. Are these my calls? Is the
 * time zone right? Which calls can the service use? What are the calls worth?
 */
import type { DurationQuantiles } from '../calls/durations.ts';
import { byDay, dayName, type Inspection } from '../calls/inspect-calls.ts';
import { nightShareOf } from '../calls/night-share.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import type { Words } from '../words/en.ts';
import { barChart, heatMap } from './charts.ts';
import { type Markup, markup } from './markup.ts';
import { figure, heading, page, table } from './page.ts';

/** The input of a page about an inspection. */
export interface InspectionPage {
  readonly inspection: Inspection;
  /** The name of the file, safe to show. */
  readonly name: string;
  /** The name of the time zone for days and hours. */
  readonly zone: string;
  readonly words: Words;
}

/** The maximum number of bars in a chart. If there are more days, each bar is a week. */
const MOST_BARS = 400;
const WEEK_DAYS = 7;
/** 1970-01-05, the first Monday, in days since 1970-01-01. */
const FIRST_MONDAY = 4;

/** @returns the complete HTML document */
export function inspectionPage(task: InspectionPage): string {
  const { inspection, name, zone, words } = task;
  const said = words.screens.pages;
  const { inspect } = words.screens;
  return page({
    lang: words.language,
    title: `${name}: ${words.screens.files.calls(inspection.rows)}`,
    subtitle: periodOf(task),
    body: [
      tiles(task),
      verdict(task),
      markup`<h2>${inspect.callsADay(zone)}</h2>`,
      daysFigure(task),
      markup`<h2>${inspect.hoursByWeekday(zone)}</h2>`,
      hoursFigure(task),
      markup`<h2>${said.whatCounts}</h2>`,
      counts(task),
      markup`<h2>${said.whatItIsWorth}</h2>`,
      prices(task),
      ...tags(task),
    ],
    footer: said.madeBy(zone),
  });
}

function periodOf({ inspection: { from, to }, zone, words }: InspectionPage): string {
  if (from === undefined || to === undefined) return words.screens.pages.noTimes;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return `${words.screens.inspect.fromTo(format.format(from * 1000), format.format(to * 1000))} (${zone})`;
}

function tiles({ inspection, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  const { rows, missed, days, talk } = inspection;
  const number = words.formatNumber;
  const facts: readonly (readonly [string, string])[] = [
    [number(rows), said.calls],
    [number(days.size === 0 ? 0 : Math.round(rows / days.size)), said.aDay],
    [`${number(missed)} (${percent(missed, rows, words)})`, words.screens.inspect.missed],
    ...(talk === undefined
      ? []
      : ([[words.timeSpan(talk.median * 1000), said.medianTalk]] as const)),
  ];
  return markup`<ul class="tiles">${facts.map(
    ([value, label]) => markup`<li><strong>${value}</strong><span>${label}</span></li>`,
  )}</ul>`;
}

function verdict({ inspection, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  const all = sum(inspection.hours);
  if (all === 0) return markup`<div class="verdict bad"><p>${said.noTimes}</p></div>`;
  const { share, best, verdict: level } = nightShareOf(inspection.hours);
  const shown = percent(share * all, all, words);
  const isDoubtful = level === 'warn' || level === 'bad';
  const better =
    isDoubtful && best.hours !== 0
      ? markup`<p>${said.shifted(best.hours, percent(best.share * all, all, words))}</p>`
      : undefined;
  return markup`<div class="verdict ${level}"><h2>${said.zoneVerdict[level]}</h2><p>${said.nightShare(shown)}</p>${better}</div>`;
}

function daysFigure({ inspection, zone, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  const { formatNumber } = words;
  const days = everyDay(inspection.days);
  const isLong = days.length > MOST_BARS;
  const shown = isLong ? byWeek(days) : days;
  const caption = isLong ? said.callsAWeek(zone) : words.screens.inspect.callsADay(zone);
  const values = shown.map(([day, calls]) => [dayName(day), calls] as const);
  const numbers = table(
    caption,
    [isLong ? said.week : said.day, said.calls],
    values.map(([name, calls]) => [name, formatNumber(calls)]),
  );
  return figure(caption, barChart({ label: caption, formatNumber }, values), numbers, said.asTable);
}

/**
 * Returns all days from the first to the last. If there are too many days, days without calls are
 * left out.
 */
function everyDay(days: ReadonlyMap<number, number>): (readonly [number, number])[] {
  const sorted = [...days].sort(byDay);
  const [first] = sorted[0] ?? [0];
  const [last] = sorted.at(-1) ?? [-1];
  if (last - first > MOST_BARS * WEEK_DAYS) return sorted;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const day = first + at;
    return [day, days.get(day) ?? 0] as const;
  });
}

function byWeek(days: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const weeks = new Map<number, number>();
  for (const [day, calls] of days) {
    const monday = day - ((day - FIRST_MONDAY) % WEEK_DAYS);
    weeks.set(monday, (weeks.get(monday) ?? 0) + calls);
  }
  return [...weeks].slice(-MOST_BARS);
}

function hoursFigure({ inspection, zone, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  const { weekdays, allDays, hoursByWeekday } = words.screens.inspect;
  const { formatNumber } = words;
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const rows = inspection.weekdays.map((values, day) => [weekdays[day] ?? '', values] as const);
  const caption = hoursByWeekday(zone);
  const numbers = table(
    caption,
    [said.hour, ...rows.map(([name]) => name), allDays],
    hours.map((hour, at) => [
      hour,
      ...rows.map(([, values]) => formatNumber(values[at] ?? 0)),
      formatNumber(inspection.hours[at] ?? 0),
    ]),
  );
  return figure(
    caption,
    heatMap({ label: caption, formatNumber }, rows, hours),
    numbers,
    said.asTable,
  );
}

function counts({ inspection, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  const { inspect } = words.screens;
  const { identifiers, rows } = inspection;
  const row = (name: string, count: number): readonly string[] => [
    name,
    words.formatNumber(count),
    percent(count, rows, words),
  ];
  return markup`${table(
    said.whatCounts,
    [said.which, said.calls, said.share],
    [
      ...Object.entries(identifiers).flatMap(([name, count]) =>
        count === 0 ? [] : [row(name, count)],
      ),
      row(said.withoutIdentifier, inspection.withoutIdentifier),
      row(said.staticCalls, inspection.static),
      row(inspect.missed, inspection.missed),
      row(inspect.tooOld, inspection.tooOld),
      row(inspect.duplicates, inspection.duplicates),
      row(inspect.noTime, inspection.withoutTime),
    ],
  )}${durations({ inspection, words })}`;
}

function durations({ inspection, words }: Pick<InspectionPage, 'inspection' | 'words'>): Markup {
  const said = words.screens.pages;
  const { inspect } = words.screens;
  const span = (seconds: number): string => words.timeSpan(seconds * 1000);
  const rows = [
    [inspect.talkTime, inspection.talk],
    [inspect.holdTime, inspection.hold],
  ] as const;
  const known = rows.flatMap(([name, one]: readonly [string, DurationQuantiles | undefined]) =>
    one === undefined ? [] : [[name, span(one.median), span(one.ninetieth), span(one.longest)]],
  );
  if (known.length === 0) return markup``;
  return markup`${heading(3, said.durations)}${table(said.durations, [said.duration, said.median, said.ninetieth, said.longest], known)}`;
}

function prices({ inspection, words }: InspectionPage): Markup {
  const said = words.screens.pages;
  if (inspection.prices.size === 0) return markup`<p>${said.noPrices}</p>`;
  return table(
    words.screens.inspect.prices,
    [said.currency, said.calls, said.sum],
    [...inspection.prices].map(([currency, { count, sum: total }]) => [
      currency === '' ? said.noCurrency : currency,
      words.formatNumber(count),
      words.formatNumber(Math.round(total * 100) / 100),
    ]),
  );
}

function tags({ inspection, words }: InspectionPage): Markup[] {
  if (inspection.topTags.length === 0) return [];
  const said = words.screens.pages;
  return [
    heading(2, said.tags),
    table(
      words.screens.inspect.tags,
      [said.tag, said.calls],
      inspection.topTags.map(([tag, count]) => [maskedWithin(tag), words.formatNumber(count)]),
    ),
  ];
}

function percent(part: number, whole: number, words: Words): string {
  const share = whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
  return `${words.formatNumber(share)}%`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
