/** The findings of one file for people. */
import {
  type Finding,
  type FindingGroup,
  findingIn,
  type Validation,
} from '../../../calls/findings/finding.ts';
import type { Severity } from '../../../calls/findings/kinds.ts';
import type { Words } from '../../../words/en.ts';
import type { UnknownColumn } from '../../../words/en/screens.ts';
import { wrap } from '../../../words/format.ts';
import {
  hangingIndent,
  type Line,
  type Part,
  partsOf,
  type Toned,
  toned,
  wrapped,
} from '../layout.ts';
import type { Style } from '../output.ts';

/** How many errors and warnings there are: `2 errors, 1 warning`. */
export function renderCounts({ errors, warnings }: Validation, words: Words): string {
  return words.screens.files.counts(errors, warnings);
}

/**
 * Equal findings under one heading with their number, the first of them line by line, and how to fix
 * them once.
 */
export function renderFindings(validation: Validation, style: Style): Line[] {
  const listed = new Set(validation.findings);
  const shown = validation.groups.filter((group) =>
    group.first.some((finding) => listed.has(finding)),
  );
  const unknown = shown.filter(({ code }) => code === UNKNOWN);
  // One block with one command to paste says more than eight equal ones.
  const isFolded = unknown.length > 1;
  const lines: Line[] = [
    ...shown
      .filter(({ severity, code }) => severity !== 'note' && !(isFolded && code === UNKNOWN))
      .flatMap((group) => renderGroup(group, listed, style)),
    ...(isFolded ? renderUnknown(unknown, style) : []),
    ...renderChanges(
      shown.filter(({ severity }) => severity === 'note'),
      style,
    ),
  ];
  const all = validation.errors + validation.warnings + validation.notes;
  const left = all - validation.findings.length;
  if (left > 0) {
    lines.push(toned.quiet(`  ${style.words.screens.findings.notListed(left, all)}`));
  }
  return lines;
}

const UNKNOWN = 'column-unknown';

/** All columns that Metrica does not have, in one block. */
function renderUnknown(groups: readonly FindingGroup[], style: Style): Line[] {
  const { words } = style;
  const [first] = groups;
  if (first === undefined) return [];
  const columns = groups.flatMap(({ first: found }) =>
    found.map(({ parameters }) => parameters as UnknownColumn),
  );
  const { title, message, hint } = words.screens.findings.unknownColumns(columns);
  const place = `: ${words.screens.findings.inLine(first.first[0]?.line ?? 1)}`;
  const body = hangingIndent('      ', message, style.abilities.columns);
  return renderBlock(first, { title, place, body, hint }, style);
}

/** Characters before the text of a heading. */
const HEAD = 10;

/** What is changed before sending, in one line: nothing about it has to be fixed. */
function renderChanges(groups: readonly FindingGroup[], style: Style): Line[] {
  if (groups.length === 0) return [];
  const { words } = style;
  const changes = groups.flatMap(({ first: [finding] }) =>
    finding === undefined ? [] : [changeIn(words, finding)],
  );
  const text = words.screens.findings.changes(changes);
  return wrapped(['  ', tonedSeverity('note', style), ' '], text, style.abilities.columns);
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

function renderGroup(group: FindingGroup, listed: ReadonlySet<Finding>, style: Style): Line[] {
  const { abilities, words } = style;
  const [first] = group.first;
  if (first === undefined) return [];
  const { title, message, hint } = findingIn(words, first);
  const isOfFile = first.record === null && group.count === 1;
  const body = isOfFile
    ? hangingIndent('      ', message, abilities.columns)
    : group.first
        .filter((finding) => listed.has(finding))
        .map((finding) => ['      ', ...partsOf(findingLine(finding, style))]);
  const place = placeOf(group, first, isOfFile, words);
  return renderBlock(group, { title, place, body, hint }, style);
}

/** What stands under one heading. */
interface Block {
  readonly title: string;
  /** Where it was found, behind the title; '' where there is no place. */
  readonly place: string;
  readonly body: readonly Line[];
  readonly hint: string;
}

function renderBlock(
  { severity, code }: Pick<FindingGroup, 'severity' | 'code'>,
  { title, place, body, hint }: Block,
  style: Style,
): Line[] {
  const { arrow, abilities } = style;
  const [head = '', ...rest] = wrap(`${title} [${code}]${place}`, abilities.columns - HEAD);
  return [
    ['  ', tonedSeverity(severity, style), ' ', ...headParts(head, title, code)],
    ...rest.map((line) => ' '.repeat(HEAD) + line),
    ...body,
    ...hangingIndent(`      ${arrow} `, hint, abilities.columns),
  ];
}

/** The first line of a heading: the title strong, the code quiet. */
function headParts(line: string, title: string, code: string): Part[] {
  const mark = `[${code}]`;
  if (!line.startsWith(`${title} ${mark}`)) return [line];
  return [toned.strong(title), ' ', toned.quiet(mark), line.slice(title.length + 1 + mark.length)];
}

function placeOf(group: FindingGroup, first: Finding, isOfFile: boolean, words: Words): string {
  const said = words.screens.findings;
  if (isOfFile) return first.line === null ? '' : `: ${said.inLine(first.line)}`;
  const unit = first.record === null ? 'line' : 'record';
  return `: ${said.inLines(group.count, unit, first.line ?? 0)}`;
}

function findingLine(finding: Finding, { words }: Style): Line {
  const { column, value } = finding;
  const what =
    column === null
      ? findingIn(words, finding).message
      : `${column} ${value === null ? '' : `"${value}"`}`;
  const place = words.screens.findings.place(finding.line ?? 0, finding.record);
  return [toned.quiet(place), `  ${what.trimEnd()}`];
}

function tonedSeverity(severity: Severity, { words }: Style): Toned {
  const { severities } = words.screens.findings;
  const width = Math.max(...Object.values(severities).map((name) => name.length));
  const text = severities[severity].padEnd(width);
  if (severity === 'error') return toned.bad(text);
  return severity === 'warning' ? toned.warn(text) : toned.info(text);
}
