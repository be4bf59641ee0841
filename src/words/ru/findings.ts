/** Russian: headings, messages and hints for all kinds of findings. */
import { autoCommand, headerLineCommand, renameCommand, timeColumns } from '../commands.ts';
import {
  type changeSummaries as englishSummaries,
  type doubtful as englishDoubtful,
  type findings as english,
  type ofValues as englishOfValues,
} from '../en/findings.ts';
import { finding, once } from '../entries.ts';
import { ownValue } from '../own-value.ts';
import { command, joined, option, type Text, text } from '../said.ts';
import { example, type ShownName } from '../shown-name.ts';
import { converting } from './conversion-findings.ts';
import { fileProblems } from './file-problems.ts';
import { formatNumber, listed, nounFor, NOUNS, plural } from './format.ts';

type Findings = ReturnType<typeof english>;

const FLAG_MEANING: Readonly<Record<string, string>> = {
  StaticCall: '1 — статический звонок, 0 — динамический',
  CallMissed: '1 — пропущенный звонок, 0 — принятый',
  FirstTimeCaller: '1 — первый звонок, 0 — повторный',
};

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: 'запятыми',
  semicolon: 'точками с запятой',
  tab: 'табуляцией',
  bar: 'вертикальной чертой',
};

const LINE_ENDS: Readonly<Record<string, string>> = {
  crlf: 'CRLF',
  cr: 'CR',
  mixed: 'разными концами строк',
};

/** Returns an example of decoded text, for the end of a sentence. */
function suchAs(sample: string | undefined): string {
  return sample === undefined || sample === '' ? '' : `, например «${sample}»`;
}

/** The meanings of foreign headings that are not columns of a call. */
const MEANINGS: Readonly<Record<string, string>> = {
  Date: 'день звонка',
  Time: 'время звонка',
  Duration: 'длительность',
  Status: 'чем кончился звонок',
};

function sheetsAndMore(sheets: readonly ShownName[], more: number): string {
  const names = sheets.map((name) => `«${name}»`);
  return listed(more === 0 ? names : [...names, `ещё ${formatNumber(more)}`]);
}

