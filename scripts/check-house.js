// Checks rules that no linter has: each file begins with a sentence, files are short, and words are
// plain. `npm run lint` runs this script.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Forbidden words, each with its replacement. docs/glossary.md lists these words too. */
const WORDS_OUT = [
  [/\btwins?\b/i, 'duplicate'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\banew\b/i, 'again'],
  [/\bheed(?:s|ed|ing)?\b/i, 'honour, follow'],
  [/(?<![-\w])blanks\b/i, 'spaces'],
  [/\bparted by\b/i, 'separated by'],
  [/\bcareful(?:ly)?\b/i, 'canonical'],
  [/\bthorough(?:ly)?\b/i, 'full check'],
  [/\bquickly\b/i, 'fast path'],
  [/\bsurroundings\b/i, 'context'],
  [/\blikeness\b/i, 'match'],
  [/\bwishes\b/i, 'settings'],
  [/\bas in (?:"|`|[A-Z0-9])/, 'for example'],
  [/\b(?:an?|the|one|each|every|this) uploading\b/i, 'upload'],
];

/**
 * Matches names that may contain forbidden words: JSON keys that must not change, and names of the
 * API.
 */
const PROMISED = /twins: inspection\.duplicates|"twins"|twins"?:|`twins`|\.twins\b/;

/**
 * The maximum number of lines in a file with logic. Files with tables of sentences may be longer.
 */
const LONGEST = 400;
const TABLES = /^src\/words\/|^src\/scanner\/program\.ts$/;

/** Files that have to contain the forbidden words. */
const NAMES_THEM = /^docs\/glossary\.md$|^CONTRIBUTING\.md$|^scripts\/check-house\.js$/;

const MOST_IN_CLI = 8;

const LONGEST_SUBJECT = 72;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n');

const faults = [];

for (const file of files) {
  if (!/\.(?:ts|js|md|ya?ml)$/.test(file) || file.startsWith('fixtures/')) continue;
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // The file was deleted, but the index of git still lists it.
    continue;
  }
  const lines = text.split('\n');
  if (/^src\/.*\.ts$/.test(file) && !/^\/(?:\*\*|\/)/.test(text)) {
    faults.push(`${file}:1 opens with no sentence that says what it is for`);
  }
  if (/^src\/.*\.ts$/.test(file) && !TABLES.test(file) && lines.length > LONGEST + 1) {
    faults.push(`${file} has ${lines.length - 1} lines, more than ${LONGEST}`);
  }
  if (NAMES_THEM.test(file)) continue;
  lines.forEach((line, at) => {
    if (PROMISED.test(line)) return;
    for (const [word, better] of WORDS_OUT) {
      const found = word.exec(line)?.[0];
      if (found !== undefined) faults.push(`${file}:${at + 1} "${found}": write ${better}`);
    }
  });
}

const inCli = files.filter((file) => /^src\/cli\/[^/]+\.ts$/.test(file));
if (inCli.length > MOST_IN_CLI) faults.push(`src/cli has ${inCli.length} files directly in it`);

// Older commits are not checked, because the limit for subjects did not exist yet.
const subjects = execFileSync('git', ['log', '--since=2026-11-25T00:00Z', '--format=%h %s'], {
  encoding: 'utf8',
});
for (const line of subjects.trim().split('\n')) {
  const [commit = '', ...words] = line.split(' ');
  const length = words.join(' ').length;
  if (length > LONGEST_SUBJECT) faults.push(`${commit} has a subject of ${length} characters`);
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error(`${faults.length} faults`);
  process.exitCode = 1;
}
