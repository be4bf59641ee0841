/** Renders a table of the first records, with their values before and after the conversion. */
import { valueKind } from '../../../calls/columns/columns.ts';
import type { PreviewedRecord } from '../../../convert/conversion.ts';
import { shownValue } from '../../../safe-text/shown-value.ts';
import { visible } from '../../../safe-text/visible.ts';
import { cutTo, type Line, padded, type Part, plainText, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';

/**
 * The smallest and the largest width of a cell, in characters. At the smallest width, values are
 * still recognizable.
 */
const CELL = { narrowest: 17, widest: 28 };

/** The number of spaces between two cells. */
const GAP = 2;

/**
 * Renders records side by side. If the screen is too narrow for all records, there are several
 * tables. Each row is about one column of a call. The converted value is below the original value.
 *
 * @param showValues whether phone numbers and identifiers are shown unmasked
 */
export function renderPreview(
  records: readonly PreviewedRecord[],
  showValues: boolean,
  style: Style,
): Line[] {
  if (records.length === 0) return [];
  const { arrow, cross, abilities, words } = style;
  const said = words.screens.convert;
  const names = records[0]?.columns.map(({ name }) => name) ?? [];
  const margin = Math.max(...names.map((name) => name.length)) + 2 * GAP;
  const share = Math.floor((abilities.columns - margin) / Math.max(1, records.length)) - GAP;
  const width = Math.min(CELL.widest, Math.max(CELL.narrowest, share));
  const across = Math.max(1, Math.floor((abilities.columns - margin) / (width + GAP)));
  const tables: Line[] = [];
  for (let at = 0; at < records.length; at += across) {
    const shown = records.slice(at, at + across);
    tables.push(...tableOf(shown, { margin, width, showValues }, style), '');
  }
  const legend = `${said.legend(arrow, cross)}${showValues ? '' : ` ${said.masked}`}`;
  return [...tables, ...wrapped('  ', legend, abilities.columns, 'quiet'), ''];
}

interface TableWidths {
  /** The width of the names before the first cell, with the spaces around them, in characters. */
  readonly margin: number;
  /** The width of a cell, in characters. */
  readonly width: number;
  readonly showValues: boolean;
}

function tableOf(records: readonly PreviewedRecord[], widths: TableWidths, style: Style): Line[] {
  const { margin, width, showValues } = widths;
  const row = (name: string, cells: readonly Part[]): Line => {
    const last = cells.findLastIndex((cell) => plainText(cell) !== '');
    if (last < 0) return `  ${name}`;
    return [
      padded(name === '' ? '' : `  ${name}`, margin),
      ...cells.slice(0, last + 1).map((cell, at): Part => {
        const text = cutTo(visible(plainText(cell)), width);
        const laid = at === last ? text : padded(text, width + GAP);
        return typeof cell === 'string' ? laid : { ...cell, text: laid };
      }),
    ];
  };
  const names = records[0]?.columns.map(({ name }) => name) ?? [];
  const lines = records.map(({ line }) =>
    toned.quiet(style.words.screens.findings.inLines([line])),
  );
  return [
    row('', lines),
    ...names.flatMap((name, at) => {
      const cells = records.map(({ columns }) => columns[at] ?? NOTHING);
      const shown = (text: string): string => shownValue(text, valueKind(name), showValues);
      const before = row(
        name,
        cells.map((cell) =>
          isConverted(cell) ? toned.quiet(shown(cell.before)) : shown(cell.before),
        ),
      );
      return cells.some(isConverted)
        ? [
            before,
            row(
              '',
              cells.map((cell) => becomes(cell, shown(cell.after), style)),
            ),
          ]
        : [before];
    }),
  ];
}

type PreviewedCell = PreviewedRecord['columns'][number];

const NOTHING: PreviewedCell = { name: '', before: '', after: '', failed: false };

/** Says whether the conversion changed a value or failed. */
function isConverted({ before, after, failed }: PreviewedCell): boolean {
  return before !== after || failed;
}

function becomes(cell: PreviewedCell, after: string, { arrow, cross }: Style): Part {
  if (cell.failed) return toned.bad(`${cross} ${after}`.trimEnd());
  return isConverted(cell) ? toned.strong(`${arrow} ${after}`.trimEnd()) : '';
}