const ofFile = once(
  (): Omit<
    Findings,
    | keyof ReturnType<typeof ofValues>
    | keyof ReturnType<typeof doubtful>
    | keyof ReturnType<typeof converting>
    | keyof ReturnType<typeof ofWorkbooks>
    | keyof ReturnType<typeof changes>
  > => ({
    ...fileProblems(),
    'file-empty': finding(
      'Пустой файл',
      'Файл пуст.',
      'Выгрузите звонки ещё раз; в первой строке должны быть названия столбцов.',
    ),
    'header-only': finding(
      'Нет звонков',
      ({ sheet, sheets = [], more = 0 }) =>
        sheet === undefined || sheets.length === 0
          ? 'В файле есть заголовок и нет звонков.'
          : `На листе «${sheet}» есть заголовок и нет звонков. Звонки могут быть здесь: ${sheetsAndMore(sheets, more)}.`,
      ({ sheets }) =>
        sheets?.[0] === undefined
          ? 'Проверьте период выгрузки: отправлять нечего.'
          : text`Соедините заголовок и звонки в одну таблицу или назовите другую: ${option('sheet', sheets[0])}.`,
    ),
    'header-missing': finding(
      'Нет заголовка',
      'В первой строке данные, а не названия столбцов.',
      'Добавьте первую строку с названиями столбцов, например ClientId,DateTime,PhoneNumber.',
    ),
    'header-not-first': finding(
      'Названия столбцов не в первой строке',
      'Названия столбцов стоят в этой строке, а не в первой.',
      ({ line = 2, isForeign = false, ...names }) =>
        text`Удалите строки над ней или пропустите их: ${headerLineCommand({ line, isForeign, ...names })}`,
    ),
    'header-foreign': finding(
      'Названия столбцов другой системы',
      ({ columns, system }) =>
        system === undefined
          ? `Столбцы названы как в другой системе: ${columns.map(({ heading, means }) => `«${heading}» (${ownValue(MEANINGS, means) ?? means})`).join(', ')}.`
          : `Это выгрузка ${system.system}.`,
      (names) =>
        text`Преобразуйте файл. Команда спросит часовой пояс или страну, если в файле их нет: ${autoCommand(names)}`,
    ),
    'datetime-column-missing': finding(
      'Нет столбца DateTime',
      'В файле нет столбца DateTime.',
      ({ candidates = [] }) =>
        candidates.length === 0
          ? 'Добавьте DateTime — время каждого звонка в целых секундах с 1970-01-01 UTC.'
          : text`Назовите в convert столбец со временем звонка: ${joined(timeColumns(candidates), ' или ')}.`,
    ),
    'identifier-column-missing': finding(
      'Нет столбца с идентификатором',
      'В файле нет ни одного из столбцов ClientId, UserId и Yclid.',
      'Нужен ClientId, UserId или Yclid, иначе неизвестно, какой посетитель звонил.',
    ),
    'column-twice': finding(
      ({ column }) =>
        column === undefined ? 'Столбец повторяется' : `Столбец ${column} повторяется`,
      ({ column }) => `Столбец ${column} стоит в заголовке дважды.`,
      ({ column = example('Телефон') }) =>
        text`Удалите или переименуйте один из двух; convert пропустит второй с ${option('map', { from: example(`${column}#2`), to: '-' })}, первый с ${option('map', { from: example(`${column}#1`), to: '-' })}.`,
    ),
    'field-count': finding(
      'Неверное число полей',
      ({ fields, expected }) =>
        `В записи ${plural(fields, NOUNS.field)}, в заголовке — ${String(expected)}.`,
      'Полей больше: в значении есть разделитель, и его нужно взять в двойные кавычки. Полей меньше: ищите перевод строки внутри значения или строку итогов.',
    ),
    'field-count-of-all': finding(
      'Во всех записях не то число полей, что в заголовке',
      ({ fields, expected }) =>
        `В каждой записи ${plural(fields, NOUNS.field)}, в заголовке — ${String(expected)}.`,
      text`Проверьте, что заголовок и записи из одной выгрузки. Если поля разделены не тем знаком, укажите верный, например ${option('delimiter', 'semicolon')}.`,
    ),
    'delimiter-at-every-end': finding(
      'Каждая запись кончается разделителем',
      'Каждая запись кончается разделителем, поэтому в ней на одно поле больше, чем в заголовке.',
      'Удалите разделитель в конце каждой строки или добавьте его в заголовок.',
    ),
    'totals-line': finding(
      'Строка итогов',
      'Похоже на строку итогов, а не на звонок.',
      text`Удалите эту строку или пропустите её с ${option('skipInvalid')}; convert и рецепты понимают и ${option('skip', 'СТОЛБЕЦ=ЗНАЧЕНИЕ')}.`,
    ),
    'header-again': finding(
      'Имена столбцов ещё раз',
      'Здесь ещё раз стоят имена столбцов.',
      text`Возможно, в одном файле соединены две выгрузки. Удалите эту строку или пропустите её с ${option('skipInvalid')}.`,
    ),
    'header-second': finding(
      'Второй заголовок с другими именами столбцов',
      'В этой записи или над ней стоят другие имена столбцов. Имена из первой строки к ней не подходят.',
      'В одном файле соединены две выгрузки. Разделите файл перед вторым заголовком и отправьте каждую часть отдельно.',
    ),
    'types-line': finding(
      'Строка типов',
      'В этой строке типы столбцов. Это не звонок.',
      text`Удалите эту строку или пропустите её с ${option('skipInvalid')}.`,
    ),
    'dos-end-mark': finding(
      'Знак конца файла DOS',
      'В этой строке только байт 1A. Им кончают файл старые программы DOS.',
      text`Удалите эту строку или пропустите её с ${option('skipInvalid')}.`,
    ),
    'blank-line': finding(
      'Пустая строка между звонками',
      'Строка пуста, а после неё есть звонки.',
      text`Удалите эту строку или пропустите её с ${option('skipInvalid')}; convert и рецепты понимают и ${option('skip', 'СТОЛБЕЦ=ЗНАЧЕНИЕ')}.`,
    ),
    'quote-unclosed': finding(
      'Незакрытая кавычка',
      'Здесь открыта кавычка, которая нигде не закрыта, поэтому остаток файла не прочитать.',
      'Закройте кавычку или удвойте её (""), если она часть текста.',
    ),
    'quote-malformed': finding(
      'Неверные кавычки',
      'Значение продолжается после закрывающей кавычки или не закрыто в своей строке.',
      'Закройте значение и удвойте каждую кавычку, которая относится к тексту: "ООО ""Ромашка""".',
    ),
    'record-doubtful': finding(
      'Возможно, часть значения выше',
      'Выше неверные кавычки, поэтому эта строка может быть частью того значения, а не отдельным звонком.',
      'Исправьте кавычки выше; до тех пор эта строка не отправляется.',
    ),
    'record-too-long': finding(
      'Слишком длинная запись',
      'Запись длиннее миллиона символов.',
      'Проверьте концы строк файла и поищите незакрытую кавычку.',
    ),
    'bytes-undecodable': finding(
      'Нечитаемые символы',
      ({ encoding }) => `Часть символов здесь не читается как ${encoding}.`,
      text`Сохраните файл ещё раз в UTF-8 в той программе, где он сделан. Если весь файл в другой кодировке, укажите её, например ${option('encoding', 'windows-1251')}.`,
    ),
    'nul-byte': finding(
      'Нулевой байт',
      'Здесь нулевой байт.',
      'Файл повреждён, или это не текст; выгрузите его ещё раз.',
    ),
    'control-character': finding(
      'Управляющий знак',
      'Здесь управляющий знак.',
      'Удалите этот знак или выгрузите файл ещё раз. В тексте есть только буквы, цифры, знаки, табуляции и концы строк.',
    ),
    'text-iso-2022': finding(
      'Текст в ISO-2022',
      'Текст в кодировке ISO-2022, которая отмечает буквы байтом 1B.',
      'Сохраните файл ещё раз в UTF-8 в той программе, где он сделан.',
    ),
  }),
);

