// hucre reads a workbook row by row and does nothing with it.
import { readFileSync } from 'node:fs';
import { streamXlsxRows } from 'hucre';

let rows = 0;
for await (const row of streamXlsxRows(readFileSync(process.argv[2])))
  rows += row === undefined ? 0 : 1;
console.log(rows);
