import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_NOW, exampleFile, FINDING_CODES } from '../../src/cli/output/explanations.ts';
import { errorsPage, findingsPage } from '../../src/docs/findings-page.ts';
import { presetsPage } from '../../src/docs/presets-page.ts';
import { withTables } from '../../src/docs/readme-tables.ts';
import { check } from '../support/check.ts';
import { commandLines } from '../support/command-lines.ts';

const readme = readFileSync('README.md', 'utf8');

const russianReadme = readFileSync('README.ru.md', 'utf8');

const contributing = readFileSync('CONTRIBUTING.md', 'utf8');

describe('the documents', () => {
  const russian = commandLines(russianReadme);
  const lines = [...new Set([...commandLines(readme), ...russian, ...commandLines(contributing)])];
  const ours = lines.filter(
    (line) => /metrika-calls (?!.*--global)/.test(line) && !line.startsWith('npm'),
  );

  it('have commands that a test can find', () => {
    expect(ours.length).toBeGreaterThan(6);
  });

  it('have npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = lines.flatMap((line) =>
      [...line.matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, name = '']) => name),
    );
    const own = named.filter((name) => !['ci', 'install', 'run'].includes(name));
    expect(own.length).toBeGreaterThan(1);
    for (const name of own) expect(Object.keys(scripts)).toContain(name);
  });

  it('have the same commands in both languages', () => {
    const sh = (text: string): string[] => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flat();
    expect(sh(russianReadme)).toEqual(sh(readme));
    const headings = (text: string): number => text.match(/^##+ /gm)?.length ?? 0;
    expect(headings(russianReadme)).toBe(headings(readme));
  });

  it.each([
    ['README.md', 'en', readme],
    ['README.ru.md', 'ru', russianReadme],
  ] as const)(
    'have in %s the tables that npm run docs makes from the code',
    async (_, language, text) => {
      const written = await format(withTables(text, language), {
        parser: 'markdown',
        printWidth: 100,
        singleQuote: true,
      });
      expect(text).toBe(written);
    },
  );

  it.each([
    ['findings', findingsPage],
    ['errors', errorsPage],
    ['presets', presetsPage],
  ] as const)('in docs/%s.md agree with the code, in both languages', async (name, page) => {
    for (const language of ['en', 'ru'] as const) {
      const end = language === 'en' ? 'md' : `${language}.md`;
      expect(readFileSync(`docs/${name}.${end}`, 'utf8')).toBe(
        await format(page(language), { parser: 'markdown', printWidth: 100, singleQuote: true }),
      );
    }
  });

  it.each(FINDING_CODES.filter((code) => exampleFile(code) !== undefined))(
    'have an example of %s with this finding',
    async (code) => {
      const example = Buffer.from(exampleFile(code) ?? '');
      // The page cannot contain invalid UTF-8, so the invalid byte is inserted here.
      const at = example.indexOf('\ufffd');
      const file =
        at < 0
          ? example
          : Buffer.concat([example.subarray(0, at), Buffer.from([0xff]), example.subarray(at + 3)]);
      const { validation } = await check(file, { now: EXAMPLE_NOW });
      expect(validation.findings.map((finding) => finding.code)).toContain(code);
      // In the example of `header-not-first`, the title is read as the header. This causes more
      // errors: required columns are missing, and no record fits the header.
      const most = code === 'header-not-first' ? 6 : 1;
      expect(validation.errors, JSON.stringify(validation.findings)).toBeLessThanOrEqual(most);
    },
  );

  it('link to files that exist', () => {
    const links = [
      ...(readme + russianReadme + contributing).matchAll(/\]\((?!https?:)([^)#]+)\)/g),
    ].map(([, path = '']) => path);
    for (const path of links) expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
  });
});
