/** What `validate` found, as a letter to whoever keeps the system that the calls come from. */
import {
  type Finding,
  type FindingGroup,
  findingIn,
  type Validation,
} from '../calls/findings/finding.ts';
import type { Words } from '../words/en.ts';
import { type Markup, markup } from './markup.ts';
import { heading, page, table } from './page.ts';

/** One file, and what was found in it. */
interface CheckedForPage {
  /** The file, as it may be shown. */
  readonly name: string;
  readonly rows: number;
  readonly passed: boolean;
  readonly validation: Validation;
  /** Where a finding stands in a workbook; `undefined` for a file of lines. */
  readonly placeOf: (finding: Finding) => string | undefined;
}

/** What a page of findings needs. */
export interface FindingsPage {
  readonly files: readonly CheckedForPage[];
  readonly words: Words;
}

const EXAMPLES = 3;

/** @returns the whole document */
export function findingsPage({ files, words }: FindingsPage): string {
  const said = words.screens.pages;
  const [first] = files;
  const errors = files.reduce((all, { validation }) => all + validation.errors, 0);
  const title =
    files.length === 1 ? said.aboutFile(first?.name ?? '') : said.aboutFiles(files.length);
  return page({
    lang: words.language,
    title,
    subtitle: errors === 0 ? said.allGood : said.letter,
    body: files.map((file) => section(file, files.length > 1, words)),
    footer: said.masked,
  });
}

function section(file: CheckedForPage, isOneOfSeveral: boolean, words: Words): Markup {
  const { name, rows, passed, validation } = file;
  const said = words.screens.pages;
  const head = isOneOfSeveral ? heading(2, name) : undefined;
  const level = isOneOfSeveral ? 3 : 2;
  const counts = words.screens.files.counts(validation.errors, validation.warnings);
  const verdict = passed ? (validation.warnings > 0 ? 'warn' : 'good') : 'bad';
  const kinds = validation.groups.filter(({ severity }) => severity !== 'note');
  const notes = validation.groups.filter(({ severity }) => severity === 'note');
  return markup`${head}<div class="verdict ${verdict}">${heading(level, passed ? said.passed : said.notPassed)}<p>${words.screens.files.calls(rows)}; ${counts}</p></div>
${kinds.length > 1 ? summary(kinds, words) : undefined}
${kinds.map((group) => finding(group, file, level, words))}
${notes.length === 0 ? undefined : changes(notes, level, words)}`;
}

/** All kinds with their numbers, most weighty first. */
function summary(groups: readonly FindingGroup[], words: Words): Markup {
  const said = words.screens.pages;
  return table(
    said.kinds,
    [said.kind, said.severity, said.count],
    groups.map(({ first, severity, count }) => {
      const [one] = first;
      const title = one === undefined ? '' : findingIn(words, one).title;
      return [title, said.severities[severity], words.formatNumber(count)];
    }),
  );
}

function finding(group: FindingGroup, file: CheckedForPage, level: 2 | 3, words: Words): Markup {
  const [first] = group.first;
  if (first === undefined) return markup``;
  const said = words.screens.pages;
  const { title, message, hint } = findingIn(words, first);
  const rows = words.screens.findings.count(group.count, first.record === null ? 'line' : 'record');
  const isOfFile = first.line === null;
  return markup`<section class="finding ${group.severity}">
<span class="count">${isOfFile ? said.wholeFile : rows}</span>
${heading(level, title)}
<p>${message}</p>
<p class="fix"><strong>${said.howToFix}</strong> ${hint}</p>
${isOfFile ? undefined : examples(group, file, words)}
<p class="quiet"><code>${group.code}</code></p>
</section>
`;
}

function examples({ first }: FindingGroup, file: CheckedForPage, words: Words): Markup {
  const said = words.screens.pages;
  const { findings } = words.screens;
  return table(
    said.examples,
    [said.place, said.column, said.value],
    first
      .slice(0, EXAMPLES)
      .map((one) => [
        file.placeOf(one) ?? findings.inLines([one.line ?? 0]),
        one.column ?? '',
        one.value ?? '',
      ]),
    false,
  );
}

/** What is changed on the way needs no fixing. */
function changes(groups: readonly FindingGroup[], level: 2 | 3, words: Words): Markup {
  const said = words.screens.pages;
  const sentences = groups.flatMap(({ first: [one] }) => {
    if (one === undefined) return [];
    const { message, hint } = findingIn(words, one);
    return [`${message} ${hint}`];
  });
  return markup`<section class="finding">${heading(level, said.changed)}${sentences.map(
    (text) => markup`<p>${text}</p>`,
  )}</section>`;
}
