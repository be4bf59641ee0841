import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { kindOfCode } from '../../src/workbook/cell-formats.ts';
import { columnLetters, columnOf } from '../../src/workbook/cell-reference.ts';
import { numberText, timeText } from '../../src/workbook/number-text.ts';
import { runs } from '../support/runs.ts';
import { csvOf, row, text, workbookOf } from '../support/workbooks.ts';

const HEADER = row(1, text('ClientId'), text('DateTime'), text('Tag'));

/** Writes a sheet with one row below its header. Returns that row as CSV. */
async function oneRow(cells: readonly string[], more: object = {}): Promise<string> {
  const sheets = { Calls: HEADER + row(2, ...cells) };
  const { csv } = await csvOf(await workbookOf({ sheets, ...more }));
  return csv.split('\n')[1] ?? '';
}

describe('numbers of a workbook', () => {
  it.each([
    ['Excel, of 15 digits', '163302480012345', '163302480012345'],
    ['Excel, rounded', '1.6330248001234501E+18', '1.6330248001234501E+18'],
    ['LibreOffice, rounded', '1.63302480012345E+018', '1.63302480012345E+018'],
    ['Google Sheets, a time', '1.6330248E9', '1633024800'],
    ['Google Sheets, a whole number', '5.0', '5'],
    ['openpyxl, all digits', '1633024800123456789', '1633024800123456789'],
    ['openpyxl, 20 digits', '16330248001234567891', '16330248001234567891'],
    ['exceljs and SheetJS, rounded', '1633024800123456800', '1.6330248001234568E+18'],
    ['XlsxWriter, rounded', '1.633024800123457e+18', '1.633024800123457e+18'],
    ['a fraction of Excel', '1.1000000000000001', '1.1'],
    ['a sum', '0.30000000000000004', '0.3'],
    ['a negative one', '-12.5', '-12.5'],
    ['a small one', '1.5E-7', '1.5E-7'],
    ['no number', 'soon', 'soon'],
  ])('are read: %s', async (_, stored, shown) => {
    expect(numberText(stored, false)).toBe(shown);
    expect(await oneRow([`|<v>${stored}</v>`, '|<v>1</v>'])).toBe(`${shown},1,`);
  });

  it('keep all digits if the file certainly has them', async () => {
    const round = '1633024800123456768';
    const { csv } = await csvOf(
      await workbookOf({
        sheets: {
          Calls: HEADER + row(2, `|<v>${round}00</v>`) + row(3, '|<v>1633024800123456789</v>'),
        },
      }),
    );
    expect(csv.split('\n')[1]).toBe(`${round}00,,`);
  });

  it('are the numbers that JavaScript wrote, exact to about 14 digits', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-5, max: 1e15 }),
        (value) => {
          const read = Number(numberText(String(value), false));
          expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-14);
        },
      ),
      runs(200),
    );
  });
});

describe('zeros that a format shows', () => {
  it.each([
    ['000000', '42', '000042'],
    ['[Red]000000;-0', '42', '000042'],
    ['000000', '1234567', '1234567'],
    ['000000', '-42', '-000042'],
    ['000000', '4.5', '4.5'],
    ['0', '42', '42'],
    ['#,##0', '42', '42'],
    ['00000000000', '4950000012', '04950000012'],
    ['00000000000000000000', '1.4E+18', '1.4E+18'],
  ])('%s: %s is read as %s', async (format, stored, shown) => {
    const cells = [`s="1"|<v>${stored}</v>`];
    expect(await oneRow(cells, { formats: [format] })).toBe(`${shown},,`);
  });
});

describe('XML parts of a workbook in UTF-16', () => {
  const sheet = `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${HEADER}${row(2, '|<v>7</v>', '|<v>1</v>', text('Жёлтый'))}${row(3, '|<v>8</v>', '|<v>2</v>', text('зал'))}</sheetData></worksheet>`;
  const little = Buffer.from(sheet, 'utf16le');
  const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
  it.each([
    ['little-endian with a mark', marked],
    ['little-endian without a mark', little],
    ['big-endian with a mark', Buffer.from(marked).swap16()],
    ['big-endian without a mark', Buffer.from(little).swap16()],
  ])('are read: %s', async (_, bytes) => {
    const parts = { 'xl/worksheets/sheet1.xml': bytes };
    const { csv } = await csvOf(await workbookOf({ sheets: { Calls: '' }, parts }));
    expect(csv).toBe('ClientId,DateTime,Tag\n7,1,Жёлтый\n8,2,зал\n');
  });
});