const ofValues: typeof englishOfValues = once(() => ({
  'datetime-missing': finding(
    'Пустой DateTime',
    'DateTime пуст.',
    'Каждому звонку нужно время в целых секундах с 1970-01-01 UTC.',
  ),
  'datetime-milliseconds': finding(
    'DateTime в миллисекундах',
    'DateTime указан в миллисекундах.',
    text`Разделите на 1000: 1795000000, а не 1795000000000. ${command('convert')} сделает это сам.`,
  ),
  'datetime-written': finding(
    'DateTime записан датой',
    'DateTime записан датой, а не секундами с 1970-01-01 UTC.',
    text`${command('convert')} с ${option('timezone')} превратит даты в секунды. В таблице для Москвы: =(A2-25569)*86400-10800`,
  ),
  'datetime-order-unclear': finding(
    'Неоднозначная дата: день/месяц или месяц/день?',
    'Дату можно прочитать и как день/месяц, и как месяц/день.',
    text`Укажите порядок: ${option('dateFormat')}, например dd/mm/yyyy или mm/dd/yyyy.`,
  ),
  'datetime-clock-twice': finding(
    'Неоднозначное время: часы перевели назад, этот час был дважды',
    'Часы перевели назад, поэтому это время было дважды.',
    'Укажите время со смещением, например 2026-10-25 02:30:00+03:00.',
  ),
  'datetime-clock-never': finding(
    'Невозможное время: часы перевели вперёд, этого часа не было',
    'Часы перевели вперёд, поэтому этого времени не было.',
    'Проверьте часовой пояс: возможно, время относится к другому.',
  ),
  'datetime-future': finding(
    'DateTime в будущем',
    'DateTime в будущем.',
    'Проверьте часовой пояс выгрузки: DateTime считает секунды по UTC.',
  ),
  'datetime-invalid': finding(
    'DateTime — не целые секунды',
    'DateTime — не целое число секунд.',
    'Укажите целые секунды с 1970-01-01 UTC, только цифры, например 1795000000.',
  ),
  'client-id-invalid': finding(
    'ClientId — не цифры',
    'В ClientId могут быть только цифры, не больше 20.',
    'Выгрузите ClientId как текст, точно как его дала Метрика; собственный идентификатор укажите в UserId.',
  ),
  'client-id-of-google': finding(
    'ClientId из Google Analytics',
    'Это client id из Google Analytics, а не из Метрики.',
    'Возьмите ClientId Метрики: он лежит в cookie _ym_uid, его же даёт ym(counter, "getClientID").',
  ),
  'number-spoiled': finding(
    ({ column = 'Целое число' }) => `${column}: число в другой форме`,
    ({ column }) =>
      `${column}: целое число с .0, с пробелами между разрядами или с защитой от табличного редактора.`,
    text`${command('convert')} это уберёт. В источнике: astype("Int64") в pandas, Формат(Число, "ЧГ=0") в 1С, текстовые ячейки в таблице.`,
  ),
  'yclid-invalid': finding(
    'Yclid — не цифры',
    'В Yclid могут быть только цифры, не больше 20.',
    'Возьмите из адреса визита значение параметра yclid и ничего больше.',
  ),
  'identifier-scientific': finding(
    ({ column = 'Идентификатор' }) => `${column}: округлено табличным редактором`,
    ({ column }) => `${column}: значение округлено табличным редактором, последние цифры потеряны.`,
    'Выгрузите файл ещё раз и импортируйте столбец как текст: потерянные цифры не восстановить.',
  ),
  'value-blanks': finding(
    ({ column = 'Значение' }) => `${column}: лишние пробелы`,
    ({ column }) => `${column}: перед значением или после него стоят пробелы.`,
    'Удалите эти пробелы; само значение в порядке.',
  ),
  'identifier-missing': finding(
    'Динамический звонок без идентификатора',
    'У динамического звонка нет ни UserId, ни ClientId, ни Yclid.',
    text`Заполните один из них. Если звонок был на статический номер, StaticCall — 1; такие звонки отмечает ${command('convert', { options: [option('unidentified', 'static')] })}.`,
  ),
  'flag-invalid': finding(
    ({ column = 'Значение' }) => `${column}: не 0 и не 1`,
    ({ column }) => `${column}: допустимы только 0 и 1.`,
    ({ column = example(''), isConverted }) =>
      isConverted === true
        ? text`Укажите, что значат слова, например ${option('mapValue', {
            column,
            meanings: [
              { from: example('Отвечен'), to: '0' },
              { from: example('Не отвечен'), to: '1' },
            ],
          })}.`
        : text`Укажите: ${ownValue(FLAG_MEANING, column) ?? '1 — да, 0 — нет'}. ${command('convert')} заменит да и нет на 1 и 0.`,
  ),
  'decimal-comma': finding(
    'Price с десятичной запятой',
    'В Price запятая стоит там, где нужна точка.',
    text`Укажите 1250.50, без пробелов между тысячами; ${command('convert')} сделает это сам.`,
  ),
  'price-invalid': finding(
    'Price — не число',
    'Price — не десятичное число.',
    'Укажите цифры с десятичной точкой, например 1250.50; для валюты есть свой столбец.',
  ),
  'currency-invalid': finding(
    'Неизвестная валюта',
    'Currency — не код ISO 4217.',
    'Укажите код валюты заглавными буквами: RUB (не RUR), USD, EUR.',
  ),
  'phone-invalid': finding(
    'PhoneNumber не в международном формате',
    'PhoneNumber не в международном формате.',
    ({ isConverted }) =>
      isConverted === true
        ? text`Номер не читается однозначно: запишите его как +70123456789, без добавочного. Местным номерам нужна страна в ${option('defaultRegion')}, а записи другого рода уберёт ${option('skip')}.`
        : text`Укажите + и только цифры, с кодом страны и города, например +70123456789; ${command('convert')} с ${option('defaultRegion')} сделает это сам.`,
  ),
  'price-negative': finding(
    'Отрицательная цена',
    'Price меньше нуля.',
    'Price — это ценность звонка для бизнеса. Если здесь стоимость звонка, уберите столбец.',
  ),
  'phone-rounded': finding(
    'PhoneNumber округлён',
    'PhoneNumber округлён таблицей: последних цифр больше нет.',
    'Выгрузите файл снова и откройте его как текст или заранее сделайте столбец текстовым.',
  ),
  'duration-written': finding(
    ({ column = 'Длительность' }) => `${column}: минуты и секунды`,
    ({ column }) => `${column}: длительность записана минутами и секундами.`,
    text`Укажите целые секунды: 136, а не 2:16. ${command('convert')} сделает это сам.`,
  ),
  'duration-invalid': finding(
    ({ column = 'Длительность' }) => `${column}: не целые секунды`,
    ({ column }) => `${column}: нужны целые неотрицательные секунды.`,
    'Укажите только цифры, например 136.',
  ),
  'url-invalid': finding(
    ({ column = 'Значение' }) => `${column}: не веб-адрес`,
    ({ column }) => `${column}: нужен полный адрес http или https.`,
    'Укажите адрес целиком и без пробелов, например https://shop.example/page.',
  ),
}));

