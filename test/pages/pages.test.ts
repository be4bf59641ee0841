import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escaped, markup } from '../../src/pages/markup.ts';
import { anyCharacter } from '../support/any-character.ts';
import { recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runs } from '../support/runs.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** Returns all elements of a page in order, as an independent parser sees them. */
function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The elements that our pages use. Any other element on a page comes from the file. */
const KNOWN = new Set(
  'html head meta title style body header h1 h2 h3 p main footer div ul li strong span figure svg path text rect g details summary table caption thead tbody tr th td section code'.split(
    ' ',
  ),
);

/**
 * Checks that the page loads no resource, that it runs no script, and that no text of the file
 * became markup.
 */
function expectHarmless(html: string): Element[] {
  const elements = elementsOf(html);
  for (const element of elements) {
    expect(KNOWN, element.tagName).toContain(element.tagName);
    for (const { name, value } of element.attrs) {
      expect(name).not.toMatch(/^(?:on|src|href|action|style$|background|data$|xlink)/i);
      expect(value).not.toMatch(/(?:https?:)?\/\/|url\(|javascript:/i);
    }
  }
  const policy = elements.find((one) => attribute(one, 'http-equiv') !== undefined);
  const content = policy === undefined ? '' : (attribute(policy, 'content') ?? '');
  const style = elements.find(({ tagName }) => tagName === 'style');
  const hash = createHash('sha256')
    .update(style === undefined ? '' : textOf(style))
    .digest('base64');
  expect(content).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  expect(html).not.toMatch(/@import|url\(|https?:/);
  return elements;
}

const HOSTILE = `<script>alert(1)</script><img src=//x onerror=y>" ' & \u202e`;

/** Returns a year of calls. */
function yearOfCalls(): string {
  const first = recently();
  const lines = Array.from(
    { length: 4000 },
    (_, at) =>
      `${String(1_481_718_166_000 + at)},${String(first - at * 7900)},${String(at % 900)},RUB,+7012345${String(1000 + (at % 9000))},${String(at % 300)},"${HOSTILE.replaceAll('"', '""')} ${String(at % 3)}"`,
  );
  return `ClientId,DateTime,Price,Currency,PhoneNumber,TalkDuration,Tag\n${lines.join('\n')}\n`;
}

describe('inspect --html', () => {
  it('is one file without requests, and is smaller than 300 kB for a year of calls', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', yearOfCalls());
    for (const lang of ['en', 'ru']) {
      const words = [
        'inspect',
        '--timezone',
        'Europe/Moscow',
        '--html',
        'report.html',
        '--lang',
        lang,
      ];
      const ended = await run([...words, 'calls.csv'], { cwd: folder });
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stdout).toContain('Europe/Moscow');
      const html = readFileSync(`${folder}/report.html`, 'utf8');
      expect(html.length).toBeLessThan(300_000);
      const elements = expectHarmless(html);
      expect(elements.slice(0, 1).map((one) => attribute(one, 'lang'))).toEqual([lang]);
      const charts = elements.filter(({ tagName }) => tagName === 'svg');
      expect(charts).toHaveLength(2);
      for (const chart of charts) {
        expect(attribute(chart, 'role')).toBe('img');
        expect(attribute(chart, 'aria-label')).not.toBe('');
      }
      // Each chart also has its numbers as a table.
      expect(elements.filter(({ tagName }) => tagName === 'details')).toHaveLength(2);
      expect(statSync(`${folder}/report.html`).mode & 0o777).toBe(0o600);
    }
  });

  it('answers the questions of an analyst about the time zone, columns and prices', async () => {
    const folder = temporaryFolder();
    const midnight = Math.floor(recently() / 86_400) * 86_400 - 86_400;
    const rows = Array.from({ length: 50 }, (_, at) => {
      const hour = [0, 1, 2, 9, 10][at % 5] ?? 0;
      return `${String(at + 1)},${String(midnight + hour * 3600)},10.5,RUB,0,90`;
    });
    writeCalls(
      folder,
      'calls.csv',
      `ClientId,DateTime,Price,Currency,StaticCall,TalkDuration\n${rows.join('\n')}\n`,
    );
    const words = ['inspect', '--timezone', 'UTC', '--html', '-', 'calls.csv'];
    const ended = await run(words, { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    const body = elementsOf(ended.stdout).find(({ tagName }) => tagName === 'body');
    const text = body === undefined ? '' : textOf(body).replaceAll(/\s+/g, ' ');
    expect(text).toContain('calls.csv: 50 calls');
    expect(text).toContain(
      'The time zone is probably wrong.60% of the calls are between 00:00 and 06:00.',
    );
    expect(text).toMatch(/With a clock \d+ hours (?:later|earlier) it would be 0%/);
    expect(text).toMatch(/ClientId ?50 ?100%/);
    expect(text).toMatch(/RUB ?50 ?525/);
    expect(text).toContain('1 min 30 s');
    expectHarmless(ended.stdout);
  });

  it('has one bar a week for a file of several years, and no chart without times', async () => {
    const folder = temporaryFolder();
    const long = [0, 700, 1400].map(
      (day, at) => `${String(at + 1)},${String(recently() - day * 86_400)}`,
    );
    writeCalls(folder, 'long.csv', `ClientId,DateTime\n${long.join('\n')}\n`);
    const ended = await run(['inspect', '--html', '-', 'long.csv'], { cwd: folder });
    expect(ended.stdout).toContain('Calls a week');
    writeCalls(folder, 'none.csv', 'ClientId,DateTime\n1,soon\n');
    const none = await run(['inspect', '--html', '-', 'none.csv'], { cwd: folder });
    expect(none.code).toBe(0);
    expect(none.stdout).toContain('No call has a time that can be read.');
    expectHarmless(none.stdout);
  });
});

describe('validate --html', () => {
  it('has the kinds of findings with their counts, masked examples and fixes', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'bad.csv', readFileSync('fixtures/spreadsheet.csv'));
    const ended = await run(['validate', '--html', 'errors.html', 'bad.csv'], { cwd: folder });
    expect(ended.code).toBe(3);
    const html = readFileSync(`${folder}/errors.html`, 'utf8');
    const elements = expectHarmless(html);
    expect(html).toContain('What to fix in bad.csv');
    expect(html).toContain('How to fix it:');
    expect(html).toContain('datetime-written');
    expect(html).not.toContain('012-345');
    expect(elements.filter((one) => attribute(one, 'class') === 'finding error').length).toBe(6);
  });

  it('writes only the page to standard output, and refuses another document there', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n');
    const ended = await run(['validate', '--html', '-', 'bad.csv'], { cwd: folder });
    expect(ended.code).toBe(3);
    expect(ended.stdout.startsWith('<!doctype html>')).toBe(true);
    expect(ended.stderr).toContain('bad.csv: 1 call, 1 error');
    for (const document of [['--json'], ['--format', 'github']]) {
      const words = ['--html', '-', ...document, 'bad.csv'];
      expect((await run(['validate', ...words], { cwd: folder })).code).toBe(2);
      expect((await run(['inspect', ...words], { cwd: folder })).code).toBe(2);
    }
    const json = await run(['validate', '--json', '--html', 'errors.html', 'bad.csv'], {
      cwd: folder,
    });
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false });
    expect(existsSync(`${folder}/errors.html`)).toBe(true);
  });

  it('follows the rules for output files', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', `ClientId,DateTime\n1,${String(recently())}\n`);
    const same = await run(['validate', '--html', 'calls.csv', 'calls.csv'], { cwd: folder });
    expect(same.code).toBe(2);
    const nowhere = await run(['validate', '--html', 'none/x.html', 'calls.csv'], { cwd: folder });
    expect(nowhere.code).toBe(2);
    const missing = await run(['inspect', '--html', 'x.html', 'none.csv'], { cwd: folder });
    expect(missing.code).toBe(3);
    expect(existsSync(`${folder}/x.html`)).toBe(false);
  });

  it('has a section for each of several files, and names places in a workbook', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.xlsx', readFileSync('fixtures/calls.xlsx'));
    writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n');
    const ended = await run(['validate', '--html', '-', 'calls.xlsx', 'bad.csv'], { cwd: folder });
    expect(ended.stdout).toContain('What to fix in 2 files');
    expect(ended.stdout).toContain('Calls!5:5');
    expectHarmless(ended.stdout);
  });
});

