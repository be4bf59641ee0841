/** Writes the documentation of findings and errors, from the same texts as `explain`. */
import { explanations } from '../cli/output/explanations.ts';
import { printable } from '../cli/output/render/explanation.ts';
import type { Explanation } from '../cli/output/reporter.ts';
import { en, type Words, wordsFor } from '../words/en.ts';
import { ru } from '../words/ru.ts';
import { commandLineNotation } from '../words/said.ts';

/** The languages of the documentation. */
export type PageLanguage = 'en' | 'ru';

/** The sentences in the notation of the command line. */
const PAGE_WORDS: Readonly<Record<PageLanguage, Words>> = {
  en: wordsFor(commandLineNotation('posix', en.placeholders), en),
  ru: wordsFor(commandLineNotation('posix', ru.placeholders), ru),
};

const FINDINGS: Readonly<Record<PageLanguage, readonly string[]>> = {
  en: [
    '# Findings',
    '',
    'What `validate`, `upload` and `convert` may say of a file. Errors stop an upload, warnings do so with',
    '`--strict`, notes never do; with `--no-convert` notes are errors. `metrika-calls explain <code>`',
    'prints each of these. The codes change only with a major version.',
  ],
  ru: [
    '# Замечания',
    '',
    'Что `validate`, `upload` и `convert` могут сказать о файле. Ошибки останавливают загрузку, предупреждения —',
    'с `--strict`, заметки — никогда; с `--no-convert` заметки считаются ошибками. `metrika-calls explain <код>`',
    'показывает каждое из них. Коды меняются только со старшей версией.',
  ],
};

const ERRORS: Readonly<Record<PageLanguage, readonly string[]>> = {
  en: [
    '# Errors',
    '',
    'What can go wrong with a run. The code stands in `error.code` with `--json`, and',
    '`metrika-calls explain <code>` prints each of these. Codes and exit codes change only with a major',
    'version. Files that cannot be read at all are in [findings.md](findings.md).',
  ],
  ru: [
    '# Сбои',
    '',
    'Что может пойти не так при запуске. С `--json` код стоит в `error.code`, а `metrika-calls explain <код>`',
    'показывает каждый из них. Коды сбоев и коды выхода меняются только со старшей версией. Файлы, которые',
    'совсем не читаются, описаны в [findings.ru.md](findings.ru.md).',
  ],
};

const EXIT_CODE: Readonly<Record<PageLanguage, string>> = { en: 'Exit code', ru: 'Код выхода' };

/** Returns the text of docs/findings.md or docs/findings.ru.md. */
export function findingsPage(language: PageLanguage): string {
  const words = PAGE_WORDS[language];
  const { kind: kinds } = words.screens.explain;
  return [
    ...FINDINGS[language],
    '',
    ...explanations(words)
      .filter(({ kind }) => kind !== 'failure' && kind !== 'situation')
      .flatMap((one) => section(one, `**${kinds[one.kind]}.** `, words)),
  ].join('\n');
}

/** Returns the text of docs/errors.md or docs/errors.ru.md. */
export function errorsPage(language: PageLanguage): string {
  const words = PAGE_WORDS[language];
  return [
    ...ERRORS[language],
    '',
    ...explanations(words)
      .filter(({ kind }) => kind === 'failure')
      .flatMap((one) =>
        section(one, `**${EXIT_CODE[language]} ${String(one.exitCode)}.** `, words),
      ),
    ...explanations(words)
      .filter(({ kind }) => kind === 'situation')
      .flatMap((one) => section(one, '', words)),
  ].join('\n');
}

function section(
  { code, isDone, title, meaning, hint, example }: Explanation,
  head: string,
  words: Words,
): string[] {
  const said = words.screens.explain;
  return [
    `## ${code}`,
    '',
    `${head}${title}. ${meaning}`,
    '',
    `${isDone ? said.done : said.howToFix} ${hint}`,
    '',
    ...(example === undefined ? [] : ['```csv', ...printable(example), '```', '']),
  ];
}
