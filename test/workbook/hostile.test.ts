import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { UnreadableFile } from '../../src/files/unreadable-file.ts';
import { runs } from '../support/runs.ts';
import { csvOf, row, text, workbookOf, zipOf } from '../support/workbooks.ts';

const HEADER = row(1, text('ClientId'), text('DateTime'));
const GOOD = { sheets: { Calls: HEADER + row(2, '|<v>1</v>', '|<v>2</v>') } };

/** Reads a workbook. Returns its CSV, or the code of the failure. */
async function outcome(bytes: Buffer, wish: Parameters<typeof csvOf>[1] = {}): Promise<string> {
  try {
    return (await csvOf(bytes, wish)).csv;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

describe('a workbook that cannot be read', () => {
  it.each([
    ['archive', { mimetype: 'application/epub+zip' }],
    ['xlsb', { '[Content_Types].xml': '<a/>', 'xl/workbook.bin': 'x' }],
    ['numbers', { 'Index/Document.iwa': 'x' }],
    ['archive', { '[Content_Types].xml': '<a/>', 'ppt/presentation.xml': '<a/>' }],
    ['archive', { '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' }],
  ])('is recognized as %s', async (kind, parts) => {
    const error = await csvOf(await zipOf(parts as Record<string, string>)).catch(
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(UnreadableFile);
    expect(error).toMatchObject({ code: 'file-packed', parameters: { container: kind } });
  });

  it.each([
    ['Excel 2', '0900040002001000'],
    ['Excel 3', '090206000003001000000'],
    ['Excel 4', '0904060000041000'],
    ['Excel 5, without a compound file', '0908080000050500'],
    ['Excel 97, without a compound file', '0908100000060500'],
  ])('is recognized as a workbook of an older Excel: %s', async (_, hex) => {
    const bytes = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(2000, 'text')]);
    await expect(csvOf(bytes)).rejects.toMatchObject({
      code: 'file-packed',
      parameters: { container: 'xls' },
    });
  });
});

describe('a damaged workbook', () => {
  it.each([
    ['without its list of sheets', { 'xl/workbook.xml': '<workbook/>' }],
    ['whose list is no XML', { 'xl/workbook.xml': '<workbook><sheets>' }],
    ['whose sheet is cut off', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' }],
    [
      'with a document type',
      { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' },
    ],
    ['with elements without end', { 'xl/worksheets/sheet1.xml': '<a>'.repeat(100_000) }],
    [
      'with a name without end',
      // Random letters do not shrink much, so the limit of the packed size does not matter.
      { 'xl/worksheets/sheet1.xml': `<a${randomBytes(3_000_000).toString('hex')}/>` },
    ],
    [
      'in another encoding',
      { 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xe6</worksheet>', 'latin1') },
    ],
    [
      'with rows in disorder',
      {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>',
      },
    ],
    [
      'with cells in disorder',
      {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData></worksheet>',
      },
    ],
    [
      'with a row beyond the last',
      {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>',
      },
    ],
    [
      'with a string that is not there',
      {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData></worksheet>',
      },
    ],
    [
      'with an entity that nobody knows',
      { 'xl/worksheets/sheet1.xml': '<worksheet>&b;</worksheet>' },
    ],
  ])('%s is reported as damaged', async (_, parts) => {
    expect(await outcome(await workbookOf({ ...GOOD, parts }))).toBe('workbook-damaged');
  });

  it('is reported as a workbook without cells if its sheet is missing', async () => {
    const parts = { 'xl/worksheets/sheet1.xml': undefined };
    expect(await outcome(await workbookOf({ ...GOOD, parts }))).toBe('workbook-without-cells');
  });

  it('that is cut, or has a changed byte, never has other cells, and causes no bug', async () => {
    const bytes = await workbookOf(GOOD);
    const csv = await outcome(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 5),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, isCut) => {
          const other = Buffer.from(isCut ? bytes.subarray(0, at + 4) : bytes);
          if (!isCut) other[at + 4] = (other[at + 4] ?? 0) ^ change;
          const read = await outcome(other);
          const isNamed =
            /^(?:workbook-damaged|workbook-locked|workbook-without-cells|file-packed|sheet-unknown|workbook-excess|zip-damaged|zip-locked|zip-several|zip-empty)$/.test(
              read,
            );
          // If the reader does not use the changed byte, the CSV stays the same.
          expect(isNamed || read === csv, read).toBe(true);
        },
      ),
      runs(400),
    );
  });
});

describe('a workbook over a limit', () => {
  it('is refused because of its unpacked bytes', async () => {
    const spaces = `<a/>${' '.repeat(1_000_000)}`.repeat(120);
    const parts = {
      'xl/worksheets/sheet1.xml': `<worksheet>${spaces}`,
    };
    expect(await outcome(await workbookOf({ ...GOOD, parts }))).toBe('workbook-excess');
  });

  it('is refused because many cells share long texts', async () => {
    const strings = ['<t>ClientId</t>', `<t>${'a'.repeat(32_000)}</t>`];
    const cells = Array.from({ length: 4000 }, (_, at) => row(at + 2, 't="s"|<v>1</v>')).join('');
    const sheets = { Calls: row(1, 't="s"|<v>0</v>') + cells };
    expect(await outcome(await workbookOf({ sheets, strings }))).toBe('workbook-excess');
  });

  it('is refused because of its columns', async () => {
    const wide = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>';
    expect(await outcome(await workbookOf({ sheets: { Calls: wide } }))).toBe('header-too-wide');
  });
});

describe('a workbook from another program', () => {
  it('is read with prefixes in names, absolute paths, backslashes, and cells without references', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const bytes = await zipOf({
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels':
        '<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/XL/Workbook.xml"/></Relationships>',
      'xl/workbook.xml': `<x:workbook xmlns:x="${main}" xmlns:q="r"><x:sheets><x:sheet name="S" sheetId="1" q:id="b"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets\\one.xml"/></Relationships>',
      'xl/worksheets/one.xml': `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>ClientId</x:t></x:is></x:c></x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    });
    expect(await outcome(bytes)).toBe('ClientId\n5\n');
  });

  it('is read in UTF-16 too', async () => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Яя</t></is></c></row></sheetData></worksheet>';
    const parts = { 'xl/worksheets/sheet1.xml': Buffer.from(`\ufeff${sheet}`, 'utf16le') };
    expect(await outcome(await workbookOf({ ...GOOD, parts }))).toBe('Яя\n');
  });
});
