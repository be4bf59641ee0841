/** Renders the findings of one file for people. */
import {
  type Finding,
  type FindingGroup,
  findingIn,
  type Validation,
} from '../../../calls/findings/finding.ts';
import type { Words } from '../../../words/en.ts';
import type { UnknownColumn } from '../../../words/en/screens.ts';
import { wrap } from '../../../words/format.ts';
import { written } from '../../../words/said.ts';
import {
  columnsOf,
  hangingIndent,
  type Line,
  padded,
  type Part,
  toned,
  withRight,
  wrapped,
} from '../layout.ts';
import type { Style } from '../output.ts';
import { cellPlace } from './cell-place.ts';
import { shownName } from './shown-name.ts';

/** Says how many errors and warnings there are: `2 errors, 1 warning`. */
export function renderCounts({ errors, warnings }: Validation, words: Words): string {
  return words.screens.files.counts(errors, warnings);
}

/**
 * Renders a block of lines for each kind of error and warning: the number of findings, the fix, and
 * a few examples. A kind has a block even if none of its findings are listed. The notes are below
 * all blocks.
 */
export function renderFindings(validation: Validation, style: Style): Line[] {
  const { words, abilities } = style;
  const said = words.screens.findings;
  const shown = new Set(shownFindings(validation, style));
  const kinds = (['error', 'warning'] as const).flatMap((severity) => {
    const blocks = blocksOf(
      validation.groups.filter((group) => group.severity === severity),
      shown,
      style,
    );
    const head = toned[severity === 'error' ? 'bad' : 'warn'](said.headings[severity]);
    return blocks.length === 0
      ? []
      : ['', head, ...blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...block])];
  });
  const changes = validation.groups.filter(({ severity }) => severity === 'note');
  const all = validation.errors + validation.warnings;
  const left = all - shown.size;
  return [
    ...kinds,
    ...(left > 0 && kinds.length > 0
      ? [
          '',
          ...wrapped(
            '  ',
            said.notListed(left, all + validation.notes),
            abilities.columns,
            'quiet',
          ),
        ]
      : []),
    ...(kinds.length > 0 && changes.length > 0 ? [''] : []),
    ...renderChanges(changes, style),
  ];
}

/** Returns the errors and warnings to show as examples. */
function shownFindings({ findings, groups }: Validation, { examples }: Style): Finding[] {
  const listed = new Set(findings);
  return groups.flatMap((group) => {
    if (group.severity === 'note') return [];
    // The heading of its block shows a finding about the whole file. So this finding always counts
    // as shown.
    const isOfFile = group.count === 1 && group.first[0]?.record === null;
    if (isOfFile || group.code === UNKNOWN) return group.first;
    return examples === undefined
      ? group.first.filter((finding) => listed.has(finding))
      : group.first.slice(0, examples);
  });
}

const UNKNOWN = 'column-unknown';

/**
 * Renders a block of lines for each kind of finding. All findings about unknown columns share one
 * block, with one command to paste.
 */
function blocksOf(
  groups: readonly FindingGroup[],
  shown: ReadonlySet<Finding>,
  style: Style,
): Line[][] {
  const unknown = groups.filter(({ code }) => code === UNKNOWN);
  const others = unknown.length > 1 ? groups.filter(({ code }) => code !== UNKNOWN) : groups;
  return [
    ...others.map((group) => renderGroup(group, shown, style)),
    ...(unknown.length > 1 ? [renderUnknown(unknown, style)] : []),
  ];
}

/** Renders the findings about all unknown columns as one block of lines. */
function renderUnknown(groups: readonly FindingGroup[], style: Style): Line[] {
  const said = style.words.screens.findings;
  const columns = groups.flatMap(({ first }) =>
    first.map(({ parameters }) => {
      const unknown = parameters as UnknownColumn;
      return { ...unknown, column: unknown.column || style.words.namelessColumn };
    }),
  );
  const { title, message, hint: advice } = said.unknownColumns(columns);
  const hint = written(advice, style.words.notation);
  const count = said.inLine(groups[0]?.first[0]?.line ?? 1);
  return renderBlock({ title, code: UNKNOWN, count, message, hint, examples: [] }, style);
}

