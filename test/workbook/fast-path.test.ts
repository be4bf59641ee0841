import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalFile } from '../../src/files/local-file.ts';
import { UnreadableFile } from '../../src/files/unreadable-file.ts';
import { SheetFacts } from '../../src/workbook/cell-text.ts';
import { CsvRows } from '../../src/workbook/csv-rows.ts';
import { SharedStrings } from '../../src/workbook/shared-strings.ts';
import { readRows } from '../../src/workbook/sheet-rows.ts';
import { ZipArchive } from '../../src/workbook/zip-archive.ts';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { runs } from '../support/runs.ts';
import { workbookOf } from '../support/workbooks.ts';

const STRINGS = ['ClientId', 'a,b', ' spaces ', 'я', ''];

function stringsOf(texts: readonly string[]): SharedStrings {
  const strings = new SharedStrings();
  for (const text of texts) strings.add(text);
  return strings;
}

/** Cells as programs write them, and cells that no program writes. */
const cell = fc.constantFrom(
  '<c r="@"><v>123</v></c>',
  '<c r="@" s="1"><v>46346.5</v></c>',
  '<c r="@" s="1" t="n"><v>46346</v></c>',
  '<c r="@" t="s"><v>1</v></c>',
  '<c t="s" r="@"><v>2</v></c>',
  '<c r="@" t="s"><v>3</v></c>',
  '<c r="@" t="s"><v>4</v></c>',
  '<c r="@" t="s"><v>9</v></c>',
  '<c r="@" t="s"><v>x</v></c>',
  '<c r="@" t="b"><v>0</v></c>',
  '<c r="@" t="e"><v>#REF!</v></c>',
  '<c r="@" t="str"><v>a &amp; b</v></c>',
  '<c r="@" t="str"><v>a &#38; b</v></c>',
  '<c r="@" t="str"><f>A1&amp;B1</f><v>x_x000A_y</v></c>',
  '<c r="@"><f>1+1</f></c>',
  '<c r="@"><f>1+1</f><v></v></c>',
  '<c r="@" t="inlineStr"><is><t>ж &lt;b&gt;</t></is></c>',
  '<c r="@" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c>',
  '<c r="@" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
  '<c r="@" t="inlineStr"><is><t>one\r\ntwo</t></is></c>',
  '<c r="@"><v>1633024800123456789</v></c>',
  '<c r="@"><v>1633024800123456800</v></c>',
  '<c r="@"><v>1.6330248E9</v></c>',
  '<c r="@"><v> 7 </v></c>',
  '<c r="@"><v>1<!-- no --></v></c>',
  '<c r="@" s="x"><v>5</v></c>',
  '<c r="@"/>',
  '<c r="@" s="2"/>',
  '<c r="@" s="3"><v>42</v></c>',
  '<c r="@" s="3"><v>4.5</v></c>',
  '<c r="@"></c>',
  '<c r="@" t="inlineStr"><is><t>   </t></is></c>',
  '<c r="@" cm="1"><v>5</v></c>',
  "<c r='@'><v>5</v></c>",
  '<c><v>5</v></c>',
  '',
);

const rowOf = fc.record({
  cells: fc.array(cell, { maxLength: 5 }),
  attributes: fc.constantFrom(
    '',
    ' spans="1:5"',
    ' hidden="1"',
    ' ht="15.75" x14ac:dyDescent="0.25"',
    ' a=">"',
  ),
  between: fc.constantFrom(
    '',
    '',
    '',
    '\n',
    '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->',
    '<extra/>',
  ),
  step: fc.constantFrom(1, 1, 1, 2, 30),
  isClosed: fc.boolean(),
});

/** Returns the XML of rows. Each `@` becomes the reference of its cell. */
function sheetOf(
  rows: readonly {
    cells: readonly string[];
    attributes: string;
    between: string;
    step: number;
    isClosed: boolean;
  }[],
): string {
  let number = 1;
  return rows
    .map(({ cells, attributes, between, step, isClosed }) => {
      number += step;
      const written = cells.map((one, at) =>
        one.replace('@', `${String.fromCharCode(65 + at)}${String(number)}`),
      );
      return cells.length === 0 && isClosed
        ? `${between}<row r="${String(number)}"${attributes}/>`
        : `${between}<row r="${String(number)}"${attributes}>${written.join('')}</row>`;
    })
    .join('');
}

async function read(path: string, fastPath: boolean): Promise<unknown> {
  const file = LocalFile.open(path);
  const facts = new SheetFacts();
  const rows = new CsvRows(1, Infinity);
  try {
    const zip = await ZipArchive.open(file);
    const context = {
      strings: stringsOf(STRINGS),
      formats: [undefined, 'date-time', 'date', 6] as const,
      isFrom1904: false,
    };
    const source = { zip, part: 'xl/worksheets/sheet1.xml', context, fastPath };
    for await (const _ of readRows(source, rows, facts)) expect(_).toBe(rows);
    return { csv: Buffer.from(rows.take()).toString(), facts };
  } catch (error) {
    if (error instanceof UnreadableFile) return error.code;
    throw error;
  } finally {
    file.close();
  }
}

describe('the fast path of a sheet', () => {
  it('reads the same as the XML parser', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { maxLength: 12 }), async (rows) => {
        const header = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
        const bytes = await workbookOf({ sheets: { Calls: header + sheetOf(rows) } });
        const path = writeCalls(temporaryFolder(), 'calls.xlsx', bytes);
        expect(await read(path, true)).toEqual(await read(path, false));
      }),
      runs(300),
    );
  });

  it('reads a sheet that is longer than its buffer', async () => {
    const long = 'ж'.repeat(700);
    const rows = Array.from(
      { length: 1500 },
      (_, at) =>
        `<row r="${String(at + 1)}"><c r="A${String(at + 1)}"><v>${String(at)}</v></c><c r="B${String(at + 1)}" t="inlineStr"><is><t>${long}</t></is></c></row>`,
    );
    const path = writeCalls(
      temporaryFolder(),
      'calls.xlsx',
      await workbookOf({ sheets: { Calls: rows.join('') } }),
    );
    const fast = await read(path, true);
    expect(fast).toEqual(await read(path, false));
    expect((fast as { csv: string }).csv.split('\n')).toHaveLength(1501);
  });
});
