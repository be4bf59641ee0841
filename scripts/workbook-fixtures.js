// Writes the workbooks in fixtures: one with calls in the format of the service, and one like an
// analyst's export.
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';
import { ROOT } from './bundle-sources.js';

const MADE = new Date(Date.UTC(2026, 10, 18));

async function write(name, sheets) {
  const workbook = new ExcelJS.Workbook();
  workbook.created = MADE;
  workbook.modified = MADE;
  for (const { title, rows, formats = {} } of sheets) {
    const sheet = workbook.addWorksheet(title);
    for (const row of rows) sheet.addRow(row);
    for (const [column, format] of Object.entries(formats)) {
      sheet.getColumn(Number(column)).numFmt = format;
    }
  }
  await workbook.xlsx.writeFile(`${ROOT}/fixtures/${name}`);
}

const { data } = Papa.parse(readFileSync(`${ROOT}/fixtures/calls.csv`, 'utf8').trimEnd());
const [header, ...records] = data;
const isNumber = (column) => ['DateTime', 'Price', 'TalkDuration', 'HoldDuration'].includes(column);
await write('calls.xlsx', [
  { title: 'Report', rows: [['Calls in November']] },
  {
    title: 'Calls',
    rows: [
      header,
      ...records.map((record) =>
        record.map((text, at) => (text !== '' && isNumber(header[at]) ? Number(text) : text)),
      ),
    ],
  },
]);

const at = (day, hour, minute, second) => new Date(Date.UTC(2026, 10, day, hour, minute, second));
const lasting = (seconds) => seconds / 86_400;
await write('exports/звонки.xlsx', [
  {
    title: 'Звонки',
    formats: { 1: 'dd.mm.yyyy hh:mm:ss', 4: 'hh:mm:ss' },
    rows: [
      ['Дата звонка', 'Телефон', 'ClientID Метрики', 'Длительность', 'Сумма', 'Менеджер'],
      [at(16, 9, 12, 33), 79160123401, '1481718166123456789', lasting(41), 1250.5, 'Анна'],
      [at(16, 9, 40, 2), '8 (916) 012-34-02', '1481718166123456790', lasting(0), null, 'Пётр'],
      [at(17, 18, 5, 0), '+7 916 012-34-03', '1481718166123456791', lasting(136), 900, 'Анна'],
    ],
  },
]);