/** Renders the notes: one sentence about all changes, then the other notes. Notes need no fix. */
function renderChanges(groups: readonly FindingGroup[], style: Style): Line[] {
  if (groups.length === 0) return [];
  const { words } = style;
  const firsts = groups.flatMap(({ first: [finding] }) => (finding === undefined ? [] : [finding]));
  const [changes, others] = [firsts.filter(isChange), firsts.filter((one) => !isChange(one))];
  const sentences = [
    ...(changes.length === 0
      ? []
      : [words.screens.findings.changes(changes.map((finding) => changeIn(words, finding)))]),
    ...others.map((finding) => {
      const { message, hint } = findingIn(words, finding);
      return `${message} ${hint}`;
    }),
  ];
  return sentences.flatMap((text) => wrapped('  ', text, style.abilities.columns, 'quiet'));

  function isChange({ code }: Finding): boolean {
    return Object.hasOwn(words.changeSummaries, code);
  }
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

function renderGroup(group: FindingGroup, shown: ReadonlySet<Finding>, style: Style): Line[] {
  const { words } = style;
  const [first] = group.first;
  if (first === undefined) return [];
  const { title, message, hint } = findingIn(words, first);
  const { code } = group;
  if (first.record === null && group.count === 1) {
    const place = first.line === null ? '' : placeOf(first, words);
    const count = first.file === undefined ? place : `${shownName(first.file, style)}: ${place}`;
    return renderBlock({ title, code, count, message, hint, examples: [] }, style);
  }
  const said = words.screens.findings;
  const examples = group.first.filter((finding) => shown.has(finding));
  const count = said.count(group.count, first.record === null ? 'line' : 'record');
  const texts = new Set(examples.map((finding) => exampleText(finding, words)));
  if (first.column !== null || texts.size !== 1 || examples.length === 1) {
    return renderBlock({ title, code, count, hint, examples }, style);
  }
  // All examples have the same message. It is shown once, with the places of all examples.
  const lines =
    first.sheet === undefined
      ? said.inLines(examples.map(({ line }) => line ?? 0))
      : examples.map((finding) => placeOf(finding, words)).join(', ');
  const places = first.file === undefined ? lines : `${shownName(first.file, style)}: ${lines}`;
  return renderBlock({ title, code, count, message, hint, examples: [], places }, style);
}

/** One block of lines: a heading, and the text below it. */
interface Block {
  readonly title: string;
  readonly code: string;
  /** The number of findings, or the place of a single finding. */
  readonly count: string;
  /** Details that the title does not have. */
  readonly message?: string;
  readonly hint: string;
  readonly examples: readonly Finding[];
  /** The places that the message applies to. */
  readonly places?: string;
}

/**
 * The largest width of a heading, in columns. In a wider heading, numbers are hard to match
 * with titles.
 */
const WIDEST = 100;

function renderBlock(block: Block, style: Style): Line[] {
  const { title, code, count, message, hint } = block;
  const { arrow, abilities } = style;
  const width = Math.min(WIDEST, abilities.columns);
  const [head = '', ...rest] = wrap(
    `${title} [${code}]`,
    Math.max(20, width - columnsOf(count) - 4),
    columnsOf,
  );
  return [
    count === ''
      ? ['  ', ...headParts(head, title)]
      : withRight(['  ', ...headParts(head, title)], toned.strong(count), width),
    ...rest.map((line): Line => ['  ', ...headParts(line, '')]),
    ...(message === undefined ? [] : wrapped('    ', message, abilities.columns)),
    ...hangingIndent(`    ${arrow} `, hint, abilities.columns, 'info'),
    ...(block.places === undefined
      ? renderExamples(block.examples, style)
      : wrapped('    ', block.places, abilities.columns, 'quiet')),
  ];
}

function renderExamples(examples: readonly Finding[], style: Style): Line[] {
  const { words, abilities } = style;
  const places = examples.map((finding) => {
    const place = placeOf(finding, words);
    return finding.file === undefined ? place : `${shownName(finding.file, style)}: ${place}`;
  });
  const widest = Math.max(0, ...places.map(columnsOf));
  return examples.flatMap((finding, at) => {
    const place = toned.quiet(padded(places[at] ?? '', widest));
    return wrapped(['    ', place, '  '], exampleText(finding, words), abilities.columns);
  });
}

/** Splits a line of a heading into the title, which is strong, and the code, which is quiet. */
function headParts(line: string, title: string): Part[] {
  const at = line.lastIndexOf('[');
  const name = at < 0 ? line : line.slice(0, at);
  const code = at < 0 ? [] : [toned.quiet(line.slice(at))];
  return [title === '' && at === 0 ? '' : toned.strong(name), ...code];
}

/** Returns the column and the wrong value, or the message if the finding has no column. */
function exampleText(finding: Finding, words: Words): string {
  const { column, value } = finding;
  if (column === null) return findingIn(words, finding).message;
  return value === null ? column : `${column} "${value}"`;
}

/** Returns the line of a finding, or its cell in a workbook. */
function placeOf(finding: Finding, words: Words): string {
  return cellPlace(finding) ?? words.screens.findings.inLines([finding.line ?? 0]);
}
