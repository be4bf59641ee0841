/** The findings of one file for people. */
import {
  type Finding,
  type FindingGroup,
  findingIn,
  type Validation,
} from '../../../calls/findings/finding.ts';
import type { Severity } from '../../../calls/findings/kinds.ts';
import type { Words } from '../../../words/en.ts';
import { hangingIndent, wrap } from '../../../words/format.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';

/** How many errors and warnings there are: `2 errors, 1 warning`. */
export function renderCounts({ errors, warnings }: Validation, words: Words): string {
  return words.screens.files.counts(errors, warnings);
}

/**
 * Equal findings under one heading with their number, the first of them line by line, and how to fix
 * them once.
 */
export function renderFindings(validation: Validation, style: Style): string[] {
  const listed = new Set(validation.findings);
  const shown = validation.groups.filter((group) =>
    group.first.some((finding) => listed.has(finding)),
  );
  const lines = [
    ...shown
      .filter(({ severity }) => severity !== 'note')
      .flatMap((group) => renderGroup(group, listed, style)),
    ...renderChanges(
      shown.filter(({ severity }) => severity === 'note'),
      style,
    ),
  ];
  const all = validation.errors + validation.warnings + validation.notes;
  const left = all - validation.findings.length;
  if (left > 0) {
    lines.push(style.paint.dim(`  ${style.words.screens.findings.notListed(left, all)}`));
  }
  return lines;
}

/** Characters before the text of a heading. */
const HEAD = 10;

/** What is changed before sending, in one line: nothing about it has to be fixed. */
function renderChanges(groups: readonly FindingGroup[], style: Style): string[] {
  if (groups.length === 0) return [];
  const { words } = style;
  const changes = groups.flatMap(({ first: [finding] }) =>
    finding === undefined ? [] : [changeIn(words, finding)],
  );
  const text = withoutControls(words.screens.findings.changes(changes));
  const [first = '', ...rest] = wrap(text, style.abilities.columns - HEAD);
  return [
    `  ${paintedSeverity('note', style)} ${first}`,
    ...rest.map((line) => ' '.repeat(HEAD) + line),
  ];
}

function changeIn(words: Words, { code, parameters }: Finding): string {
  const summaries: Readonly<Record<string, (detail: string, sample?: string) => string>> =
    words.changeSummaries;
  const [detail = '', sample] = Object.values(
    parameters as Record<string, string | number | undefined>,
  );
  return (
    summaries[code]?.(String(detail), sample === undefined ? undefined : String(sample)) ?? code
  );
}

function renderGroup(group: FindingGroup, listed: ReadonlySet<Finding>, style: Style): string[] {
  const { paint, arrow, abilities, words } = style;
  const [first] = group.first;
  if (first === undefined) return [];
  const said = findingIn(words, first);
  const title = withoutControls(said.title);
  const isOfFile = first.record === null && group.count === 1;
  // Painted after wrapping, which counts characters.
  const [headLine = '', ...headRest] = wrap(
    `${title} [${group.code}]${placeOf(group, first, isOfFile, words)}`,
    abilities.columns - HEAD,
  );
  const painted = headLine
    .replace(title, paint.bold(title))
    .replace(`[${group.code}]`, paint.dim(`[${group.code}]`));
  const hint = hangingIndent(`      ${arrow} `, withoutControls(said.hint), abilities.columns);
  const body = isOfFile
    ? hangingIndent('      ', withoutControls(said.message), abilities.columns)
    : group.first
        .filter((finding) => listed.has(finding))
        .map((finding) => `      ${findingLine(finding, style)}`);
  return [
    `  ${paintedSeverity(group.severity, style)} ${painted}`,
    ...headRest.map((line) => ' '.repeat(HEAD) + line),
    ...body,
    ...hint,
  ];
}

function placeOf(group: FindingGroup, first: Finding, isOfFile: boolean, words: Words): string {
  const said = words.screens.findings;
  if (isOfFile) return first.line === null ? '' : `: ${said.inLine(first.line)}`;
  const unit = first.record === null ? 'line' : 'record';
  return `: ${said.inLines(group.count, unit, first.line ?? 0)}`;
}

function findingLine(finding: Finding, { paint, words }: Style): string {
  const { column, value } = finding;
  const what =
    column === null
      ? withoutControls(findingIn(words, finding).message)
      : `${withoutControls(column)} ${value === null ? '' : `"${withoutControls(value)}"`}`;
  const place = words.screens.findings.place(finding.line ?? 0, finding.record);
  return `${paint.dim(place)}  ${what.trimEnd()}`;
}

function paintedSeverity(severity: Severity, { paint, words }: Style): string {
  const { severities } = words.screens.findings;
  const width = Math.max(...Object.values(severities).map((name) => name.length));
  const text = severities[severity].padEnd(width);
  if (severity === 'error') return paint.red(text);
  return severity === 'warning' ? paint.yellow(text) : paint.cyan(text);
}
