/** Finds the parts of a workbook: the sheets in order, the shared strings and the formats. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { isSet } from './row-elements.ts';
import { excess, LIMITS } from './workbook-limits.ts';
import { attribute, readXml } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** One entry in the list of sheets of a workbook. */
interface SheetEntry {
  readonly name: string;
  /**
   * The path of the part with the cells; `undefined` for a chart sheet, a dialog sheet or a sheet
   * of old macros.
   */
  readonly part: string | undefined;
  readonly isHidden: boolean;
}

/** The paths of the parts in the archive of a workbook. */
export interface WorkbookParts {
  readonly sheets: readonly SheetEntry[];
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  /** Whether the workbook counts days from 1904, as old Macintoshes did. */
  readonly isFrom1904: boolean;
}

interface Relationship {
  /** The last word of the relationship type, for example `worksheet`. */
  readonly type: string;
  readonly target: string;
}

const USUAL_PATH = 'xl/workbook.xml';

/**
 * Reads the list of sheets, and the paths of the shared strings and formats.
 *
 * Follows ECMA-376, part 1, 9.2 (relationships) and 18.2 (workbook).
 *
 * @throws UnreadableFile `workbook-damaged` if there is no list of sheets
 */
export async function readWorkbookParts(zip: ZipArchive): Promise<WorkbookParts> {
  const roots = await relationshipsOf(zip, '');
  const root = [...roots.values()].find(({ type }) => type === 'officeDocument');
  const workbook = root?.target ?? USUAL_PATH;
  const relationships = await relationshipsOf(zip, workbook);
  const targetOf = (type: string): string | undefined =>
    [...relationships.values()].find((one) => one.type === type)?.target;
  const sheets: SheetEntry[] = [];
  let isFrom1904 = false;
  await readXml(zip.bytes(workbook), workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') isFrom1904 = isSet(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      if (sheets.length >= LIMITS.sheets) throw excess('sheets');
      const relationship = relationships.get(attribute(attributes, 'id') ?? '');
      const isWorksheet = relationship?.type === 'worksheet';
      sheets.push({
        name: attribute(attributes, 'name') ?? '',
        part: isWorksheet ? relationship.target : undefined,
        isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (sheets.length === 0) throw new UnreadableFile('workbook-damaged', { part: workbook });
  return { sheets, strings: targetOf('sharedStrings'), styles: targetOf('styles'), isFrom1904 };
}

/**
 * Reads the relationships of a part.
 *
 * @param part the path of the part with the relationships; '' for the whole archive
 */
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
      if (relationships.size >= LIMITS.relationships) throw excess('relationships');
      const type = attribute(attributes, 'Type') ?? '';
      relationships.set(attribute(attributes, 'Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: pathOf(attribute(attributes, 'Target') ?? '', folder),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relationships;
}

/** Returns the path of a target in the archive. A relative target is relative to `folder`. */
function pathOf(target: string, folder: string): string {
  const path = target.replaceAll('\\', '/');
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
