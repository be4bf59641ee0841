import { relative, resolve, sep } from 'node:path';
import type { Severity } from '../../calls/finding-catalogue.ts';
import type { Finding, Validation } from '../../calls/findings.ts';
import type { Failure } from '../../failure.ts';
import { withoutControls } from '../terminal.ts';
import { counted } from '../words.ts';

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
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(message)}`;
}

/** A failure as an annotation of its own. */
export function failureCommand(failure: Failure, file?: string): string {
  const message = withoutControls(`${failure.message} ${failure.hint}`);
  return command('error', { file, title: failure.code }, message);
}

/**
 * The annotations of a step, worst first, ten of a kind at the most, and the whole number of
 * findings when some are not shown.
 *
 * @param workspace the folder that paths are told from
 */
export function annotations(files: readonly CheckedForGithub[], workspace: string): string[] {
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
      lines.push(annotation(file, finding, workspace));
    }
  }
  const errors = sum(files, ({ errors: count }) => count);
  const warnings = sum(files, ({ warnings: count }) => count);
  const notes = sum(files, ({ notes: count }) => count);
  if (errors + warnings + notes > lines.length) {
    const total = `${counted(errors, 'error')} and ${counted(warnings, 'warning')} in all; ${counted(lines.length, 'finding')} shown as annotations.`;
    lines.push(command('notice', { title: 'metrika-calls' }, total));
  }
  return lines;
}

function sum(files: readonly CheckedForGithub[], of: (validation: Validation) => number): number {
  return files.reduce((total, { validation }) => total + of(validation), 0);
}

function annotation(file: string, finding: Finding, workspace: string): string {
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
    withoutControls(`${finding.message}${value} ${finding.hint}`),
  );
}

/** A path as the runner wants it: from the workspace, with slashes. */
export function workspacePath(file: string, workspace: string): string {
  if (file === '-') return 'standard input';
  const path = relative(workspace, resolve(file));
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}

const MOST_ROWS = 200;

/** The table for the page of the run, in Markdown. */
export function stepSummary(files: readonly CheckedForGithub[]): string {
  const rows = files
    .slice(0, MOST_ROWS)
    .map(({ file, rows: records, validation, outcome }) =>
      [file, String(records), String(validation.errors), String(validation.warnings), outcome].map(
        cell,
      ),
    );
  const lines = [
    ['File', 'Calls', 'Errors', 'Warnings', 'Outcome'],
    ['---', '---:', '---:', '---:', '---'],
    ...rows,
  ].map((row) => `| ${row.join(' | ')} |`);
  return `### metrika-calls\n\n${lines.join('\n')}\n\n`;
}

function cell(text: string): string {
  return withoutControls(text).replace(
    /[\\|<>&`[\]*_]/g,
    (character) => `&#${String(character.charCodeAt(0))};`,
  );
}
