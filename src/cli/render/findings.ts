import type { Finding, FindingGroup, Validation } from '../../calls/findings.ts';
import type { Severity } from '../../calls/finding-catalogue.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { counted, hanging, number, wrapped } from '../words.ts';

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
    const rest = `${number(left)} more not listed; --max-errors ${String(all)} lists all`;
    lines.push(style.paint.dim(`  ${rest}`));
  }
  return lines;
}

/** What is changed on the way, in one line: nothing of it has to be mended. */
function renderChanges(groups: readonly FindingGroup[], style: Style): string[] {
  if (groups.length === 0) return [];
  const titles = groups
    .map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1))
    .join(', ');
  const [first = '', ...rest] = wrapped(
    `changed on the way: ${withoutControls(titles)}`,
    style.abilities.columns - 10,
  );
  return [`  ${paintSeverity('note', style)} ${first}`, ...rest.map((line) => `          ${line}`)];
}

function renderGroup(group: FindingGroup, listed: ReadonlySet<Finding>, style: Style): string[] {
  const { paint, arrow, abilities } = style;
  const [first] = group.first;
  if (first === undefined) return [];
  const title = withoutControls(group.title);
  const ofFile = first.record === null && group.count === 1;
  const where = ofFile
    ? first.line === null
      ? ''
      : `: line ${number(first.line)}`
    : `: ${counted(group.count, first.record === null ? 'line' : 'row')}, first in line ${number(first.line ?? 0)}`;
  // Painted after wrapping, which counts characters.
  const [headLine = '', ...headRest] = wrapped(
    `${title} [${group.code}]${where}`,
    abilities.columns - 10,
  );
  const painted = headLine
    .replace(title, paint.bold(title))
    .replace(`[${group.code}]`, paint.dim(`[${group.code}]`));
  const head = [
    `  ${paintSeverity(group.severity, style)} ${painted}`,
    ...headRest.map((line) => `          ${line}`),
  ];
  const hint = hanging(`      ${arrow} `, withoutControls(first.hint), abilities.columns);
  const body = ofFile
    ? hanging('      ', withoutControls(first.message), abilities.columns)
    : group.first
        .filter((finding) => listed.has(finding))
        .map((finding) => `      ${place(finding, style)}`);
  return [...head, ...body, ...hint];
}

function place(finding: Finding, { paint }: Style): string {
  const where = `line ${String(finding.line)}${finding.record === null ? '' : `, record ${String(finding.record)}`}`;
  const what =
    finding.column === null
      ? withoutControls(finding.message)
      : `${withoutControls(finding.column)} ${finding.value === null ? '' : quotedValue(finding.value)}`;
  return `${paint.dim(where)}  ${what.trimEnd()}`;
}

function quotedValue(value: string): string {
  return `"${withoutControls(value)}"`;
}

function paintSeverity(severity: Severity, { paint }: Style): string {
  if (severity === 'error') return paint.red('error  ');
  return severity === 'warning' ? paint.yellow('warning') : paint.cyan('note   ');
}
