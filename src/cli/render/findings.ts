import type { Finding, FindingGroup, Validation } from '../../calls/findings.ts';
import type { Severity } from '../../calls/finding-catalogue.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { counted, number } from '../words.ts';

/** What was found in a file, as it stands under `validation` in JSON. */
export function validationFields(validation: Validation): Record<string, unknown> {
  return {
    errors: validation.errors,
    warnings: validation.warnings,
    findings: validation.findings.map(findingFields),
  };
}

function findingFields(finding: Finding): Record<string, unknown> {
  const { code, severity, line, record, column, value, message, hint } = finding;
  return { code, severity, line, record, column, value, message, hint };
}

/** How many errors and warnings there are: `2 errors, 1 warning`. */
export function renderCounts({ errors, warnings }: Validation): string {
  return `${errors === 0 ? 'no errors' : counted(errors, 'error')}, ${warnings === 0 ? 'no warnings' : counted(warnings, 'warning')}`;
}

/**
 * The findings of one file for people: equal ones under one heading with their whole number, the
 * first of them line by line, and how to mend them once.
 */
export function renderFindings(validation: Validation, style: Style): string[] {
  const listed = new Set(validation.findings);
  const shown = validation.groups.filter((group) =>
    group.first.some((finding) => listed.has(finding)),
  );
  const lines = shown.flatMap((group) => renderGroup(group, listed, style));
  const all = validation.errors + validation.warnings + validation.notes;
  const left = all - validation.findings.length;
  if (left > 0) {
    const rest = `${number(left)} more not listed; --max-errors ${String(all)} lists all`;
    lines.push(style.paint.dim(`  ${rest}`));
  }
  return lines;
}

function renderGroup(group: FindingGroup, listed: ReadonlySet<Finding>, style: Style): string[] {
  const { paint, arrow } = style;
  const [first] = group.first;
  if (first === undefined) return [];
  const title = withoutControls(group.title);
  const head = `  ${paintSeverity(group.severity, style)} ${paint.bold(title)} ${paint.dim(`[${group.code}]`)}`;
  const hint = `      ${arrow} ${withoutControls(first.hint)}`;
  if (first.record === null)
    return [`${head}${atLine(first)}`, `      ${withoutControls(first.message)}`, hint];

  const rows = `${counted(group.count, 'row')}, first in line ${number(first.line ?? 0)}`;
  const places = group.first.filter((finding) => listed.has(finding));
  return [`${head}: ${rows}`, ...places.map((finding) => `      ${place(finding, style)}`), hint];
}

function atLine(finding: Finding): string {
  return finding.line === null ? '' : `: line ${number(finding.line)}`;
}

function place(finding: Finding, { paint }: Style): string {
  const where = `line ${String(finding.line)}, record ${String(finding.record)}`;
  const what =
    finding.column === null
      ? withoutControls(finding.message)
      : `${withoutControls(finding.column)} ${finding.value === null ? '' : JSON.stringify(withoutControls(finding.value))}`;
  return `${paint.dim(where)}  ${what.trimEnd()}`;
}

function paintSeverity(severity: Severity, { paint }: Style): string {
  if (severity === 'error') return paint.red('error  ');
  return severity === 'warning' ? paint.yellow('warning') : paint.cyan('note   ');
}
