/** Everything that can be explained: the kinds of finding, and the kinds of failure. */
import { distance } from 'fastest-levenshtein';
import { FINDING_EXAMPLES } from '../../calls/findings/examples.ts';
import { findingKindIn } from '../../calls/findings/finding.ts';
import { FINDING_SEVERITIES, type FindingCode } from '../../calls/findings/kinds.ts';
import { FAILURE_EXIT_CODES, type FailureCode, failureKindIn } from '../../failure.ts';
import type { Words } from '../../words/en.ts';
import type { Explanation } from './reporter.ts';

const BY_WEIGHT = ['error', 'warning', 'note'] as const;

/** All kinds of finding, errors first. */
export const FINDING_CODES: readonly FindingCode[] = (
  Object.keys(FINDING_SEVERITIES) as FindingCode[]
).sort((left, right) => weight(left) - weight(right));

function weight(code: FindingCode): number {
  return BY_WEIGHT.indexOf(FINDING_SEVERITIES[code]);
}

/** All codes with their pages: findings by their weight, then failures. */
export function explanations(words: Words): Explanation[] {
  const { meanings } = words;
  // Every kind of failure that is no finding as well.
  const reasons: Readonly<Record<Exclude<FailureCode, FindingCode>, string>> = meanings.failures;
  const findings = FINDING_CODES.map((code): Explanation => {
    const { title, hint } = findingKindIn(words, code);
    return {
      code,
      kind: FINDING_SEVERITIES[code],
      exitCode: undefined,
      title,
      meaning: meanings.findings[code],
      fix: hint,
      example: exampleFile(code),
    };
  });
  const failures = Object.entries(reasons).map(([code, meaning]): Explanation => {
    const exitCode = FAILURE_EXIT_CODES[code as FailureCode];
    const { title, hint } = failureKindIn(words, code as FailureCode);
    return { code, kind: 'failure', exitCode, title, meaning, fix: hint, example: undefined };
  });
  return [...findings, ...failures];
}

/** The times of the examples; they are read as of {@link EXAMPLE_NOW}. */
const EXAMPLE_TIMES = { RECENT: '1794990000', OLD: '1790000000', FUTURE: '1800000000' } as const;

/** When the examples are checked, in seconds since 1970-01-01 UTC: 18 November 2026. */
export const EXAMPLE_NOW = 1_795_000_000;

/** The file of a finding's example, with times in it; `undefined` where no content shows it. */
export function exampleFile(code: FindingCode): string | undefined {
  return FINDING_EXAMPLES[code]?.replace(
    /RECENT|OLD|FUTURE/g,
    (name) => EXAMPLE_TIMES[name as keyof typeof EXAMPLE_TIMES],
  );
}

/** @returns the code that a word was probably meant to be */
export function nearestCode(word: string, all: readonly Explanation[]): string {
  const [first, ...others] = all.map(({ code }) => code);
  return others.reduce(
    (best, code) => (distance(word, code) < distance(word, best) ? code : best),
    first ?? '',
  );
}

/** Codes of earlier versions, with the ones that say the same today. */
const FORMER_CODES: ReadonlyMap<string, FailureCode> = new Map([
  ['token-refused', 'unauthorized'],
  ['rejects-unwritable', 'output-unwritable'],
  ['report-unwritable', 'output-unwritable'],
  ['rejects-without-skipping', 'skip-invalid-missing'],
  ['max-invalid-without-skipping', 'skip-invalid-missing'],
  ['mapping-unreadable', 'mapping-invalid'],
]);

/** @returns the code itself, or what a code of an earlier version is called today */
export function currentCode(code: string): string {
  return FORMER_CODES.get(code) ?? code;
}
