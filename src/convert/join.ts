/** Reads who has which phone number out of another file. */
import { damageOf } from '../calls/check/file-findings.ts';
import { columnNamed, IDENTIFIER_COLUMNS } from '../calls/columns/columns.ts';
import { detectTable, type OpenBytes, tableRecords } from '../csv/table.ts';
import { Failure } from '../failure.ts';
import { convertPhoneNumber, type PhoneRegion } from './phone.ts';
import type { Identifiers } from './recipe.ts';

/**
 * Reads who has which phone number, for instance out of a CRM: a CSV file with the column
 * PhoneNumber and one or more of UserId, ClientId and Yclid. It is kept in memory. When a number
 * stands there twice, the later line counts.
 *
 * @param name the file, for the error message
 * @throws Failure `join-unfit` (exit 2) when one of the columns is missing, `join-damaged` (exit 3) when a
 *   record cannot be read for certain
 */
export async function readIdentifiers(
  open: OpenBytes,
  region: PhoneRegion | undefined,
  name: string,
): Promise<ReadonlyMap<string, Identifiers>> {
  const form = await detectTable(open, {}, (column) => columnNamed(column) !== undefined);
  const byPhone = new Map<string, Identifiers>();
  let columns: (string | undefined)[] | undefined;
  for await (const records of tableRecords(open, form)) {
    for (const { fields, line, suspect, problem } of records) {
      const damage = damageOf(fields, suspect, problem);
      if (damage !== undefined) throw new Failure('join-damaged', { name, line, damage });
      if (columns !== undefined && fields.length !== columns.length) {
        throw new Failure('join-damaged', { name, line, damage: 'field-count' });
      }
      if (columns === undefined) {
        columns = fields.map((cell) => columnNamed(cell.trim())?.name);
        refuseUnfit(columns, name);
        continue;
      }
      const phone = convertPhoneNumber(fields[columns.indexOf('PhoneNumber')] ?? '', region);
      const identifiers: Record<string, string> = {};
      for (const column of IDENTIFIER_COLUMNS) {
        const value = fields[columns.indexOf(column)]?.trim() ?? '';
        if (value !== '') identifiers[column] = value;
      }
      if (phone !== '' && Object.keys(identifiers).length > 0) byPhone.set(phone, identifiers);
    }
  }
  return byPhone;
}

function refuseUnfit(columns: readonly (string | undefined)[], name: string): void {
  if (columns.includes('PhoneNumber') && IDENTIFIER_COLUMNS.some((one) => columns.includes(one)))
    return;
  throw new Failure('join-unfit', { name, identifiers: IDENTIFIER_COLUMNS });
}
