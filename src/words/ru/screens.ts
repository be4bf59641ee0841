/** Russian: the sentences of results, progress and previews. */
import { renameCommand } from '../commands.ts';
import type { screens as english } from '../en/screens.ts';
import { once } from '../entries.ts';
import { clock, partOf } from '../format.ts';
import { ownValue } from '../own-value.ts';
import { type PortionName, splitInto } from '../portions.ts';
import { nextStep, text } from '../said.ts';
import {
  byteSize,
  dayOf,
  firstNames,
  formatNumber,
  localTime,
  nounFor,
  NOUNS,
  plural,
  timeSpan,
} from './format.ts';

const MONTHS = 'янв фев мар апр мая июн июл авг сен окт ноя дек'.split(' ');

/** Describes a portion: `ClientId, часть 2 из 3`. */
function portion({ identifier, part }: PortionName): string {
  return [
    ...(identifier === undefined ? [] : [identifier]),
    ...(part === undefined ? [] : [`часть ${String(part.number)} из ${String(part.of)}`]),
  ].join(', ');
}

/** Describes the portions of a file: `3 части`, or `4 загрузки: ClientId в 3 частях, Yclid`. */
function split(portions: readonly PortionName[]): string {
  const words = {
    parts: (count: number) => plural(count, NOUNS.part),
    inParts: (identifier: string, count: number) =>
      `${identifier} в ${plural(count, NOUNS.partLocative)}`,
    uploads: (count: number) => plural(count, NOUNS.upload),
  };
  return splitInto(words, portions);
}

/** The statuses of uploads that have words of their own. */
const STATUSES: Readonly<Record<string, string>> = {
  PREPARED: 'принято',
  UPLOADED: 'принято',
  EXPORTED: 'обрабатывается',
  MATCHED: 'обрабатывается',
  PROCESSED: 'обработано',
  LINKAGE_FAILURE: 'обработано, с визитами не связано',
};

/** Descriptions of the columns that `init` asks about. */
const WHAT_COLUMNS_ARE: Readonly<Record<string, string>> = {
  DateTime: 'время звонка',
  ClientId: 'идентификатор посетителя в Метрике',
  PhoneNumber: 'номер звонившего',
};

function soon(wait: number): string {
  return wait < 1000 ? 'меньше чем через секунду' : `через ${timeSpan(wait)}`;
}

