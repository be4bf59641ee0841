/** Russian: every kind of failure, with what to do next. */
import type {
  BadSetting,
  CommandLine,
  FailureWords,
  files as englishFiles,
  InterruptedState,
  KnownOfFate,
  network as englishNetwork,
  NoAnswer,
  NotPassed,
  PresetMismatch,
  Refused,
  sending as englishSending,
  service as englishService,
  ServiceSaid,
  Usage,
} from '../en/failures.ts';
import { failure, type FailureEntry, once, quotedIn } from '../entries.ts';
import { fileWord, quotedWord } from '../format.ts';
import { fileProblems } from './file-problems.ts';
import { byteSize, formatNumber, listed, nounFor, NOUNS, plural, timeSpan } from './format.ts';

const TOKEN_PAGE = 'https://oauth.yandex.ru/';

/** The words before a command line, which stands at the end of its line so that it can be copied. */
function goOn(lead: string, command: CommandLine | undefined, otherwise: string): string {
  if (command === undefined) return otherwise;
  const { line, tokenIn } = command;
  return `${lead}${tokenIn === undefined ? '' : ` (токен должен быть в ${tokenIn})`}: ${line}`;
}

function said(answer: ServiceSaid): string {
  switch (answer.kind) {
    case 'message': {
      const where = answer.location === undefined ? '' : ` (${answer.location})`;
      return `Ответ сервиса: «${answer.message}»${where}.`;
    }
    case 'excerpt':
      return `Ответ начинается так: «${answer.text}».`;
    case 'nothing':
      return 'В ответе нет текста.';
  }
}