describe('text in a page', () => {
  it('is never markup, neither in an element nor in an attribute', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCharacter }),
          fc.constantFrom(HOSTILE, ']]>', '--><b>', '</title>'),
        ),
        (text) => {
          const html = markup`<!doctype html><title>${text}</title><p class="${text}">${[text, undefined, 7]}</p>`;
          const elements = elementsOf(html.toString());
          expect(elements.map(({ tagName }) => tagName)).toEqual([
            'html',
            'head',
            'title',
            'body',
            'p',
          ]);
          for (const paragraph of elements.slice(4)) {
            expect(paragraph.attrs).toHaveLength(1);
            expect(textOf(paragraph)).toBe(`${attribute(paragraph, 'class') ?? ''}7`);
          }
          expect(escaped(text)).not.toMatch(/[<>"'\u202e]/);
        },
      ),
      runs(300),
    );
  });
});

describe('a page with hostile cells, headers, tags, sheets and names', () => {
  it('shows them as text', async () => {
    const folder = temporaryFolder();
    const name = `a<b>&'.csv`;
    writeCalls(
      folder,
      name,
      `ClientId,DateTime,"<i>x</i> ${HOSTILE.replaceAll('"', '""')}",Tag\n"${HOSTILE.replaceAll('"', '""')}",${String(recently())},,\n`,
    );
    for (const command of ['validate', 'inspect']) {
      const ended = await run([command, '--html', '-', name], { cwd: folder });
      const elements = expectHarmless(ended.stdout);
      const heading = elements.find(({ tagName }) => tagName === 'h1');
      expect(heading === undefined ? '' : textOf(heading)).toContain(name);
    }
  });
});
