import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { OPTION_ROWS } from '../../src/cli/arguments/options.ts';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/commands/index.ts';
import { manPages } from '../../src/docs/man-pages.ts';

const changelog = readFileSync('CHANGELOG.md', 'utf8');

/** Returns a page as a person reads it: without macros and escapes. */
function plain(text: string): string {
  return text
    .replace(/^\.(?:SH|SS) "(.*)"$/gm, '$1')
    .replace(/^[.'].*\n/gm, '')
    .replace(/\\f[BIR]|\\&/g, '')
    .replace(/\\\((\w\w)/g, (_, name: string) => SIGNS[name] ?? '')
    .replaceAll('\\-', '-');
}

const SIGNS: Readonly<Record<string, string>> = {
  rs: '\\',
  aq: "'",
  dq: '"',
  ga: '`',
  ha: '^',
  ti: '~',
};

describe.each(['en', 'ru'] as const)('the manual pages in %s', (language) => {
  const pages = manPages(language, changelog);

  it('are those that npm run docs makes from the code', () => {
    const folder = language === 'en' ? 'man/man1' : `man/${language}/man1`;
    expect(globSync(`${folder}/*`).sort()).toEqual(pages.map(({ path }) => path).sort());
    for (const { path, text } of pages) expect(readFileSync(path, 'utf8'), path).toBe(text);
  });

  it.each(COMMAND_NAMES)('show the options and the examples of %s', (name) => {
    const page = plain(pages.find(({ path }) => path.endsWith(`-${name}.1`))?.text ?? '');
    for (const line of COMMANDS[name].examples) expect(page).toContain(`\n${line}\n`);
    const flags = [...page.matchAll(/^(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
    const own = OPTION_ROWS.filter(
      ([option, { isHidden }]) => COMMANDS[name].options.includes(option) && isHidden !== true,
    );
    expect(flags.sort()).toEqual(
      [...own.map(([, row]) => /--[a-z-]+/.exec(row.flags)?.[0]), '--help'].sort(),
    );
  });

  it('name all commands on the page of the program', () => {
    const page = plain(pages[0]?.text ?? '');
    for (const name of COMMAND_NAMES) expect(page).toContain(`metrika-calls-${name}(1)`);
  });
});

describe('package.json', () => {
  it('names the English pages, which npm puts where man looks', () => {
    const { man } = JSON.parse(readFileSync('package.json', 'utf8')) as { man: string[] };
    expect(man).toEqual(manPages('en', changelog).map(({ path }) => `./${path}`));
  });
});

describe('the date of a page', () => {
  it('is that of the newest version', () => {
    const released = '## [Unreleased]\n\n## [1.2.0] - 2027-03-04\n\n## [1.1.0] - 2027-01-02\n';
    expect(manPages('en', released)[0]?.text).toContain('1 "2027-03-04" ');
  });
});
