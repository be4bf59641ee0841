import { FINDING_EXPLANATIONS } from '../calls/finding-explanations.ts';
import { FINDING_KINDS, type FindingCode, type FindingKind } from '../calls/finding-catalogue.ts';
import { wrapped } from './words.ts';

/** All codes, errors first. */
export const FINDING_CODES: readonly FindingCode[] = (
  Object.keys(FINDING_KINDS) as FindingCode[]
).sort((left, right) => weight(left) - weight(right));

function weight(code: FindingCode): number {
  return ['error', 'warning', 'note'].indexOf(FINDING_KINDS[code].severity);
}

/** The words of a kind of finding where no file is at hand. */
const NO_FILE = { column: '…', detail: '…' };

/** The times of the page's examples; they are read as of {@link EXAMPLE_NOW}. */
const EXAMPLE_TIMES = { RECENT: '1794990000', OLD: '1790000000', FUTURE: '1800000000' } as const;

/** When the examples are looked at, in seconds since 1970-01-01 UTC: 18 November 2026. */
export const EXAMPLE_NOW = 1_795_000_000;

/** The file of a finding's example, with times in it; `undefined` where no content shows it. */
export function exampleFile(code: FindingCode): string | undefined {
  return FINDING_EXPLANATIONS[code].example?.replace(
    /RECENT|OLD|FUTURE/g,
    (name) => EXAMPLE_TIMES[name as keyof typeof EXAMPLE_TIMES],
  );
}

/**
 * What `explain` prints of one kind of finding.
 *
 * @param columns the width to lay it out for, in characters
 */
export function explanation(code: FindingCode, columns: number): string {
  const kind: FindingKind = FINDING_KINDS[code];
  const width = Math.max(40, Math.min(80, columns));
  const example = exampleFile(code);
  return [
    `${code} (${kind.severity})`,
    '',
    ...wrapped(`${kind.message(NO_FILE)} ${FINDING_EXPLANATIONS[code].meaning}`, width),
    '',
    ...wrapped(`${mendingHead(kind)} ${kind.hint(NO_FILE)}`, width),
    ...(example === undefined
      ? []
      : ['', 'Example:', '', ...printable(example).map((line) => `  ${line}`)]),
  ].join('\n');
}

function mendingHead({ severity }: FindingKind): string {
  return severity === 'note' ? 'What is done:' : 'How to mend it:';
}

/** An example with what cannot be seen written out. */
function printable(example: string): string[] {
  return example
    .replaceAll('\r', '<CR>')
    .replaceAll('\0', '<NUL>')
    .replaceAll('\ufeff', '<byte-order mark>')
    .replaceAll('\ufffd', '<byte FF>')
    .replace(/\n$/, '')
    .split('\n');
}

/** The page docs/findings.md. */
export function findingsPage(): string {
  return [
    '# Findings',
    '',
    'What `validate` and `upload` may say of a file. Errors stop an upload, warnings do so under',
    '`--strict`, notes never do; under `--no-convert` notes are errors. `metrika-calls explain <code>`',
    'prints each of these. The codes change only with a major version.',
    '',
    ...FINDING_CODES.flatMap((code) => section(code)),
  ].join('\n');
}

function section(code: FindingCode): string[] {
  const kind: FindingKind = FINDING_KINDS[code];
  const example = exampleFile(code);
  return [
    `## ${code}`,
    '',
    `**${kind.severity}.** ${kind.message(NO_FILE)} ${FINDING_EXPLANATIONS[code].meaning}`,
    '',
    `${mendingHead(kind)} ${kind.hint(NO_FILE)}`,
    '',
    ...(example === undefined ? [] : ['```csv', ...printable(example), '```', '']),
  ];
}
