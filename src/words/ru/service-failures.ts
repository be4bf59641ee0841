/** Russian: failures of the service and the network, and what to do next. */
import type {
  network as englishNetwork,
  service as englishService,
} from '../en/service-failures.ts';
import { byKind, failure, type FailureEntry, once, type Sentence } from '../entries.ts';
import type { NoAnswer, Refused, ServiceSaid, TimeoutPhase } from '../failure-parameters.ts';
import { ownValue } from '../own-value.ts';
import { command, forReader, option, text } from '../said.ts';
import { byteSize, formatNumber, localTime, NOUNS, plural } from './format.ts';

const said = byKind<ServiceSaid>({
  message: ({ message, location }) =>
    `Ответ сервиса: «${message}»${location === undefined ? '' : ` (${location})`}.`,
  excerpt: ({ text: begins }) => `Ответ начинается так: «${begins}».`,
  nothing: 'В ответе нет текста.',
});

function refusal(
  title: string,
  what: string,
  hint: Sentence<Partial<Refused>>,
): FailureEntry<Refused> {
  return failure(
    title,
    (refused: Refused) => text`${what} (HTTP ${refused.status}). ${said(refused.said)}`,
    hint,
  );
}

function unreached(title: string, why: string, hint: Sentence<object>): FailureEntry<NoAnswer> {
  return failure(title, ({ host }: NoAnswer) => `Не удаётся соединиться с ${host}: ${why}.`, hint);
}

const CHECK_NETWORK = 'Проверьте подключение к сети и повторите.';
const PERHAPS_PROXY = text`Возможно, ответил прокси или страница входа вашей сети. Проверьте ${option('apiUrl')} и сеть и повторите.`;

function tryAgain(until: number | undefined, otherwise: string): string {
  return until === undefined
    ? otherwise
    : `Сервис просит подождать до ${localTime(until)}. Повторите после этого.`;
}

const TIMEOUTS: Readonly<Record<TimeoutPhase, (host: string, time: string) => string>> = {
  first: (host, time) => `Нет ответа от ${host}: ничего не происходило ${time}.`,
  sending: (host, time) => `${host} не принимал данные файла ${time}, поэтому запрос прерван.`,
  answer: (host, time) => `Файл передан целиком, но ${host} не ответил за ${time}.`,
  download: (host, time) =>
    `Скачивание с ${host} остановилось: за ${time} не пришло ничего. Оно прервано.`,
  list: (host, time) => `${host} не передал весь список загрузок за ${time}.`,
  all: (host) => `Запрос к ${host} не завершился за час и прерван.`,
};

