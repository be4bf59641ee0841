/** Russian: why a file cannot be read as calls. Each reason is both a finding and a failure. */
import type {
  fileProblems as english,
  HtmlExcess,
  JsonExcess,
  NotCsv,
  PackedKind,
  WorkbookExcess,
} from '../en/file-problems.ts';
import { finding, once } from '../entries.ts';
import { command, forReader, option, text } from '../said.ts';
import { byteSize, formatNumber, NOUNS, plural } from './format.ts';

const NOT_CSV: Readonly<
  Record<NotCsv, { readonly name: string; readonly what: string; readonly hint: string }>
> = {
  html: {
    name: 'Страница HTML',
    what: 'страница HTML: многие системы называют такие файлы .xls',
    hint: 'Откройте файл в табличном редакторе и сохраните как CSV (UTF-8).',
  },
  json: {
    name: 'JSON',
    what: 'JSON',
    hint: 'Выгрузите звонки в CSV или преобразуйте файл: строка с названиями столбцов, под ней по строке на звонок.',
  },
  'json-lines': {
    name: 'Строки JSON',
    what: 'JSON, по строке на запись',
    hint: 'Выгрузите звонки в CSV или преобразуйте файл: строка с названиями столбцов, под ней по строке на звонок.',
  },
  xml: {
    name: 'XML',
    what: 'XML',
    hint: 'Выгрузите звонки в CSV.',
  },
  'workbook-xml': {
    name: 'Книга Excel в XML',
    what: 'книга Excel 2003 в XML',
    hint: 'Откройте файл в табличном редакторе и сохраните как .xlsx или CSV (UTF-8).',
  },
  'google-link': {
    name: 'Ссылка на документ Google',
    what: 'ссылка на документ Google, а не сам документ',
    hint: 'Откройте его в Google Таблицах: Файл → Скачать → Microsoft Excel (.xlsx).',
  },
};

const PACKED: Readonly<Record<PackedKind, { readonly what: string; readonly hint: string }>> = {
  archive: {
    what: 'Архив zip',
    hint: 'Сначала распакуйте его. Один файл CSV, сжатый gzip или zip, можно отправить как есть.',
  },
  'zip-unusual': {
    what: 'Архив zip, сжатый необычным способом',
    hint: 'Сначала распакуйте его или сожмите обычным способом, deflate.',
  },
  'packed-twice': {
    what: 'Сжатый файл, внутри которого книга или архив',
    hint: 'Сначала распакуйте файл. Книгу можно отправить как есть.',
  },
  xls: {
    what: 'Книга Excel 95 или старше (.xls)',
    hint: 'Откройте её в табличном редакторе и сохраните как .xlsx.',
  },
  xlsb: {
    what: 'Двоичная книга Excel (.xlsb)',
    hint: 'Откройте её в Excel и сохраните как .xlsx.',
  },
  compound: {
    what: 'Документ старого Office, а не книга',
    hint: 'Выгрузите звонки в CSV или в книгу.',
  },
  numbers: {
    what: 'Документ Apple Numbers',
    hint: 'В Numbers: Файл → Экспортировать в → Excel.',
  },
};

const OF_KIND = { pipe: 'канал (FIFO)', socket: 'сокет', device: 'устройство' } as const;

const WORKBOOK_EXCESS: Readonly<Record<WorkbookExcess, (most: number, ratio: number) => string>> = {
  unpacked: (most, ratio) =>
    `после распаковки больше ${byteSize(most)}, более чем в ${String(ratio)} раз больше сжатого размера`,
  text: (most, ratio) =>
    `в ячейках больше ${byteSize(most)}, более чем в ${String(ratio)} раз больше размера файла`,
  repeated: (most) => `ячейки повторяют больше ${byteSize(most)} текста`,
  row: (most) => `строка длиннее ${byteSize(most)}`,
  head: (most) => `больше ${byteSize(most)} в начале листов без названий столбцов`,
  cells: (most) => `повторённых или неупорядоченных ячеек больше ${formatNumber(most)}`,
  entries: (most) => `файлов внутри больше ${formatNumber(most)}`,
  sheets: (most) => `листов больше ${formatNumber(most)}`,
  ranges: (most) =>
    `диапазонов объединённых ячеек или скрытых столбцов больше ${formatNumber(most)}`,
  formats: (most) => `форматов ячеек больше ${formatNumber(most)}`,
  relationships: (most) => `ссылок между частями больше ${formatNumber(most)}`,
};