export const screens: () => ReturnType<typeof english> = once(() => ({
  files: {
    standardInput: 'стандартный ввод',
    calls: (count) => plural(count, NOUNS.call),
    counts: (errors, warnings) =>
      `${errors === 0 ? 'ошибок нет' : plural(errors, NOUNS.error)}, ${warnings === 0 ? 'предупреждений нет' : plural(warnings, NOUNS.warning)}`,
    shared: {
      'google-sheets': 'вместо страницы Google Таблиц читается сам файл',
      'google-drive': 'вместо страницы Google Диска читается сам файл',
      'yandex-disk': 'вместо страницы Яндекс Диска читается сам файл',
    },
    noneMatched: (pattern) => `под шаблон ${pattern} не подходит ни один файл`,
    unread: (message) => `${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '')}`,
    portion,
    leftOver: (path) =>
      `Прерванный запуск оставил файл ${path}, в нём могут быть личные данные. Удалите его, если он не нужен.`,
  },
  findings: {
    headings: { error: 'Ошибки', warning: 'Предупреждения' },
    changes: (changes) => `изменено перед отправкой: ${changes.join(', ')}`,
    inLine: (line) => `строка ${formatNumber(line)}`,
    count: (count, unit) => plural(count, unit === 'line' ? NOUNS.line : NOUNS.record),
    inLines: (lines) => `${lines.length === 1 ? 'строка' : 'строки'} ${lines.join(', ')}`,
    unknownColumns: (columns) => ({
      title: `${formatNumber(columns.length)} ${nounFor(columns.length, ['неизвестный столбец', 'неизвестных столбца', 'неизвестных столбцов'])}`,
      message: `Таких столбцов в Метрике нет, и их значения пропадут: ${firstNames(columns.map(({ column }) => column)).join(', ')}.`,
      hint: text`Удалите их или переименуйте: ${renameCommand(columns.map(({ column, near = 'СТОЛБЕЦ' }) => ({ column, near })))}`,
    }),
    notListed: (left, all) =>
      `не показано ещё ${formatNumber(left)}; --max-errors ${String(all)} покажет все`,
  },
  convert: {
    ignored: (columns) =>
      `столбцы, которые не использованы: ${firstNames(columns).join(', ')} (--map их сохранит)`,
    taken: (pairs) => `взято из заголовков: ${pairs.join(', ')}`,
    possible: (pairs) =>
      `не взято, потому что неясно: ${pairs.join(', ')} (нужно — укажите в --map)`,
    records: (count) => plural(count, NOUNS.record),
    joinLeftOut: (path) =>
      `В ${path} нет присоединяемого файла: рецепт может называть только файл ниже своей папки. Указывайте --join в каждой команде.`,
    nothingWritten: 'Звонки не записаны.',
    rejected: (rejected, all, rejects) =>
      `с ошибками пропущено ${formatNumber(rejected)} из ${plural(all, ['записи', 'записей', 'записей'])}${rejects === undefined ? ' (--rejects их сохранит)' : `, сохранены в ${rejects}`}`,
    account: {
      written: '— записано звонков',
      convertible: '— звонков без ошибок',
      leftOut: {
        only: '— не взято по --only',
        skip: '— не взято по --skip',
        other: '— не взято записей, которые не звонки',
        outgoing: '— не взято исходящих; --direction all их оставит',
        internal: '— не взято внутренних; --direction all их оставит',
        unidentified: '— не взято без идентификатора',
      },
      legs: '— других частей звонков; --legs keep сделает из них звонки',
      rejected: '— записей с ошибками',
      keptIn: (path) => `, сохранены в ${path}`,
      all: '— всего записей',
    },
    legend: (arrow, cross) => `${arrow} — что будет записано, ${cross} — что записать нельзя.`,
    masked: '--show-values покажет номера и идентификаторы полностью.',
  },
  init: {
    yes: 'Да',
    no: 'Нет',
    usePreset: (system) => `Это выгрузка ${system}. Взять то, что о ней известно?`,
    whichColumn: (column) =>
      `Какой столбец — ${column}${[ownValue(WHAT_COLUMNS_ARE, column)].map((what) => (what === undefined ? '' : ` (${what})`)).join('')}?`,
    noColumn: 'ни один',
    timezone: 'В каком часовом поясе записано время?',
    region: 'К какой стране относятся номера без кода страны?',
    currency: 'В какой валюте цены?',
    durationUnit: 'В чём указаны длительности?',
    units: {
      hours: 'в часах',
      minutes: 'в минутах',
      seconds: 'в секундах',
      milliseconds: 'в миллисекундах',
    },
    whatCodes: (column, codes) => `О чём говорит столбец ${column}? В нём ${codes}.`,
    ofDirection: 'входящий это звонок или исходящий',
    ofOutcome: 'принят звонок или пропущен',
    ofNothing: 'ни о том ни о другом: брать все звонки',
    whatCode: (column, code, count) =>
      `${column}: что значит «${code}», записей: ${formatNumber(count)}?`,
    incoming: 'звонок снаружи',
    outgoing: 'звонок наружу: пропустить',
    internal: 'звонок внутри компании: пропустить',
    answered: 'принят',
    missed: 'пропущен',
    dateFormat: 'В датах вроде 05/11/2026 что идёт первым?',
    dayFirst: 'день',
    monthFirst: 'месяц',
    unidentified: 'Что делать со звонками без идентификатора?',
    asStatic: 'отправить как статические: они видны в отчётах и ни с кем не связаны',
    leaveOut: 'пропустить',
    asError: 'считать ошибками и посмотреть на них',
    other: 'другое',
    saveAs: 'Сохранить рецепт как',
    overwrite: (path) => `Файл ${path} уже есть. Записать поверх?`,
    isExport: 'Это сама выгрузка.',
    saved: (path) => `Рецепт сохранён в ${path}.`,
    keepSettings: (path) =>
      `Использовать этот рецепт, пояс, страну и ваш счётчик в этой папке и дальше (${path})?`,
    whichCounter: 'Номер вашего счётчика (оставьте пустым, если не знаете)',
    settingsSaved: (path) => `Настройки сохранены в ${path}.`,
    nowWithSettings: 'Теперь, с файлом token.txt, в котором ваш токен:',
    errorsLeft: (errors, records, command) =>
      `Записей с ошибками: ${formatNumber(errors)} из ${formatNumber(records)}. Посмотреть их: ${command}`,
    now: 'Сейчас, с номером вашего счётчика и файлом token.txt, в котором ваш токен:',
    fixFirst: 'Сначала посмотрите на записи с ошибками. Исправьте их или пропустите:',
    cron: 'Из cron, каждую ночь (metrika-calls и node должны быть в PATH):',
    ci: 'Из GitHub Actions, с METRIKA_TOKEN в env:',
  },
  upload: {
    checking: (total) => `проверка, ${byteSize(total)}`,
    sending: (total, counter, attempt) =>
      `отправка в счётчик ${String(counter)}, ${byteSize(total)}${attempt > 1 ? `, попытка ${String(attempt)}` : ''}`,
    answering: (patience) => `всё передано, ждём ответа (не дольше ${timeSpan(patience)})`,
    searching: (left) => `проверяем, дошёл ли файл (до ${formatNumber(Math.ceil(left / 1000))} с)`,
    found: (id) => `файл дошёл, загрузка ${id}`,
    existing: (id, made) =>
      `уже отправлен, загрузка ${id}${made === undefined ? '' : ` от ${dayOf(made)}`}; --again отправит ещё раз`,
    notLooked: (why) => `не проверено, есть ли уже у счётчика эти файлы. ${why}`,
    sentByAnother: (ids) => `тот же файл отправил и кто-то другой; загрузки: ${ids.join(', ')}`,
    markLost: (id) =>
      `сервис показывает загрузку ${id} без метки в комментарии, значит, комментарии он не сохраняет: узнать здесь уже отправленный файл нельзя, а потерянный ответ может оставить файл под вопросом`,
    waitGoesOn: (id, why) => `загрузку ${id} сейчас не посмотреть. ${why} Ожидание продолжается.`,
    sendAtNight: (file) => `Всё равно отправить ${file}?`,
    split: (portions) => `отправляется так: ${split(portions)}`,
    leftOut: ({ kept, all, invalid }, rejects, dryRun) =>
      `${dryRun ? 'было бы отправлено' : 'отправляется'} ${formatNumber(kept)} из ${plural(all, ['звонка', 'звонков', 'звонков'])}; ${
        rejects === undefined
          ? `с ошибками пропущено: ${formatNumber(invalid)} (--rejects их сохранит)`
          : `с ошибками ${dryRun ? 'были бы сохранены' : 'сохранены'} в ${rejects}: ${formatNumber(invalid)}`
      }`,
    uploadedAs: (id) => `загружено под номером ${id}`,
    existsAs: (id) => `уже загружено под номером ${id}`,
    status: (status) =>
      ownValue(STATUSES, status ?? '') ??
      (status === undefined ? 'статус неизвестен' : `статус ${status}`),
    fact: {
      status: 'статус',
      lines: 'строки',
      calls: 'звонки',
      linked: 'связано',
      identifier: 'идентификатор',
      created: 'создано',
      comment: 'комментарий',
    },
    linesAccepted: (accepted, sent) =>
      accepted === undefined
        ? formatNumber(sent ?? 0)
        : sent === undefined
          ? `принято ${formatNumber(accepted)}`
          : `принято ${formatNumber(accepted)} из ${formatNumber(sent)}`,
    dynamicCalls: (count) =>
      `${formatNumber(count)} ${nounFor(count, ['динамический', 'динамических', 'динамических'])}`,
    staticCalls: (count) =>
      `${formatNumber(count)} ${nounFor(count, ['статический', 'статических', 'статических'])}`,
    processing: (command) =>
      nextStep((variable) => ` (токен должен быть в ${variable})`)(
        'Обработка занимает до двух часов. Дальше',
        command,
        '',
      ),
    seenIn:
      'В Метрике звонки учитываются в отчёте «Конверсии», в целях по звонкам; после первой загрузки эти цели появляются в течение суток.',
    linked: (linked, of) =>
      of === undefined ? formatNumber(linked) : `${formatNumber(linked)} из ${formatNumber(of)}`,
    noVisitor: (count) => `посетитель не найден: ${formatNumber(count)}`,
    noGoal: (count) => `цель не найдена: ${formatNumber(count)}`,
    oddComment:
      'В комментарии есть символы, кроме букв, цифр и знаков препинания; сервис может их изменить или не принять.',
    table: ['ФАЙЛ', 'ИТОГ', 'ЗВОНКИ', 'НОМЕР', 'СТАТУС ИЛИ ПРИЧИНА'],
    outcomes: {
      uploaded: 'загружено',
      existing: 'уже есть',
      'dry-run': 'пробный запуск',
      empty: 'нет звонков',
      failed: 'не удалось',
    },
    withExit: (outcome, code) => `${outcome}, код ${String(code)}`,
    outcomeAs: (outcome, id) => `${outcome}, номер ${id}`,
  },
  dryRun: {
    head: 'ничего не отправлено (пробный запуск)',
    request: 'запрос',
    file: 'файл',
    sha256: 'sha256',
    changes: 'изменения',
    none: 'нет',
    size: (calls, bytes) => `${plural(calls, NOUNS.call)}, ${plural(bytes, NOUNS.byte)}`,
    setting: (value, source) =>
      `${value.replace(/^(\d+) s$/, '$1 с')} (${ownValue({ default: 'по умолчанию', sandbox: 'песочница' }, source) ?? source})`,
    ownSandbox: 'песочница этого запуска',
  },
  list: {
    reading: (counter) => `читаем загрузки счётчика ${String(counter)}`,
    none: 'У счётчика нет загрузок звонков.',
    older: (count) =>
      `Более старых загрузок не показано: ${formatNumber(count)}; --limit покажет больше.`,
    unreadable: (count) =>
      `Записей без пригодного номера: ${formatNumber(count)}; они не показаны.`,
    table: ['СТАТУС', 'НОМЕР', 'СОЗДАНО', 'СТРОКИ', 'КОММЕНТАРИЙ'],
    linked: 'СВЯЗАНО',
    time: (date, now) =>
      `${String(date.getDate())} ${MONTHS[date.getMonth()] ?? ''}${date.getFullYear() === now.getFullYear() ? '' : ` ${String(date.getFullYear())}`} ${clock(date)}`,
  },
  config: {
    table: ['НАСТРОЙКА', 'ЗНАЧЕНИЕ', 'ОТКУДА'],
    rest: (count) =>
      `У остальных настроек (${formatNumber(count)}) значения по умолчанию; их покажет --verbose.`,
    notSet: (name) => `Настройка ${name} не задана, и значения по умолчанию у неё нет.`,
    user: (path) => `ваш файл: ${path}`,
    project: (path) => `файл проекта: ${path ?? 'не найден'}`,
    set: (name, path) => `Настройка ${name} записана в ${path}.`,
    setBefore: (name, path) => `В ${path} у настройки ${name} уже было это значение.`,
    removed: (name, path) => `Настройка ${name} удалена из ${path}.`,
    removedBefore: (name, path) => `В ${path} не было настройки ${name}.`,
  },
  counters: {
    reading: 'читаем счётчики этого токена',
    none: 'Этому токену не доступен ни один счётчик.',
    noneWith: (all) =>
      `Ни у одного счётчика нет этого текста в номере, названии или сайте. Токену доступно счётчиков: ${formatNumber(all)}.`,
    unreadable: (count) => `Не показано счётчиков без читаемого номера: ${formatNumber(count)}.`,
    table: ['СЧЁТЧИК', 'НАЗВАНИЕ', 'САЙТ', 'ДОСТУП', 'ЧАСОВОЙ ПОЯС', 'ВАЛЮТА'],
  },
  status: {
    head: (id) => `загрузка ${id}`,
    waiting: (id, words) => `загрузка ${id}: ${words}`,
  },
  sandbox: {
    at: (address) => `Песочница: ${address}`,
    use: (address) => `Укажите --api-url ${address} и любой токен. Ctrl-C завершает её.`,
  },
  signIn: {
    openAddress:
      'Откройте этот адрес в браузере под аккаунтом, который может редактировать счётчик:',
    showsCode: 'После этого страница покажет код из 16 символов.',
    askCode: 'Код со страницы:',
    askToken: 'Токен OAuth:',
    codeNeeded: 'Введите код или весь адрес страницы.',
    askReplace: (stored, login) =>
      `Заменить сохранённый токен (${stored === undefined ? 'аккаунт неизвестен' : `аккаунт ${stored}`}) новым (${login === undefined ? 'аккаунт неизвестен' : `аккаунт ${login}`})?`,
    finishWith: (next, minutes) =>
      `Код передайте этой команде в стандартный ввод, он действует ${plural(minutes, NOUNS.minute)}: ${next}`,
    signedIn: (login) => (login === undefined ? 'Вход выполнен' : `Вход выполнен: ${login}`),
    account: 'аккаунт',
    origin: 'откуда токен',
    rights: 'права',
    keptIn: 'хранится в',
    validUntil: 'действует до',
    unknown: 'неизвестно',
    time: (time) => localTime(time),
    rehearsed: 'Это была репетиция с песочницей: ничего не сохранено.',
    notTried: (reason) =>
      `Токен сохранён, но ещё не проверен: сервис спросить не удалось. ${reason}`,
    accountUnknown: (reason) => `Чей это токен, сейчас узнать не удалось. ${reason}`,
    sendsOnly:
      'Токен может отправлять звонки, но не может читать список счётчиков: нет права metrika:read.',
    endsSoon: (time, hasEnded) =>
      `Сохранённый токен ${hasEnded ? 'действовал' : 'действует'} до ${localTime(time)}. Получите новый: metrika-calls login`,
    notRenewed: (reason) => `Сохранённый токен продлить не удалось. ${reason}`,
    notKept: (reason) =>
      `Токен продлён для этого запуска, но сохранить новый не удалось. ${reason}`,
    closedToOthers: (path) =>
      `Другие пользователи могли прочитать ${path}. Теперь читать его можете только вы.`,
    deleted: (path) => `Удалено: ${path}`,
    nothingStored: 'Сохранённого токена нет.',
    stillValid: (page) =>
      `Сам токен продолжает действовать. Закрыть доступ можно на странице ${page}`,
    settingIsStronger: (place) =>
      `${place} указывает другой токен. Он сильнее сохранённого, и другие команды берут его.`,
    variableStays: (variable) =>
      `Задана переменная ${variable}, и другие команды берут токен из неё.`,
    leftAlone:
      'Токен из параметра или переменной эта программа никогда не продлевает и не удаляет.',
  },
  completion: {
    head: (shell, version) => `Дополнение для ${shell}, metrika-calls ${version}.`,
    install: 'Эта строка его устанавливает. После неё запустите новую оболочку.',
  },
  version: {
    system: 'Система',
    place: 'Установлена в',
    settings: 'Настройки',
    missing: (path) => `${path} (файла нет)`,
  },
  requests: {
    exchange: (request, status, duration, id) =>
      `${request}: ${status === undefined ? 'нет ответа' : `HTTP ${String(status)}`} через ${String(duration)} мс${id === undefined ? '' : `, номер запроса ${id}`}`,
    retrying: (failure, wait, retry, retries) => {
      const count = `${soon(wait)} (${String(retry)} из ${String(retries)})`;
      return failure === undefined ? `повтор ${count}` : `${failure} Повтор ${count}.`;
    },
    again: (title, wait, retry, retries) =>
      `${title === undefined ? '' : `${title}: `}снова, ${String(retry)} из ${String(retries)}; повтор ${soon(wait)}`,
    requestId: (id) => `номер запроса ${id}`,
    openTokenFile: (command) =>
      `Файл с токеном могут прочитать другие пользователи этого компьютера; закройте его: ${command}`,
  },
  progress: {
    transfer: (done, total, pace) => {
      const share = total === 0 ? 100 : Math.floor((done / total) * 100);
      const amount = `${byteSize(done)} из ${byteSize(total)}, ${formatNumber(share)}%`;
      return pace === undefined
        ? amount
        : `${amount}, ${byteSize(pace.rate)}/с, осталось ${timeSpan(pace.left)}`;
    },
    bar: (name, bar, { done, total, pace }) =>
      [
        name,
        bar,
        `${String(total === 0 ? 100 : Math.floor((done / total) * 100)).padStart(3)}%`,
        partOf(byteSize(done), byteSize(total), '/'),
        ...(pace === undefined
          ? []
          : [`${byteSize(pace.rate)}/с`, `осталось ${timeSpan(pace.left)}`]),
      ].join('  '),
  },
  inspect: {
    period: 'период',
    identifiers: 'посетители',
    without: (count) => `${formatNumber(count)} без идентификатора`,
    callTypes: 'типы',
    types: (dynamic, fixed) =>
      `динамических ${formatNumber(dynamic)}, статических ${formatNumber(fixed)}`,
    missed: 'пропущено',
    night: 'ночью',
    nightCalls: (share, verdict) =>
      `${share} звонков с 00 до 06${verdict === 'bad' ? ': верен ли часовой пояс?' : ''}`,
    errors: 'ошибки',
    errorsOfCheck: (count) => `${formatNumber(count)}, их перечислит validate`,
    unreadable: 'нечитаемо',
    talkTime: 'разговор',
    holdTime: 'ожидание',
    quantiles: (median, ninetieth, longest) =>
      `медиана ${timeSpan(median)}, 90% до ${timeSpan(ninetieth)}, самый долгий ${timeSpan(longest)}`,
    prices: 'цены',
    priceSum: (count, sum, currency) =>
      `${plural(count, NOUNS.price)}, ${formatNumber(sum)} ${currency || '(без валюты)'}`,
    tooOld: 'старые',
    olderCalls: (count) => `старше 21 дня: ${plural(count, NOUNS.call)}`,
    duplicates: 'повторы',
    noTime: 'без времени',
    unreadableTimes: (count) => `DateTime не читается: ${plural(count, NOUNS.call)}`,
    tags: 'теги',
    leftOut: (rejected, all) =>
      `пропущено записей с ошибками: ${formatNumber(rejected)} из ${formatNumber(all)} (validate --mapping покажет их)`,
    fromTo: (from, to) => `с ${from} по ${to}`,
    callsADay: (zone) => `Звонки по дням, ${zone}`,
    hoursByWeekday: (zone) => `По часам и дням недели, ${zone}`,
    weekdays: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
    allDays: 'все',
    scale: ({ first, last, none }, busiest) =>
      `${first} — мало звонков, ${last} — больше всего, ${none} — нет; самый занятый час: ${busiest.day} ${String(busiest.hour).padStart(2, '0')}:00, ${plural(busiest.calls, NOUNS.call)}`,
    earlierDays: (count) => `более ранние дни не показаны: ${formatNumber(count)}`,
  },
  pages: {
    calls: 'звонков',
    aDay: 'звонков в день',
    medianTalk: 'медиана разговора',
    day: 'День',
    week: 'Неделя с',
    hour: 'Час',
    callsAWeek: (zone) => `Звонки по неделям, ${zone}`,
    asTable: 'Числа таблицей',
    noTimes: 'Ни у одного звонка время не читается.',
    zoneVerdict: {
      good: 'Часовой пояс похож на верный.',
      warn: 'Проверьте часовой пояс.',
      bad: 'Часовой пояс, скорее всего, неверен.',
      few: 'Звонков слишком мало, чтобы судить о часовом поясе.',
      even: 'Звонки распределены по суткам равномерно и о часовом поясе не говорят.',
    },
    nightShare: (share) => `Между 00:00 и 06:00 — ${share} звонков.`,
    shifted: (hours, share) =>
      `Если перевести часы на ${String(Math.abs(hours))} ч ${hours > 0 ? 'вперёд' : 'назад'}, было бы ${share}.`,
    whatCounts: 'Что будет учтено',
    share: 'Доля',
    which: 'Какие звонки',
    duration: 'Длительность',
    withoutIdentifier: 'без идентификатора',
    staticCalls: 'статические',
    durations: 'Длительности',
    median: 'Медиана',
    ninetieth: '90 % не дольше',
    longest: 'Самый долгий',
    whatItIsWorth: 'Цены звонков',
    noPrices: 'Цен у звонков нет.',
    currency: 'Валюта',
    noCurrency: '(без валюты)',
    sum: 'Сумма',
    tag: 'Тег',
    tags: 'Самые частые теги',
    madeBy: (zone) => `Сделано командой metrika-calls inspect. Дни и часы — по времени ${zone}.`,
    aboutFile: (name) => `Что исправить в ${name}`,
    aboutFiles: (files) => `Что исправить: ${plural(files, ['файл', 'файла', 'файлов'])}`,
    letter:
      'Эти звонки передаются в Яндекс Метрику, где связываются с визитами на сайт. То, что перечислено здесь, этому мешает. Пожалуйста, исправьте там, откуда выгружен файл, и выгрузите его ещё раз.',
    allGood:
      'Эти звонки передаются в Яндекс Метрику, где связываются с визитами на сайт. Ошибок не найдено.',
    passed: 'Файл можно отправлять.',
    notPassed: 'В таком виде файл отправить нельзя.',
    kinds: 'Все виды замечаний',
    kind: 'Что не так',
    severity: 'Важность',
    severities: { error: 'ошибка', warning: 'предупреждение', note: 'примечание' },
    count: 'Сколько',
    wholeFile: 'весь файл',
    howToFix: 'Как исправить:',
    examples: 'Примеры',
    place: 'Где',
    column: 'Столбец',
    value: 'Значение',
    changed: 'Меняется перед отправкой; делать ничего не нужно',
    masked:
      'Сделано командой metrika-calls validate. Телефоны и идентификаторы скрыты, если не указано --show-values.',
  },
  explain: {
    groups: {
      error: 'Ошибки: файл не отправляется',
      warning: 'Предупреждения: файл отправляется, если не указан --strict',
      note: 'Заметки: изменено перед отправкой, ничего не теряется',
      failure: 'Сбои: что может пойти не так при запуске',
      situation: 'После отправки',
    },
    kind: {
      error: 'ошибка',
      warning: 'предупреждение',
      note: 'заметка',
      failure: 'сбой',
      situation: 'после отправки',
    },
    exitCode: (code) => `код выхода ${String(code)}`,
    howToFix: 'Как исправить:',
    done: 'Что делается:',
    example: 'Пример:',
  },
  github: {
    title: 'metrika-calls',
    total: (errors, warnings, shown) =>
      `Всего: ${plural(errors, NOUNS.error)} и ${plural(warnings, NOUNS.warning)}; в аннотациях показано: ${formatNumber(shown)}.`,
    columns: ['Файл', 'Звонки', 'Ошибки', 'Предупреждения', 'Итог'],
    passed: 'проверка пройдена',
    notPassed: 'проверка не пройдена',
    summaryLost: (reason) => `Итоги шага записать не удалось (${reason}).`,
  },
  report: {
    columns: [
      'Файл',
      'Строка',
      'Запись',
      'Столбец',
      'Важность',
      'Код',
      'Значение',
      'Сообщение',
      'Подсказка',
      'Ячейка',
    ],
  },
  bug: {
    head: 'Это ошибка в metrika-calls; с вашим файлом и настройками всё в порядке.',
    page: (page) => `Пожалуйста, сообщите о ней: ${page}`,
    report: (path) => `Отчёт без секретов: ${path}`,
    noReport: 'Отчёт записать не удалось; -v покажет, где это произошло.',
  },
  standardOutput: {
    lost: (reason) =>
      `Стандартный вывод записать не удалось: ${reason === 'ENOSPC' ? 'на диске нет места' : reason}.`,
    wasSent: (name, id) => `${name}: файл БЫЛ отправлен, загрузка ${id}.`,
  },
}));