function refusal(what: string, hint: string): FailureEntry<Refused> {
  return failure(
    (refused: Refused) => `${what} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    hint,
  );
}

function unreached(why: string, hint: string): FailureEntry<NoAnswer> {
  return failure(({ host }: NoAnswer) => `Не удаётся соединиться с ${host}: ${why}.`, hint);
}

const CHOOSE_ANOTHER_FILE =
  'Укажите файл в папке, которая есть и в которую можно писать, на диске со свободным местом.';

/** Why a file cannot be written, in words where the system's code is a common one. */
function unwritableReason(reason: string): string {
  const words: Readonly<Record<string, string>> = {
    'not-a-file': 'это не обычный файл',
    ENXIO: 'этот канал никто не читает (ENXIO)',
    ENOENT: 'нет такой папки (ENOENT)',
    EACCES: 'нет прав (EACCES)',
    ENOSPC: 'на диске нет места (ENOSPC)',
  };
  return words[reason] ?? reason;
}

const NEW_TOKEN = `Токен перестаёт действовать через год или при смене пароля. Получите новый для аккаунта, которому принадлежит счётчик: ${TOKEN_PAGE}`;
const CHECK_NETWORK = 'Проверьте подключение к сети и повторите.';
const CHECK_COUNTER = 'Проверьте номер в --counter.';
const PERHAPS_PROXY =
  'Возможно, ответил прокси или страница входа вашей сети. Проверьте --api-url и сеть и повторите.';

const service: typeof englishService = once(() => ({
  'token-refused': refusal('Сервис не принимает этот токен', NEW_TOKEN),
  unauthorized: refusal('Сервис не принимает этот токен', NEW_TOKEN),
  'access-denied': refusal(
    'У этого токена нет доступа к счётчику',
    'Проверьте три вещи: у токена есть право metrika:write (или metrika:offline_data для отправки и metrika:read для чтения), аккаунт может редактировать этот счётчик, номер в --counter верен.',
  ),
  'request-timeout': refusal(
    'Сервис или прокси перед ним не дождался всего запроса',
    'Возможно, связь для него слишком медленная. Повторите или отправляйте части поменьше: --part-size.',
  ),
  'quota-day': failure(
    ({ quota, ...refused }) =>
      `Исчерпана суточная квота: ${quota === 'user' ? '5000 запросов на пользователя' : 'запросы к счётчику'} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ freed }) =>
      `Квота обновится в 00:00 по Гринвичу, здесь это ${localTime(freed)}. Повторите после этого.`,
  ),
  quota: failure(
    (refused) =>
      `Сервис просит посылать запросы реже (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ until }) =>
      until === undefined
        ? 'Немного подождите и запускайте меньше загрузок сразу: пользователю разрешены 3 запроса одновременно и 30 в секунду.'
        : `Сервис просит подождать до ${localTime(until)}. Повторите после этого.`,
  ),
  'service-unavailable': failure(
    (refused) =>
      `Сервис временно недоступен (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ until }) =>
      until === undefined
        ? 'Повторите через несколько минут. Если это длится часами, посмотрите страницу состояния Яндекс Метрики.'
        : `Сервис просит подождать до ${localTime(until)}. Повторите после этого.`,
  ),
  redirected: refusal(
    'Адрес отвечает перенаправлением, а токен за ним не следует',
    'Проверьте --api-url: это должен быть адрес самого API.',
  ),
  'too-large': refusal(
    'Файл слишком велик для сервиса или для прокси перед ним',
    'Сервис принимает файлы до 1 ГБ, прокси может и меньше. Отправляйте части поменьше: --part-size.',
  ),
  'uploading-not-found': refusal(
    'У счётчика нет загрузки с таким номером',
    'Проверьте номер загрузки и счётчик; metrika-calls list показывает загрузки счётчика.',
  ),
  'method-gone': failure(
    (refused) =>
      `${refused.status === 404 ? 'Этому токену такой счётчик не виден' : 'По этому адресу больше нет такого метода'} (HTTP ${String(refused.status)}). ${said(refused.said)}`,
    ({ status }) =>
      status === 404
        ? CHECK_COUNTER
        : 'Проверьте --api-url. Если адрес верен, поищите более новую версию metrika-calls.',
  ),
  'not-found': refusal('Этому токену такой счётчик не виден', CHECK_COUNTER),
  refused: refusal(
    'Сервис отклонил запрос',
    'Исправьте то, о чём сообщает сервис, и повторите; -v показывает запрос.',
  ),
  'answer-unreadable': failure(
    ({ status, isHtml, begins }) =>
      begins === ''
        ? `Сервис прислал пустой ответ (HTTP ${String(status)}).`
        : `Сервис прислал неожиданный ответ (HTTP ${String(status)}, ${isHtml ? 'HTML' : 'что-то другое'} вместо JSON). Он начинается так: «${begins}».`,
    PERHAPS_PROXY,
  ),
  'answer-early': failure(
    ({ status }) =>
      `Сервис ответил HTTP ${String(status)} раньше, чем ушёл весь файл, поэтому ответ ничего о нём не говорит.`,
    PERHAPS_PROXY,
  ),
  'answer-cut': failure(
    ({ host, status }) => `Ответ от ${host} (HTTP ${String(status)}) оборвался.`,
    CHECK_NETWORK,
  ),
  'answer-too-long': failure(
    ({ host, bytes }) =>
      `Ответ от ${host} длиннее ${byteSize(bytes)}: таких ответов у сервиса не бывает.`,
    'Возможно, ответил не сервис. Проверьте --api-url и сеть.',
  ),
  'list-endless': failure(
    ({ pages, uploads }) =>
      `Список загрузок не кончается: уже ${plural(pages, NOUNS.page)} и ${plural(uploads, NOUNS.upload)}.`,
    'На стороне сервиса что-то не так. Повторите позже.',
  ),
  timeout: failure(({ host, timeout, phase }) => {
    const time = `${formatNumber(Math.round(timeout / 100) / 10)} с`;
    switch (phase) {
      case 'first':
        return `Нет ответа от ${host}: ничего не происходило ${time}.`;
      case 'sending':
        return `${host} не принимал данные файла ${time}, поэтому запрос прерван.`;
      case 'answer':
        return `Файл передан целиком, но ${host} не ответил за ${time}.`;
      case 'all':
        return `Запрос к ${host} не завершился за час и прерван.`;
    }
  }, 'Проверьте подключение к сети и повторите; --timeout даёт медленной связи или сервису больше времени.'),
}));

