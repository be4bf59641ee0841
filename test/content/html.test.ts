import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse as parsePage } from 'parse5';
import { describe, expect, it } from 'vitest';
import { openContent } from '../../src/content/open-content.ts';
import { LocalFile } from '../../src/files/local-file.ts';
import { validateCalls } from '../../src/index.ts';
import { encode } from '../support/encode.ts';
import { temporaryFolder } from '../support/run.ts';

const NOW = 1_795_000_000;
const CLOCK = { now: () => NOW * 1000, sleep: () => Promise.resolve() };

const HEADER = '<tr><th>ClientId<th>DateTime<th>Tag';
const CALL = '<tr><td>13359124764096645812<td>1794900000<td>a';

async function validated(content: string | Uint8Array, sheet?: string) {
  const { validation } = await validateCalls([Buffer.from(content)], { clock: CLOCK, sheet });
  const errors = validation.findings.filter(({ severity }) => severity === 'error');
  return {
    codes: errors.map(({ code }) => code),
    cells: errors.map(({ cell }) => cell),
    validation,
  };
}

/** Returns the rows of the table that is read, without empty rows. */
async function rowsOf(text: string): Promise<string[][]> {
  const path = join(temporaryFolder(), 'calls.xls');
  writeFileSync(path, text);
  const file = LocalFile.open(path);
  try {
    const isKnownName = (name: string): boolean => name === 'ClientId';
    const content = await openContent(file, { sheet: undefined, isKnownName });
    const pieces: Buffer[] = [];
    for await (const block of content.blocks()) pieces.push(Buffer.from(block));
    const rows: string[][] = parse(Buffer.concat(pieces), { skip_empty_lines: true });
    return rows;
  } finally {
    file.close();
  }
}

