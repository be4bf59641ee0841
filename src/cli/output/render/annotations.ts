/** Renders findings and failures for GitHub Actions: annotations and the step summary. */
import { relative, resolve, sep } from 'node:path';
import { type Finding, findingIn, type Validation } from '../../../calls/findings/finding.ts';
import type { Severity } from '../../../calls/findings/kinds.ts';
import { type Failure, failureIn } from '../../../failure.ts';
import { maskedName } from '../../../safe-text/masking.ts';
import { visible } from '../../../safe-text/visible.ts';
import type { Words } from '../../../words/en.ts';
import type { Shown } from '../../io/shown-text.ts';
import { markdownTable, workflowCommand } from '../shown.ts';
import { cellPlace } from './cell-place.ts';

/** The outcome of one file, for annotations and the summary. */
export interface CheckedForGithub {
  readonly file: string;
  readonly rows: number;
  readonly validation: Validation;
  /** A few words about the outcome. */
  readonly outcome: string;
}

/** The runner shows at most this many annotations of each severity for one step. */
const SHOWN_OF_A_KIND = 10;

const COMMAND_OF = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
} as const satisfies Readonly<Record<Severity, string>>;

/** Returns the annotation for a failure. */
export function failureCommand(failure: Failure, words: Words, file?: string): Shown<'runner'> {
  const { message, hint } = failureIn(words, failure);
  return workflowCommand('error', { file, title: failure.code }, `${message} ${hint}`);
}

/**
 * Returns the annotations of a step: errors first, and at most ten of each severity. If some
 * findings are not shown, one more annotation says how many errors and warnings there are, and how
 * many findings are shown.
 *
 * @param workspace the folder that paths are relative to
 */
export function annotations(
  files: readonly CheckedForGithub[],
  workspace: string,
  words: Words,
): Shown<'runner'>[] {
  const left: Record<Severity, number> = {
    error: SHOWN_OF_A_KIND,
    warning: SHOWN_OF_A_KIND,
    note: SHOWN_OF_A_KIND,
  };
  const lines: Shown<'runner'>[] = [];
  const all = files.flatMap(({ file, validation }) =>
    validation.findings.map((finding) => ({ file, finding })),
  );
  for (const severity of ['error', 'warning', 'note'] as const) {
    for (const { file, finding } of all) {
      if (finding.severity !== severity || left[severity] === 0) continue;
      left[severity] -= 1;
      lines.push(annotation(file, finding, workspace, words));
    }
  }
  const errors = sum(files, ({ errors: count }) => count);
  const warnings = sum(files, ({ warnings: count }) => count);
  const notes = sum(files, ({ notes: count }) => count);
  if (errors + warnings + notes > lines.length) {
    const { title, total } = words.screens.github;
    lines.push(workflowCommand('notice', { title }, total(errors, warnings, lines.length)));
  }
  return lines;
}

function sum(files: readonly CheckedForGithub[], of: (validation: Validation) => number): number {
  return files.reduce((total, { validation }) => total + of(validation), 0);
}

function annotation(
  file: string,
  finding: Finding,
  workspace: string,
  words: Words,
): Shown<'runner'> {
  const { message, hint } = findingIn(words, finding);
  const place = cellPlace(finding);
  const value = finding.value === null ? '' : ` (${JSON.stringify(visible(finding.value))})`;
  return workflowCommand(
    COMMAND_OF[finding.severity],
    {
      file: workspacePath(finding.file ?? file, workspace),
      line: finding.line ?? undefined,
      col: finding.offset === null || place !== undefined ? undefined : finding.offset + 1,
      title: finding.code,
    },
    `${place === undefined ? '' : `${place}: `}${message}${value} ${hint}`,
  );
}

/**
 * Returns a path as the runner expects it: relative to the workspace, with slashes. A path outside
 * the workspace is not made relative.
 */
function workspacePath(file: string, workspace: string): string {
  if (file === '-') return STANDARD_INPUT;
  const path = relative(workspace, resolve(file));
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}

/** The `file` property for standard input. It is the same in every language. */
const STANDARD_INPUT = 'standard input';

const MOST_ROWS = 200;

/** Returns the table of the files for the step summary, in Markdown. */
export function stepSummary(files: readonly CheckedForGithub[], words: Words): Shown<'markdown'> {
  const { title, columns } = words.screens.github;
  const rows = files
    .slice(0, MOST_ROWS)
    .map(({ file, rows: records, validation, outcome }) => [
      maskedName(file),
      String(records),
      String(validation.errors),
      String(validation.warnings),
      outcome,
    ]);
  return markdownTable(title, columns, rows);
}
