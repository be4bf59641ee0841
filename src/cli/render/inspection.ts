import { maskedWithin } from '../../calls/masking.ts';
import type { DurationQuantiles, Inspection } from '../../calls/inspect-calls.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { counted, hanging, number, timeSpan } from '../words.ts';

const DAY_MILLISECONDS = 86_400_000;
const WIDEST_BAR = 40;
const MOST_BARS = 31;
/** Characters a line, on any terminal. */
const SCREEN = 80;

/** An inspection as JSON, times as seconds since 1970-01-01 UTC. */
export function inspectionFields(inspection: Inspection, zone: string): Record<string, unknown> {
  return {
    rows: inspection.rows,
    timezone: zone,
    period: { from: inspection.from ?? null, to: inspection.to ?? null },
    calls_by_day: Object.fromEntries(
      [...inspection.days].sort(byKey).map(([day, calls]) => [dayName(day), calls]),
    ),
    calls_by_hour: inspection.hours,
    identifiers: inspection.identifiers,
    without_identifier: inspection.withoutIdentifier,
    without_time: inspection.withoutTime,
    static: inspection.static,
    dynamic: inspection.dynamic,
    missed: inspection.missed,
    talk_seconds: inspection.talk ?? null,
    hold_seconds: inspection.hold ?? null,
    prices: Object.fromEntries(
      [...inspection.prices].map(([currency, prices]) => [currency || 'none', prices]),
    ),
    too_old: inspection.tooOld,
    twins: inspection.twins,
    top_tags: inspection.topTags.map(([tag, count]) => ({ tag: maskedWithin(tag), count })),
  };
}

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
): string[] {
  const { paint } = style;
  const row = (name: string, text: string): string[] =>
    hanging(`  ${name.padEnd(12)} `, text, SCREEN).map((line, at) =>
      at === 0 ? line.replace(name, paint.dim(name)) : line,
    );
  return [
    paint.bold(`${title}: ${counted(inspection.rows, 'call')}`),
    ...facts(inspection, zone).flatMap(([name, text]) => row(name, withoutControls(text))),
    '',
    paint.bold(`Calls a day, ${zone}`),
    ...dayBars(inspection, style),
    '',
    paint.bold(`Hours of the day, ${zone}`),
    ...hourBars(inspection.hours, style),
  ];
}

function facts(inspection: Inspection, zone: string): (readonly [string, string])[] {
  const { rows, identifiers, from, to } = inspection;
  const types = Object.entries(identifiers).flatMap(([name, count]) =>
    count === 0 ? [] : [`${number(count)} ${name}`],
  );
  return [
    ...(from === undefined || to === undefined
      ? []
      : [['period', `${timeIn(from, zone)} to ${timeIn(to, zone)}`] as const]),
    ['identifiers', [...types, `${number(inspection.withoutIdentifier)} without`].join(', ')],
    ['kinds', `${number(inspection.dynamic)} dynamic, ${number(inspection.static)} static`],
    ['missed', `${number(inspection.missed)} (${percent(inspection.missed, rows)})`],
    ...quantileFact('talk time', inspection.talk),
    ...quantileFact('hold time', inspection.hold),
    ...[...inspection.prices].map(
      ([currency, { count, sum }]) =>
        [
          'prices',
          `${counted(count, 'price')}, ${number(Math.round(sum * 100) / 100)} ${currency || '(no currency)'}`,
        ] as const,
    ),
    ['too old', `${counted(inspection.tooOld, 'call')} older than 21 days`],
    ['twins', `${counted(inspection.twins, 'record')} the same as an earlier one`],
    ...(inspection.withoutTime === 0
      ? []
      : [
          [
            'no time',
            `${counted(inspection.withoutTime, 'call')} without seconds in DateTime`,
          ] as const,
        ]),
    ...(inspection.topTags.length === 0
      ? []
      : [
          [
            'tags',
            inspection.topTags
              .map(([tag, count]) => `${short(maskedWithin(tag))} ${number(count)}`)
              .join(', '),
          ] as const,
        ]),
  ];
}

function quantileFact(
  name: string,
  durations: DurationQuantiles | undefined,
): (readonly [string, string])[] {
  if (durations === undefined) return [];
  const { median, ninetieth, longest } = durations;
  const words = `median ${timeSpan(median * 1000)}, 90% up to ${timeSpan(ninetieth * 1000)}, longest ${timeSpan(longest * 1000)}`;
  return [[name, words]];
}

function dayBars({ days }: Inspection, style: Style): string[] {
  const sorted = [...days].sort(byKey);
  const shown = sorted.slice(-MOST_BARS);
  const most = Math.max(1, ...shown.map(([, calls]) => calls));
  const left = sorted.length - shown.length;
  return [
    ...(left > 0 ? [style.paint.dim(`  ${counted(left, 'earlier day')} not shown`)] : []),
    ...shown.map(([day, calls]) => `  ${dayName(day)} ${bar(calls, most, style)} ${number(calls)}`),
  ];
}

function hourBars(hours: readonly number[], style: Style): string[] {
  const most = Math.max(1, ...hours);
  return hours.map(
    (calls, hour) =>
      `  ${String(hour).padStart(2, '0')} ${bar(calls, most, style)} ${number(calls)}`,
  );
}

function bar(value: number, most: number, { abilities, paint }: Style): string {
  const length = value === 0 ? 0 : Math.max(1, Math.round((value / most) * WIDEST_BAR));
  return (
    paint.cyan((abilities.unicode ? '█' : '#').repeat(length)) + ' '.repeat(WIDEST_BAR - length)
  );
}

function byKey(left: readonly [number, number], right: readonly [number, number]): number {
  return left[0] - right[0];
}

function dayName(day: number): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

function timeIn(seconds: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(seconds * 1000);
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)}%`;
}

function short(tag: string): string {
  const characters = [...tag];
  return characters.length <= 20 ? tag : `${characters.slice(0, 19).join('')}…`;
}