const network: typeof englishNetwork = once(() => ({
  'host-not-found': unreached(
    'такого узла нет',
    'Проверьте подключение к сети, настройки DNS и --api-url.',
  ),
  'connection-refused': unreached(
    'соединение отклонено',
    'По этому адресу никто не отвечает. Проверьте --api-url и прокси, если он есть.',
  ),
  'connect-timeout': unreached(
    'соединение не установлено вовремя',
    'Проверьте подключение к сети, брандмауэр и прокси, если он есть.',
  ),
  network: failure(
    ({ host, reason }) =>
      `Не удаётся соединиться с ${host}: ${
        {
          ENETUNREACH: 'сеть недоступна',
          EHOSTUNREACH: 'узел недоступен',
          EADDRNOTAVAIL: 'нет свободного локального адреса',
        }[reason] ?? 'соединение потеряно'
      }.`,
    CHECK_NETWORK,
  ),
  'connection-lost': failure(
    ({ host }) => `Соединение с ${host} потеряно: запрос ушёл целиком, ответа не было.`,
    CHECK_NETWORK,
  ),
  'connection-broken': failure(
    ({ host }) => `Соединение с ${host} потеряно при отправке: файл ушёл не весь.`,
    CHECK_NETWORK,
  ),
  'certificate-expired': failure(
    ({ host, reason }) => `Сертификат ${host} сейчас недействителен (${reason}).`,
    'Проверьте дату и время на этом компьютере. Если они верны, сертификат должен обновить владелец узла или прокси перед ним.',
  ),
  'certificate-of-another': failure(
    ({ host, reason }) => `Сертификат ${host} выдан на другое имя (${reason}).`,
    'Проверьте --api-url: имя узла должно быть в сертификате.',
  ),
  'certificate-demanded': failure(
    ({ host, reason }) =>
      `${host} требует сертификат от этой программы, а его у неё нет (${reason}).`,
    'API Метрики его не требует. Проверьте --api-url и прокси.',
  ),
  'protocol-refused': failure(
    ({ host, reason }) =>
      `${host} не поддерживает нужный HTTPS: TLS 1.2 или новее с HTTP/1.1${reason === '' ? '' : ` (${reason})`}.`,
    'Проверьте --api-url: узел и порт должны быть у самого API.',
  ),
  'certificate-refused': failure(
    ({ host, reason }) => `Сертификату ${host} нет доверия (${reason}).`,
    'Если ваша сеть проверяет трафик TLS собственным удостоверяющим центром, укажите его файл в --ca-file или NODE_EXTRA_CA_CERTS. Отключить проверку нельзя.',
  ),
  'proxy-refused': failure(
    ({ host, status }) => `Не удаётся соединиться с ${host}: прокси отказал (HTTP ${status}).`,
    ({ status }) =>
      status === '407'
        ? 'Прокси просит имя и пароль: проверьте их в HTTPS_PROXY.'
        : 'Проверьте HTTPS_PROXY: адрес, имя и пароль.',
  ),
  'proxy-forbidden': failure(
    ({ host, status }) =>
      `Не удаётся соединиться с ${host}: это запрещают правила прокси (HTTP ${status}).`,
    'Попросите администратора прокси разрешить этот узел или укажите его в NO_PROXY, если он доступен напрямую.',
  ),
  'proxy-failed': failure(
    ({ host, status }) =>
      `Не удаётся соединиться с ${host}: прокси до него не достучался (HTTP ${status}).`,
    'Дело в прокси или в его сети. Повторите через несколько минут.',
  ),
  'proxy-invalid': failure(
    'В HTTPS_PROXY неверный адрес прокси.',
    'Укажите его так: http://host:port или http://user:password@host:port.',
  ),
}));

function knownOfFate(known: KnownOfFate): string {
  switch (known.kind) {
    case 'repeat-forbidden':
      return 'В списке загрузок его пока нет, а --no-repeat запрещает отправлять его ещё раз.';
    case 'no-mark':
      return 'В списке загрузок его пока нет, а с --no-mark его нельзя отличить от других.';
    case 'not-listed':
      return 'В списке загрузок его нет, но список может отставать.';
    case 'list-unreadable':
      return `Список загрузок тоже не удалось прочитать: ${known.why.message}`;
    case 'candidates':
      return known.ids.length === 1
        ? `В списке есть одна загрузка, которая может им быть: ${known.ids.join()}.`
        : `В списке есть загрузки, которые могут им быть (${String(known.ids.length)}): ${known.ids.join(', ')}.`;
    case 'unreadable-entries':
      return `В списке ${plural(known.count, NOUNS.entry)} без пригодного номера: возможно, это он.`;
  }
}

function interruptedMessage({ state }: { state: InterruptedState }): string {
  switch (state.kind) {
    case 'nothing-sent':
      return 'Прервано. Ничего не отправлено.';
    case 'sending':
      return `Прервано. Успело уйти ${sentOf(state.sent, state.total)}. Неполный запрос сервис отбрасывает.`;
    case 'sent':
      return 'Прервано. Файл ушёл целиком, и неизвестно, дошёл ли он.';
    case 'uploaded':
      return `Прервано. Файл загружен под номером ${state.id}, статус ${state.status ?? 'неизвестен'}.`;
    case 'watched':
      return state.status === undefined
        ? `Прервано. Статус загрузки ${state.id} пока неизвестен.`
        : `Прервано. Статус загрузки ${state.id}: ${state.status}.`;
  }
}

/** Such as `24 из 31 МБ`. */
function sentOf(sent: number, total: number): string {
  const [left, right] = [byteSize(sent), byteSize(total)];
  const unit = /\s\S+$/.exec(right)?.[0] ?? '';
  return left.endsWith(unit) ? `${left.slice(0, -unit.length)} из ${right}` : `${left} из ${right}`;
}

const NOTHING_TO_GO_ON_WITH = 'Песочницы этого запуска уже нет, и смотреть не на что.';

