/** Uploads for people: one with its facts, or many as a table. */
import type { CallUploading } from '../../../metrika/schemas.ts';
import { plainComment } from '../../../upload/mark.ts';
import type { Words } from '../../../words/en.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';

/** What the service says of an upload, a line for each fact. */
export function uploadFacts(uploading: CallUploading, { paint, words }: Style): string[] {
  const { fact } = words.screens.upload;
  const facts: (readonly [string, string | undefined])[] = [
    [fact.status, uploading.status],
    [fact.lines, linesAccepted(uploading, words)],
    [fact.calls, callTypes(uploading, words)],
    [fact.linked, linkedCounts(uploading, words)],
    [fact.identifier, uploading.clientIdType],
    [fact.created, uploading.createTime],
    [fact.comment, plainComment(uploading.comment ?? '') || undefined],
  ];
  const width = Math.max(...Object.values(fact).map((name) => name.length));
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${paint.dim(name.padEnd(width))}  ${withoutControls(value)}`],
  );
}

function linesAccepted(
  { lineQuantity, sourceQuantity }: CallUploading,
  words: Words,
): string | undefined {
  return lineQuantity === undefined && sourceQuantity === undefined
    ? undefined
    : words.screens.upload.linesAccepted(lineQuantity, sourceQuantity);
}

/** How many rows were linked to a visitor, where the service says so. */
function linkedCounts(uploading: CallUploading, words: Words): string | undefined {
  const said = words.screens.upload;
  const { linkedQuantity, userNotFoundQuantity, goalNotFoundQuantity } = uploading;
  const counts = [
    ...(linkedQuantity === undefined ? [] : [said.linked(linkedQuantity, uploading.lineQuantity)]),
    ...(userNotFoundQuantity === undefined || userNotFoundQuantity === 0
      ? []
      : [said.noVisitor(userNotFoundQuantity)]),
    ...(goalNotFoundQuantity === undefined || goalNotFoundQuantity === 0
      ? []
      : [said.noGoal(goalNotFoundQuantity)]),
  ];
  return counts.length === 0 ? undefined : counts.join(', ');
}

function callTypes(
  { dynamicCallsQuantity, staticCallsQuantity }: CallUploading,
  words: Words,
): string | undefined {
  const said = words.screens.upload;
  const types = [
    ...(dynamicCallsQuantity === undefined ? [] : [said.dynamicCalls(dynamicCallsQuantity)]),
    ...(staticCallsQuantity === undefined ? [] : [said.staticCalls(staticCallsQuantity)]),
  ];
  return types.length === 0 ? undefined : types.join(', ');
}

/** A status in words, in the colour of its meaning. */
export function paintedStatus(status: string | undefined, { paint, words }: Style): string {
  const text = withoutControls(words.screens.upload.status(status));
  if (status === 'PROCESSED') return paint.green(text);
  return status === 'LINKAGE_FAILURE' ? paint.yellow(text) : paint.cyan(text);
}

/**
 * Many uploads: a table that fits the terminal, or lines with tabs where there is none.
 *
 * @param aligned whether to lay out a table
 */
export function renderUploads(
  uploads: readonly CallUploading[],
  style: Style,
  aligned: boolean,
): string[] {
  const hasLinked = uploads.some(({ linkedQuantity }) => linkedQuantity !== undefined);
  const linked = ({ linkedQuantity }: CallUploading): string[] =>
    hasLinked ? [shortNumber(linkedQuantity)] : [];
  const rows = uploads.map((uploading) =>
    [
      uploading.id,
      uploading.createTime ?? '',
      uploading.status ?? '',
      `${shortNumber(uploading.lineQuantity)}/${shortNumber(uploading.sourceQuantity)}`,
      ...(aligned
        ? [...linked(uploading), plainComment(uploading.comment ?? '')]
        : [uploading.comment ?? '', ...linked(uploading)]),
    ].map(withoutControls),
  );
  if (!aligned) return rows.map((row) => row.join('\t'));

  const said = style.words.screens.list;
  const columns = hasLinked ? said.table.toSpliced(-1, 0, said.linked) : said.table;
  return layTable(columns, rows, style);
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