describe('a table of an HTML page', () => {
  it.each([
    [
      'with all its tags',
      `<html><body><table>${HEADER}</th></tr>${CALL}</td></tr></table></body></html>`,
    ],
    ['without end tags', `<!doctype html><table>${HEADER}${CALL}</table>`],
    ['inside another table', `<table><tr><td>menu<td><table>${HEADER}${CALL}</table></table>`],
    [
      'after a table without its columns',
      `<table><tr><td>x<td>y<tr><td>1<td>2</table><table>${HEADER}${CALL}</table>`,
    ],
    [
      'beside tables in a comment and a script',
      `<!-- <table>${HEADER}<tr><td>x</table> --><script>"<table><tr><td>ClientId<td>x</table>"</script><table>${HEADER}${CALL}</table>`,
    ],
    ['with a mark in front', `\ufeff<table>${HEADER}${CALL}</table>`],
    ['with groups of rows', `<table><thead>${HEADER}</thead><tbody>${CALL}</tbody></table>`],
  ])('is read %s', async (_, page) => {
    const { codes, validation } = await validated(page);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ code }) => code)).toContain('from-html');
  });

  it('is read in windows-1251 and in UTF-16, and is refused if bytes are undecodable', async () => {
    const page = `<html><table>${HEADER}${CALL} отдел продаж, звонок с сайта</table>`;
    expect((await validated(encode(page, 'windows-1251'))).codes).toEqual([]);
    expect((await validated(Buffer.from(`\ufeff${page}`, 'utf16le'))).codes).toEqual([]);
    const broken = Buffer.concat([Buffer.from(page.slice(0, -20)), Buffer.from([0xd0, 0x20])]);
    expect((await validated(broken)).codes).toEqual(['text-undecodable']);
  });

  it('has findings with the names of cells, and a finding about merged cells', async () => {
    const page = `<table><caption>Звонки</caption>${HEADER}${CALL}<tr><td>x<td rowspan=2>1794900000<td>b<tr><td>7<td>c</table>`;
    const { cells, validation } = await validated(page);
    expect(cells).toEqual(['A3', 'B4']);
    expect(validation.findings.map(({ code }) => code)).toContain('cells-merged');
    expect(validation.findings[0]).toMatchObject({ sheet: 'Звонки' });
  });

  it('is the first of several tables, or the one with the given number', async () => {
    const page = `<table>${HEADER}${CALL}</table><table>${HEADER}<tr><td>x<td>1<td></table>`;
    const first = await validated(page);
    expect(first.codes).toEqual([]);
    expect(first.validation.findings.map(({ code }) => code)).toContain('sheets-left-out');
    expect((await validated(page, '2')).codes).toContain('client-id-invalid');
    await expect(validated(page, '3')).rejects.toMatchObject({ code: 'sheet-unknown' });
  });

  it.each([
    ['the next page of a report', `<p>2</p><table>${CALL}${CALL}</table>`, ['Table 2']],
    ['one call on the next page', `<table>${CALL}</table>`, ['Table 2']],
    ['a list of numbers', '<table><tr><td>79123456780</table>', ['Table 2']],
    [
      'a table of calls around another table',
      `<table>${CALL}<tr><td><table><tr><td>x</table></table>`,
      ['Table 2'],
    ],
    ['a table with one cell', '<table><tr><td>Report</table>', []],
    [
      'tables that arrange the page',
      '<table><tr><td>menu<td>menu<tr><td><table><tr><td>x</table></table>',
      [],
    ],
  ])('names a left-out table only if it may have calls: %s', async (_, beside, sheets) => {
    const { codes, validation } = await validated(`<table>${HEADER}${CALL}</table>${beside}`);
    expect(codes).toEqual([]);
    const left = validation.findings.filter(({ code }) => code === 'sheets-left-out');
    expect(left.map(({ message }) => message)).toEqual(
      sheets.map((one) => `Only the sheet "Table 1" is read. There may be calls in "${one}" too.`),
    );
  });

  it('has the same number in findings and in the option that chooses it', async () => {
    const page = `<table><tr><td>x</table><table>${HEADER}${CALL}</table><table>${HEADER}<tr><td>x<td>1<td></table>`;
    const { codes, validation } = await validated(page);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ message }) => message)).toContain(
      'Only the sheet "Table 2" is read. There may be calls in "Table 3" too.',
    );
    expect((await validated(page, '3')).codes).toContain('client-id-invalid');
  });

  it.each([
    ['<input value=north>', 'north'],
    ['<input type="text" value="north &amp; south">', 'north & south'],
    ['<input type=hidden value=12>', ''],
    ['<input type=checkbox value=on checked>', ''],
    ['<textarea>north\n<b></textarea>', 'north <b>'],
    ['<select><option>east<option selected>north</select>', 'north'],
    ['<select><option>east</option><option>north</option></select> 1', 'east 1'],
    ['<select><option selected>north', 'north'],
    ['<img src=a alt="north">', 'north'],
    ['<img title="12">', '12'],
    ['<img alt="call">12', '12'],
  ])('has the text that a page shows in a cell with %s', async (content, value) => {
    const page = `<table>${HEADER}<tr><td>1<td>2<td>${content}</td></tr>${CALL}</table>`;
    const rows = await rowsOf(page);
    expect(rows[1]).toEqual(['1', '2', value]);
    expect(rows[2]?.[2]).toBe('a');
  });

  it.each([
    ['<tr hidden><td>1<td>2<td>3', '1 hidden row'],
    ['<tr style="color:red; display : none"><td>1<td>2<td>3', '1 hidden row'],
    [`<tbody style="visibility:collapse">${CALL}${CALL}</tbody>${CALL}`, '2 hidden rows'],
    ['<tr hidden>', undefined],
    ['<tr><td>1<td>2<td style="display:none">3', '1 hidden column'],
    ['<tr style="xdisplay:none"><td>1<td>2<td>3', undefined],
  ])('has a finding if rows or columns with values are hidden: %s', async (rows, what) => {
    const { validation } = await validated(`<table>${HEADER}${CALL}${rows}</table>`);
    const hidden = validation.findings.find(({ code }) => code === 'cells-hidden');
    if (what === undefined) expect(hidden).toBeUndefined();
    else expect(hidden?.message).toContain(`has ${what};`);
  });

  it.each([
    [
      'that reaches the end of the table',
      '<tr><td>1<td rowspan=0>2<td>3<tr><td>4<td>5<tr><td>6<td>7',
      [
        ['1', '2', '3'],
        ['4', '', '5'],
        ['6', '', '7'],
      ],
      'B2:B4',
    ],
    [
      'that a body of rows ends',
      '<tbody><tr><td>1<td rowspan=9>2<td>3<tr><td>4<td>5</tbody><tbody><tr><td>6<td>7<td>8',
      [
        ['1', '2', '3'],
        ['4', '', '5'],
        ['6', '7', '8'],
      ],
      'B2:B3',
    ],
  ])('has a merged cell %s', async (_, rows, cells, range) => {
    const page = `<table>${HEADER}</tr>${rows}</table>`;
    expect((await rowsOf(page)).slice(1)).toEqual(cells);
    const { validation } = await validated(page);
    const merged = validation.findings.find(({ code }) => code === 'cells-merged');
    expect(merged?.message).toContain(`the first one ${range};`);
  });

  it('may have column names in merged cells, which end with their group of rows', async () => {
    const page = `<table><thead><tr><th rowspan=2>ClientId<th rowspan=0>DateTime<th>Tag</thead><tbody>${CALL}</table>`;
    expect((await rowsOf(page))[1]).toEqual(['13359124764096645812', '1794900000', 'a']);
    const { codes, validation } = await validated(page);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ code }) => code)).not.toContain('cells-merged');
  });

  it('that has only a header causes a finding that names the table with the rows', async () => {
    const page = `<table>${HEADER}</table><table>${CALL}${CALL}</table>`;
    const { validation } = await validated(page);
    expect(validation.findings).toContainEqual(
      expect.objectContaining({
        code: 'header-only',
        message: 'The sheet "Table 1" has a header and no calls. There may be calls in "Table 2".',
      }),
    );
    const alone = await validated(`<table>${HEADER}</table>`);
    expect(alone.validation.findings[0]?.message).toBe('The file has a header and no calls.');
  });

  it('causes a finding with a sample of its letters, but without tags', async () => {
    const page = `<table>${HEADER}</tr><tr><td>1<td>1794900000<td>отдел продаж, звонок</td></tr></table>`;
    const { validation } = await validated(encode(page.replace(', ', ' '), 'windows-1251'));
    const messages = validation.findings.map(({ message }) => message).join('\n');
    expect(messages).toContain('отдел продаж звонок');
    expect(messages).not.toContain('</td>');
  });

  it('keeps the digits that Excel keeps in an attribute', async () => {
    const page = `<table>${HEADER}<tr><td x:num="13359124764096645812">1,33591E+19<td>2<td>1,5E+3</table>`;
    expect((await rowsOf(page))[1]).toEqual(['13359124764096645812', '2', '1,5E+3']);
  });

  it.each([
    ['without a table', '<html><body><p>Sign in</p></body></html>', 'file-not-csv'],
    [
      'that ends in a value',
      `<table>${HEADER}${CALL}<tr><td>1335912476409664<td>17959`,
      'html-cut',
    ],
    [
      'that ends with an error of PHP',
      `<table>${HEADER}${CALL}<br /><b>Fatal error</b>: Maximum execution time`,
      'html-cut',
    ],
    ['that ends in an end tag', `<table>${HEADER}${CALL}</tabl`, 'html-cut'],
    ['whose table has no end', `<html><body><table>${HEADER}${CALL}</body></html>`, 'html-cut'],
    [
      'whose table ends only because the element around it ends',
      `<div><table>${HEADER}${CALL}</div>${CALL}`,
      'html-cut',
    ],
    ['with a list in one column', '<table><tr><td>a<tr><td>b</table>', 'file-not-csv'],
    ['with a long cell', `<table>${HEADER}<tr><td>${'x '.repeat(600_000)}</table>`, 'html-excess'],
    [
      'with a comment that has no end',
      `<table>${HEADER}<!-- ${'x'.repeat(5_000_000)}`,
      'html-excess',
    ],
    ['with tables inside one another', `<table>${HEADER}`.repeat(40), 'html-excess'],
    ['with too many tables', `<html>${'<table></table>'.repeat(10_001)}`, 'html-excess'],
    ['with too many columns', `<table><tr>${'<td colspan=1000>x'.repeat(3)}`, 'header-too-wide'],
  ])('%s is refused', async (_, page, code) => {
    expect((await validated(page)).codes).toEqual([code]);
  });

  it.each([
    ['<div>79161234567</div>79161234568', '79161234567 79161234568'],
    ['<h4>79161234567</h4><h4>79161234568</h4>', '79161234567 79161234568'],
    ['79161234567<hr>79161234568', '79161234567 79161234568'],
    ['<ul><li>a</ul>b', 'a b'],
    ['<dl><dt>a<dd>b</dl>', 'a b'],
    ['<unknown-tag>a</unknown-tag>b', 'a b'],
    ['79<b>16</b><span>12</span>34567', '79161234567'],
  ])('keeps the texts of two blocks of a cell apart: %s', async (cell, text) => {
    const rows = await rowsOf(`<table>${HEADER}</tr><tr><td>${cell}<td>x<td>y</tr></table>`);
    expect(rows.at(-1)?.[0]?.replaceAll('\n', ' ')).toBe(text);
  });

  it('has the cells that another parser finds', async () => {
    const text = fc.constantFrom(
      'a',
      'б',
      'x y',
      '&amp;',
      '&nbsp;1',
      '<b>z</b>',
      'p<br>q',
      '&#1078;',
      '"',
      '',
    );
    const cell = fc.tuple(
      fc.constantFrom('<td>', '<th>', '<td class=a>', '<TD>'),
      text,
      fc.constantFrom('', '</td>', '</th>'),
    );
    const row = fc.tuple(
      fc.constantFrom('<tr>', '<tr class="x">', '\n<TR>\n'),
      fc.array(cell, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '</tr>'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const body = rows
          .map(
            ([open, cells, close]) =>
              `${open}${cells.map(([tag, one]) => `${tag}${one}${tag.toLowerCase() === '<th>' ? '</th>' : '</td>'}`).join('')}${close}`,
          )
          .join('');
        const page = `<!doctype html><table><tr><th>ClientId<th>b<th>c${body}</table>`;
        expect(await rowsOf(page)).toEqual(
          rowsByParse5(page).filter((one) => one.some((text) => text !== '')),
        );
      }),
      { numRuns: 150 },
    );
  });
});

type Node = DefaultTreeAdapterTypes.Node;

/** Returns the rows of the only table, as a browser would show them. */
function rowsByParse5(page: string): string[][] {
  const all: Node[] = [];
  const walk = (node: Node): void => {
    all.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parsePage(page));
  const textOf = (node: Node): string => {
    if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
    if (node.nodeName === 'br') return ' ';
    return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
  };
  return all
    .filter(({ nodeName }) => nodeName === 'tr')
    .map((row) => {
      const cells = 'childNodes' in row ? row.childNodes : [];
      const texts = cells
        .filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th')
        .map((cell) => textOf(cell).replace(/\s+/g, ' ').trim());
      return Array.from({ length: 3 }, (_, at) => texts[at] ?? '');
    });
}
