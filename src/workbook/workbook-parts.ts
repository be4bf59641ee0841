/** What a workbook consists of: its sheets in their order, and where strings and formats stand. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { attribute, readXml } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** One sheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  /** The part that holds its cells; `undefined` for a sheet of charts, of dialogs or of old macros. */
  readonly part: string | undefined;
  readonly isHidden: boolean;
}

/** Where everything stands in the archive of a workbook. */
export interface WorkbookParts {
  readonly sheets: readonly SheetEntry[];
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  /** Whether days are counted from 1904 on, as on old Macintoshes. */
  readonly isFrom1904: boolean;
}

interface Relationship {
  /** The last word of its type. */
  readonly type: string;
  readonly target: string;
}

const USUAL_PLACE = 'xl/workbook.xml';

/**
 * Reads the list of sheets and what belongs to them.
 *
 * Follows ECMA-376, part 1, 9.2 (relationships) and 18.2 (workbook).
 *
 * @throws UnreadableFile `workbook-damaged` when there is no such list
 */
export async function readWorkbookParts(zip: ZipArchive): Promise<WorkbookParts> {
  const roots = await relationshipsOf(zip, '');
  const root = [...roots.values()].find(({ type }) => type === 'officeDocument');
  const workbook = root?.target ?? USUAL_PLACE;
  const relationships = await relationshipsOf(zip, workbook);
  const targetOf = (type: string): string | undefined =>
    [...relationships.values()].find((one) => one.type === type)?.target;
  const sheets: SheetEntry[] = [];
  let isFrom1904 = false;
  await readXml(zip.bytes(workbook), workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') isFrom1904 = isTrue(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const relationship = relationships.get(attribute(attributes, 'id') ?? '');
      const isOfCells = relationship?.type === 'worksheet';
      sheets.push({
        name: attribute(attributes, 'name') ?? '',
        part: isOfCells ? relationship.target : undefined,
        isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (sheets.length === 0) throw new UnreadableFile('workbook-damaged', { part: workbook });
  return { sheets, strings: targetOf('sharedStrings'), styles: targetOf('styles'), isFrom1904 };
}

/** @param part whose relationships are read; the empty name stands for the whole archive */
async function relationshipsOf(
  zip: ZipArchive,
  part: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const list = `${folder}_rels/${part.slice(slash)}.rels`;
  const relationships = new Map<string, Relationship>();
  if (!zip.has(list)) return relationships;
  await readXml(zip.bytes(list), list, {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const type = attribute(attributes, 'Type') ?? '';
      relationships.set(attribute(attributes, 'Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: placeOf(attribute(attributes, 'Target') ?? '', folder),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relationships;
}

/** The place of a target in the archive: from its top, or from the folder of what names it. */
function placeOf(target: string, folder: string): string {
  const path = target.replaceAll('\\', '/');
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
