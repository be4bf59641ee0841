import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readXls } from 'hucre';
import { readOds } from 'hucre/ods';
import { describe, expect, it } from 'vitest';
import XLSX from 'xlsx';
import { openContent } from '../../src/content/open-content.ts';
import { Failure } from '../../src/failure.ts';
import { LocalFile } from '../../src/files/local-file.ts';
import { validateCalls } from '../../src/index.ts';
import { temporaryFolder } from '../support/run.ts';
import { zipOf } from '../support/workbooks.ts';

const NOW = 1_795_000_000;
const CLOCK = { now: () => NOW * 1000, sleep: () => Promise.resolve() };

type Format = 'biff8' | 'ods' | 'xlsx';

interface Written {
  readonly sheets: Readonly<Record<string, XLSX.WorkSheet>>;
  readonly hidden?: readonly string[];
  readonly is1904?: boolean;
}

function written({ sheets, hidden = [], is1904 = false }: Written, format: Format): Buffer {
  const book = XLSX.utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) {
    XLSX.utils.book_append_sheet(book, sheet, name);
  }
  book.Workbook = {
    WBProps: { date1904: is1904 },
    Sheets: Object.keys(sheets).map((name) => ({ Hidden: hidden.includes(name) ? 1 : 0 })),
  };
  return XLSX.write(book, { type: 'buffer', bookType: format }) as Buffer;
}

