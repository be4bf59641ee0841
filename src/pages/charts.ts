/** The charts of the pages, drawn by Apache ECharts without a browser. Their colours are those of the page. */
import type { EChartsCoreOption } from 'echarts/core';
import { escaped, Markup } from './markup.ts';

/** A chart and how it is read aloud. */
interface Drawing {
  readonly label: string;
  /** In units of the drawing, which is as wide as its page. */
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

const WIDTH = 880;
const LINES = { lineStyle: { color: 'var(--line)' } };
const NO_TICKS = { show: false };

/** @param values a number for each name, in their order */
export async function barChart(
  label: string,
  values: readonly (readonly [name: string, value: number])[],
): Promise<Markup> {
  return await drawn({
    label,
    width: WIDTH,
    height: 240,
    option: {
      grid: { left: 8, right: 8, top: 12, bottom: 4 },
      xAxis: {
        type: 'category',
        data: values.map(([name]) => name),
        axisLine: LINES,
        axisTick: NO_TICKS,
        axisLabel: { hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, splitLine: LINES },
      series: [
        {
          type: 'bar',
          barMaxWidth: 28,
          itemStyle: { color: 'var(--bar)' },
          data: values.map(([, value]) => value),
        },
      ],
    },
  });
}

/** So many shades tell few calls from many. */
const SHADES = 5;

/**
 * @param rows a number for each column, of each row
 * @param columns the names of the columns
 */
export async function heatMap(
  label: string,
  rows: readonly (readonly [name: string, values: readonly number[]])[],
  columns: readonly string[],
): Promise<Markup> {
  const most = Math.max(1, ...rows.flatMap(([, values]) => values));
  const cells = rows.flatMap(([, values], row) =>
    values.map((value, column) => [column, row, Math.ceil((value / most) * SHADES)]),
  );
  return await drawn({
    label,
    width: WIDTH,
    height: 40 + rows.length * 28,
    option: {
      grid: { left: 8, right: 8, top: 8, bottom: 4 },
      xAxis: { type: 'category', data: [...columns], axisLine: NO_TICKS, axisTick: NO_TICKS },
      yAxis: {
        type: 'category',
        data: rows.map(([name]) => name),
        inverse: true,
        axisLine: NO_TICKS,
        axisTick: NO_TICKS,
      },
      visualMap: {
        type: 'piecewise',
        show: false,
        pieces: Array.from({ length: SHADES + 1 }, (_, shade) => ({
          value: shade,
          color: `var(--heat${String(shade)})`,
        })),
      },
      series: [
        {
          type: 'heatmap',
          data: cells,
          itemStyle: { borderColor: 'var(--paper)', borderWidth: 2 },
        },
      ],
    },
  });
}

async function drawn({ label, width, height, option }: Drawing): Promise<Markup> {
  const { draw } = await import('./echarts.ts');
  const svg = draw({ width, height }, { ...option, animation: false });
  return Markup.trusted(
    plainSvg(svg).replace('<svg', `<svg role="img" aria-label="${escaped(label)}"`),
  );
}

/** What the policy of the page forbids, and what says nothing without a script, is taken out of a drawing. */
function plainSvg(svg: string): string {
  return svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(
      / (?:style|class|pointer-events|xmlns|xmlns:xlink|version|baseProfile|ecmeta_[a-z_]+)="[^"]*"/g,
      '',
    )
    .replaceAll(/ fill="#[\da-fA-F]{3,8}"/g, '')
    .replace(/<rect[^>]*fill="none"[^>]*><\/rect>/, '')
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg');
}