describe('dates of a workbook', () => {
  it.each([
    ['yyyy-mm-dd hh:mm:ss', 'date-time'],
    ['dd.mm.yyyy', 'date'],
    ['[$-419]d mmm yy;@', 'date'],
    ['mmmm yyyy', 'date'],
    ['h:mm AM/PM', 'time'],
    ['hh:mm:ss', 'time'],
    ['[h]:mm:ss', 'duration'],
    ['mm:ss.0', 'duration'],
    ['mm:ss', 'duration'],
    ['[Red]#,##0.00', undefined],
    ['0.00E+00', undefined],
    ['General', undefined],
    ['"days: "0', undefined],
    ['@', undefined],
    ['# ##0\\ "руб."', undefined],
  ] as const)('%s is of the kind %s', (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });

  it('are the same as those that a second library reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61 * 86_400, max: 2_958_465 * 86_400 }), (seconds) => {
        const expected = DateTime.fromISO('1899-12-30T00:00:00', { zone: 'utc' }).plus({ seconds });
        expect(timeText(String(seconds / 86_400), 'date-time', false)).toBe(
          expected.toFormat('yyyy-MM-dd HH:mm:ss'),
        );
        const from1904 = DateTime.fromISO('1904-01-01T00:00:00', { zone: 'utc' }).plus({ seconds });
        if (seconds / 86_400 < 2_000_000) {
          expect(timeText(String(seconds / 86_400), 'date-time', true)).toBe(
            from1904.toFormat('yyyy-MM-dd HH:mm:ss'),
          );
        }
      }),
      runs(200),
    );
  });

  it.each([
    ['1', 'date', '1900-01-01'],
    ['59', 'date', '1900-02-28'],
    ['60', 'date', '60'],
    ['61', 'date', '1900-03-01'],
    ['46346', 'date', '2026-11-20'],
    ['46346.5', 'date', '2026-11-20 12:00:00'],
    ['46346', 'date-time', '2026-11-20 00:00:00'],
    ['46346.383333333331', 'date-time', '2026-11-20 09:12:00'],
    ['46346.383333333331', 'time', '09:12:00'],
    ['0.0015740740740740741', 'time', '00:02:16'],
    ['1.05', 'duration', '25:12:00'],
    ['-1', 'date', '-1'],
    ['2958466', 'date', '2958466'],
    ['soon', 'date', 'soon'],
  ] as const)('%s as %s is %s', (days, kind, shown) => {
    expect(timeText(days, kind, false)).toBe(shown);
  });

  const EXTENDED = (date1904: string): string =>
    `<extLst><ext xmlns:x15="urn:x15"><x15:workbookPr date1904="${date1904}"/></ext></extLst>`;

  it.each([
    [
      'of 1904, with an extension that says nothing',
      '1',
      '<extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>',
      2030,
    ],
    ['of 1904, with an extension of 1900', '1', EXTENDED('0'), 2030],
    ['of 1900, with an extension of 1904', '0', EXTENDED('1'), 2026],
    [
      'of 1900, with a choice of another program',
      '0',
      '<mc:AlternateContent><mc:Choice Requires="x"><workbookPr date1904="1"/></mc:Choice><mc:Fallback/></mc:AlternateContent>',
      2026,
    ],
  ])('are counted from the first day of a workbook %s', async (_, own, extension, year) => {
    for (const properties of [
      `<workbookPr date1904="${own}"/>${extension}`,
      `${extension}<workbookPr date1904="${own}"/>`,
    ]) {
      const formats = ['dd.mm.yyyy hh:mm'];
      const cells = ['s="1"|<v>46346.383333333331</v>'];
      expect(await oneRow(cells, { formats, properties })).toMatch(new RegExp(`^${String(year)}-`));
    }
  });

  it('never use the formats of conditions, tables and extensions', async () => {
    const styles = `<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts>
      <cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>
      <dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>
      <extLst><ext><x14:dxfs><x14:dxf><numFmt numFmtId="164" formatCode="0"/></x14:dxf></x14:dxfs>
      <cellXfs><xf numFmtId="14"/></cellXfs></ext></extLst></styleSheet>`;
    const parts = { 'xl/styles.xml': styles };
    expect(await oneRow(['s="1"|<v>46346.383333333331</v>'], { formats: ['0'], parts })).toBe(
      '2026-11-20 09:12:00,,',
    );
  });

  it('use the formats of the cells and the first day of the workbook', async () => {
    const formats = ['dd.mm.yyyy hh:mm', '0'];
    const cells = ['s="1"|<v>46346.383333333331</v>', 's="2"|<v>46346</v>'];
    expect(await oneRow(cells, { formats })).toBe('2026-11-20 09:12:00,46346,');
    const properties = '<workbookPr date1904="1"/>';
    expect(await oneRow(cells, { formats, properties })).toBe('2030-11-21 09:12:00,46346,');
    expect(await oneRow(['t="d"|<v>2026-11-20T09:12:00</v>'])).toBe('2026-11-20T09:12:00,,');
  });
});