const doubtful: typeof englishDoubtful = once(() => ({
  'call-too-old': finding(
    'Старше 21 дня',
    'Звонок старше 21 дня.',
    'Он не будет связан с визитом; отправляйте звонки хотя бы раз в неделю.',
  ),
  'identifier-rounded': finding(
    'Идентификаторы похожи на округлённые',
    ({ rounded, long, isNumber }) =>
      `Идентификаторов из 16 и более цифр: ${String(long)}; из них ${isNumber === true ? 'числа, которые потеряли последние цифры' : 'после первых 15 цифр только нули'}: ${String(rounded)}.`,
    'Табличный редактор хранит 15 цифр числа. Если файл прошёл через него, выгрузите звонки ещё раз и импортируйте столбец как текст.',
  ),
  'datetime-serial': finding(
    'DateTime похож на номер дня',
    'DateTime — маленькое число: так табличные редакторы считают дни.',
    'Как секунды это время в 1970 году. Если это дни, секунды получаются так: =(A2-25569)*86400',
  ),
  'identifier-types-mixed': finding(
    'Несколько типов идентификаторов',
    ({ columns }) =>
      `В файле заполнены ${listed(columns)}; сервис называет для файла один тип идентификатора.`,
    text`${command('upload', { options: [option('splitById', true)] })} сделает отдельную загрузку для каждого типа.`,
  ),
  'currencies-mixed': finding(
    'Несколько валют',
    ({ currencies }) => `Цены в файле указаны в нескольких валютах: ${listed(currencies)}.`,
    'В отчётах суммы показаны только в валюте счётчика.',
  ),
  'column-unknown': finding(
    ({ column }) =>
      column === undefined ? 'Неизвестный столбец' : `Неизвестный столбец ${column}`,
    ({ column, near }) =>
      near === undefined
        ? `В Метрике нет столбца «${column}»: его значения пропадут.`
        : `В Метрике нет столбца «${column}»: его значения пропадут. Возможно, это ${near}?`,
    ({ column = example('Телефон'), near }) =>
      column === namelessColumn
        ? 'Удалите его или дайте ему название.'
        : near === undefined
          ? text`Удалите его или переименуйте: ${renameCommand([{ column, near: 'СТОЛБЕЦ' }])}`
          : text`Переименуйте его: ${renameCommand([{ column, near: near }])}`,
  ),
  'column-of-conversions': finding(
    ({ column = 'Столбец' }) => `${column}: столбец офлайн-конверсий`,
    ({ column }) =>
      `${column} относится к файлу офлайн-конверсий, который отправляют иначе; значения пропадут.`,
    'Загружайте конверсии в Метрике: Настройка → Загрузка данных, а звонки отправляйте без этого столбца.',
  ),
  'price-without-currency': finding(
    'Price без Currency',
    'У звонка есть Price и нет Currency.',
    'Заполните Currency, например RUB.',
  ),
  'static-without-identifier': finding(
    'Статический звонок без идентификатора',
    'У статического звонка нет ни UserId, ни ClientId, ни Yclid.',
    'Для статических номеров это обычно: звонок будет в отчётах, но не будет связан с визитом.',
  ),
  'missed-with-talk-time': finding(
    'Пропущенный звонок с разговором',
    'Звонок отмечен пропущенным, но у него есть время разговора.',
    'Проверьте, что верно: CallMissed или TalkDuration.',
  ),
  'records-without-values': finding(
    'Записи без значений',
    ({ records }) =>
      `В JSON ${plural(records, NOUNS.record)} без значений. Такие записи не считаются звонками.`,
    'Посмотрите эти записи в системе, которая создала файл: возможно, их звонков не хватает.',
  ),
  'record-twice': finding(
    'Повтор записи',
    ({ firstLine }) => `Запись совпадает с записью в строке ${String(firstLine)}.`,
    'Если это один звонок, удалите одну из них.',
  ),
  'static-only': finding(
    'Только статические звонки',
    'Все звонки файла статические.',
    'Загрузка кончится статусом LINKAGE_FAILURE. Здесь это не сбой: статические звонки не связываются с визитами, но в отчётах они есть.',
  ),
  'duration-over-day': finding(
    ({ column = 'Длительность' }) => `${column}: больше суток`,
    ({ column }) => `${column}: длительность больше суток.`,
    'Проверьте, что значение в секундах, а не в миллисекундах.',
  ),
}));