function interruptedHint({ state }: { state: InterruptedState }): string {
  const again = 'Запустите ту же команду ещё раз.';
  switch (state.kind) {
    case 'nothing-sent':
      return again;
    case 'sending':
      return goOn(`${again} Чтобы знать наверняка, сначала посмотрите`, state.command, again);
    case 'sent':
      return goOn(
        'Прежде чем отправлять ещё раз, посмотрите',
        state.command,
        NOTHING_TO_GO_ON_WITH,
      );
    case 'uploaded':
    case 'watched':
      return goOn('Продолжить', state.command, NOTHING_TO_GO_ON_WITH);
  }
}

const NOT_PASSED_HINTS: Readonly<Record<NotPassed['cause'], string>> = {
  'record-errors':
    'Исправьте ошибки, перечисленные выше, и запустите команду ещё раз; --skip-invalid отправит остальные записи.',
  'file-errors': 'Исправьте ошибки, перечисленные выше, и запустите команду ещё раз.',
  'nothing-to-skip':
    'Часть ошибок касается всего файла, или записей не осталось, поэтому пропустить нечего. Исправьте ошибки, перечисленные выше, и запустите команду ещё раз.',
  'too-many-invalid':
    'Записей с ошибками больше, чем позволяет --max-invalid. Исправьте их или проверьте, тот ли это файл.',
  warnings:
    'Исправьте предупреждения, перечисленные выше, или уберите --strict, чтобы отправить файл с ними.',
};

/** What follows an upload that was or may have been sent twice. */
const OVERWRITE = 'Строки, отправленные дважды, заменяют друг друга';

const sending: typeof englishSending = once(() => ({
  'comment-too-long': failure(
    ({ room }) =>
      `В комментарии здесь может быть не больше ${plural(room, ['символа', 'символов', 'символов'])}: к нему добавляются метка и номер части, если частей несколько.`,
    'Сократите комментарий; с --no-mark метки не будет.',
  ),
  'fate-unknown': failure(
    ({ why, known }) =>
      `Файл отправлен, но неизвестно, дошёл ли он. ${why.message} ${knownOfFate(known)}`,
    ({ command }) =>
      goOn('Прежде чем отправлять ещё раз, посмотрите', command, NOTHING_TO_GO_ON_WITH),
  ),
  'sent-twice': failure(
    ({ ids }) =>
      `Файл есть у сервиса дважды, загрузки ${ids.join(' и ')}: более ранняя попытка дошла с опозданием.`,
    `${OVERWRITE}, поэтому ни один звонок не посчитан дважды. Не отправляйте файл ещё раз.`,
  ),
  'repeat-unchecked': failure(
    ({ id }) =>
      `Файл загружен под номером ${id}, но список загрузок прочитать не удалось, и неизвестно, дошла ли и более ранняя попытка.`,
    ({ command }) =>
      goOn(`${OVERWRITE}. Чтобы знать наверняка, посмотрите`, command, NOTHING_TO_GO_ON_WITH),
  ),
  'file-changed': failure(
    'Файл изменился после проверки. Запрос прерван, файл не загружен.',
    'Дождитесь, пока программа допишет файл, и запустите ту же команду ещё раз.',
  ),
  'validation-failed': failure(
    ({ errors, warnings, cause }) =>
      cause === 'warnings'
        ? `В файле ${plural(warnings, NOUNS.warning)}, а --strict считает их ошибками, поэтому этот файл не отправлен.`
        : `В файле ${plural(errors, NOUNS.error)}, поэтому этот файл не отправлен.`,
    ({ cause }) => NOT_PASSED_HINTS[cause],
  ),
  'portion-not-sent': failure(
    'Эта часть не отправлена: не удалась более ранняя часть файла.',
    ({ isPart }) =>
      isPart
        ? 'Запустите ту же команду с --skip-existing: уйдёт только то, чего ещё нет.'
        : 'Запустите ту же команду ещё раз; с --skip-existing в обоих запусках уйдёт только то, чего ещё нет.',
  ),
  'lines-missing': failure(
    ({ id, counted, sent }) =>
      `Загрузка ${id}: сервис насчитал ${formatNumber(counted)} из ${formatNumber(sent)} отправленных записей.`,
    'Файл дошёл не весь. Отправьте его ещё раз: строки, отправленные дважды, заменяют друг друга.',
  ),
  'lines-refused': failure(
    ({ id, accepted, sent }) =>
      `Загрузка ${id}: сервис принял ${formatNumber(accepted)} из ${formatNumber(sent)} строк.`,
    'Сервис не сообщает, какие строки он пропустил. Сравните отчёт по звонкам с файлом, исправьте файл и отправьте его ещё раз: строки, отправленные дважды, заменяют друг друга.',
  ),
  'linkage-failure': failure(
    ({ id }) =>
      `Загрузка ${id} завершилась со статусом LINKAGE_FAILURE: для динамических звонков не нашлось посетителей.`,
    'Проверьте, что идентификаторы взяты из этого счётчика и визитам не больше 21 дня.',
  ),
  'wait-timeout': failure(
    ({ id, status, waited }) =>
      `Загрузка ${id} через ${timeSpan(waited)} всё ещё ${status === undefined ? 'без статуса' : `в статусе ${status}`}.`,
    ({ command }) =>
      goOn(
        'Обработка может длиться два часа. Ждать дальше',
        command,
        'Обработка может длиться два часа.',
      ),
  ),
  'wait-ended': failure(
    ({ id, status, why }) =>
      `Когда ожидание прекратилось, загрузка ${id} была ${status === undefined ? 'без статуса' : `в статусе ${status}`}. ${why.message}`,
    ({ why, command }) => goOn(`${why.hint} Затем продолжите`, command, why.hint),
  ),
  interrupted: failure(interruptedMessage, interruptedHint),
}));

