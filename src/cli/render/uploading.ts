import type { CallUploading } from '../../metrika/schemas.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { number } from '../words.ts';

/** One uploading for people: a heading with id and status, and under it what the service said. */
export function renderUploading(uploading: CallUploading, style: Style): string[] {
  const { paint } = style;
  const facts: (readonly [string, string | undefined])[] = [
    ['lines', linesTaken(uploading)],
    ['calls', callKinds(uploading)],
    ['matched by', uploading.clientIdType],
    ['created', uploading.createTime],
    ['comment', uploading.comment === '' ? undefined : uploading.comment],
  ];
  return [
    `uploading ${paint.bold(uploading.id)}, status ${paintStatus(uploading.status, style)}`,
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${paint.dim(name.padEnd(10))}  ${withoutControls(value)}`],
    ),
  ];
}

function linesTaken({ lineQuantity, sourceQuantity }: CallUploading): string | undefined {
  if (lineQuantity === undefined)
    return sourceQuantity === undefined ? undefined : number(sourceQuantity);
  return sourceQuantity === undefined
    ? `${number(lineQuantity)} taken`
    : `${number(lineQuantity)} of ${number(sourceQuantity)} taken`;
}

function callKinds({
  dynamicCallsQuantity,
  staticCallsQuantity,
}: CallUploading): string | undefined {
  const kinds = [
    ...(dynamicCallsQuantity === undefined ? [] : [`${number(dynamicCallsQuantity)} dynamic`]),
    ...(staticCallsQuantity === undefined ? [] : [`${number(staticCallsQuantity)} static`]),
  ];
  return kinds.length === 0 ? undefined : kinds.join(', ');
}

/** A status in the colour of its meaning. */
export function paintStatus(status: string | undefined, { paint }: Style): string {
  const text = withoutControls(status ?? 'unknown');
  if (status === 'PROCESSED') return paint.green(text);
  return status === 'LINKAGE_FAILURE' ? paint.yellow(text) : paint.cyan(text);
}

const COLUMNS = ['ID', 'CREATED', 'STATUS', 'LINES', 'COMMENT'] as const;

/**
 * Many uploadings: a table that fits the terminal, or lines with tabs where there is none.
 *
 * @param aligned whether to lay out a table
 */
export function renderUploadings(
  uploadings: readonly CallUploading[],
  style: Style,
  aligned: boolean,
): string[] {
  const rows = uploadings.map((uploading) =>
    [
      uploading.id,
      uploading.createTime ?? '',
      uploading.status ?? '',
      `${shortNumber(uploading.lineQuantity)}/${shortNumber(uploading.sourceQuantity)}`,
      uploading.comment ?? '',
    ].map(withoutControls),
  );
  if (!aligned) return rows.map((row) => row.join('\t'));

  return layTable(COLUMNS, rows, style);
}

/**
 * A table that fits the terminal.
 *
 * @param rows cells that are fit to be shown
 */
export function layTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string[] {
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => [...(row[at] ?? '')].length)),
  );
  const lay = (row: readonly string[]): string =>
    cut(row.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  '), style);
  return [style.paint.dim(lay(columns)), ...rows.map(lay)];
}

function shortNumber(value: number | undefined): string {
  return value === undefined ? '?' : String(value);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

function cut(line: string, { abilities }: Style): string {
  const characters = [...line.trimEnd()];
  return characters.length <= abilities.columns
    ? characters.join('')
    : `${characters.slice(0, abilities.columns - 1).join('')}…`;
}