const HTML_EXCESS: Readonly<Record<HtmlExcess, (most: number) => string>> = {
  cell: (most) => `ячейка больше ${byteSize(most)}`,
  tag: (most) => `тег или комментарий больше ${byteSize(most)}`,
  tables: (most) => `таблиц больше ${formatNumber(most)}`,
  depth: (most) => `вложенных элементов больше ${formatNumber(most)}`,
  'tables-inside': (most) => `вложенных таблиц больше ${formatNumber(most)}`,
};

const JSON_EXCESS: Readonly<Record<JsonExcess, (most: number) => string>> = {
  depth: (most) => `Вложенность JSON больше ${formatNumber(most)}`,
  value: (most) => `Значение или запись JSON больше ${byteSize(most)}`,
  keys: (most) => `Разных ключей в JSON больше ${formatNumber(most)}`,
};

export const fileProblems: () => ReturnType<typeof english> = once(() => ({
  'file-not-found': finding(
    'Нет такого файла',
    ({ isPattern }) =>
      isPattern ? 'Под этот шаблон не подходит ни один файл.' : 'Такого файла нет.',
    'Проверьте имя файла и текущую папку.',
  ),
  'file-is-directory': finding(
    'Папка вместо файла',
    'Это папка, а не файл.',
    'Укажите файл внутри неё.',
  ),
  'file-not-regular': finding(
    'Не обычный файл',
    ({ kind }) => `Это ${OF_KIND[kind]}, а не обычный файл.`,
    forReader(
      text`Передайте звонки через канал и укажите вместо файла «-»: some-command | ${command('upload', { operands: ['-'] })}`,
      'Откройте его как поток и передайте поток.',
    ),
  ),
  'file-unreadable': finding(
    'Файл не читается',
    ({ reason }) => `Файл не удаётся прочитать (${reason}).`,
    'Дайте учётной записи, под которой работает команда, право читать файл.',
  ),
  'input-unkept': finding(
    'Негде сохранить стандартный ввод',
    ({ folder, reason }) => `Не удаётся сохранить стандартный ввод в папке ${folder} (${reason}).`,
    'Освободите там место или укажите другую папку в переменной окружения TMPDIR.',
  ),
  'address-not-open': finding(
    'Ссылка открыта не для всех',
    ({ host }) => `Ссылка открыта не для всех: ${host} просит войти или не отдаёт файл.`,
    'Откройте доступ всем, у кого есть ссылка, или скачайте файл и укажите его.',
  ),
  'address-refused': finding(
    'По адресу нет файла',
    ({ host, status }) => `${host} не отдаёт файл по этому адресу (HTTP ${String(status)}).`,
    'Проверьте адрес: откройте его в браузере, где вы не вошли в учётную запись.',
  ),
  'address-redirects': finding(
    'Слишком много перенаправлений',
    ({ host, most }) =>
      `Адрес перенаправляет дальше больше ${formatNumber(most)} раз, последний узел — ${host}.`,
    'Укажите адрес, который в конце показывает браузер.',
  ),
  'address-excess': finding(
    'Файл по адресу слишком большой',
    ({ host, bytes }) => `${host} отдаёт больше ${byteSize(bytes)}, а это предел для адресов.`,
    'Проверьте адрес. Если файл верный, скачайте его и укажите файл.',
  ),
  'address-packed': finding(
    'Сервер сжал файл по-своему',
    ({ host, packing }) =>
      `Программа просила ${host} не сжимать ответ, но он сжат (content-encoding: ${packing}), и распаковать его не удалось.`,
    'Скачайте файл в браузере и укажите его.',
  ),
  'address-unreadable': finding(
    'Сервис не сообщил, где файл',
    ({ host }) => `${host} не сообщил адрес файла.`,
    'Проверьте ссылку в браузере или скачайте файл и укажите его.',
  ),
  'file-is-address': finding(
    'Адрес в интернете вместо файла',
    'Это адрес в интернете, а не файл.',
    'Сначала скачайте его. Таблицу Google: Файл → Скачать → Microsoft Excel (.xlsx).',
  ),
  'file-packed': finding(
    ({ container }) =>
      container === undefined ? 'Сжатый файл, который не читается' : PACKED[container].what,
    ({ container }) => `${PACKED[container].what}: такие файлы не читаются.`,
    ({ container }) =>
      container === undefined ? 'Сохраните файл как .xlsx или CSV.' : PACKED[container].hint,
  ),
  'workbook-damaged': finding(
    'Повреждённая книга',
    ({ part }) =>
      part === undefined
        ? 'Книга повреждена или обрезана.'
        : `Книга повреждена: ${part} не читается до конца.`,
    'Скопируйте или выгрузите её ещё раз. Если табличный редактор её открывает, сохраните её снова как .xlsx.',
  ),
  'workbook-locked': finding(
    'Книга с паролем',
    'Книга защищена паролем.',
    'Сохраните копию без пароля: в Excel — Файл → Сведения → Защита книги → Зашифровать с использованием пароля.',
  ),
  'workbook-excess': finding(
    'В книге больше, чем бывает звонков',
    ({ what, most, ratio }) =>
      `Предел для книги превышен: ${WORKBOOK_EXCESS[what](most, ratio)}. В книгах со звонками такого не бывает.`,
    'Посмотрите, что в ней. Если всё верно, сохраните лист как CSV (UTF-8).',
  ),
  'workbook-strings-excess': finding(
    'Слишком много текста в книге',
    ({ bytes }) => `Тексты книги занимают больше ${byteSize(bytes)}, а это предел.`,
    'Сохраните лист со звонками как CSV (UTF-8) или в отдельной книге.',
  ),
  'workbook-too-large': finding(
    'Старая книга слишком большая',
    ({ bytes, limit }) =>
      `Книга (.xls) занимает ${byteSize(bytes)}, а предел — ${byteSize(limit)}.`,
    'Сохраните её как .xlsx или сохраните лист со звонками как CSV (UTF-8).',
  ),
  'workbook-without-cells': finding(
    'Книга без листа с ячейками',
    'В книге нет листа с ячейками: только диаграммы, окна или макросы.',
    'Поместите звонки на лист и сохраните книгу ещё раз.',
  ),
  'gzip-excess': finding(
    'Слишком сильно сжатый файл',
    ({ bytes, ratio }) =>
      `После распаковки в файле больше ${byteSize(bytes)}: это более чем в ${String(ratio)} раз больше сжатого размера. Файлы со звонками так не сжимаются.`,
    'Посмотрите, что в нём. Если всё верно, распакуйте файл и отправьте его как есть.',
  ),
  'zip-excess': finding(
    'В zip больше, чем в любом файле звонков',
    ({ what, most, ratio }) =>
      `Предел для zip превышен: ${WORKBOOK_EXCESS[what](most, ratio)}. В файлах звонков такого не бывает.`,
    'Посмотрите, что в нём. Если всё верно, распакуйте файл и отправьте его как есть.',
  ),
  'zip-damaged': finding(
    'Повреждённый zip',
    ({ part }) =>
      part === undefined
        ? 'Архив zip повреждён или обрезан.'
        : 'Файл в архиве zip повреждён: он не распаковывается до конца.',
    'Скопируйте или выгрузите его снова: вероятно, он обрезан.',
  ),
  'zip-locked': finding(
    'Zip с паролем',
    'Архив zip защищён паролем.',
    'Распакуйте его с паролем и назовите файл, который был внутри.',
  ),
  'zip-empty': finding(
    'Zip без файлов',
    'В архиве zip нет файлов.',
    'Выгрузите его снова или назовите файл со звонками.',
  ),
  'zip-several': finding(
    'Zip с несколькими файлами',
    ({ names, count }) =>
      `Файлов в архиве zip: ${formatNumber(count)}. Это ${names.join(', ')}${count > names.length ? ' …' : ''}.`,
    'Распакуйте архив и назовите файл со звонками.',
  ),
  'gzip-damaged': finding(
    'Повреждённый gzip',
    'Файл сжат gzip и не распаковывается до конца.',
    'Скопируйте или выгрузите его ещё раз: скорее всего, он обрезан.',
  ),
  'file-too-large': finding(
    'Слишком большой файл',
    ({ bytes, limit }) =>
      `В файле ${plural(bytes, NOUNS.byte)}, а предел — ${formatNumber(limit)}, и отправлять его частями запрещено.`,
    text`Уберите ${option('split', false)}, и файл уйдёт частями, каждая со строкой заголовка.`,
  ),
  'header-too-wide': finding(
    'Слишком много столбцов',
    ({ columns, most }) =>
      `В заголовке ${plural(columns, NOUNS.column)}, а предел — ${formatNumber(most)}.`,
    'Проверьте, что в первой строке названия столбцов, и оставьте только столбцы звонка.',
  ),
  'json-damaged': finding(
    'Повреждённый JSON',
    ({ line, isCut }) =>
      isCut
        ? `JSON обрывается на строке ${formatNumber(line)}.`
        : `JSON нарушен в строке ${formatNumber(line)}.`,
    'Выгрузите или скачайте его ещё раз. Если его пишет программа, проверьте эту программу.',
  ),
  'text-undecodable': finding(
    'Нечитаемые байты',
    ({ encoding }) =>
      `Часть байтов файла не читается в кодировке ${encoding}, поэтому ни одна буква не надёжна.`,
    text`Сохраните файл ещё раз в UTF-8 или укажите кодировку, например ${option('encoding', 'windows-1251')}.`,
  ),
  'html-cut': finding(
    'Оборванная страница',
    'У таблицы звонков нет конца (</table>): возможно, страница оборвана.',
    'Выгрузите или скачайте её заново. Если её записала программа, проверьте эту программу.',
  ),
  'html-excess': finding(
    'На странице больше, чем в любой таблице звонков',
    ({ what, most }) =>
      `Предел для страницы превышен: ${HTML_EXCESS[what](most)}. В таблицах звонков такого не бывает.`,
    'Посмотрите, что на странице, или сохраните таблицу как CSV (UTF-8) в табличном редакторе.',
  ),
  'json-excess': finding(
    'В JSON больше, чем в любом файле звонков',
    ({ line, what, most }) =>
      `${JSON_EXCESS[what](most)}, см. строку ${formatNumber(line)}. В файлах звонков такого не бывает.`,
    'Посмотрите, что в файле. Оставьте только звонки и их значения.',
  ),
  'json-key-twice': finding(
    'Ключ дважды в одном объекте',
    ({ line, key }) =>
      `В объекте JSON ключ «${key}» встречается дважды, см. строку ${formatNumber(line)}. Какое значение верное, узнать нельзя.`,
    'Уберите одно из двух значений или исправьте программу, которая пишет файл.',
  ),
  'json-not-objects': finding(
    'Запись — не объект',
    ({ line }) =>
      `Запись JSON — не объект с именами и значениями, см. строку ${formatNumber(line)}.`,
    'Каждый звонок должен быть объектом: имена со значениями в фигурных скобках.',
  ),
  'json-outside-list': finding(
    'JSON вне списка звонков',
    ({ line }) =>
      `В JSON есть что-то вне списка звонков, см. строку ${formatNumber(line)}. Это может быть звонок или страница без этого списка.`,
    'Соберите все звонки в один список или запишите каждый звонок отдельной строкой. Если на одной из страниц ошибка, скачайте её снова.',
  ),
  'json-several': finding(
    'Неясно, в каком списке JSON звонки',
    ({ arrays, documents }) => {
      const lists = arrays.map(({ path, records }) => `${path} (${formatNumber(records)})`);
      return documents === 0
        ? `В JSON несколько списков объектов: ${lists.join(', ')}.`
        : `Звонками могут быть сами документы JSON (${formatNumber(documents)}) или объекты списка в них: ${lists.join(', ')}.`;
    },
    ({ arrays = [], documents = 0 }) =>
      documents === 0
        ? text`Укажите список со звонками: ${option('records', arrays[0]?.path ?? 'data.calls')}.`
        : text`Укажите список со звонками: ${option('records', arrays[0]?.path ?? 'data.calls')}. С ${option('records', '.')} каждый документ — один звонок.`,
  ),
  'json-without-records': finding(
    'JSON без записей',
    ({ records }) =>
      records === 0
        ? 'В JSON нет списка с объектами, значит, и звонков нет.'
        : `В JSON ${plural(records, NOUNS.record)} без единого значения, значит, и звонков нет.`,
    ({ records = 0 }) =>
      records > 0
        ? 'Проверьте выгрузку или программу, которая пишет файл.'
        : text`Проверьте выгрузку: возможно, за этот период нет звонков. С ${option('records', '.')} весь документ — один звонок.`,
  ),
  'file-not-csv': finding(
    ({ kind }) => (kind === undefined ? 'Не CSV' : `${NOT_CSV[kind].name} вместо CSV`),
    ({ kind }) => `Это ${NOT_CSV[kind].what}, а не CSV.`,
    ({ kind }) => (kind === undefined ? 'Сохраните файл как CSV.' : NOT_CSV[kind].hint),
  ),
  'encoding-unclear': finding(
    'Неясная кодировка',
    ({ readings }) =>
      `Файл не в UTF-8, и его кодировку нельзя определить наверняка.${
        readings.length === 0
          ? ''
          : ` Он может читаться так: ${readings.map(({ encoding, text }) => `«${text}» (${encoding})`).join(', ')}.`
      }`,
    ({ readings = [] }) =>
      readings.length === 0
        ? text`Сохраните файл ещё раз в UTF-8 или укажите кодировку, например ${option('encoding', 'windows-1251')}.`
        : text`Укажите кодировку, в которой текст верен, например ${option('encoding', readings[0]?.encoding ?? '')}. Если не подходит ни одна, сохраните файл ещё раз в UTF-8.`,
  ),
  'encoding-utf-32': finding(
    'UTF-32',
    'Файл в UTF-32, а её здесь не читает ни одна программа.',
    'Сохраните файл ещё раз в UTF-8.',
  ),
}));
