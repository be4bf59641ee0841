/** Files of each format with far too much of one thing, and good files to compare them with. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ZipFile } from 'yazl';
import { recently } from './calls.ts';
import { OLD_WORKBOOKS } from './excess-xls.ts';

/** The text of a part, in pieces that are made while they are written. */
type Pieces = string | Iterable<string>;

/** A file that is made when it is needed. */
export interface ExcessFile {
  readonly name: string;
  readonly bytes: () => Promise<Buffer>;
}

/** Repeats a text. Joins short texts to pieces of about a megabyte. */
function* times(count: number, text: string | ((at: number) => string)): Iterable<string> {
  const each = typeof text === 'string' ? () => text : text;
  let piece = '';
  for (let at = 0; at < count; at += 1) {
    piece += each(at);
    if (piece.length < 1_000_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* joined(...parts: readonly Pieces[]): Iterable<string> {
  for (const part of parts) {
    if (typeof part === 'string') yield part;
    else yield* part;
  }
}

function bufferOf(text: string): Promise<Buffer> {
  return Promise.resolve(Buffer.from(text));
}

function streamOf(pieces: Pieces): Readable {
  const list = typeof pieces === 'string' ? [pieces] : pieces;
  return Readable.from(
    (function* () {
      for (const piece of list) yield Buffer.from(piece);
    })(),
  );
}

/** Packs a text with gzip. */
async function gzipOf(pieces: Pieces): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const packing = streamOf(pieces).pipe(createGzip({ level: 9 }));
  packing.on('data', (block: Buffer) => blocks.push(block));
  await once(packing, 'end');
  return Buffer.concat(blocks);
}

/** Packs parts into a zip archive. */
async function zipOfPieces(parts: Readonly<Record<string, Pieces>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, pieces] of Object.entries(parts)) {
    if (pieces === '') zip.addBuffer(Buffer.alloc(0), name, { compress: false });
    else zip.addReadStream(streamOf(pieces), name, { compressionLevel: 9 });
  }
  zip.end();
  const blocks: Buffer[] = [];
  zip.outputStream.on('data', (block: Buffer) => blocks.push(block));
  await once(zip.outputStream, 'end');
  return Buffer.concat(blocks);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

interface Xlsx {
  readonly sheetData?: Pieces;
  /** The part of a sheet before and after the rows. */
  readonly before?: Pieces;
  readonly after?: Pieces;
  /** The text between the tags of `sst`. */
  readonly strings?: Pieces;
  /** The text between the tags of `styleSheet`. */
  readonly styles?: Pieces;
  /** The entries of the list of sheets. */
  readonly sheets?: Pieces;
  readonly relationships?: Pieces;
  readonly parts?: Readonly<Record<string, Pieces>>;
}

const HEADER = cells('1', ['ClientId', 'DateTime', 'Tag']);
const CALL = (row: string): string =>
  `<row r="${row}"><c r="A${row}"><v>14817181661234</v></c><c r="B${row}"><v>${String(recently())}</v></c></row>`;

function cells(row: string, texts: readonly string[]): string {
  const written = texts.map(
    (text, at) =>
      `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}">${written.join('')}</row>`;
}

/** Returns rows with a cell in column A and another one far to the right. */
function rowsOfTwoCells(count: number, column: string): Iterable<string> {
  return times(count, (at) => {
    const row = String(at + 2);
    return `<row r="${row}"><c r="A${row}"><v>1</v></c><c r="${column}${row}"><v>1</v></c></row>`;
  });
}

function sheetEntry(at: number, id = at): string {
  return `<sheet name="Sheet ${String(at)}" sheetId="${String(at)}" r:id="rId${String(id)}"/>`;
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

/** Returns a workbook with one sheet of calls. Each part can be replaced. */
async function xlsxOf(own: Xlsx): Promise<Buffer> {
  return await zipOfPieces({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relationship('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': joined(
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`,
      own.sheets ?? sheetEntry(1),
      '</sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': joined(
      `<Relationships xmlns="${PACKAGE}">`,
      relationship('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relationship('rIdS', 'sharedStrings', 'sharedStrings.xml'),
      relationship('rIdF', 'styles', 'styles.xml'),
      own.relationships ?? '',
      '</Relationships>',
    ),
    'xl/sharedStrings.xml': joined(`<sst xmlns="${MAIN}">`, own.strings ?? '', '</sst>'),
    'xl/styles.xml': joined(`<styleSheet xmlns="${MAIN}">`, own.styles ?? '', '</styleSheet>'),
    'xl/worksheets/sheet1.xml': joined(
      `<worksheet xmlns="${MAIN}">`,
      own.before ?? '',
      '<sheetData>',
      own.sheetData ?? joined(HEADER, CALL('2')),
      '</sheetData>',
      own.after ?? '',
      '</worksheet>',
    ),
    ...own.parts,
  });
}

const ODS =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"';
const ODS_HEADER = odsRow(['ClientId', 'DateTime', 'Tag']);

function odsRow(texts: readonly string[]): string {
  return `<table:table-row>${texts.map((one) => `<table:table-cell office:value-type="string"><text:p>${one}</text:p></table:table-cell>`).join('')}</table:table-row>`;
}

/** Returns an OpenDocument spreadsheet. */
async function odsOf(tables: Pieces, styles: Pieces = ''): Promise<Buffer> {
  return await zipOfPieces({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': joined(
      `<office:document-content ${ODS}><office:automatic-styles>`,
      styles,
      '</office:automatic-styles><office:body><office:spreadsheet>',
      tables,
      '</office:spreadsheet></office:body></office:document-content>',
    ),
  });
}

function odsTable(...rows: readonly Pieces[]): Iterable<string> {
  return joined('<table:table table:name="Calls">', ...rows, '</table:table>');
}

const CSV = 'ClientId,DateTime,Tag\n';
const ROW = `14817181661234,${String(recently())},north\n`;
const MILLION = 1_000_000;

/** Returns the column `A`, `B`, … `XFD` with this number, from 0. */
function letters(at: number): string {
  return at < 26
    ? String.fromCharCode(65 + at)
    : letters(Math.floor(at / 26) - 1) + letters(at % 26);
}

const gz = (name: string, pieces: () => Pieces): ExcessFile => ({
  name: `${name}.csv.gz`,
  bytes: () => gzipOf(pieces()),
});
const zip = (name: string, parts: () => Readonly<Record<string, Pieces>>): ExcessFile => ({
  name: `${name}.zip`,
  bytes: () => zipOfPieces(parts()),
});
const xlsx = (name: string, own: () => Xlsx): ExcessFile => ({
  name: `${name}.xlsx`,
  bytes: () => xlsxOf(own()),
});
const ods = (name: string, tables: () => Pieces, styles?: () => Pieces): ExcessFile => ({
  name: `${name}.ods`,
  bytes: () => odsOf(tables(), styles?.()),
});

/** An archive with very many empty entries, beside the files that it would need. */
async function zipWithEmptyEntries(count: number, more: Readonly<Record<string, Pieces>>) {
  return await zipOfPieces({
    ...more,
    ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`e/${String(at)}`, ''])),
  });
}

const table = (rows: Pieces): Iterable<string> =>
  joined(
    '<html><table><tr><th>ClientId</th><th>DateTime</th><th>Tag</th></tr>',
    rows,
    '</table></html>',
  );

function numberedRow(at: number): string {
  return `<row r="${String(at + 1)}"/>`;
}

/** The files with far too much of one thing. */
export const EXCESS: readonly ExcessFile[] = [
  gz('letters', () => joined(CSV, times(150, 'a'.repeat(MILLION)))),
  gz('rows-at-334-to-1', () => joined(CSV, times(4 * MILLION, ROW))),
  gz('line-feeds', () => joined(CSV, times(150, '\n'.repeat(MILLION)))),
  gz('one-quoted-cell', () => joined(CSV, '"', times(150, 'a'.repeat(MILLION)))),
  gz('commas', () => joined(CSV, times(150, ','.repeat(MILLION)))),
  gz('wide-header', () => times(10 * MILLION, (at) => `c${String(at % 10)},`)),
  gz('json-string', () => joined('[{"ClientId":"', times(150, 'a'.repeat(MILLION)), '"}]')),
  gz('json-deep', () => times(50, '['.repeat(MILLION))),
  gz('json-spaces', () => joined('[', times(150, ' '.repeat(MILLION)), ']')),
  gz('html-tag', () => joined('<html><table x="', times(150, 'a'.repeat(MILLION)), '">')),
  gz('html-rows', () => table(times(5 * MILLION, '<tr></tr>'))),
  zip('letters', () => ({ 'calls.csv': joined(CSV, times(150, 'a'.repeat(MILLION))) })),
  zip('line-feeds', () => ({ 'calls.csv': joined(CSV, times(150, '\n'.repeat(MILLION))) })),
  zip('json-objects', () => ({ 'calls.json': joined('[', times(20 * MILLION, '{},'), '{}]') })),
  zip('html-tables', () => ({
    'report.html': times(2 * MILLION, '<table><tr><td>1</td></tr></table>'),
  })),
  { name: 'entries.zip', bytes: () => zipWithEmptyEntries(25_000, { 'calls.csv': CSV + ROW }) },
  {
    name: 'entries.xlsx',
    bytes: async () => {
      const parts = Object.fromEntries(
        Array.from({ length: 25_000 }, (_, at) => [`e/${String(at)}`, '']),
      );
      return await xlsxOf({ parts });
    },
  },
  xlsx('one-string-in-all-cells', () => ({
    strings: joined('<si><t>', times(3, 'a'.repeat(MILLION)), '</t></si>'),
    sheetData: joined(
      HEADER,
      times(
        19_998,
        (at) => `<row r="${String(at + 2)}"><c r="C${String(at + 2)}" t="s"><v>0</v></c></row>`,
      ),
    ),
  })),
  xlsx('one-string-in-all-headings', () => ({
    strings: `<si><t>${'a'.repeat(300_000)}</t></si>`,
    sheetData: joined(
      '<row r="1">',
      times(900, (at) => `<c r="${letters(at)}1" t="s"><v>0</v></c>`),
      '</row>',
      CALL('2'),
    ),
  })),
  xlsx('one-string-in-one-row', () => ({
    strings: `<si><t>${'a'.repeat(MILLION)}</t></si>`,
    sheetData: joined(
      HEADER,
      '<row r="2">',
      times(1000, (at) => `<c r="${letters(at)}2" t="s"><v>0</v></c>`),
      '</row>',
    ),
  })),
  xlsx('first-and-last-column', () => ({
    sheetData: joined(HEADER, rowsOfTwoCells(100_000, 'XFD')),
  })),
  xlsx('columns-to-the-limit', () => ({
    sheetData: joined(HEADER, rowsOfTwoCells(200_000, 'AMJ')),
  })),
  xlsx('blank-cells-in-a-row', () => ({
    sheetData: joined(
      '<row r="1">',
      times(16_000, (at) => `<c r="${letters(at)}1" t="inlineStr"><is><t> </t></is></c>`),
      '</row>',
      times(
        100,
        (at) =>
          `<row r="${String(at + 2)}">${[...times(16_000, (column) => `<c r="${letters(column)}${String(at + 2)}" t="inlineStr"><is><t> </t></is></c>`)].join('')}</row>`,
      ),
    ),
  })),
  xlsx('one-part-of-many-sheets', () => ({
    sheets: times(60, (at) => sheetEntry(at + 1, 1)),
    sheetData: times(1_048_576, numberedRow),
  })),
  xlsx('parts-of-blank-rows', () => ({
    sheets: times(12, (at) => sheetEntry(at + 1)),
    relationships: times(11, (at) =>
      relationship(`rId${String(at + 2)}`, 'worksheet', `worksheets/sheet${String(at + 2)}.xml`),
    ),
    sheetData: times(1_048_576, numberedRow),
    parts: Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [
        `xl/worksheets/sheet${String(at + 2)}.xml`,
        joined(
          `<worksheet xmlns="${MAIN}"><sheetData>`,
          times(1_048_576, numberedRow),
          '</sheetData></worksheet>',
        ),
      ]),
    ),
  })),
  xlsx('parts-of-blank-cells', () => ({
    sheets: times(12, (at) => sheetEntry(at + 1)),
    relationships: times(11, (at) =>
      relationship(`rId${String(at + 2)}`, 'worksheet', `worksheets/sheet${String(at + 2)}.xml`),
    ),
    sheetData: joined('<row r="1">', times(16_000, '<c/>'), '</row>'),
    parts: Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [
        `xl/worksheets/sheet${String(at + 2)}.xml`,
        joined(
          `<worksheet xmlns="${MAIN}"><sheetData>`,
          times(200, `<row>${'<c/>'.repeat(16_000)}</row>`),
          '</sheetData></worksheet>',
        ),
      ]),
    ),
  })),
  xlsx('sheet-names', () => ({ sheets: times(200_000, (at) => sheetEntry(at + 1, 1)) })),
  xlsx('sheets-without-part', () => ({ sheets: times(MILLION, (at) => sheetEntry(at + 1, 9)) })),
  xlsx('formats-of-cells', () => ({
    styles: joined('<cellXfs>', times(5 * MILLION, '<xf numFmtId="0"/>'), '</cellXfs>'),
  })),
  xlsx('format-codes', () => ({
    styles: joined(
      '<numFmts>',
      times(MILLION, (at) => `<numFmt numFmtId="${String(at)}" formatCode="dd.mm.yyyy"/>`),
      '</numFmts>',
    ),
  })),
  xlsx('long-format-code', () => ({
    styles: joined(
      '<numFmts>',
      times(100, (at) => `<numFmt numFmtId="${String(at)}" formatCode="${'['.repeat(MILLION)}"/>`),
      '</numFmts>',
    ),
  })),
  xlsx('empty-strings', () => ({ strings: times(10 * MILLION, '<si/>') })),
  xlsx('long-string', () => ({
    strings: joined('<si><t>', times(150, 'a'.repeat(MILLION)), '</t></si>'),
  })),
  xlsx('string-in-pieces', () => ({
    strings: joined('<si>', times(5 * MILLION, '<r><t>a</t></r>'), '</si>'),
  })),
  xlsx('long-inline-string', () => ({
    sheetData: joined(
      HEADER,
      '<row r="2"><c r="A2" t="inlineStr"><is><t>',
      times(150, 'a'.repeat(MILLION)),
      '</t></is></c></row>',
    ),
  })),
  xlsx('relationships', () => ({
    relationships: times(2 * MILLION, (at) => relationship(`x${String(at)}`, 'worksheet', 'a.xml')),
  })),
  xlsx('merged-ranges', () => ({
    after: joined(
      '<mergeCells>',
      times(3 * MILLION, (at) => `<mergeCell ref="A${String((at % 1000) + 2)}:B9000"/>`),
      '</mergeCells>',
    ),
  })),
  xlsx('hidden-columns', () => ({
    before: joined('<cols>', times(3 * MILLION, '<col min="1" max="9" hidden="1"/>'), '</cols>'),
  })),
  xlsx('attributes', () => ({
    before: joined(
      '<cols ',
      times(600_000, (at) => `a${String(at)}="1" `),
      '/>',
    ),
  })),
  xlsx('comment', () => ({ before: joined('<!--', times(150, ' '.repeat(MILLION)), '-->') })),
  xlsx('empty-elements', () => ({ before: times(10 * MILLION, '<x/>') })),
  ods('repeated-rows', () =>
    odsTable(
      ODS_HEADER,
      times(
        100,
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>',
      ),
    ),
  ),
  ods('repeated-long-text', () =>
    odsTable(
      ODS_HEADER,
      `<table:table-row table:number-rows-repeated="100000"><table:table-cell office:value-type="string"><text:p>${'a'.repeat(MILLION)}</text:p></table:table-cell></table:table-row>`,
    ),
  ),
  ods('repeated-columns', () =>
    odsTable(
      ODS_HEADER,
      times(
        100_000,
        '<table:table-row><table:table-cell table:number-columns-repeated="1024" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>',
      ),
    ),
  ),
  ods('tables', () =>
    times(20_000, '<table:table><table:table-row/><table:table-row/></table:table>'),
  ),
  ods(
    'hidden-styles',
    () => odsTable(ODS_HEADER),
    () =>
      times(
        200_000,
        (at) =>
          `<style:style style:name="s${String(at)}"><style:table-properties table:display="false"/></style:style>`,
      ),
  ),
  ods('paragraphs', () =>
    odsTable(
      ODS_HEADER,
      '<table:table-row><table:table-cell office:value-type="string">',
      times(5 * MILLION, '<text:p>a</text:p>'),
      '</table:table-cell></table:table-row>',
    ),
  ),
  ods('spaces', () =>
    odsTable(
      ODS_HEADER,
      '<table:table-row><table:table-cell office:value-type="string"><text:p>',
      times(3 * MILLION, '<text:s text:c="100"/>'),
      '</text:p></table:table-cell></table:table-row>',
    ),
  ),
  ods('column-groups', () =>
    odsTable(times(2 * MILLION, '<table:table-column table:visibility="collapse"/>')),
  ),
  ...Object.entries(OLD_WORKBOOKS).map(([name, make]) => ({
    name: `${name}.xls`,
    bytes: () => Promise.resolve(make()),
  })),
  {
    name: 'keys.json',
    bytes: () =>
      bufferOf(
        [
          ...joined(
            '[',
            times(300_000, (at) => `{"k${String(at)}":1},`),
            '{}]',
          ),
        ].join(''),
      ),
  },
  {
    name: 'keys-of-one.json',
    bytes: () =>
      bufferOf(
        [
          ...joined(
            '[{',
            times(300_000, (at) => `"k${String(at)}":1,`),
            '"a":1}]',
          ),
        ].join(''),
      ),
  },
  {
    name: 'lists.json',
    bytes: () =>
      bufferOf(
        [
          ...joined(
            '{',
            times(100_000, (at) => `"k${String(at)}":[{"ClientId":1}],`),
            '"a":1}',
          ),
        ].join(''),
      ),
  },
  {
    name: 'spans.html',
    bytes: () =>
      bufferOf(
        [
          ...table(times(3000, `<tr>${'<td rowspan=1000 colspan=1000>1</td>'.repeat(30)}</tr>`)),
        ].join(''),
      ),
  },
  {
    name: 'deep.html',
    bytes: () => bufferOf([...times(200_000, '<table><tr><td>')].join('')),
  },
  {
    name: 'deep-elements.html',
    bytes: () => bufferOf([...joined('<table><tr><td>', times(MILLION, '<b>'))].join('')),
  },
];

/** The maximum number of rows below the header in a sheet of Excel. */
const MOST_ROWS = 1_048_575;

/** Returns a good file of calls of about this packed size, in the format of an excess file. */
export async function goodFile(extension: string, size: number): Promise<Buffer> {
  const row = (at: number): string =>
    `${String(14_817_181_661_234 + at * 7919)},${String(recently() - ((at * 7919) % 900_000))},office ${String((at * 31) % 977)}\n`;
  if (extension === 'json') {
    const count = Math.ceil(size / 80);
    const object = (at: number): string => {
      const [id = '', time = '', tag = ''] = row(at).trim().split(',');
      return `{"ClientId":"${id}","DateTime":${time},"Tag":"${tag}"}`;
    };
    return Buffer.from(`[${Array.from({ length: count }, (_, at) => object(at)).join(',')}]`);
  }
  if (extension === 'html') {
    const rows = times(Math.ceil(size / 70), (at) => {
      const [id = '', time = '', tag = ''] = row(at).trim().split(',');
      return `<tr><td>${id}</td><td>${time}</td><td>${tag}</td></tr>`;
    });
    return Buffer.from([...table(rows)].join(''));
  }
  const count = Math.min(MOST_ROWS, Math.max(1, Math.ceil(size / 12)));
  // An old workbook is not packed, so its size is that of a CSV file.
  if (extension === 'xls') return Buffer.from([...joined(CSV, times(size / 40, row))].join(''));
  if (extension === 'xlsx') {
    return await xlsxOf({
      sheetData: joined(
        HEADER,
        times(count, (at) => {
          const [id = '', time = '', tag = ''] = row(at).trim().split(',');
          const place = String(at + 2);
          return `<row r="${place}"><c r="A${place}"><v>${id}</v></c><c r="B${place}"><v>${time}</v></c><c r="C${place}" t="inlineStr"><is><t>${tag}</t></is></c></row>`;
        }),
      ),
    });
  }
  if (extension === 'ods') {
    return await odsOf(
      odsTable(
        ODS_HEADER,
        times(count, (at) => odsRow(row(at).trim().split(','))),
      ),
    );
  }
  const rows = joined(CSV, times(count, row));
  return extension === 'zip' ? await zipOfPieces({ 'calls.csv': rows }) : await gzipOf(rows);
}