const ofWorkbooks = once(
  (): Pick<Findings, 'formula-unknown' | 'sheets-left-out' | 'cells-hidden' | 'cells-merged'> => ({
    'formula-unknown': finding(
      'Формулы без значения',
      ({ count, first }) =>
        `У ${String(count)} ${nounFor(count, ['формулы', 'формул', 'формул'])} не сохранено значение; первая — в ${first ?? ''}.`,
      'Откройте книгу в табличном редакторе и сохраните: значения запишутся в файл.',
    ),
    'sheets-left-out': finding(
      'Другие листы, где могут быть звонки',
      ({ sheet, sheets, more }) =>
        `Читается только лист «${sheet}». Звонки могут быть и здесь: ${sheetsAndMore(sheets, more)}.`,
      ({ sheets = ['Лист2'] }) =>
        text`Запустите команду для каждого листа, например ${option('sheet', sheets[0] ?? '')}.`,
    ),
    'cells-hidden': finding(
      'Скрытые строки или столбцы',
      ({ rows, columns }) =>
        `На листе скрыто: ${listed([...(rows > 0 ? [plural(rows, NOUNS.line)] : []), ...(columns > 0 ? [plural(columns, NOUNS.column)] : [])])}; они читаются наравне с другими.`,
      'Удалите лишнее или снимите фильтр и посмотрите.',
    ),
    'cells-merged': finding(
      'Объединённые ячейки',
      ({ count, first, covered, firstCovered }) =>
        `Ниже названий столбцов объединены ячейки (${plural(count, ['диапазон', 'диапазона', 'диапазонов'])}), первый — ${first ?? ''}; ${covered === 0 ? 'значение есть только в первой ячейке каждого' : `под ними есть невидимые значения (${plural(covered, ['ячейка', 'ячейки', 'ячеек'])}), первое — в ${firstCovered ?? ''}, и они тоже читаются`}.`,
      'Отмените объединение, заполните пустые ячейки и посмотрите на значения, которые появятся.',
    ),
  }),
);

