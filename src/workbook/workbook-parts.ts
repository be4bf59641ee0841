/** Finds the parts of a workbook: its sheets in order, its shared strings and its formats. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { isSet } from './row-elements.ts';
import { attribute, readXml } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** One sheet, as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  /** The part with its cells; `undefined` for a sheet of charts, dialogs or old macros. */
  readonly part: string | undefined;
  readonly isHidden: boolean;
}

/** The paths of the parts in the archive of a workbook. */
export interface WorkbookParts {
  readonly sheets: readonly SheetEntry[];
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  /** Whether days count from 1904, as on old Macintoshes. */
  readonly isFrom1904: boolean;
}

interface Relationship {
  /** The last word of its type. */
  readonly type: string;
  readonly target: string;
}

const USUAL_PATH = 'xl/workbook.xml';

/**
 * Reads the list of sheets, and the paths of strings and formats.
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

/** @param part the part whose relationships to read; '' for the whole archive */
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
        target: pathOf(attribute(attributes, 'Target') ?? '', folder),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relationships;
}

/**
 * Resolves the path of a target, absolute or relative to the folder of the part that refers to it.
 */
function pathOf(target: string, folder: string): string {
  const path = target.replaceAll('\\', '/');
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
