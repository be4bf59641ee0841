/** Renders uploads: the facts about one upload, or many uploads as a table or as cells. */
import type { CallUploading } from '../../../metrika/schemas.ts';
import { visible } from '../../../safe-text/visible.ts';
import { plainComment } from '../../../upload/mark.ts';
import type { Words } from '../../../words/en.ts';
import { flowed, type Line, type Part, table, type Tone, type Toned, toned } from '../layout.ts';
import type { Style } from '../output.ts';

/** Renders the facts that the service returned about an upload, one per line. */
export function uploadFacts(uploading: CallUploading, { words, abilities }: Style): Line[] {
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
    value === undefined
      ? []
      : flowed(['  ', toned.quiet(name.padEnd(width)), `  ${value}`], abilities.room, width + 4),
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

/**
 * Describes how many calls were linked to visitors, and how many were not; `undefined` if the
 * service does not say.
 */
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

/** Returns a status in words, with its tone. */
export function tonedStatus(status: string | undefined, { words }: Style): Toned {
  return { text: words.screens.upload.status(status), tone: toneOf(status) };
}

/** Returns the tone of a status: good, warning or neutral. */
export function toneOf(status: string | undefined): Tone {
  if (status === 'PROCESSED') return 'good';
  return status === 'LINKAGE_FAILURE' ? 'warn' : 'info';
}

/**
 * Renders many uploads as a table that fits the terminal.
 *
 * @param now the current time, in milliseconds since 1970-01-01 UTC
 */
export function renderUploads(
  uploads: readonly CallUploading[],
  style: Style,
  now: number,
): Line[] {
  const hasLinked = uploads.some(({ linkedQuantity }) => linkedQuantity !== undefined);
  const rows = uploads.map((uploading): Part[] => [
    { text: visible(uploading.status ?? ''), tone: toneOf(uploading.status) },
    visible(uploading.id),
    visible(localTime(uploading.createTime, style, now)),
    linesOf(uploading),
    ...(hasLinked ? [shortNumber(uploading.linkedQuantity)] : []),
    visible(plainComment(uploading.comment ?? '')),
  ]);
  const said = style.words.screens.list;
  const columns = hasLinked ? said.table.toSpliced(-1, 0, said.linked) : said.table;
  return table(columns, rows, style.abilities.room);
}

/** Returns a time in the user's time zone; text in an unknown form is returned unchanged. */
function localTime(text: string | undefined, { words }: Style, now: number): string {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? (text ?? '') : words.screens.list.time(new Date(time), new Date(now));
}

/** Returns the cells of each upload, for programs that read lines. */
export function uploadCells(uploads: readonly CallUploading[]): string[][] {
  const hasLinked = uploads.some(({ linkedQuantity }) => linkedQuantity !== undefined);
  return uploads.map((uploading) => [
    uploading.id,
    uploading.createTime ?? '',
    uploading.status ?? '',
    linesOf(uploading),
    uploading.comment ?? '',
    ...(hasLinked ? [shortNumber(uploading.linkedQuantity)] : []),
  ]);
}

function linesOf({ lineQuantity, sourceQuantity }: CallUploading): string {
  return `${shortNumber(lineQuantity)}/${shortNumber(sourceQuantity)}`;
}

function shortNumber(value: number | undefined): string {
  return value === undefined ? '?' : String(value);
}
