/** Workflow commands and the step summary of GitHub Actions. */
import { relative, resolve, sep } from 'node:path';
import { type Finding, findingIn, type Validation } from '../../../calls/findings/finding.ts';
import type { Severity } from '../../../calls/findings/kinds.ts';
import { type Failure, failureIn } from '../../../failure.ts';
import type { Words } from '../../../words/en.ts';
import { withoutControls } from '../terminal.ts';

/** One file's outcome, as far as annotations and the summary speak of it. */
export interface CheckedForGithub {
  readonly file: string;
  readonly rows: number;
  readonly validation: Validation;
  /** A few words on how it ended. */
  readonly outcome: string;
}

/** The runner shows so many annotations of a kind for one step. */
const SHOWN_OF_A_KIND = 10;

const COMMAND_OF: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * Text for the data of a workflow command.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Text for a property of a workflow command. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(withoutControls(String(value)))}`],
  );
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(message)}`;
}

/** A failure as an annotation of its own. */
export function failureCommand(failure: Failure, words: Words, file?: string): string {
  const { message, hint } = failureIn(words.failures, failure);
  const text = withoutControls(`${message} ${hint}`);
  return command('error', { file, title: failure.code }, text);
}

/**
 * The annotations of a step, worst first, ten of a kind at the most, and the whole number of
 * findings when some are not shown.
 *
 * @param workspace the base folder for paths
 */
export function annotations(
  files: readonly CheckedForGithub[],
  workspace: string,
  words: Words,
): string[] {
  const left: Record<Severity, number> = {
    error: SHOWN_OF_A_KIND,
    warning: SHOWN_OF_A_KIND,
    note: SHOWN_OF_A_KIND,
  };
  const lines: string[] = [];
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
    lines.push(command('notice', { title }, total(errors, warnings, lines.length)));
  }
  return lines;
}

function sum(files: readonly CheckedForGithub[], of: (validation: Validation) => number): number {
  return files.reduce((total, { validation }) => total + of(validation), 0);
}

function annotation(file: string, finding: Finding, workspace: string, words: Words): string {
  const { message, hint } = findingIn(words, finding);
  const value =
    finding.value === null ? '' : ` (${JSON.stringify(withoutControls(finding.value))})`;
  return command(
    COMMAND_OF[finding.severity],
    {
      file: workspacePath(file, workspace),
      line: finding.line ?? undefined,
      col: finding.offset === null ? undefined : finding.offset + 1,
      title: finding.code,
    },
    withoutControls(`${message}${value} ${hint}`),
  );
}

/** A path as the runner expects it: from the workspace, with slashes. */
function workspacePath(file: string, workspace: string): string {
  if (file === '-') return STANDARD_INPUT;
  const path = relative(workspace, resolve(file));
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}

/** A property that is no path, the same in every language. */
const STANDARD_INPUT = 'standard input';

const MOST_ROWS = 200;

/** The table for the page of the run, in Markdown. */
export function stepSummary(files: readonly CheckedForGithub[], words: Words): string {
  const { title, columns } = words.screens.github;
  const rows = files
    .slice(0, MOST_ROWS)
    .map(({ file, rows: records, validation, outcome }) =>
      [file, String(records), String(validation.errors), String(validation.warnings), outcome].map(
        cell,
      ),
    );
  const lines = [columns, ['---', '---:', '---:', '---:', '---'], ...rows].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  return `### ${title}\n\n${lines.join('\n')}\n\n`;
}

function cell(text: string): string {
  return withoutControls(text).replace(
    /[\\|<>&`[\]*_]/g,
    (character) => `&#${String(character.charCodeAt(0))};`,
  );
}