const files: typeof englishFiles = once(() => ({
  ...fileProblems(),
  'part-size-too-small': failure(
    ({ limit, needed }) =>
      `--part-size ${byteSize(limit)} — слишком мало: заголовку и самой длинной записи нужно ${byteSize(needed)}.`,
    'Укажите в --part-size больший размер.',
  ),
  'rejects-unwritable': failure(
    ({ path, reason }) =>
      `Файл для пропущенных записей ${path} записать нельзя: ${unwritableReason(reason)}. Ничего не отправлено.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'output-unwritable': failure(
    ({ path, reason }) => `Файл ${path} записать нельзя: ${unwritableReason(reason)}.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'report-unwritable': failure(
    ({ path, reason }) => `Отчёт ${path} записать нельзя: ${unwritableReason(reason)}.`,
    CHOOSE_ANOTHER_FILE,
  ),
  'not-calls': failure(
    'В файле нет столбца DateTime или нет звонков, поэтому показать нечего.',
    'metrika-calls validate скажет, что не так; metrika-calls convert превращает выгрузку в файл звонков.',
  ),
}));

function usageMessage({ problem, command }: Usage): string {
  switch (problem.kind) {
    case 'no-command':
      return 'Команда не указана.';
    case 'unknown-command':
      return `Неизвестная команда ${problem.word}.${didYouMean(problem.near)}`;
    case 'unknown-option':
      return `Неизвестный параметр ${problem.word}.${didYouMean(problem.near)}`;
    case 'no-value':
      return `Параметру "${problem.option}" нужно значение.`;
    case 'no-operand':
      return `Команде "${command ?? ''}" нужен <${problem.operand}>.`;
    case 'too-many-operands':
      return `Слишком много аргументов: ${command === undefined ? 'нужно' : `команде "${command}" нужно`} ${String(problem.expected)}, а указано ${String(problem.got)}.`;
    case 'not-of-command':
      return `У команды "${command ?? ''}" нет параметра "${problem.option}".`;
    case 'no-such-topic':
      return `Справки по теме ${problem.word} нет.`;
  }
}

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Возможно, вы имели в виду "${near}"?`;
}

function usageHint({ problem, command, example }: Usage): string {
  if (problem.kind === 'no-such-topic') return `Темы: ${problem.topics.join(', ')}.`;
  const help = `См. metrika-calls ${command === undefined ? '--help' : `${command} --help`}.`;
  const isAboutOperands = problem.kind === 'no-operand' || problem.kind === 'too-many-operands';
  return isAboutOperands && example !== undefined ? `${help} Пример: ${example}` : help;
}

function nearColumns(missing: PresetMismatch['missing']): string {
  const near = missing.flatMap(({ column, near: own }) =>
    own === undefined ? [] : [`на ${column} похож «${own}»`],
  );
  return near.length === 0 ? '' : `В файле ${near.join(', ')}. `;
}

function badSetting({ source, wanted, shown }: BadSetting): string {
  const given = quotedIn(longText, shown);
  switch (wanted.kind) {
    case 'whole-number':
      return `${source}: нужно целое число от ${String(wanted.from)} до ${String(wanted.to)}, а не ${given}.`;
    case 'seconds':
      return `${source}: нужно число секунд, а не ${given}.`;
    case 'time':
      return `${source}: нужно время от 1ms до 20d, а не ${given}.`;
    case 'size':
      return `${source}: нужен размер до 1 ГБ, а не ${given}.`;
    case 'number-or-share':
      return `${source}: нужно число записей или доля, например 5%, а не ${given}.`;
    case 'characters':
      return `${source}: не больше 255 символов, а здесь ${given}.`;
    case 'name':
      return `${source}: нужно непустое название.`;
    case 'one-of':
    case 'preset':
      return `${source}: допустимо ${wanted.names.join(', ')}, а не ${given}.`;
    case 'pair':
      return `${source}: нужны две части со знаком = между ними, а не ${given}.`;
    case 'time-zone':
      return `${source}: нужно название часового пояса, а не ${given}.`;
    case 'zone-of-heading':
      return `${source}: нужно UTC, как сказано в заголовке «${wanted.heading}», а не ${given}.`;
    case 'date-order':
      return `${source}: нужен порядок дня, месяца и года, а не ${given}.`;
    case 'region':
      return `${source}: нужны две буквы страны, а не ${given}.`;
    case 'join-column':
      return `${source}: нужен PhoneNumber, а не ${given}.`;
    case 'column':
      return `${source}: нужен столбец звонка, а не ${given}.`;
  }
}

/** What is said of a value that is too long to be repeated. */
function longText(length: number): string {
  return `текст из ${String(length)} ${nounFor(length, ['символа', 'символов', 'символов'])}`;
}

function settingExample({ source, wanted }: BadSetting): string {
  const example = (value: string): string => `Например: ${source} ${value}`;
  switch (wanted.kind) {
    case 'whole-number':
      return source === '--counter' || source === 'METRIKA_COUNTER'
        ? 'Например: --counter 2215573'
        : `Подойдёт любое целое число от ${String(wanted.from)} до ${String(wanted.to)}.`;
    case 'seconds':
      return example('60');
    case 'time':
      return example('30m');
    case 'size':
      return example('500MB');
    case 'number-or-share':
      return example('5%');
    case 'characters':
      return 'Сократите его.';
    case 'name':
      return example('"Звонки"');
    case 'one-of':
      return wanted.names.length === 0 ? '' : example(wanted.names[0] ?? '');
    case 'preset':
      return 'Для другой системы укажите столбцы в --map.';
    case 'pair':
      return example(wanted.example);
    case 'time-zone':
      return example('Europe/Moscow');
    case 'zone-of-heading':
      return example('UTC');
    case 'date-order':
      return example('dd/mm/yyyy');
    case 'region':
      return example('RU');
    case 'join-column':
      return 'Звонки и посетители соединяются по номеру телефона.';
    case 'column':
      return `Столбцы звонка: ${wanted.names.join(', ')}.`;
  }
}

const usage = once(
  (): Omit<
    FailureWords,
    | keyof ReturnType<typeof service>
    | keyof ReturnType<typeof network>
    | keyof ReturnType<typeof sending>
    | keyof ReturnType<typeof files>
  > => ({
    usage: failure(usageMessage, usageHint),
    'setting-invalid': failure(badSetting, settingExample),
    'counter-missing': failure(
      'Не указан счётчик.',
      'Укажите его номер в --counter или в METRIKA_COUNTER (Метрика → Настройка → Счётчик; номер в адресе metrika.yandex.ru/dashboard?id=…). Для --sandbox он не нужен.',
    ),
    'token-missing': failure(
      'Не указан токен OAuth.',
      `Получите его на ${TOKEN_PAGE} (шаги — в README), затем задайте METRIKA_TOKEN или сохраните его в файл и укажите файл в --token-file. Для --sandbox он не нужен.`,
    ),
    'token-twice': failure(
      'Указаны и --token, и --token-file.',
      'Уберите один из них; --token-file безопаснее.',
    ),
    'token-empty': failure(
      ({ origin }) => `Токен из ${origin} пуст.`,
      'Запишите туда токен OAuth или укажите другой файл в --token-file.',
    ),
    'token-short': failure(
      'В токене OAuth меньше 8 символов, таких у сервиса нет. Он никуда не отправлен.',
      'Скопируйте токен целиком; обычно он начинается с y0_.',
    ),
    'token-invalid': failure(
      ({ origin }) =>
        `В токене из ${origin} есть символы, которых в токенах не бывает: пробелы или буквы не из ASCII.`,
      'Скопируйте токен ещё раз, одной строкой и без кавычек.',
    ),
    'token-file-unreadable': failure(
      ({ origin, path, reason }) => `Файл с токеном из ${origin} не читается: ${path} (${reason}).`,
      'Проверьте путь и право читать этот файл.',
    ),
    'stdin-twice': failure(
      'Стандартный ввод не может быть и токеном, и звонками.',
      'Передайте токен в METRIKA_TOKEN или в файле.',
    ),
    'two-addresses': failure(
      'Указаны и --sandbox, и --api-url, а использовать можно только одно.',
      'Уберите что-нибудь одно.',
    ),
    'api-url-invalid': failure(
      ({ shown, problem }) =>
        problem === 'extra-parts'
          ? 'В адресе API не должно быть имени пользователя, параметров и фрагмента.'
          : shown === undefined
            ? 'Адрес API — не URL с http(s).'
            : `"${shown}" — не URL с http(s).`,
      ({ problem, standard }) =>
        problem === 'extra-parts'
          ? 'Укажите схему, узел и, если нужно, порт.'
          : `Уберите --api-url, и будет использован ${standard}.`,
    ),
    'api-url-untrusted': failure(
      ({ host }) => `${host} — не известный узел Яндекс Метрики, поэтому токен туда не отправлен.`,
      ({ host, known }) =>
        `Если вы ему доверяете, добавьте --trust-api-host ${host}. Известные узлы: ${known.join(', ')}.`,
    ),
    'api-url-not-https': failure(
      ({ base }) => `Адрес API ${base} — не https, а токен отправляется только по https.`,
      ({ host }) => `Укажите https://${host}.`,
    ),
    'certificate-check-off': failure(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 отключает проверку сертификатов, поэтому токен не отправлен.',
      'Уберите эту переменную. Если ваша сеть проверяет трафик TLS собственным удостоверяющим центром, укажите его файл в --ca-file.',
    ),
    'ca-file-invalid': failure(
      ({ path, problem, reason }) =>
        `Файл ${path} из --ca-file ${
          {
            unreadable: `не читается (${reason})`,
            empty: 'не содержит сертификата в PEM',
            damaged: 'содержит сертификат, который не читается',
          }[problem]
        }.`,
      'Укажите файл, который начинается с -----BEGIN CERTIFICATE-----: его дают администраторы сети.',
    ),
    'file-twice': failure(
      ({ name }) => `Файл ${name} указан дважды.`,
      'Укажите каждый файл один раз, иначе он будет обработан дважды.',
    ),
    'output-is-input': failure(
      ({ flag, path }) =>
        `${flag} указывает на ${path}, а этот файл запуск уже читает или пишет. Ничего не изменено.`,
      'Укажите для записи другой файл.',
    ),
    'stdin-is-terminal': failure(
      'Стандартный ввод — терминал, звонков в нём нет.',
      'Передайте файл через канал или укажите его, например: metrika-calls validate calls.csv',
    ),
    'rejects-without-skipping': failure(
      '--rejects сохраняет то, что пропускает --skip-invalid, а --skip-invalid не указан.',
      'Добавьте --skip-invalid или уберите --rejects.',
    ),
    'max-invalid-without-skipping': failure(
      '--max-invalid ограничивает то, что пропускает --skip-invalid, а --skip-invalid не указан.',
      'Добавьте --skip-invalid или уберите --max-invalid.',
    ),
    'rejects-of-many': failure(
      '--rejects указывает один файл, а отправить нужно несколько.',
      'Отправьте каждый файл со своим --rejects.',
    ),
    'mark-needed': failure(
      '--skip-existing узнаёт файл по метке в комментарии, а --no-mark её убирает.',
      'Уберите один из двух параметров.',
    ),
    'output-missing': failure(
      'В стандартный вывод не могут идти и звонки, и то, что пишет --format.',
      'Укажите файл для звонков в -o или уберите --json и --format.',
    ),
    'mapping-unreadable': failure(
      ({ path, reason, problem }) =>
        problem === 'not-json'
          ? `Рецепт ${path} — не JSON: он не читается со строки и позиции ${reason}.`
          : problem === 'letters'
            ? `Рецепт ${path} не в UTF-8, и его кодировку нельзя определить наверняка.`
            : `Рецепт ${path} не читается (${reason}).`,
      ({ problem }) =>
        problem === 'letters'
          ? 'Сохраните его ещё раз в UTF-8.'
          : 'Проверьте файл; то же самое в командной строке делают --map, --set и другие параметры.',
    ),
    'mapping-invalid': failure(
      ({ path, key }) => `Ошибка в рецепте ${path}, ${key === '' ? 'в начале' : `ключ ${key}`}.`,
      ({ keys }) => `В нём могут быть ${listed(keys)}.`,
    ),
    'mapping-unknown-column': failure(
      ({ column }) => `В файле нет столбца "${column}", который назван в параметрах или в рецепте.`,
      ({ columns, near }) =>
        `${near === undefined ? '' : `Возможно, это «${near}»? `}Столбцы файла: ${columns.join(', ')}.`,
    ),
    'preset-does-not-fit': failure(
      ({ missing, preset, system }) =>
        `Шаблон ${preset} читает столбцы, которых в файле нет: ${missing.map(({ column }) => column).join(', ')}. Это не выгрузка ${system} или выгрузка другого вида.`,
      ({ missing }) =>
        `${nearColumns(missing)}Проверьте выгрузку или укажите её столбцы в --map вместо шаблона.`,
    ),
    'join-unreadable': failure(
      ({ name, why }) => `Присоединяемый файл ${name}: ${why.message}`,
      ({ why }) => why.hint,
    ),
    'join-unfit': failure(
      ({ name, identifiers }) =>
        `В файле ${name} нет столбца PhoneNumber или ни одного из ${identifiers.join(', ')}.`,
      ({ columns }) =>
        `Его столбцы: ${columns.join(', ')}. Укажите, какой из них какой, например --join-map "Телефон=PhoneNumber" --join-map "ClientID=ClientId".`,
    ),
    'mapping-not-wanted': failure(
      '--mapping преобразует файл, а --no-convert запрещает любые изменения.',
      'Уберите один из этих параметров.',
    ),
    'export-without-calls': failure(
      ({ errors }) =>
        `По этому рецепту из выгрузки не получается ни одного звонка: ${plural(errors, NOUNS.error)}.`,
      ({ mapping }) => `Посмотреть их: metrika-calls validate --mapping ${fileWord(mapping)} FILE`,
    ),
    'headings-ambiguous': failure(
      ({ choices }) =>
        choices
          .map(({ column, among }) =>
            among.length === 1
              ? `Столбец «${among[0] ?? ''}» может быть ${column}, но больше ничто на это не указывает.`
              : `${column} может быть здесь: ${among.map((name) => `«${name}»`).join(', ')}.`,
          )
          .join(' '),
      ({ choices }) =>
        `Укажите, что это, например: ${choices.map(({ column, among }) => `--map ${quotedWord(`${among[0] ?? ''}=${column}`)}`).join(' ')}. --map ${quotedWord(`${choices[0]?.among.at(-1) ?? ''}=-`)} оставит столбец в стороне.`,
    ),
    'init-needs-file': failure(
      'init читает выгрузку несколько раз, а стандартный ввод приходит один раз.',
      'Сначала сохраните её в файл.',
    ),
    'init-open': failure(
      ({ question }) => `Терминала нет, спросить некого, а это неизвестно: ${question}.`,
      ({ option }) => `Ответьте параметром, например: ${option}`,
    ),
    'init-recipe-exists': failure(
      ({ path }) => `Файл ${path} уже есть, и поверх него ничего не пишется.`,
      'Укажите файл в --save-mapping.',
    ),
    'html-with-document': failure(
      '--html - и документ (--json, --format) вместе идут в стандартный вывод.',
      'Укажите для страницы файл: --html report.html',
    ),
    'sheet-unknown': failure(
      ({ sheet }) => `В книге нет листа с ячейками "${sheet}", который назван в --sheet.`,
      ({ sheets }) => `Её листы: ${sheets.join(', ')}.`,
    ),
    'sheet-of-csv': failure(
      ({ sheet }) => `В --sheet назван лист "${sheet}", а файл — не книга: листов в нём нет.`,
      'Уберите --sheet.',
    ),
    'join-column-unknown': failure(
      ({ name, column }) => `В файле ${name} нет столбца "${column}", который назван в --join-map.`,
      ({ columns }) => `Его столбцы: ${columns.join(', ')}.`,
    ),
    'id-invalid': failure(
      ({ shown }) => `Номер загрузки — целое число, а не ${quotedIn(longText, shown)}.`,
      'Возьмите номер, который показала команда upload; metrika-calls list показывает номера загрузок счётчика.',
    ),
    'code-unknown': failure(
      ({ shown }) => `Кода нет: ${quotedIn(longText, shown)}.`,
      ({ near }) =>
        `Возможно, вы имели в виду "${near}"? metrika-calls explain показывает все коды.`,
    ),
    'port-unavailable': failure(
      ({ port, reason }) => `Песочница не может занять порт ${String(port)} (${reason}).`,
      'Укажите другой порт в --port или --port 0 для любого свободного.',
    ),
    'engine-unsuitable': failure(
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
      ({ system }) => `Это ошибка в программе ${system}.`,
      ({ page }) => `Пожалуйста, сообщите о ней: ${page}`,
    ),
  }),
);

/** Such as `25.11.2026 03:00`, in the zone of this machine. */
function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${String(date.getFullYear())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** All kinds of failure by their codes. */
export const failures: () => FailureWords = once(() => ({
  ...service(),
  ...network(),
  ...sending(),
  ...files(),
  ...usage(),
}));
