/** Writes docs/findings.md and docs/errors.md from the same place that `explain` reads. */
import { explanations } from '../cli/explanations.ts';
import { printable } from '../cli/output/render/explanation.ts';
import type { Explanation } from '../cli/output/reporter.ts';
import { en } from '../words/en.ts';

/** The page docs/findings.md. */
export function findingsPage(): string {
  return [
    '# Findings',
    '',
    'What `validate`, `upload` and `convert` may say of a file. Errors stop an upload, warnings do so with',
    '`--strict`, notes never do; with `--no-convert` notes are errors. `metrika-calls explain <code>`',
    'prints each of these. The codes change only with a major version.',
    '',
    ...explanations(en)
      .filter(({ kind }) => kind !== 'failure')
      .flatMap((one) => section(one, `**${one.kind}.** `)),
  ].join('\n');
}

/** The page docs/errors.md. */
export function errorsPage(): string {
  return [
    '# Errors',
    '',
    'What can go wrong with a run. The code stands in `error.code` with `--json`, and',
    '`metrika-calls explain <code>` prints each of these. Codes and exit codes change only with a major',
    'version. Files that cannot be read at all are in [findings.md](findings.md).',
    '',
    ...explanations(en)
      .filter(({ kind }) => kind === 'failure')
      .flatMap((one) => section(one, `**Exit code ${String(one.exitCode)}.** `)),
  ].join('\n');
}

function section(
  { code, kind, title, meaning, fix, example }: Explanation,
  head: string,
): string[] {
  const said = en.screens.explain;
  return [
    `## ${code}`,
    '',
    `${head}${title}. ${meaning}`,
    '',
    `${kind === 'note' ? said.done : said.fix} ${fix}`,
    '',
    ...(example === undefined ? [] : ['```csv', ...printable(example), '```', '']),
  ];
}