const changes = once((): Pick<Findings, keyof typeof englishSummaries> => ({
  'from-workbook': finding(
    'Книга',
    ({ sheet }) => `Звонки стоят на листе «${sheet}» книги.`,
    'Лист отправляется как CSV.',
  ),
  'from-html': finding(
    'Таблица страницы HTML',
    ({ sheet }) => `Звонки находятся в таблице «${sheet}» страницы HTML.`,
    'Каждая строка таблицы отправляется строкой CSV.',
  ),
  'from-json': finding(
    'Файл JSON',
    'Звонки записаны объектами JSON.',
    'Каждый объект отправляется строкой CSV.',
  ),
  'packed-with-zip': finding(
    'Сжат zip',
    'Файл — единственный в архиве zip.',
    'Он отправляется распакованным.',
  ),
  'packed-with-gzip': finding('Сжат gzip', 'Файл сжат gzip.', 'Он отправляется распакованным.'),
  'byte-order-mark': finding(
    'Метка порядка байтов',
    'Файл начинается с метки порядка байтов (BOM).',
    'Она не отправляется.',
  ),
  'encoding-not-utf8': finding(
    ({ encoding }) => (encoding === undefined ? 'Не UTF-8' : `Кодировка ${encoding}`),
    ({ encoding, sample }) => `Файл в кодировке ${encoding}${suchAs(sample)}.`,
    'Он отправляется в UTF-8.',
  ),
  'separator-line': finding(
    'Строка sep=',
    'Файл начинается со строки, которая сообщает Excel разделитель.',
    'Она не отправляется.',
  ),
  'delimiter-not-comma': finding(
    ({ delimiter }) =>
      delimiter === undefined
        ? 'Разделены не запятыми'
        : `Разделены ${ownValue(DELIMITERS, delimiter) ?? delimiter}`,
    ({ delimiter }) => `Поля разделены ${ownValue(DELIMITERS, delimiter) ?? delimiter}.`,
    'Они отправляются через запятую.',
  ),
  'line-ends-not-lf': finding(
    ({ lineEnds }) =>
      lineEnds === undefined
        ? 'Концы строк — не LF'
        : `Строки с ${ownValue(LINE_ENDS, lineEnds) ?? ''}`,
    ({ lineEnds }) => `Строки кончаются ${ownValue(LINE_ENDS, lineEnds) ?? ''}.`,
    'Они отправляются с LF.',
  ),
  'blank-lines-at-end': finding(
    'Пустые строки в конце',
    'В конце есть пустые строки.',
    'Они не отправляются.',
  ),
  'stand-ins': finding(
    'Слова вместо пустого значения',
    ({ cells }) =>
      `В ${String(cells)} ${nounFor(cells, ['ячейке', 'ячейках', 'ячейках'])} слово вместо пустого значения: NULL, none или -.`,
    'Они отправляются пустыми.',
  ),
  'reject-reason': finding(
    'Столбец с причинами',
    'В файле есть столбец RejectReason отклонённых записей.',
    'Он не отправляется.',
  ),
  'header-blanks': finding(
    'Пробелы вокруг названий столбцов',
    'Вокруг названий столбцов стоят пробелы.',
    'Названия отправляются без них.',
  ),
  'header-case': finding(
    'Названия столбцов в другом регистре',
    'Часть названий столбцов в другом регистре.',
    'Они отправляются так, как их пишет сервис.',
  ),
}));