/** Returns the rows of a sheet as this program reads them, without empty rows. */
async function ours(bytes: Uint8Array, sheet?: string): Promise<string[][]> {
  const rows: string[][] = parse(await tableOf(bytes, sheet), {
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return rows;
}

async function tableOf(bytes: Uint8Array, sheet?: string): Promise<Buffer> {
  const path = join(temporaryFolder(), 'calls');
  writeFileSync(path, bytes);
  const file = LocalFile.open(path);
  try {
    const content = await openContent(file, { sheet, isKnownName: (name) => name === 'ClientId' });
    const pieces: Buffer[] = [];
    for await (const block of content.blocks()) pieces.push(Buffer.from(block));
    return Buffer.concat(pieces);
  } finally {
    file.close();
  }
}

async function codesOf(bytes: Uint8Array): Promise<string[]> {
  const { validation } = await validateCalls([bytes], { clock: CLOCK });
  return validation.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** Returns a sheet with numbers in the given formats, each below a heading. */
function formatted(cells: readonly (readonly [value: number, format: string])[]): XLSX.WorkSheet {
  const sheet = XLSX.utils.aoa_to_sheet([
    cells.map((_, at) => `h${String(at)}`),
    cells.map(([value]) => value),
  ]);
  cells.forEach(([, format], at) => {
    const cell = sheet[XLSX.utils.encode_cell({ r: 1, c: at })] as XLSX.CellObject;
    cell.z = format;
  });
  return sheet;
}

describe.each(['biff8', 'ods'] as const)('a workbook in the format %s', (format) => {
  it('has the cells that another reader finds, whatever they hold', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => isPlain(one));
    const cell = fc.oneof(
      text,
      fc.constantFrom('отдел продаж', 'a,b', 'say "x"', ' y', 'x'.repeat(255), 'ж'.repeat(255)),
      fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
      fc.integer({ min: 0, max: 999_999_999_999_999 }),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
        .map((one) => Math.round(one * 100) / 100),
      fc.boolean(),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          const table = [['ClientId', 'b', 'c'], ...rows];
          const bytes = written({ sheets: { Calls: XLSX.utils.aoa_to_sheet(table) } }, format);
          const found = await ours(bytes);
          expect(found).toEqual(
            await ours(written({ sheets: { Calls: XLSX.utils.aoa_to_sheet(table) } }, 'xlsx')),
          );
          const book = format === 'ods' ? await readOds(bytes) : await readXls(bytes);
          const other = (book.sheets[0]?.rows ?? []).filter((row) =>
            row.some((one) => one !== null && one !== ''),
          );
          expect(found.map((row) => row.map(asNumber))).toEqual(
            other.map((row) => Array.from({ length: 3 }, (_, at) => asNumber(textOf(row[at])))),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has a finding for each number that lost digits, like a workbook in .xlsx', async () => {
    const table = [
      ['ClientId', 'DateTime', 'PhoneNumber'],
      [133_591_247_640_966_460, 1_794_900_000, '+70121234567'],
      [133_591_247_640_966_480, 1_794_900_000, '+70121234568'],
    ];
    const bytes = written({ sheets: { Calls: XLSX.utils.aoa_to_sheet(table) } }, format);
    expect(await codesOf(bytes)).toEqual(['identifier-scientific', 'identifier-scientific']);
  });

  it('is read from the sheet with known column names, or from the sheet that the user names', async () => {
    const sheets = {
      Totals: XLSX.utils.aoa_to_sheet([['x'], ['y']]),
      Calls: XLSX.utils.aoa_to_sheet([['ClientId'], ['1']]),
      Old: XLSX.utils.aoa_to_sheet([['ClientId'], ['2']]),
    };
    const bytes = written({ sheets, hidden: ['Old'] }, format);
    expect(await ours(bytes)).toEqual([['ClientId'], ['1']]);
    expect(await ours(bytes, 'Old')).toEqual([['ClientId'], ['2']]);
    expect(await ours(bytes, '1')).toEqual([['x'], ['y']]);
    await expect(ours(bytes, 'No')).rejects.toMatchObject({ code: 'sheet-unknown', exitCode: 2 });
  });

  it('may have hundreds of sheets before the one with known column names', async () => {
    const other = XLSX.utils.aoa_to_sheet([['x'], ['y']]);
    const names = Array.from({ length: 300 }, (_, at) => `Day ${String(at)}`);
    const calls = XLSX.utils.aoa_to_sheet([['ClientId'], ['1']]);
    const sheets = { ...Object.fromEntries(names.map((name) => [name, other])), Calls: calls };
    expect(await ours(written({ sheets }, format))).toEqual([['ClientId'], ['1']]);
  });

  it('is read or refused, but causes no bug, if any of its bytes are wrong', async () => {
    const table = [
      ['ClientId', 'b'],
      ['отдел', 1.5],
      ['x'.repeat(9000), true],
    ];
    const bytes = written({ sheets: { Calls: XLSX.utils.aoa_to_sheet(table) } }, format);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat({ max: bytes.length }),
        fc.boolean(),
        async (changes, length, isCut) => {
          const wrong = Buffer.from(bytes);
          for (const [at, byte] of changes) wrong[at] = byte;
          try {
            await tableOf(isCut ? wrong.subarray(0, length) : wrong);
          } catch (error) {
            expect(error).toBeInstanceOf(Failure);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function isPlain(text: string): boolean {
  // XML and old workbooks cannot hold control characters. The test is not about spaces at the ends
  // of texts.
  return (
    text.isWellFormed() &&
    !/[\p{Cc}\p{Cn}\p{Co}\ufffe\uffff]/u.test(text) &&
    text.trim() === text &&
    !/\s\s|_x/.test(text)
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' || typeof value === 'string' ? String(value) : 'other';
}

function asNumber(text: string): string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

describe('an .xls workbook', () => {
  it('shows times and zeros as a person sees them', async () => {
    const sheet = formatted([
      [46_336.416_678_240_741, 'yyyy-mm-dd hh:mm:ss'],
      [46_336, 'dd.mm.yyyy'],
      [0.5, 'hh:mm:ss'],
      [42, '0000'],
    ]);
    const [, row] = await ours(written({ sheets: { Calls: sheet } }, 'biff8'));
    expect(row).toEqual(['2026-11-10 10:00:01', '2026-11-10', '12:00:00', '0042']);
  });

  it('may have shared strings that go on in further records', async () => {
    const wide = Buffer.from('жук', 'utf16le');
    const bytes = compound({
      Workbook: [
        [0x809, [0, 6, 5, 0]],
        [0x85, [95, 0, 0, 0, 0, 0, 5, 0, ...Buffer.from('Calls')]],
        [0xfc, [3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, ...Buffer.from('Clie')]],
        // The rest of the first text, and the beginning of a text that goes on with wide letters.
        [0x3c, [0, ...Buffer.from('ntId'), 5, 0, 0x0c, 1, 0, 4, 0, 0, 0, ...Buffer.from('ab')]],
        [0x3c, [1, ...wide, 9, 9, 9, 9, 8, 8, 8, 8]],
        [0x3c, [1, 0, 0, ...Buffer.from('z')]],
        [0x0a, []],
        ...sheetOf([
          [0xfd, [...cellAt(0, 0), 0, 0, 0, 0]],
          [0xfd, [...cellAt(1, 0), 1, 0, 0, 0]],
          [0xfd, [...cellAt(2, 0), 2, 0, 0, 0]],
        ]),
      ],
    });
    expect(await ours(bytes)).toEqual([['ClientId'], ['abжук'], ['z']]);
  });

  it('may count its days from 1904', async () => {
    const sheet = formatted([[1, 'yyyy-mm-dd']]);
    const [, row] = await ours(written({ sheets: { Calls: sheet }, is1904: true }, 'biff8'));
    expect(row).toEqual(['1904-01-02']);
  });

  it('may have its rows in any order, and formulas with results of any kind', async () => {
    const number = Buffer.alloc(8);
    number.writeDoubleLE(2.5);
    const bytes = compound({
      Workbook: [
        ...GLOBALS,
        ...sheetOf([
          label(2, 0, 'last'),
          label(0, 0, 'ClientId'),
          [0x06, [...cellAt(1, 0), ...number, ...Buffer.alloc(6)]],
          [0x06, [...cellAt(1, 1), 1, 0, 1, 0, 0, 0, 0xff, 0xff, ...Buffer.alloc(6)]],
          [0x06, [...cellAt(1, 2), 2, 0, 0x2a, 0, 0, 0, 0xff, 0xff, ...Buffer.alloc(6)]],
          [0x06, [...cellAt(1, 3), 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...Buffer.alloc(6)]],
          [0x207, [2, 0, 0, ...Buffer.from('hi')]],
          [0x205, [...cellAt(1, 4), 0, 0]],
          [0xbd, [1, 0, 5, 0, 0, 0, 0x06, 0, 0, 0, 0, 0, 0x07, 0, 0, 0, 6, 0]],
        ]),
      ],
    });
    expect(await ours(bytes)).toEqual([
      ['ClientId'],
      ['2.5', 'TRUE', '#N/A', 'hi', 'FALSE', '1', '0.01'],
      ['last'],
    ]);
  });

  it('has the text #ERROR! in a cell with an unknown error', async () => {
    const bytes = compound({
      Workbook: [
        ...GLOBALS,
        ...sheetOf([
          label(0, 0, 'ClientId'),
          [0x06, [...cellAt(1, 0), 2, 0, 0x77, 0, 0, 0, 0xff, 0xff, ...Buffer.alloc(6)]],
          [0x205, [...cellAt(1, 1), 0x77, 1]],
          [0x205, [...cellAt(1, 2), 0x2b, 1]],
        ]),
      ],
    });
    expect(await ours(bytes)).toEqual([['ClientId'], ['#ERROR!', '#ERROR!', '#GETTING_DATA']]);
  });

  it.each([
    ['a password', { Workbook: [GLOBALS[0], [0x2f, [0, 0]], [0x0a, []]] }, 'workbook-locked'],
    ['a package with a password', { EncryptedPackage: [[0, [1]]] }, 'workbook-locked'],
    ['Excel 95', { Book: [[0x809, [0, 5, 5, 0]]] }, 'file-packed'],
    ['the version of Excel 95', { Workbook: [[0x809, [0, 5, 5, 0]]] }, 'file-packed'],
    ['a text document', { WordDocument: [[0, [1]]] }, 'file-packed'],
    ['no beginning', { Workbook: [[0x0a, []]] }, 'workbook-damaged'],
    ['a sheet that is not there', { Workbook: GLOBALS }, 'workbook-damaged'],
  ] as const)('with %s has the right finding', async (_, streams, code) => {
    expect(await codesOf(compound(streams as Streams))).toEqual([code]);
  });
});

type BiffData = readonly [type: number, data: readonly number[]];
type Streams = Readonly<Record<string, readonly BiffData[]>>;

/** The beginning of a workbook with one sheet. The records of the sheet follow immediately. */
const GLOBALS = [
  [0x809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  [0x85, [41, 0, 0, 0, 0, 0, 5, 0, ...Buffer.from('Calls')]],
  [0x0a, []],
] as const satisfies readonly BiffData[];

function sheetOf(records: readonly BiffData[]): BiffData[] {
  return [[0x809, [0, 6, 0x10, 0]], ...records, [0x0a, []]];
}

function cellAt(row: number, column: number): number[] {
  return [row, 0, column, 0, 0, 0];
}

function label(row: number, column: number, text: string): BiffData {
  return [0x204, [...cellAt(row, column), text.length, 0, 0, ...Buffer.from(text)]];
}

/** The part of SheetJS that writes compound files. The types of SheetJS lack this part. */
const CFB = XLSX.CFB as {
  readonly utils: {
    cfb_new(): object;
    cfb_add(file: object, path: string, content: Buffer): void;
  };
  write(file: object, options: { readonly type: 'buffer' }): Buffer;
};

/** Returns a compound file with streams of records. */
function compound(streams: Streams): Buffer {
  const file = CFB.utils.cfb_new();
  for (const [name, records] of Object.entries(streams)) {
    const bytes = records.map(([type, data]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(type, 0);
      head.writeUInt16LE(data.length, 2);
      return Buffer.concat([head, Buffer.from(data)]);
    });
    CFB.utils.cfb_add(file, `/${name}`, Buffer.concat(bytes));
  }
  return CFB.write(file, { type: 'buffer' });
}

describe('an .ods spreadsheet', () => {
  const ods = async (rows: string, more: Readonly<Record<string, string>> = {}) =>
    await zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d"><office:body><office:spreadsheet><table:table table:name="Calls">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
      ...more,
    });
  const row = (...cells: string[]): string =>
    `<table:table-row>${cells.join('')}</table:table-row>`;
  const cell = (text: string, attributes = ''): string =>
    `<table:table-cell ${attributes}>${text}</table:table-cell>`;
  const p = (text: string): string => `<text:p>${text}</text:p>`;

  it('may have repeated cells and rows, comments, and texts in several parts', async () => {
    const bytes = await ods(
      row(cell(p('ClientId')), cell(p('b'), 'table:number-columns-repeated="2"')) +
        `<table:table-row table:number-rows-repeated="2">${cell(p('1'))}${cell('', 'table:number-columns-repeated="16000"')}</table:table-row>` +
        row(
          cell(
            `<office:annotation>${p('a comment')}</office:annotation>${p('x<text:s text:c="2"/>y<text:span>z</text:span><text:tab/>t')}${p('2')}`,
          ),
          cell(p('shown'), 'office:value-type="time" office:time-value="PT25H01M02S"'),
          cell(
            p('26'),
            'office:value-type="date" office:date-value="2026-11-10T10:00:01.000000000"',
          ),
        ) +
        `<table:table-row table:number-rows-repeated="1000000">${cell('')}</table:table-row>`,
    );
    expect(await ours(bytes)).toEqual([
      ['ClientId', 'b', 'b'],
      ['1', '', ''],
      ['1', '', ''],
      ['x  yz\tt\n2', '25:01:02', '2026-11-10 10:00:01'],
    ]);
  });

  it('has hidden rows and columns if groups of them are folded', async () => {
    const call = row(cell(p('13359124764096645812')), cell(p('1794900000')));
    const open = `<table:table-row-group>${call}</table:table-row-group>`;
    const folded = `<table:table-row-group table:display="false"><table:table-row-group>${call}</table:table-row-group>${call}</table:table-row-group>`;
    const columns =
      '<table:table-column/><table:table-column-group table:display="false"><table:table-column/></table:table-column-group>';
    const header = row(cell(p('ClientId')), cell(p('DateTime')));
    const bytes = await ods(columns + header + open + folded + call);
    const { validation } = await validateCalls([bytes]);
    const hidden = validation.findings.find(({ code }) => code === 'cells-hidden');
    expect(hidden?.message).toContain('has 2 hidden rows and 1 hidden column;');
  });

  it('is reported if it has a million repeated cells, a password or damage', async () => {
    const header = row(cell(p('ClientId')));
    const many = `<table:table-row table:number-rows-repeated="1000001">${cell(p('1'))}</table:table-row>`;
    expect(await codesOf(await ods(header + many))).toEqual(['workbook-excess']);
    const manifest = '<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>';
    const locked = await ods('', { 'META-INF/manifest.xml': manifest });
    expect(await codesOf(locked)).toEqual(['workbook-locked']);
    const cut = await ods('<table:table-row>', { 'content.xml': '<a><b>' });
    expect(await codesOf(cut)).toEqual(['workbook-damaged']);
  });
});
