// Reads a workbook row by row with exceljs, as a stream. Only counts the rows.
import ExcelJS from 'exceljs';

let rows = 0;
const options = { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit' };
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(process.argv[2], options)) {
  for await (const row of sheet) rows += row.number > 0 ? 1 : 0;
}
console.log(rows);
