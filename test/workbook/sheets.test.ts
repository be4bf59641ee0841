import { describe, expect, it } from 'vitest';
import { validateCalls } from '../../src/index.ts';
import { csvOf, row, text, workbookOf } from '../support/workbooks.ts';

const CALLS = row(1, text('ClientId'), text('DateTime')) + row(2, '|<v>1</v>', '|<v>2</v>');
const SUMMARY = row(1, text('Calls in November')) + row(2, text('Tag'), '|<v>5</v>');

describe('the sheet that is read', () => {
  it('is the first one with the columns, and the others with the columns are reported', async () => {
    const sheets = { Summary: SUMMARY, October: CALLS, November: CALLS };
    const { csv, content } = await csvOf(await workbookOf({ sheets }));
    expect(csv).toBe('ClientId,DateTime\n1,2\n');
    expect(content.sheet).toMatchObject({ name: 'October', alike: ['November'] });
  });

  it('is reported with the count of all other sheets with the columns', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `Day ${String(at)}`);
    const bytes = await workbookOf({
      sheets: Object.fromEntries(names.map((name) => [name, CALLS])),
    });
    expect((await csvOf(bytes)).content.sheet).toMatchObject({ name: 'Day 0', moreAlike: 23 });
    const { validation } = await validateCalls([bytes]);
    const found = validation.findings.find(({ code }) => code === 'sheets-left-out');
    expect(found?.message).toContain('"Day 15", "Day 16" and 23 more too.');
  });

  it('is the first one with cells if none has the columns', async () => {
    const sheets = { Empty: '', Notes: row(1, text('x'), text('y')) };
    const { csv, content } = await csvOf(await workbookOf({ sheets }));
    expect(csv).toBe('x,y\n');
    expect(content.sheet?.name).toBe('Notes');
  });

  it.each([
    ['Summary', 'Summary'],
    ['summary', 'Summary'],
    ['2', 'Calls'],
    ['1', '1'],
  ])('is the one from --sheet %s', async (sheet, name) => {
    const sheets = { Summary: SUMMARY, Calls: CALLS, 1: SUMMARY };
    const order = { Summary: SUMMARY, Calls: CALLS, '1 ': SUMMARY };
    const bytes = await workbookOf({ sheets: sheet === '1' ? sheets : order });
    expect((await csvOf(bytes, { sheet })).content.sheet?.name).toBe(name);
  });

  it('must exist', async () => {
    await expect(
      csvOf(await workbookOf({ sheets: { Calls: CALLS } }), { sheet: 'May' }),
    ).rejects.toMatchObject({
      code: 'sheet-unknown',
      parameters: { sheets: ['Calls'] },
    });
  });

  it('is a hidden one only if no other has the columns', async () => {
    const workbook =
      '<workbook xmlns:r="r"><sheets><sheet name="Old" state="hidden" r:id="rId1"/><sheet name="New" r:id="rId2"/></sheets></workbook>';
    const sheets = { Old: CALLS, New: CALLS };
    const bytes = await workbookOf({ sheets, parts: { 'xl/workbook.xml': workbook } });
    expect((await csvOf(bytes)).content.sheet).toMatchObject({ name: 'New', alike: ['Old'] });
  });

  it.each([1, 3000])('may come after hundreds of sheets with %i rows each', async (rows) => {
    const others = Array.from({ length: rows }, (_, at) => row(at + 1, text('x'.repeat(40)))).join(
      '',
    );
    const names = Array.from({ length: 400 }, (_, at) => `Day ${String(at)}`);
    const sheets = { ...Object.fromEntries(names.map((name) => [name, others])), October: CALLS };
    const { csv, content } = await csvOf(await workbookOf({ sheets }));
    expect(csv).toBe('ClientId,DateTime\n1,2\n');
    expect(content.sheet?.name).toBe('October');
  });
});

describe('the rows of a sheet', () => {
  it('are lines: rows without a value are empty lines, and such rows at the end are left out', async () => {
    const sheets = { Calls: CALLS + row(5, '|<v>3</v>') + row(9, text(' ')) + row(10, '') };
    expect((await csvOf(await workbookOf({ sheets }))).csv).toBe(
      'ClientId,DateTime\n1,2\n\n\n3,\n',
    );
  });

  it('take no longer if thousands of them are empty, as formatted rows are', async () => {
    const blank = Array.from({ length: 100_000 }, (_, at) =>
      at % 2 === 0 ? row(at + 3, '|') : row(at + 3, text(' ')),
    );
    const { csv } = await csvOf(await workbookOf({ sheets: { Calls: CALLS + blank.join('') } }));
    expect(csv).toBe('ClientId,DateTime\n1,2\n');
  });

  it('keep the spaces before a value', async () => {
    const sheets = { Calls: CALLS + row(4, text('  '), text('x')) };
    expect((await csvOf(await workbookOf({ sheets }))).csv).toBe(
      'ClientId,DateTime\n1,2\n\n"  ",x\n',
    );
  });

  it('are as wide as the row of the column names, wherever it is', async () => {
    const sheets = {
      Calls: row(1, text('Report')) + row(3, text('ClientId'), text('Tag')) + row(4, '|<v>1</v>'),
    };
    const bytes = await workbookOf({ sheets });
    expect((await csvOf(bytes, { headerRow: 3 })).csv).toBe('Report\n\nClientId,Tag\n1,\n');
  });

  it('and formulas without a value are counted if the rows are hidden or merged', async () => {
    const sheet = `<?xml version="1.0"?><worksheet><cols><col min="2" max="16384" hidden="1"/></cols><sheetData>${row(1, text('ClientId'), text('Tag'), text('Note'))}${row(2, '|<f>1+1</f>', '|<v>2</v>')}<row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="1"/></sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells></worksheet>`;
    const { content } = await csvOf(await workbookOf({ sheets: { Calls: sheet } }));
    expect(content.sheet).toMatchObject({
      hiddenRows: 1,
      hiddenColumns: 2,
      merged: { count: 1, first: 'A2:A3', covered: 1, firstCovered: 'A3' },
      unknown: { count: 1, first: 'A2' },
    });
  });

  it('are looked at again for values under merged cells', async () => {
    const merged = `<mergeCells><mergeCell ref="B5:C5"/><mergeCell ref="A2:A4"/><mergeCell ref="A1:B1"/></mergeCells>`;
    const cells = (under: string): string =>
      `<?xml version="1.0"?><worksheet><sheetData>${row(1, text('ClientId'), text('Tag'), text('Note'))}${row(2, '|<v>1</v>', '|<v>2</v>')}${row(3, under, '|<v>3</v>')}${row(5, '|<v>4</v>', '|<v>5</v>', under)}</sheetData>${merged}</worksheet>`;
    const found = async (under: string) =>
      (await csvOf(await workbookOf({ sheets: { Calls: cells(under) } }))).content.sheet?.merged;
    const ranges = { count: 2, first: 'B5:C5' };
    expect(await found('|<v>9</v>')).toEqual({ ...ranges, covered: 2, firstCovered: 'A3' });
    expect(await found(text('  '))).toEqual({ ...ranges, covered: 0, firstCovered: undefined });
  });
});