/** All kinds of findings by code. */
export const findings: () => Findings = once(() => ({
  ...ofFile(),
  ...ofValues(),
  ...doubtful(),
  ...converting(),
  ...ofWorkbooks(),
  ...changes(),
}));

/** The hint for a change that `--no-convert` forbids. */
export const refusedChange: Text = text`Уберите ${option('convert', false)}, и это будет исправлено перед отправкой, или измените файл.`;

/** The text for a column without a name. */
export const namelessColumn = example('(без названия)');

/** Short descriptions of changes to a file before it is sent. The keys are codes of notes. */
export const changeSummaries: typeof englishSummaries = {
  'from-workbook': (sheet) => `книга, лист «${sheet}» → CSV`,
  'packed-with-gzip': () => 'gzip → распакован',
  'from-html': (sheet) => `HTML, таблица «${sheet}» → CSV`,
  'from-json': () => 'JSON → CSV',
  'packed-with-zip': () => 'zip → распакован',
  'byte-order-mark': () => 'без метки порядка байтов',
  'encoding-not-utf8': (encoding, sample) => `${encoding} → UTF-8${suchAs(sample)}`,
  'separator-line': () => 'без строки sep=',
  'delimiter-not-comma': (delimiter) =>
    `${ownValue({ semicolon: ';', tab: 'табуляция', bar: '|' }, delimiter) ?? delimiter} → запятая`,
  'line-ends-not-lf': (lineEnds) =>
    `${lineEnds === 'mixed' ? 'разные концы строк' : lineEnds.toUpperCase()} → LF`,
  'blank-lines-at-end': () => 'без пустых строк в конце',
  'stand-ins': (cells) => `NULL и подобное → пусто (${plural(Number(cells), NOUNS.cell)})`,
  'reject-reason': () => 'без столбца RejectReason',
  'header-blanks': () => 'без пробелов вокруг названий столбцов',
  'header-case': () => 'названия столбцов в обычном регистре',
};
