/** Creates workbooks part by part, as a program would write them. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { type Content, openContent } from '../../src/content/open-content.ts';
import { LocalFile } from '../../src/files/local-file.ts';
import { temporaryFolder } from './run.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The contents of a workbook. */
export interface WorkbookOf {
  /**
   * The sheets. The key is the name of the sheet. The value is the text between the tags of
   * `sheetData`, or the XML of the whole part.
   */
  readonly sheets: Readonly<Record<string, string>>;
  readonly strings?: readonly string[];
  /** The codes of number formats. Cells refer to them by their index, from 1. */
  readonly formats?: readonly string[];
  readonly properties?: string;
  /**
   * More parts of the archive. If the fields above create a part with the same name, the part here
   * replaces that part.
   */
  readonly parts?: Readonly<Record<string, string | Buffer | undefined>>;
}

/** Returns the bytes of a zip archive. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const blocks: Buffer[] = [];
  zip.outputStream.on('data', (block: Buffer) => blocks.push(block));
  await once(zip.outputStream, 'end');
  return Buffer.concat(blocks);
}

/** Returns the bytes of a workbook. */
export async function workbookOf(workbook: WorkbookOf): Promise<Buffer> {
  const names = Object.keys(workbook.sheets);
  const parts: Record<string, string | Buffer | undefined> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${workbook.properties ?? ''}<sheets>${names
      .map(
        (name, at) =>
          `<sheet name="${name}" sheetId="${String(at + 1)}" r:id="rId${String(at + 1)}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...names.map(
        (_, at) =>
          [`rId${String(at + 1)}`, 'worksheet', `worksheets/sheet${String(at + 1)}.xml`] as const,
      ),
      ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdF', 'styles', 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${(workbook.strings ?? []).map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': styles(workbook.formats ?? []),
    ...Object.fromEntries(
      Object.values(workbook.sheets).map((sheet, at) => [
        `xl/worksheets/sheet${String(at + 1)}.xml`,
        sheet.startsWith('<?xml')
          ? sheet
          : `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
      ]),
    ),
    ...workbook.parts,
  };
  return await zipOf(
    Object.fromEntries(
      Object.entries(parts).flatMap(([name, content]) =>
        content === undefined ? [] : [[name, content] as const],
      ),
    ),
  );
}

function relationships(
  list: readonly (readonly [id: string, type: string, target: string])[],
): string {
  return `${XML}<Relationships xmlns="${PACKAGE}">${list
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;
}

function styles(codes: readonly string[]): string {
  const quoted = (code: string): string => code.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${codes
    .map((code, at) => `<numFmt numFmtId="${String(164 + at)}" formatCode="${quoted(code)}"/>`)
    .join(
      '',
    )}</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${codes
    .map((_, at) => `<xf numFmtId="${String(164 + at)}"/>`)
    .join('')}</cellXfs></styleSheet>`;
}

/**
 * Returns a row of a sheet. Each cell is XML, for example `<v>1</v>`. Attributes and a `|` can come
 * before the XML: `t="s"|<v>0</v>`.
 */
export function row(number: number, ...cells: readonly string[]): string {
  const written = cells.map((cell, at) => {
    const [attributes = '', content] = cell.includes('|') ? cell.split('|') : ['', cell];
    const place = `r="${String.fromCharCode(65 + at)}${String(number)}"`;
    return content === ''
      ? `<c ${place}/>`
      : `<c ${place}${attributes === '' ? '' : ` ${attributes}`}>${content ?? ''}</c>`;
  });
  return `<row r="${String(number)}">${written.join('')}</row>`;
}

/** Returns a cell with an inline string. */
export function text(value: string): string {
  return `t="inlineStr"|<is><t>${value}</t></is>`;
}

/** Opens a workbook. Returns its CSV, and the facts about the sheet. */
export async function csvOf(
  bytes: Buffer,
  wish: {
    readonly sheet?: string;
    readonly names?: readonly string[];
    readonly headerRow?: number;
  } = {},
): Promise<{ readonly csv: string; readonly content: Content }> {
  const path = join(temporaryFolder(), 'calls.xlsx');
  writeFileSync(path, bytes);
  const file = LocalFile.open(path);
  try {
    const content = await openContent(file, {
      sheet: wish.sheet,
      headerRow: wish.headerRow,
      isKnownName: (name) => (wish.names ?? ['ClientId', 'DateTime', 'Tag']).includes(name),
    });
    const blocks: Buffer[] = [];
    for await (const block of content.blocks()) blocks.push(Buffer.from(block));
    return { csv: Buffer.concat(blocks).toString('utf8'), content };
  } finally {
    file.close();
  }
}
