/** Builds the page of `validate --html`: a letter to the person who maintains the call system. */
import {
  type Finding,
  type FindingGroup,
  findingIn,
  type Validation,
} from '../calls/findings/finding.ts';
import type { Words } from '../words/en.ts';
import { type Markup, markup } from './markup.ts';
import { heading, page, table } from './page.ts';

/** A file with its findings. */
interface CheckedForPage {
  /** The name of the file, safe to show. */
  readonly name: string;
  readonly rows: number;
  readonly passed: boolean;
  readonly validation: Validation;
  /** Returns the place of a finding in a workbook; `undefined` for files that are not workbooks. */
  readonly placeOf: (finding: Finding) => string | undefined;
}

/** The input of a page of findings. */
export interface FindingsPage {
  readonly files: readonly CheckedForPage[];
  readonly words: Words;
}

const EXAMPLES = 3;

/** @returns the complete HTML document */
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

/** Lists all kinds of findings with their counts, in the order of the groups. */
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

/** Lists the changes that the program makes before sending. Nobody needs to make them by hand. */
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
