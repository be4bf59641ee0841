// Writes a workbook of calls as Excel writes it, with shared strings, cell references and formats.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

const NAMES = [
  'UserId',
  'ClientId',
  'Yclid',
  'DateTime',
  'StaticCall',
  'Price',
  'Currency',
  'PhoneNumber',
  'TalkDuration',
  'HoldDuration',
  'CallMissed',
  'Tag',
  'URL',
];
const SHARED = [...NAMES, 'RUB', 'отдел продаж', 'https://example.ru/landing'];
const [RUB, TAG, URL] = [NAMES.length, NAMES.length + 1, NAMES.length + 2];
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const BLOCK = 256 * 1024;

/**
 * Writes a workbook.
 *
 * @param {string} path the path of the file
 * @param {number} rows the number of calls
 * @param {number} clients the number of different ClientIds; each ClientId is a shared string
 */
export async function writeWorkbook(path, rows, clients) {
  const zip = new ZipFile();
  const part = (name, text) => zip.addBuffer(Buffer.from(`${XML}${text}`), name);
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  part(
    '[Content_Types].xml',
    `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${sheetType}.sharedStrings+xml"/></Types>`,
  );
  part(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  part(
    'xl/workbook.xml',
    `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="Calls" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  );
  zip.addReadStream(Readable.from(blocks(strings(clients))), 'xl/sharedStrings.xml');
  zip.addReadStream(Readable.from(blocks(sheet(rows, clients))), 'xl/worksheets/sheet1.xml');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

function* blocks(pieces) {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    yield Buffer.from(block);
    block = '';
  }
  yield Buffer.from(block);
}

function* strings(clients) {
  yield `${XML}<sst ${MAIN} count="1" uniqueCount="1">`;
  for (const text of SHARED) yield `<si><t>${text}</t></si>`;
  for (let at = 0; at < clients; at += 1) {
    yield `<si><t>16330248001${String(12_345_678 + at * 79)}</t></si>`;
  }
  yield '</sst>';
}

function* sheet(rows, clients) {
  yield `${XML}<worksheet ${MAIN}><sheetData><row r="1" spans="1:13">`;
  for (let at = 0; at < NAMES.length; at += 1) yield shared(place(at, 1), at);
  yield '</row>';
  const first = Math.floor(Date.now() / 1000) - 700_000;
  for (let at = 0; at < rows; at += 1) {
    const row = at + 2;
    const number = (column, value) => `<c r="${place(column, row)}"><v>${value}</v></c>`;
    yield [
      `<row r="${row}" spans="1:13" x14ac:dyDescent="0.25">`,
      `<c r="A${row}" s="1"/>`,
      shared(`B${row}`, SHARED.length + (at % clients)),
      `<c r="C${row}" s="1"/>`,
      number(3, first + (at % 600_000)),
      number(4, 0),
      number(5, `${1000 + (at % 977)}.5`),
      shared(`G${row}`, RUB),
      `<c r="H${row}" t="inlineStr"><is><t>+7916${1_000_000 + (at % 8_999_999)}</t></is></c>`,
      number(8, at % 600),
      number(9, at % 60),
      number(10, 0),
      shared(`L${row}`, TAG),
      shared(`M${row}`, URL),
      '</row>',
    ].join('');
  }
  yield '</sheetData></worksheet>';
}

const place = (column, row) => `${String.fromCharCode(65 + column)}${row}`;
const shared = (where, index) => `<c r="${where}" t="s"><v>${index}</v></c>`;
