/** Says where in a workbook a finding is. Uses the notation of spreadsheets. */
import type { Finding } from '../../../calls/findings/finding.ts';

/** Matches a sheet name that needs no quotes in a reference. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** @returns `Calls!C7`, or `Calls!7:7` for a whole row; `undefined` without a sheet or a line */
export function cellPlace({ sheet, cell, line }: Finding): string | undefined {
  if (sheet === undefined || line === null) return undefined;
  const name = PLAIN.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  return `${name}!${cell ?? `${String(line)}:${String(line)}`}`;
}
