/**
 * Draws charts as SVG. Colours are CSS variables of the page, so that light and dark mode can
 * differ.
 */
import { type Markup, markup, type Part } from './markup.ts';

/** The texts of a chart. */
export interface Chart {
  /** The text for screen readers. */
  readonly label: string;
  /** Writes a number in the reader's language. */
  readonly formatNumber: (value: number) => string;
}

/** Lengths are in units of the drawing. The page scales the drawing to the width of the page. */
const WIDTH = 880;
const CHARACTER = 7;
const TEXT_HEIGHT = 12;

const BARS = { height: 240, top: 10, bottom: 24, right: 4, gap: 6, widest: 28 };
/** The maximum number of grid lines, without the line at 0. */
const GRID_LINES = 6;

/**
 * Draws a bar for each value. The name of the value is below the bar.
 *
 * @param values a name and a non-negative integer for each bar, from left to right
 */
export function barChart(
  { label, formatNumber }: Chart,
  values: readonly (readonly [name: string, value: number])[],
): Markup {
  const { height, top, bottom, right, gap, widest } = BARS;
  const steps = stepsTo(Math.max(1, ...values.map(([, value]) => value)));
  const most = steps.at(-1) ?? 1;
  const left = CHARACTER * Math.max(...steps.map((step) => formatNumber(step).length)) + gap;
  const base = height - bottom;
  const yOf = (value: number): number => rounded(base - (value / most) * (base - top));
  const slot = (WIDTH - left - right) / Math.max(1, values.length);
  const width = Math.min(widest, slot * 0.8);
  const middleOf = (at: number): number => rounded(left + slot * (at + 0.5));

  const grid = steps.map(
    (step) =>
      markup`<rect x="${left}" y="${yOf(step)}" width="${rounded(WIDTH - left - right)}" height="1" fill="var(--line)"/><text x="${left - gap}" y="${yOf(step) + TEXT_HEIGHT / 3}" text-anchor="end">${formatNumber(step)}</text>`,
  );
  const bars = values.map(
    ([name, value], at) =>
      markup`<rect x="${rounded(middleOf(at) - width / 2)}" y="${yOf(value)}" width="${rounded(width)}" height="${rounded(base - yOf(value))}" fill="var(--bar)"><title>${name}: ${formatNumber(value)}</title></rect>`,
  );
  return svg(label, height, [grid, bars, namesBelow(values, middleOf, slot)]);
}

/**
 * Writes the names below the bars. If there is not enough space for all names, writes only every
 * second or every third name, or even fewer names.
 */
function namesBelow(
  values: readonly (readonly [name: string, value: number])[],
  middleOf: (at: number) => number,
  slot: number,
): Markup[] {
  const room = CHARACTER * Math.max(0, ...values.map(([name]) => name.length));
  const every = Math.ceil((room + 3 * CHARACTER) / slot);
  return values.flatMap(([name], at) => {
    if (at % every !== 0) return [];
    const x = Math.min(Math.max(middleOf(at), room / 2), WIDTH - room / 2);
    return [markup`<text x="${x}" y="${BARS.height - 6}" text-anchor="middle">${name}</text>`];
  });
}

/**
 * Chooses the values of the grid lines. The step between them is 1, 2 or 5 times a power of ten.
 *
 * @returns integers from 0 in equal steps; the last integer is at least `most`
 */
function stepsTo(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / GRID_LINES));
  const times = [1, 2, 5, 10].find((one) => one * power * GRID_LINES >= most) ?? 10;
  const step = Math.max(1, times * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
}

/** The number of shades for values above 0. */
const SHADES = 5;
const CELLS = { height: 26, gap: 3, corner: 3, bottom: 22 };

/**
 * Draws a cell for each value. A larger value has a stronger colour.
 *
 * @param rows a name for each row, and a non-negative integer for each column of the row
 * @param columns the names of the columns
 */
export function heatMap(
  { label, formatNumber }: Chart,
  rows: readonly (readonly [name: string, values: readonly number[]])[],
  columns: readonly string[],
): Markup {
  const { height, gap, corner, bottom } = CELLS;
  const most = Math.max(1, ...rows.flatMap(([, values]) => values));
  const left = CHARACTER * Math.max(...rows.map(([name]) => name.length)) + 4 * gap;
  const slot = (WIDTH - left) / columns.length;
  const cells = rows.map(([name, values], row) => [
    markup`<text x="0" y="${row * height + height / 2 + TEXT_HEIGHT / 3}">${name}</text>`,
    values.map((value, column) => {
      const shade = Math.ceil((value / most) * SHADES);
      return markup`<rect x="${rounded(left + slot * column)}" y="${row * height}" width="${rounded(slot - gap)}" height="${height - gap}" rx="${corner}" fill="var(--heat${shade})"><title>${name}, ${columns[column]}: ${formatNumber(value)}</title></rect>`;
    }),
  ]);
  const total = rows.length * height + bottom;
  const names = columns.map(
    (name, column) =>
      markup`<text x="${rounded(left + slot * column + (slot - gap) / 2)}" y="${total - 6}" text-anchor="middle">${name}</text>`,
  );
  return svg(label, total, [cells, names]);
}

function svg(label: string, height: number, content: Part): Markup {
  return markup`<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${height}">${content}</svg>`;
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