/** The reasons why a host cannot be reached, by system error code. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ENETUNREACH: 'сеть недоступна',
  EHOSTUNREACH: 'сервер недоступен',
  EADDRNOTAVAIL: 'нет свободного локального адреса',
};

export const service: typeof englishService = once(() => ({
  unauthorized: refusal(
    'Сервис не принимает токен',
    'Сервис не принимает этот токен',
    forReader(
      text`Токен действует год или до смены пароля. Откуда токен и чей он, покажет ${command('whoami')}. Получите новый под аккаунтом, который может редактировать счётчик: ${command('login')}`,
      'Токен действует год или до смены пароля. Получите новый под аккаунтом, который может редактировать счётчик; шаги описаны в README.',
    ),
  ),
  'access-denied': refusal(
    'У токена нет доступа к счётчику',
    'У этого токена нет доступа к счётчику',
    text`Проверьте три вещи: у токена есть право metrika:write (или metrika:offline_data для отправки и metrika:read для чтения), аккаунт может редактировать этот счётчик, номер в ${option('counter')} верен.${forReader(text` Чей это токен, покажет команда: ${command('whoami')}`, '')}`,
  ),
  'request-timeout': refusal(
    'Запрос не дошёл вовремя',
    'Сервис или прокси перед ним не дождался всего запроса',
    text`Возможно, связь для него слишком медленная. Повторите или отправляйте части поменьше: ${option('partSize')}.`,
  ),
  'quota-day': failure(
    'Исчерпана суточная квота',
    ({ quota, ...refused }) =>
      text`Исчерпана суточная квота: ${quota === 'user' ? '5000 запросов на пользователя' : 'запросы к счётчику'} (HTTP ${refused.status}). ${said(refused.said)}`,
    ({ freed }) =>
      `Квота обновится в 00:00 по Гринвичу${freed === undefined ? '' : `, здесь это ${localTime(freed)}`}. Повторите после этого.`,
  ),
  quota: refusal(
    'Слишком много запросов сразу',
    'Сервис просит посылать запросы реже',
    ({ until }) =>
      tryAgain(
        until,
        'Немного подождите и запускайте меньше загрузок сразу: пользователю разрешены 3 запроса одновременно и 30 в секунду.',
      ),
  ),
  'service-unavailable': refusal(
    'Сервис временно недоступен',
    'Сервис временно недоступен',
    ({ until }) =>
      tryAgain(
        until,
        'Повторите через несколько минут. Если это длится часами, посмотрите страницу состояния Яндекс Метрики.',
      ),
  ),
  redirected: refusal(
    'Адрес отвечает перенаправлением',
    'Адрес отвечает перенаправлением, а токен за ним не следует',
    text`Проверьте ${option('apiUrl')}: это должен быть адрес самого API.`,
  ),
  'too-large': refusal(
    'Файл слишком велик для сервиса или прокси',
    'Файл слишком велик для сервиса или для прокси перед ним',
    text`Сервис принимает файлы до 1 ГБ, прокси может и меньше. Отправляйте части поменьше: ${option('partSize')}.`,
  ),
  'uploading-not-found': refusal(
    'У счётчика нет такой загрузки',
    'У счётчика нет загрузки с таким номером',
    text`Проверьте номер загрузки и счётчик; ${command('list')} показывает загрузки счётчика.`,
  ),
  'method-gone': refusal(
    'У сервиса больше нет такого метода',
    'По этому адресу больше нет такого метода',
    text`Проверьте ${option('apiUrl')}. Если адрес верен, поищите более новую версию metrika-calls.`,
  ),
  'not-found': refusal(
    'Счётчик не найден или недоступен этому токену',
    'Счётчик не найден или недоступен этому токену',
    text`Проверьте номер в ${option('counter')}. Счётчики, доступные этому токену: ${command('counters')}`,
  ),
  refused: refusal(
    'Сервис отклонил запрос',
    'Сервис отклонил запрос',
    forReader(
      'Исправьте то, о чём сообщает сервис, и повторите; -v показывает запрос.',
      'Исправьте то, о чём сообщает сервис, и повторите.',
    ),
  ),
  'answer-unreadable': failure(
    'Неожиданный ответ',
    ({ status, isHtml, begins }) =>
      begins === ''
        ? `Сервис прислал пустой ответ (HTTP ${String(status)}).`
        : `Сервис прислал неожиданный ответ (HTTP ${String(status)}, ${isHtml ? 'HTML' : 'что-то другое'} вместо JSON). Он начинается так: «${begins}».`,
    PERHAPS_PROXY,
  ),
  'answer-of-another': failure(
    'Ответ о другой загрузке',
    ({ id }) =>
      `Сервис ответил о загрузке ${id}, а это другая загрузка, поэтому ответ ничего не говорит об этом файле.`,
    PERHAPS_PROXY,
  ),
  'answer-early': failure(
    'Ответ раньше, чем ушёл весь файл',
    ({ status }) =>
      `Сервис ответил HTTP ${String(status)} раньше, чем ушёл весь файл, поэтому ответ ничего о нём не говорит.`,
    PERHAPS_PROXY,
  ),
  'answer-cut': failure(
    'Ответ оборвался',
    ({ host, status }) => `Ответ от ${host} (HTTP ${String(status)}) оборвался.`,
    CHECK_NETWORK,
  ),
  'answer-too-long': failure(
    'Слишком длинный ответ',
    ({ host, bytes }) =>
      `Ответ от ${host} длиннее ${byteSize(bytes)}: таких ответов у сервиса не бывает.`,
    text`Возможно, ответил не сервис. Проверьте ${option('apiUrl')} и сеть.`,
  ),
  'list-endless': failure(
    'Список сервиса слишком длинный',
    ({ pages, entries, noun }) =>
      `Список ${noun === 'upload' ? 'загрузок' : 'счётчиков'} не кончается: уже ${plural(pages, NOUNS.page)} и ${plural(entries, noun === 'upload' ? NOUNS.upload : ['счётчик', 'счётчика', 'счётчиков'])}.`,
    'На стороне сервиса что-то не так. Повторите позже.',
  ),
  timeout: failure(
    'Нет ответа вовремя',
    ({ host, timeout, phase }) =>
      TIMEOUTS[phase](host, `${formatNumber(Math.round(timeout / 100) / 10)} с`),
    text`Проверьте подключение к сети и повторите; ${option('timeout')} даёт медленной связи или сервису больше времени.`,
  ),
}));

export const network: typeof englishNetwork = once(() => ({
  'host-not-found': unreached(
    'Неизвестный сервер',
    'такого сервера нет',
    text`Проверьте подключение к сети, настройки DNS и адрес: адрес файла или ${option('apiUrl')}.`,
  ),
  'connection-refused': unreached(
    'Соединение отклонено',
    'соединение отклонено',
    text`По этому адресу никто не отвечает. Проверьте адрес файла или ${option('apiUrl')} и прокси, если он есть.`,
  ),
  'connect-timeout': unreached(
    'Соединение не установлено вовремя',
    'соединение не установлено вовремя',
    'Проверьте подключение к сети, брандмауэр и прокси, если он есть.',
  ),
  'download-cut': failure(
    'Загрузка файла прервалась',
    ({ host }) => `Соединение с ${host} потеряно: файл пришёл не весь.`,
    CHECK_NETWORK,
  ),
  'address-busy': failure(
    'Адрес отвечает ошибкой',
    ({ host, status }) => `${host} сейчас не отдаёт файл (HTTP ${String(status)}).`,
    'Повторите через несколько минут.',
  ),
  network: failure(
    'Нет соединения',
    ({ host, reason }) =>
      `Не удаётся соединиться с ${host}: ${ownValue(UNREACHABLE, reason) ?? 'соединение потеряно'}.`,
    CHECK_NETWORK,
  ),
  'connection-lost': failure(
    'Соединение потеряно после отправки',
    ({ host }) => `Соединение с ${host} потеряно: запрос ушёл целиком, ответа не было.`,
    CHECK_NETWORK,
  ),
  'connection-broken': failure(
    'Соединение потеряно при отправке',
    ({ host }) => `Соединение с ${host} потеряно при отправке: файл ушёл не весь.`,
    CHECK_NETWORK,
  ),
  'certificate-expired': failure(
    'Сертификат сейчас недействителен',
    ({ host, reason }) => `Сертификат ${host} сейчас недействителен (${reason}).`,
    'Проверьте дату и время на этом компьютере. Если они верны, сертификат должен обновить владелец сервера или прокси перед ним.',
  ),
  'certificate-of-another': failure(
    'Сертификат на другое имя',
    ({ host, reason }) => `Сертификат ${host} выдан на другое имя (${reason}).`,
    text`Проверьте адрес файла или ${option('apiUrl')}: имя сервера должно быть в сертификате.`,
  ),
  'certificate-demanded': failure(
    'Сервер требует клиентский сертификат',
    ({ host, reason }) =>
      `${host} требует клиентский сертификат, а у этой программы его нет (${reason}).`,
    text`API Метрики его не требует. Проверьте адрес файла или ${option('apiUrl')} и прокси.`,
  ),
  'protocol-refused': failure(
    'Сервер не поддерживает нужный HTTPS',
    ({ host, reason }) =>
      `${host} не поддерживает нужный HTTPS: TLS 1.2 или новее с HTTP/1.1${reason === '' ? '' : ` (${reason})`}.`,
    text`Проверьте адрес файла или ${option('apiUrl')}: на этом сервере и порту должен отвечать HTTPS.`,
  ),
  'certificate-refused': failure(
    'Недоверенный сертификат',
    ({ host, reason }) => `Сертификат ${host} — недоверенный (${reason}).`,
    text`Если ваша сеть проверяет трафик TLS собственным удостоверяющим центром, укажите ${forReader(text`его файл в ${option('caFile')} или NODE_EXTRA_CA_CERTS`, text`его файл в NODE_EXTRA_CA_CERTS или сертификат в ${option('caFile')}`)}. Отключить проверку нельзя.`,
  ),
  'proxy-refused': failure(
    'Прокси отказал в соединении',
    ({ host, status }) => `Не удаётся соединиться с ${host}: прокси отказал (HTTP ${status}).`,
    ({ status }) =>
      status === '407'
        ? 'Прокси просит имя и пароль: проверьте их в HTTPS_PROXY.'
        : 'Проверьте HTTPS_PROXY: адрес, имя и пароль.',
  ),
  'proxy-forbidden': failure(
    'Прокси запрещает сервер',
    ({ host, status }) =>
      `Не удаётся соединиться с ${host}: это запрещают правила прокси (HTTP ${status}).`,
    'Попросите администратора прокси разрешить этот сервер или укажите его в NO_PROXY, если он доступен напрямую.',
  ),
  'proxy-failed': failure(
    'Прокси не смог подключиться к серверу',
    ({ host, status }) =>
      `Не удаётся соединиться с ${host}: прокси не смог к нему подключиться (HTTP ${status}).`,
    'Дело в прокси или в его сети. Повторите через несколько минут.',
  ),
  'proxy-invalid': failure(
    'Неверный адрес прокси',
    'В HTTPS_PROXY неверный адрес прокси.',
    'Укажите его так: http://host:port или http://user:password@host:port.',
  ),
}));
