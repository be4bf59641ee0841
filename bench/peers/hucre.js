// Reads a workbook row by row with hucre. Only counts the rows.
import { readFileSync } from 'node:fs';
import { streamXlsxRows } from 'hucre';

let rows = 0;
for await (const row of streamXlsxRows(readFileSync(process.argv[2])))
  rows += row === undefined ? 0 : 1;
console.log(rows);
