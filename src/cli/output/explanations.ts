/** The codes that `explain` explains: kinds of findings, kinds of failures, and situations. */
import { distance } from 'fastest-levenshtein';
import { FINDING_EXAMPLES } from '../../calls/findings/examples.ts';
import { findingKindIn } from '../../calls/findings/finding.ts';
import { FINDING_SEVERITIES, type FindingCode } from '../../calls/findings/kinds.ts';
import { FAILURE_EXIT_CODES, type FailureCode, failureKindIn } from '../../failure.ts';
import type { Words } from '../../words/en.ts';
import type { Explanation } from './reporter.ts';

const BY_WEIGHT = ['error', 'warning', 'note'] as const;

/** The codes of all kinds of findings: errors first, then warnings, then notes. */
export const FINDING_CODES: readonly FindingCode[] = (
  Object.keys(FINDING_SEVERITIES) as FindingCode[]
).sort((left, right) => weight(left) - weight(right));

function weight(code: FindingCode): number {
  return BY_WEIGHT.indexOf(FINDING_SEVERITIES[code]);
}

/** The values that the explanations of all failures and situations share. */
const NO_FINDING = { isDone: false, example: undefined } as const;

/** Returns the explanations of all codes: findings by severity, then failures, then situations. */
export function explanations(words: Words): Explanation[] {
  const { meanings } = words;
  // A code that is both a finding and a failure is listed once, as a finding.
  const reasons: Readonly<Record<Exclude<FailureCode, FindingCode>, string>> = meanings.failures;
  const findings = FINDING_CODES.map((code): Explanation => {
    const { title, hint } = findingKindIn(words, code);
    return {
      code,
      kind: FINDING_SEVERITIES[code],
      exitCode: undefined,
      title,
      meaning: meanings.findings[code],
      hint,
      isDone: FINDING_SEVERITIES[code] === 'note' && code !== 'calls-at-night',
      example: exampleFile(code),
    };
  });
  const failures = Object.entries(reasons).map(([code, meaning]): Explanation => {
    const exitCode = FAILURE_EXIT_CODES[code as FailureCode];
    const { title, hint } = failureKindIn(words, code as FailureCode);
    return { ...NO_FINDING, code, kind: 'failure', exitCode, title, meaning, hint };
  });
  const situations = Object.entries(meanings.situations).map(([code, situation]): Explanation => ({
    ...NO_FINDING,
    code,
    kind: 'situation',
    exitCode: undefined,
    ...situation,
  }));
  return [...findings, ...failures, ...situations];
}

/** The times in the examples. Each time is named by its distance from {@link EXAMPLE_NOW}. */
const EXAMPLE_TIMES = { RECENT: '1794990000', OLD: '1790000000', FUTURE: '1800000000' } as const;

/** The time at which examples are checked: 18 November 2026, in seconds since 1970-01-01 UTC. */
export const EXAMPLE_NOW = 1_795_000_000;

/** Returns the example file of a finding; `undefined` if no file content can show the finding. */
export function exampleFile(code: FindingCode): string | undefined {
  return FINDING_EXAMPLES[code]?.replace(
    /RECENT|OLD|FUTURE/g,
    (name) => EXAMPLE_TIMES[name as keyof typeof EXAMPLE_TIMES],
  );
}

/** @returns the known code that is most similar to the word */
export function nearestCode(word: string, all: readonly Explanation[]): string {
  const [first, ...others] = all.map(({ code }) => code);
  return others.reduce(
    (best, code) => (distance(word, code) < distance(word, best) ? code : best),
    first ?? '',
  );
}

/** Codes of earlier versions, and the codes that replace them. */
const FORMER_CODES: ReadonlyMap<string, FailureCode> = new Map([
  ['token-refused', 'unauthorized'],
  ['rejects-unwritable', 'output-unwritable'],
  ['report-unwritable', 'output-unwritable'],
  ['rejects-without-skipping', 'skip-invalid-missing'],
  ['max-invalid-without-skipping', 'skip-invalid-missing'],
  ['mapping-unreadable', 'mapping-invalid'],
]);

/** @returns the code that replaces the given code; the given code if there is no replacement */
export function currentCode(code: string): string {
  return FORMER_CODES.get(code) ?? code;
}
