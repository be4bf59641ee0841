/** Where a finding stands in a workbook, as spreadsheets write it. */
import type { Finding } from '../../../calls/findings/finding.ts';

/** Names that need no quotes before the exclamation mark. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** @returns `Calls!C7`, or `Calls!7:7` for a whole row; `undefined` outside a workbook */
export function cellPlace({ sheet, cell, line }: Finding): string | undefined {
  if (sheet === undefined || line === null) return undefined;
  const name = PLAIN.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  return `${name}!${cell ?? `${String(line)}:${String(line)}`}`;
}