describe('texts of a workbook', () => {
  it.each([
    ['runs', '<r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r>', 'rich'],
    ['how they are spoken', '<t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh>', '東京'],
    ['spaces that are kept', '<t xml:space="preserve">a b</t>', 'a b'],
    ['what XML cannot hold', '<t>a_x0009_b_x005F_c</t>', 'a\tb_c'],
    ['references', '<t>a &amp; &#x431;&lt;</t>', 'a & б<'],
    ['character data', '<t><![CDATA[<a>]]></t>', '<a>'],
    ['quotes', '<t>a "b", c</t>', '"a ""b"", c"'],
    ['nothing', '<t/>', ''],
  ])('are read with %s', async (_, stored, shown) => {
    const strings = [stored];
    expect(await oneRow(['|<v>1</v>', 't="s"|<v>0</v>'], { strings })).toBe(`1,${shown},`);
    const inline = `t="inlineStr"|<is>${stored}</is>`;
    expect(await oneRow(['|<v>1</v>', inline])).toBe(`1,${shown},`);
  });

  it('include formulas, words for true and false, and errors', async () => {
    expect(await oneRow(['t="str"|<f>A1</f><v>x</v>', 't="b"|<v>1</v>', 't="e"|<v>#N/A</v>'])).toBe(
      'x,TRUE,#N/A',
    );
  });
});

describe('cell references', () => {
  it('are read and written in the same way', () => {
    expect(['A1', 'Z9', 'AA1', 'XFD5'].map(columnOf)).toEqual([0, 25, 26, 16_383]);
    for (const column of [0, 25, 26, 701, 702, 16_383]) {
      expect(columnOf(`${columnLetters(column)}1`)).toBe(column);
    }
    expect(columnOf('XFE1')).toBe(-1);
    expect(columnOf('1')).toBe(-1);
    expect(columnOf('ZZZZ1')).toBe(-1);
  });
});

describe('a workbook that exceljs writes', () => {
  it('has the same values after reading', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Calls');
    sheet.addRow(['ClientId', 'DateTime', 'Tag', 'Price']);
    sheet.addRow(['1633024800123456789', new Date(Date.UTC(2026, 10, 20, 9, 12)), 'a\nb', 1.1]);
    sheet.getCell('B2').numFmt = 'dd.mm.yyyy hh:mm';
    sheet.addRow([]);
    sheet.addRow([1, { formula: '1+1', result: 2 }, { error: '#N/A' }, true]);
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
    const { csv, content } = await csvOf(bytes);
    expect(csv).toBe(
      'ClientId,DateTime,Tag,Price\n1633024800123456789,2026-11-20 09:12:00,"a\nb",1.1\n\n1,2,#N/A,TRUE\n',
    );
    expect(content.sheet).toMatchObject({ name: 'Calls', alike: [], unknown: { count: 0 } });
  });
});
