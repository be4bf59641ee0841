import { writeCalls } from './calls.ts';
import { temporaryFolder } from './run.ts';

/** An export that `init` asks about. */
export const EXPORT = [
  'Дата;Время;Номер;Звонили на;Сумма;Client ID;Статус',
  '20.11.2026;09:12:33;8 916 123-45-67;+74950000001;1 250,50;1633024800123456789;Принят',
  '20.11.2026;10:00:01;8 916 123-45-68;+74950000001;;;Пропущен',
  '21.11.2026;11:30:00;8 916 123-45-69;+74950000001;900;1633024800123456790;Принят',
  '',
].join('\n');

/** The recipe that `init` makes if the user takes the first choice of each question. */
export const RECIPE = {
  columns: {
    'Дата+Время': 'DateTime',
    Номер: 'PhoneNumber',
    'Client ID': 'ClientId',
    Сумма: 'Price',
    Статус: 'CallMissed',
  },
  set: { Currency: 'RUB' },
  timezone: 'Europe/Moscow',
  defaultRegion: 'RU',
  unidentified: 'static',
};

/** Options that answer all questions. */
export const ANSWERS = [
  ...['--timezone', 'Europe/Moscow', '--default-region', 'RU'],
  ...['--set', 'Currency=RUB', '--unidentified', 'static'],
];

/** Creates a folder that contains the export. */
export function folderWithExport(): string {
  const folder = temporaryFolder();
  writeCalls(folder, 'export.csv', EXPORT);
  return folder;
}
