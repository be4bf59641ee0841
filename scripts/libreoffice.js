// Checks that this program and LibreOffice read each other's workbooks: `npm run libreoffice`. `npm
// test` does not run this script, because it needs soffice.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { ROOT } from './bundle-sources.js';

const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-libreoffice-'));
const command = `${ROOT}/bin/metrika-calls.js`;
/** The export filter of one sheet: UTF-8, commas, and stored values instead of formatted ones. */
const CSV_OF_SHEET = (sheet) =>
  `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,${sheet}`;

function office(format, file) {
  const words = ['--headless', `-env:UserInstallation=file://${folder}/profile`];
  execFileSync('soffice', [...words, '--convert-to', format, '--outdir', folder, file], {
    stdio: 'ignore',
  });
}

function ours(words) {
  try {
    return execFileSync(process.execPath, [command, ...words], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return error.stdout;
  }
}

const rowsOf = (text) => Papa.parse(text.trimEnd()).data;
const faults = [];
function compare(what, found, expected) {
  const isSame = JSON.stringify(found) === JSON.stringify(expected);
  console.log(`${isSame ? 'ok  ' : 'FAIL'} ${what}`);
  if (!isSame) faults.push({ what, found, expected });
}

// LibreOffice and this program must read the same cells in our workbook.
copyFileSync(`${ROOT}/fixtures/calls.xlsx`, join(folder, 'calls.xlsx'));
office(CSV_OF_SHEET(2), join(folder, 'calls.xlsx'));
compare(
  'LibreOffice reads fixtures/calls.xlsx as we do',
  rowsOf(ours(['convert', join(folder, 'calls.xlsx')])),
  rowsOf(readFileSync(join(folder, 'calls-Calls.csv'), 'utf8')),
);

// After LibreOffice has saved the workbook, its calls and findings must be the same as before.
const before = ours(['convert', join(folder, 'calls.xlsx')]);
copyFileSync(join(folder, 'calls.xlsx'), join(folder, 'again.xlsx'));
office('ods', join(folder, 'again.xlsx'));
office('xlsx', join(folder, 'again.ods'));
compare('a workbook through LibreOffice', ours(['convert', join(folder, 'again.xlsx')]), before);

// A workbook with dates and durations must also keep its calls and findings.
const RECIPE = [
  ...['Дата звонка=DateTime', 'Телефон=PhoneNumber', 'ClientID Метрики=ClientId'],
  ...['Длительность=TalkDuration', 'Сумма=Price'],
].flatMap((pair) => ['--map', pair]);
const ZONE = ['--timezone', 'Europe/Moscow', '--default-region', 'RU', '--set', 'Currency=RUB'];
const analyst = `${ROOT}/fixtures/exports/звонки.xlsx`;
copyFileSync(analyst, join(folder, 'analyst.xlsx'));
office('ods', join(folder, 'analyst.xlsx'));
office('xlsx', join(folder, 'analyst.ods'));
compare(
  'dates and durations through LibreOffice',
  ours(['convert', join(folder, 'analyst.xlsx'), ...RECIPE, ...ZONE]),
  ours(['convert', analyst, ...RECIPE, ...ZONE]),
);

// LibreOffice stores these identifiers as numbers, so they lose digits. The check must report this.
const now = Math.floor(Date.now() / 1000);
writeFileSync(
  join(folder, 'ids.csv'),
  `ClientId,DateTime\n1633024800123456789,${now}\n1633024800123456790,${now}\n`,
);
office('xlsx', join(folder, 'ids.csv'));
const { results } = JSON.parse(ours(['validate', '--json', join(folder, 'ids.xlsx')]));
const codes = results[0].validation.findings.map(({ code }) => code);
compare(
  'identifiers that LibreOffice rounded',
  ['identifier-rounded', 'identifier-scientific'].filter((code) => codes.includes(code)),
  ['identifier-rounded', 'identifier-scientific'],
);

// The program must recognize workbooks in other formats.
office('xls', join(folder, 'calls.xlsx'));
for (const [file, word] of [
  ['again.ods', 'OpenDocument'],
  ['calls.xls', 'older Excel'],
]) {
  compare(`${file} is named`, ours(['validate', join(folder, file)]).includes(word), true);
}

if (faults.length > 0) {
  console.error(JSON.stringify(faults, null, 2));
  process.exitCode = 1;
}
