/** Russian: failures of the sign-in and of the stored token, and what to do next. */
import { REDIRECT_ADDRESS, REGISTRATION_PAGE, SCOPES } from '../application.ts';
import type { signIn as english } from '../en/sign-in-failures.ts';
import { failure, once } from '../entries.ts';
import type { BadOauthUrl } from '../failure-parameters.ts';
import { ownValue } from '../own-value.ts';
import { command, option, text } from '../said.ts';

/** What the errors of the sign-in mean, by the name that the service sends. */
const REFUSALS: Readonly<Record<string, string>> = {
  bad_verification_code: 'код неверный, уже использован или старше десяти минут',
  invalid_grant: 'код или токен для продления больше не действует',
  access_denied: 'в доступе отказано',
  invalid_client: 'такого приложения нет',
  unauthorized_client: 'приложение не одобрено или заблокировано',
  invalid_scope: 'у приложения нет этих прав',
};

const ADDRESS_PROBLEMS: Readonly<Record<BadOauthUrl['problem'], (host: string) => string>> = {
  'not-a-url': () => 'Адрес входа — не URL с http(s).',
  'extra-parts': () => 'В адресе входа не должно быть имени пользователя, параметров и фрагмента.',
  'unknown-host': (host) =>
    `${host} — неизвестный сервер входа, поэтому коды и токены туда не отправляются.`,
  'not-https': (host) =>
    `Адрес входа на ${host} не по https, а коды и токены отправляются только по https.`,
};

export const signIn: typeof english = once(() => ({
  'client-id-missing': failure(
    'Не указано приложение для входа',
    'Для входа нужен номер приложения, а он не указан.',
    text`Зарегистрируйте приложение на странице ${REGISTRATION_PAGE} с правами ${SCOPES.join(' и ')} и адресом перенаправления ${REDIRECT_ADDRESS}. Затем укажите его номер в ${option('clientId')}.`,
  ),
  'login-shadowed': failure(
    'Задана переменная с токеном',
    ({ variable }) =>
      `Задана переменная ${variable}. Она важнее сохранённого токена, поэтому новый токен не использовался бы.`,
    ({ variable = 'с токеном' }) =>
      text`Уберите из окружения переменную ${variable} и повторите: ${command('login')}`,
  ),
  'login-other-account': failure(
    'Сохранён токен другого аккаунта',
    ({ path, stored, login }) =>
      `В файле ${path} — токен ${stored === undefined ? 'неизвестного аккаунта' : `аккаунта ${stored}`}, а новый токен ${login === undefined ? 'может быть от другого аккаунта' : `— от аккаунта ${login}`}. Сохранённый токен не изменён.`,
    text`Чтобы заменить его, войдите ещё раз с ${option('replace')}.`,
  ),
  'sign-in-options': failure(
    'Параметры входа исключают друг друга',
    ({ one, other }) => text`${one} и ${other} нельзя указать вместе.`,
    'Уберите один из них.',
  ),
  'sign-in-input-unfit': failure(
    'В стандартном вводе нечего прочитать',
    ({ isEmpty }) =>
      isEmpty
        ? 'Стандартный ввод пуст.'
        : 'В стандартном вводе намного больше текста, чем бывает в коде или токене.',
    'Передайте в стандартный ввод код или токен и больше ничего.',
  ),
  'oauth-url-invalid': failure(
    'Неверный адрес входа',
    ({ problem, host }) => ADDRESS_PROBLEMS[problem](host),
    text`В ${option('oauthUrl')} может быть https://oauth.yandex.ru, https://oauth.yandex.com или адрес этого компьютера.`,
  ),
  'sign-in-not-begun': failure(
    'Код сейчас не нужен',
    ({ isLate }) =>
      isLate
        ? 'Вход начат больше десяти минут назад, и его код больше не действует.'
        : 'Вход не начат, поэтому код не нужен.',
    text`Начните новый вход: ${command('login')} с параметром ${option('clientId')}.`,
  ),
  'sign-in-elsewhere': failure(
    'Вход начат с другим адресом',
    ({ oauthUrl, apiUrl }) =>
      `Вход начат с адресами ${oauthUrl} и ${apiUrl}, и код можно отправить только туда.`,
    text`Повторите ${option('apiUrl')} и ${option('oauthUrl')} из первого шага.`,
  ),
  'sign-in-code-invalid': failure(
    'Это не код',
    'Это не код входа: в нём 16 букв и цифр.',
    'Скопируйте код со страницы ещё раз или возьмите весь адрес страницы.',
  ),
  'sign-in-state-wrong': failure(
    'Страница другого входа',
    'Это адрес страницы другого входа, поэтому код с неё не используется.',
    text`Откройте адрес этого входа или начните новый: ${command('login')}`,
  ),
  'sign-in-refused': failure(
    'Во входе отказано',
    ({ error }) =>
      `Во входе отказано: ${ownValue(REFUSALS, error) ?? 'причина этой программе неизвестна'} (${error}).`,
    text`Начните новый вход и проверьте приложение: ${command('login')}`,
  ),
  'sign-in-answer-unreadable': failure(
    'Неожиданный ответ при входе',
    ({ status, isHtml }) =>
      `При входе пришёл неожиданный ответ (HTTP ${String(status)}, ${isHtml ? 'HTML вместо JSON' : 'это не JSON из документации'}).`,
    text`Возможно, ответил прокси или страница входа вашей сети. Проверьте ${option('oauthUrl')} и сеть и повторите.`,
  ),
  'token-store-unwritable': failure(
    'Токен негде сохранить',
    ({ path, reason }) =>
      `Файл ${path} нельзя записать: ${ownValue(STORE_REASONS, reason) ?? `причина ${reason}`}.`,
    'Освободите место или измените права на папку и повторите.',
  ),
  'token-store-unreadable': failure(
    'Сохранённый токен не читается',
    ({ path, reason }) =>
      `Сохранённый токен не читается из файла ${path}: ${ownValue(STORE_REASONS, reason) ?? `причина ${reason}`}.`,
    text`Удалите файл командой ${command('logout')} и войдите снова: ${command('login')}`,
  ),
  'token-store-busy': failure(
    'Сохранённый токен меняет другой запуск',
    ({ path }) => `Сохранённый токен меняет другой запуск, он занял файл ${path}.`,
    'Дождитесь его конца и повторите.',
  ),
  'token-elsewhere': failure(
    'Сохранённый токен — для другого адреса',
    ({ path, isLocal }) =>
      isLocal
        ? `Токен в файле ${path} — для настоящего сервиса, поэтому на адрес этого компьютера он не отправлен.`
        : `Токен в файле ${path} — для адреса этого компьютера, поэтому настоящему сервису он не отправлен.`,
    text`Войдите для этого адреса: ${command('login')}`,
  ),
}));

/** The reasons why a file of the store cannot be used, by code. */
const STORE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'нет прав',
  EPERM: 'нет прав',
  EROFS: 'файловая система только для чтения',
  ENOSPC: 'на диске нет места',
  ENOENT: 'такой папки нет',
  ENOTDIR: 'часть пути — не папка',
  'not-a-file': 'это не обычный файл',
  damaged: 'в нём не то, что записывает эта программа',
};
