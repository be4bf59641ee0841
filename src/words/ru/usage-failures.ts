/** Russian: failures of command lines, options, settings and recipes, and what to do next. */
import {
  countedCodes,
  leavingOut,
  validateExport,
  waysWithCodes,
  withPreset,
} from '../commands.ts';
import type { CsvLayout, ForbiddenAddress, usage as englishUsage } from '../en/usage-failures.ts';
import { byKind, failure, once, quotedIn } from '../entries.ts';
import {
  type BadSetting,
  type PresetMismatch,
  type RecipeProblem,
  settingExample,
  type Usage,
  type UsageProblem,
  type Wanted,
  type WantedType,
} from '../failure-parameters.ts';
import { ownValue } from '../own-value.ts';
import { command, forReader, joined, option, type Text, text } from '../said.ts';
import { example } from '../shown-name.ts';
import { byteSize, firstNames, formatNumber, listed, nounFor, NOUNS, plural } from './format.ts';

const LEAVE_ONE_OUT = 'Уберите один из этих параметров.';

/** The reasons why a file cannot be written, for common system error codes. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  'not-a-file': 'это не обычный файл',
  ENXIO: 'этот канал никто не читает (ENXIO)',
  ENOENT: 'нет такой папки (ENOENT)',
  EACCES: 'нет прав (EACCES)',
  ENOSPC: 'на диске нет места (ENOSPC)',
};

/** The messages about options for CSV, for a file that is JSON. */
const CSV_LAYOUT: Readonly<Record<CsvLayout, string>> = {
  columns: 'Указаны имена столбцов, а файл — JSON: у его значений имена уже есть.',
  'header-line': 'Указана строка с именами столбцов, а файл — JSON: такой строки в нём нет.',
  delimiter: 'Указан разделитель, а файл — JSON: столбцов с разделителем в нём нет.',
};

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Возможно, вы имели в виду "${near}"?`;
}

function usageMessage({ problem, command: of }: Usage): Text {
  return byKind<UsageProblem>({
    'no-command': 'Команда не указана.',
    'unknown-command': ({ word, near }) => `Неизвестная команда ${word}.${didYouMean(near)}`,
    'unknown-option': ({ word, near }) => `Неизвестный параметр ${word}.${didYouMean(near)}`,
    'no-value': ({ option: name }) => `Параметру "${name}" нужно значение.`,
    'no-operand': ({ operand }) => `Команде "${of ?? ''}" нужен <${operand}>.`,
    'too-many-operands': ({ expected, got }) =>
      `Слишком много аргументов: ${of === undefined ? 'нужно' : `команде "${of}" нужно`} ${String(expected)}, а указано ${String(got)}.`,
    'not-of-command': ({ option: name }) => `У команды "${of ?? ''}" нет параметра "${name}".`,
    'no-such-operand': ({ word, among }) =>
      `Команде "${of ?? ''}" нужно одно из: ${among.join(', ')}, а указано ${word}.`,
    'no-such-topic': ({ word }) => `Справки по теме ${word} нет.`,
  })(problem);
}

function usageHint({ problem, command: of, example }: Partial<Usage>): Text {
  const help = forReader(
    `См. metrika-calls ${of === undefined ? '--help' : `${of} --help`}.`,
    'Параметры каждой функции перечислены в docs/api.md.',
  );
  const withExample = example === undefined ? help : text`${help} Пример: ${example}`;
  return byKind<UsageProblem>({
    'no-command': help,
    'unknown-command': help,
    'unknown-option': help,
    'no-value': help,
    'no-operand': withExample,
    'too-many-operands': withExample,
    'not-of-command': help,
    'no-such-operand': help,
    'no-such-topic': ({ topics }) => `Темы: ${topics.join(', ')}.`,
  })(problem ?? { kind: 'no-command' });
}

const TYPES: Readonly<Record<WantedType, string>> = {
  boolean: 'нужно true или false',
  text: 'нужен текст',
  number: 'нужно число',
  texts: 'нужен список текстов',
  record: 'нужен объект, значения которого — тексты',
  function: 'нужна функция',
  object: 'нужен объект',
  source: 'нужен путь или поток байтов',
};

/** Describes a value that is too long to be quoted. */
function longText(length: number): string {
  return `текст из ${String(length)} ${nounFor(length, ['символа', 'символов', 'символов'])}`;
}

function settingMessage({ source, wanted, shown: value }: BadSetting): Text {
  const shown = quotedIn(longText, value);
  const must = (what: Text): Text => text`${source}: ${what}, а не ${shown}.`;
  return byKind<Wanted>({
    'whole-number': ({ from, to }) => must(`нужно целое число от ${String(from)} до ${String(to)}`),
    seconds: must('нужно число секунд, не больше суток'),
    time: must(forReader('нужно время от 1ms до 20d', 'нужно число секунд, не больше 20 суток')),
    size: must(forReader('нужен размер до 1 ГБ', 'нужно число байтов, не больше 1 ГиБ')),
    'number-or-share': must(
      forReader(
        'нужно число записей или доля, например 5%',
        'нужно число записей или доля от 0 до 1',
      ),
    ),
    characters: `${source}: не больше 255 символов, а здесь ${shown}.`,
    name: must('нужно непустое название'),
    'output-file': must('нужно имя файла'),
    'client-id': must('нужен номер приложения из букв и цифр'),
    type: ({ type }) => must(TYPES[type]),
    'one-of': ({ names }) => must(`допустимо ${names.join(', ')}`),
    preset: ({ names }) => must(`допустимо ${names.join(', ')}`),
    pair: must('нужны две части со знаком = между ними'),
    'time-zone': must('нужно название часового пояса'),
    'zone-of-heading': ({ heading }) => must(`нужно UTC, как сказано в заголовке «${heading}»`),
    'date-order': must('нужен порядок дня, месяца и года'),
    region: must('нужны две буквы страны'),
    'web-address': must('нужен веб-адрес'),
    'join-column': must('нужен PhoneNumber'),
    column: must('нужен столбец звонка'),
  })(wanted);
}

const CORRECT_IT = 'Исправьте значение и повторите.';

function settingHint(setting: Partial<BadSetting>): Text {
  const reference = settingExample(setting);
  const example = reference === undefined ? CORRECT_IT : text`Например: ${reference}`;
  return byKind<Wanted>({
    'whole-number': example,
    seconds: example,
    time: example,
    size: example,
    'number-or-share': forReader(example, 'Укажите { records: 20 } или { share: 0.05 }.'),
    characters: 'Сократите его.',
    name: example,
    'output-file': 'Укажите имя файла для записи.',
    'client-id': example,
    type: CORRECT_IT,
    'one-of': example,
    preset: text`Для другой системы укажите столбцы в ${option('map')}.`,
    pair: example,
    'time-zone': example,
    'zone-of-heading': example,
    'date-order': example,
    region: example,
    'web-address': example,
    'join-column': 'Звонки и посетители соединяются по номеру телефона.',
    column: ({ names }) => `Столбцы звонка: ${names.join(', ')}.`,
  })(setting.wanted ?? { kind: 'type', type: 'text' });
}

function nearColumns(missing: PresetMismatch['missing']): string {
  const near = missing.flatMap(({ column, near: own }) =>
    own === undefined ? [] : [`на ${column} похож «${own}»`],
  );
  return near.length === 0 ? '' : `В файле ${near.join(', ')}. `;
}

/** Lists the columns of a file, if they are known. */
function columnsAre(columns: readonly string[] | undefined): string {
  return columns === undefined
    ? 'Файл назван в сообщении.'
    : columns.length === 0
      ? 'Это, скорее всего, не таблица.'
      : `Его столбцы: ${firstNames(columns).join(', ')}.`;
}

const JOIN_TARGETS = {
  address: 'на адрес в сети',
  stdin: 'на стандартный ввод',
  outside: 'за пределы папки рецепта',
  'no-file': 'на папку или устройство',
} as const;

const FORBIDDEN_ADDRESS: Readonly<Record<ForbiddenAddress, (host: string) => string>> = {
  invalid: () => 'Это не полный адрес в сети.',
  'invalid-next': (host) =>
    `Сервер ${host} отправляет дальше, но то, что он указал, — не адрес в сети. Программа туда не идёт.`,
  user: (host) => `В адресе на ${host} есть имя пользователя или пароль, такой адрес не читается.`,
  scheme: (host) => `Файлы читаются по https, а адрес на ${host} — не https.`,
  'other-scheme': (host) =>
    `Сервер ${host} отправляет на адрес с другим протоколом. По такой ссылке программа не идёт.`,
  private: (host) =>
    `Открытый адрес ведёт на ${host} в локальной сети. По такой ссылке программа не идёт.`,
};

export const usage: typeof englishUsage = once(() => ({
  usage: failure('Неверная командная строка', usageMessage, usageHint),
  'setting-invalid': failure(
    'Неверное значение параметра или переменной',
    settingMessage,
    settingHint,
  ),
  'counter-missing': failure(
    'Не указан счётчик',
    'Не указан счётчик.',
    forReader(
      text`Укажите его номер в ${option('counter')} или в METRIKA_COUNTER (он виден в адресе metrika.yandex.ru/dashboard?id=…). Для ${option('sandbox')} он не нужен. Ваши счётчики покажет команда: ${command('counters')}`,
      text`Укажите его номер в ${option('counter')} (он виден в адресе metrika.yandex.ru/dashboard?id=…). Ваши счётчики покажет ${command('counters')}. С ${option('sandbox', true)} он не нужен.`,
    ),
  ),
  'token-missing': failure(
    'Не указан токен',
    'Не указан токен OAuth.',
    forReader(
      text`Задайте METRIKA_TOKEN или сохраните токен в файл и укажите файл в ${option('tokenFile')}. Для ${option('sandbox')} он не нужен. Чтобы получить и сохранить токен, войдите: ${command('login')}`,
      text`Передайте его в ${option('token')}. С ${option('sandbox', true)} он не нужен. Как получить токен, сказано в README.`,
    ),
  ),
  'token-twice': failure(
    'Указаны два токена',
    text`Указаны и ${option('token')}, и ${option('tokenFile')}.`,
    text`Уберите один из них; ${option('tokenFile')} безопаснее.`,
  ),
  'token-empty': failure(
    'Токен пуст',
    ({ origin }) => `Токен из ${origin} пуст.`,
    forReader(
      text`Запишите туда токен OAuth или укажите другой файл в ${option('tokenFile')}.`,
      'Запишите туда токен OAuth.',
    ),
  ),
  'token-short': failure(
    'Слишком короткий токен',
    'В токене OAuth меньше 8 символов, таких у сервиса нет. Он никуда не отправлен.',
    'Скопируйте токен целиком; обычно он начинается с y0_.',
  ),
  'token-invalid': failure(
    'Это не токен',
    ({ origin }) =>
      `В токене из ${origin} есть символы, которых в токенах не бывает: пробелы или буквы не из ASCII.`,
    'Скопируйте токен ещё раз, одной строкой и без кавычек.',
  ),
  'token-file-unreadable': failure(
    'Файл с токеном не читается',
    ({ origin, path, reason }) => `Файл с токеном из ${origin} не читается: ${path} (${reason}).`,
    'Проверьте путь и право читать этот файл.',
  ),
  'stdin-twice': failure(
    'Стандартный ввод занят дважды',
    'Стандартный ввод не может быть и токеном, и звонками.',
    'Передайте токен в METRIKA_TOKEN или в файле.',
  ),
  'two-addresses': failure(
    'Указаны два адреса',
    text`Указаны и ${option('sandbox')}, и ${option('apiUrl')}, а использовать можно только одно.`,
    LEAVE_ONE_OUT,
  ),
  'api-url-invalid': failure(
    'Неверный адрес API',
    ({ shown, problem }) =>
      problem === 'extra-parts'
        ? 'В адресе API не должно быть имени пользователя, параметров и фрагмента.'
        : shown === undefined
          ? 'Адрес API — не URL с http(s).'
          : `"${shown}" — не URL с http(s).`,
    ({ problem, standard = 'адрес Метрики' }) =>
      problem === 'extra-parts'
        ? 'Укажите схему, сервер и, если нужно, порт.'
        : text`Уберите ${option('apiUrl')}, и будет использован ${standard}.`,
  ),
  'api-url-untrusted': failure(
    'Адрес API на неизвестном сервере',
    ({ host }) => `${host} — не известный сервер Яндекс Метрики, поэтому токен туда не отправлен.`,
    ({ host, known = [] }) =>
      text`Если вы ему доверяете, добавьте ${option('trustApiHost', host)}.${known.length === 0 ? '' : ` Известные серверы: ${known.join(', ')}.`}`,
  ),
  'address-forbidden': failure(
    'Адрес, который не читается',
    ({ why, host }) => FORBIDDEN_ADDRESS[why](host),
    'Укажите другой адрес или скачайте файл и укажите его.',
  ),
  'api-url-not-https': failure(
    'Адрес API без https',
    ({ base }) => `Адрес API ${base} — не https, а токен отправляется только по https.`,
    ({ host = 'HOST' }) => `Укажите https://${host}.`,
  ),
  'certificate-check-off': failure(
    'Проверка сертификатов отключена',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 отключает проверку сертификатов, поэтому по сети ничего не передаётся.',
    text`Уберите эту переменную. Если ваша сеть проверяет трафик TLS собственным удостоверяющим центром, укажите ${forReader('его файл', 'его сертификат')} в ${option('caFile')}.`,
  ),
  'ca-file-invalid': failure(
    'Неверный файл удостоверяющих центров',
    ({ path, problem, reason }) =>
      text`Файл ${path} из ${option('caFile')} ${
        {
          unreadable: `не читается (${reason})`,
          empty: 'не содержит сертификата в PEM',
          damaged: 'содержит сертификат, который не читается',
        }[problem]
      }.`,
    'Укажите файл, который начинается с -----BEGIN CERTIFICATE-----: его дают администраторы сети.',
  ),
  'file-twice': failure(
    'Файл указан дважды',
    ({ name }) => `Файл ${name} указан дважды.`,
    'Укажите каждый файл один раз, иначе он будет обработан дважды.',
  ),
  'output-is-input': failure(
    'Выходной файл — один из входных',
    ({ flag, path }) =>
      `${flag} указывает на ${path}, а этот файл запуск уже читает или пишет. Ничего не изменено.`,
    'Укажите для записи другой файл.',
  ),
  'output-unwritable': failure(
    'Выходной файл записать нельзя',
    ({ path, reason, isBeforeSending }) =>
      `Файл ${path} записать нельзя: ${ownValue(UNWRITABLE, reason) ?? reason}.${isBeforeSending === true ? ' Ничего не отправлено.' : ''}`,
    'Укажите файл в папке, которая есть и в которую можно писать, на диске со свободным местом.',
  ),
  'stdin-is-terminal': failure(
    'Стандартный ввод — терминал',
    'Стандартный ввод — терминал, звонков в нём нет.',
    text`Передайте файл через канал или укажите его, например: ${command('validate', { operands: ['calls.csv'] })}`,
  ),
  'skip-invalid-missing': failure(
    'Параметр для записей, которых никто не пропускает',
    ({ option: name }) =>
      text`${option(name)} относится к записям, которые пропускает ${option('skipInvalid')}, а ${option('skipInvalid')} не указан.`,
    ({ option: name = 'rejects' }) =>
      text`Добавьте ${option('skipInvalid', true)} или уберите ${option(name)}.`,
  ),
  'rejects-of-many': failure(
    'Один файл отклонённых записей на несколько файлов',
    text`${option('rejects')} указывает один файл, а отправить нужно несколько.`,
    text`Отправьте каждый файл со своим ${option('rejects')}.`,
  ),
  'again-or-not': failure(
    'Два параметра исключают друг друга',
    'Файлы, которые у счётчика уже есть, нельзя и отправить, и не отправить.',
    text`Уберите ${option('again')} или ${option('skipExisting')}.`,
  ),
  'mark-needed': failure(
    'Без меток файлы не узнать',
    text`${option('skipExisting')} узнаёт файл по метке в комментарии, а ${option('mark', false)} её убирает.`,
    LEAVE_ONE_OUT,
  ),
  'output-missing': failure(
    'Два результата для стандартного вывода',
    text`В стандартный вывод не могут идти и звонки, и то, что пишет ${option('format')}.`,
    text`Укажите файл для звонков в -o или уберите ${option('json')} и ${option('format')}.`,
  ),
  'part-size-too-small': failure(
    'Слишком маленькая часть',
    ({ limit, needed }) =>
      `Части по ${byteSize(limit)} слишком малы: заголовку и самой длинной записи нужно ${byteSize(needed)}.`,
    text`Укажите в ${option('partSize')} больший размер.`,
  ),
  'mapping-invalid': failure(
    'Ошибка в рецепте',
    ({ path, problem }) =>
      byKind<RecipeProblem>({
        unreadable: ({ reason }) => `Рецепт ${path} не читается (${reason}).`,
        'not-json': ({ place }) =>
          `Рецепт ${path} — не JSON: он не читается со строки и позиции ${place}.`,
        letters: `Рецепт ${path} не в UTF-8, и его кодировку нельзя определить наверняка.`,
        join: ({ to }) => `Ошибка в рецепте ${path}: join ведёт ${JOIN_TARGETS[to]}.`,
        key: ({ key }) => `Ошибка в рецепте ${path}, ${key === '' ? 'в начале' : `ключ ${key}`}.`,
      })(problem),
    ({ problem }) =>
      byKind<RecipeProblem>({
        unreadable: text`Проверьте файл; то же самое в командной строке делают ${option('map')}, ${option('set')} и другие параметры.`,
        'not-json': 'Проверьте файл в редакторе, который понимает JSON.',
        letters: 'Сохраните его ещё раз в UTF-8.',
        join: text`Рецепт может называть только файл ниже своей папки. Перенесите файл туда или укажите его в ${option('join')}.`,
        key: ({ keys }) => `В нём могут быть ${listed(keys)}.`,
      })(problem ?? { kind: 'unreadable', reason: '' }),
  ),
  'mapping-unknown-column': failure(
    'Нет столбца из рецепта',
    ({ column }) => `В файле нет столбца "${column}", который указан в параметрах или в рецепте.`,
    ({ columns, near }) =>
      `${near === undefined ? '' : `Возможно, это «${near}»? `}${columnsAre(columns)}`,
  ),
  'preset-does-not-fit': failure(
    'Шаблон системы не подходит',
    ({ missing, preset, system }) =>
      `Шаблон ${preset} читает столбцы, которых в файле нет: ${missing.map(({ column }) => column).join(', ')}. Это не выгрузка ${system} или выгрузка другого вида.`,
    ({ missing = [], delimiter }) =>
      delimiter !== undefined
        ? text`В файле другой разделитель, чем в выгрузках этой системы: добавьте ${option('delimiter', delimiter)}.`
        : text`${nearColumns(missing)}Проверьте выгрузку или укажите её столбцы в ${option('map')} вместо шаблона.`,
  ),
  'join-unreadable': failure(
    'Присоединяемый файл не читается',
    ({ name, why }) => `Присоединяемый файл ${name}: ${why.message}`,
    ({ why }) =>
      why?.hint ??
      'Присоединяемый файл читается как любой другой; сделайте то, что подсказано для него.',
  ),
  'join-unfit': failure(
    'Файл для присоединения не подходит',
    ({ name, identifiers }) =>
      `В файле ${name} нет столбца PhoneNumber или ни одного из ${identifiers.join(', ')}.`,
    ({ columns }) =>
      text`${columnsAre(columns)} Укажите, какой из них какой, например ${joined([option('joinMap', { from: example('Телефон'), to: 'PhoneNumber' }), option('joinMap', { from: example('ClientID'), to: 'ClientId' })], ' ')}.`,
  ),
  'join-column-unknown': failure(
    'Нет столбца в присоединяемом файле',
    ({ name, column }) =>
      `В файле ${name} нет столбца "${column}", который указан в параметрах или в рецепте.`,
    ({ columns }) => columnsAre(columns),
  ),
  'mapping-not-wanted': failure(
    'Рецепт для файла, который нельзя менять',
    ({ option: name }) =>
      text`${option(name)} преобразует файл, а ${option('convert', false)} запрещает любые изменения.`,
    LEAVE_ONE_OUT,
  ),
  'export-without-calls': failure(
    'Из выгрузки не выходит ни одного звонка',
    ({ errors }) =>
      `По этому рецепту из выгрузки не получается ни одного звонка: ${plural(errors, NOUNS.error)}.`,
    (recipe) => text`Посмотреть их: ${validateExport(recipe)}`,
  ),
  'codes-open': failure(
    'Слова без объяснения',
    ({ columns }) =>
      columns
        .map(
          ({ column, ...codes }) =>
            `В столбце «${column}» есть ${countedCodes(codes, (code) => `«${code}»`, formatNumber)}, и не всё это наверняка входящие звонки.`,
        )
        .join(' '),
    ({ columns = [], preset }) =>
      text`Уберите то, что не входящий звонок, или скажите, что значит каждое слово: ${joined(
        columns.map((codes) => joined(waysWithCodes(codes), ' или ')),
        '; ',
      )}. ${option('direction', 'all')} берёт все звонки.${withPreset(preset, (system, use) => text` Если это выгрузка системы ${system}, на всё это отвечает ${use}.`)}`,
  ),
  'headings-ambiguous': failure(
    'Заголовки, которые можно понять по-разному',
    ({ choices, columns = [], unitOpen }) =>
      [
        ...choices.map(({ column, among }) =>
          among.length === 1
            ? `Столбец «${among[0] ?? ''}» может быть ${column}, но больше ничто на это не указывает.`
            : `${column} может быть здесь: ${firstNames(among.map((name) => `«${name}»`)).join(', ')}.`,
        ),
        ...columns.map(
          ({ column, open }) =>
            `В столбце «${column}» есть ${open.map((code) => `«${code}»`).join(', ')}: возможно, это не входящие звонки.`,
        ),
        ...(unitOpen === undefined
          ? []
          : [`В столбце «${unitOpen}» нет значений больше 20: это могут быть минуты или секунды.`]),
      ].join(' '),
    ({ choices = [], columns = [], unitOpen, preset }) =>
      choices.length === 0 && unitOpen === undefined
        ? text`Укажите верный столбец в ${option('map')} или уберите лишний: ${option('map', { from: example('СТОЛБЕЦ'), to: '-' })}.`
        : text`Укажите, что это, например: ${joined(
            [
              ...choices.map(({ column, among }) =>
                option('map', { from: among[0] ?? example(''), to: column }),
              ),
              ...columns.flatMap((codes) => waysWithCodes(codes).slice(0, 1)),
              ...(unitOpen === undefined ? [] : [option('durationUnit', 'minutes')]),
            ],
            ' ',
          )}.${leavingOut(choices, (one) => text` ${one} оставит столбец в стороне.`)}${withPreset(preset, (system, use) => text` Если это выгрузка системы ${system}, на всё это отвечает ${use}.`)}`,
  ),
  'init-needs-file': failure(
    'Для init нужен файл',
    'init читает выгрузку несколько раз, а стандартный ввод приходит один раз.',
    'Сначала сохраните её в файл.',
  ),
  'init-open': failure(
    'Вопрос, который некому задать',
    ({ question }) => `Не хватает ответа, а терминала нет: ${question}.`,
    ({ option: answer, preset }) =>
      answer === undefined
        ? 'Ответьте параметром, который указан.'
        : text`${withPreset(preset, (system, use) => text`Если это выгрузка системы ${system}, на часть вопросов отвечает ${use}. `)}Ответьте параметром, например: ${answer}`,
  ),
  'init-recipe-exists': failure(
    'Рецепт уже есть',
    ({ path }) => `Файл ${path} уже есть, и поверх него ничего не пишется.`,
    text`Укажите файл в ${option('saveMapping')}.`,
  ),
  'html-with-document': failure(
    'Страница и документ в одном месте',
    text`${option('html')} - и документ (${option('json')}, ${option('format')}) вместе идут в стандартный вывод.`,
    text`Укажите для страницы файл: ${option('html', 'report.html')}`,
  ),
  'sheet-unknown': failure(
    'В книге нет листа',
    ({ sheet }) => `В книге нет листа с ячейками "${sheet}".`,
    ({ sheets = [], more = 0 }) => {
      const rest = more === 0 ? '' : ` и ещё ${formatNumber(more)}`;
      return text`Укажите другой лист в ${option('sheet')} или уберите этот параметр.${sheets.length === 0 ? '' : ` Листы книги: ${sheets.join(', ')}${rest}.`}`;
    },
  ),
  'records-unknown': failure(
    'В JSON нет такого списка',
    ({ wanted }) => `В JSON нет списка объектов "${wanted}".`,
    ({ arrays = [] }) =>
      text`Укажите другой список в ${option('records')} или уберите этот параметр.${arrays.every(({ path }) => path === '') ? '' : ` Списки в файле: ${arrays.flatMap(({ path }) => (path === '' ? [] : [path])).join(', ')}.`}`,
  ),
  'records-of-csv': failure(
    'Список указан, а файл — не JSON',
    ({ records }) => `Указан список "${records}", а файл — не JSON: таких списков в нём нет.`,
    text`Уберите ${option('records')}.`,
  ),
  'layout-of-json': failure(
    'Указан вид CSV, а файл — JSON',
    ({ layout }) => CSV_LAYOUT[layout],
    ({ layout = 'columns' }) => text`Уберите ${option(layout)}.`,
  ),
  'sheet-of-csv': failure(
    'Лист файла без листов',
    ({ sheet }) => `Указан лист "${sheet}", а файл — не книга: листов в нём нет.`,
    text`Уберите ${option('sheet')}.`,
  ),
  'id-invalid': failure(
    'Это не номер загрузки',
    ({ shown }) => `Номер загрузки — целое число, а не ${quotedIn(longText, shown)}.`,
    text`Возьмите номер, который получила загрузка; ${command('list')} показывает номера загрузок счётчика.`,
  ),
  'code-unknown': failure(
    'Неизвестный код',
    ({ shown }) => `Неизвестный код: ${quotedIn(longText, shown)}.`,
    ({ near }) => text`${didYouMean(near).trim()} ${command('explain')} показывает все коды.`,
  ),
  'port-unavailable': failure(
    'Порт занять нельзя',
    ({ port, reason }) => `Песочница не может занять порт ${String(port)} (${reason}).`,
    text`Укажите другой порт в ${option('port')} или ${option('port', 0)} для любого свободного.`,
  ),
  'engine-unsuitable': failure(
    'Этот Node.js не подходит для проверки',
    ({ problem }) =>
      problem === 'no-room'
        ? 'Адресного пространства процесса не хватает для проверки записей.'
        : 'Этот Node.js не выполняет WebAssembly, а без него нет проверки.',
    ({ problem }) =>
      problem === 'no-room'
        ? 'Поднимите предел (ulimit -v) или задайте NODE_OPTIONS=--disable-wasm-trap-handler.'
        : 'Запустите Node.js без --jitless (см. NODE_OPTIONS) на процессоре с командами SIMD.',
  ),
  defect: failure(
    'Ошибка в metrika-calls',
    ({ system }) => `Это ошибка в программе ${system}.`,
    ({ page }) =>
      `Пожалуйста, сообщите о ней${page === undefined ? ' и приложите файл отчёта из сообщения.' : `: ${page}`}`,
  ),
}));
