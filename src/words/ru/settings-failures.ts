/** Russian: failures of settings files and profiles, and what to do next. */
import type { settings as english } from '../en/settings-failures.ts';
import { failure, once } from '../entries.ts';
import type { SettingsDamage, SettingsStranger } from '../failure-parameters.ts';
import { ownValue } from '../own-value.ts';
import { option, text } from '../said.ts';
import { firstNames } from './format.ts';

const UNREADABLE: Readonly<Record<string, string>> = {
  'not-a-file': 'это не обычный файл',
  'too-large': 'он больше 1 МБ',
  'not-utf-8': 'он не в UTF-8',
  ENOENT: 'такого файла нет (ENOENT)',
  EACCES: 'нет прав на чтение (EACCES)',
};

const DAMAGE: Readonly<Record<SettingsDamage, string>> = {
  'not-json': 'с этого места файл — не JSON',
  nested: 'слишком много вложенных объектов',
  'not-object': 'настройки должны быть одним объектом, { … }',
  'key-twice': 'этот ключ уже есть выше',
};

const STRANGER: Readonly<Record<SettingsStranger, string>> = {
  file: 'файл принадлежит другому пользователю',
  folder: 'папка файла принадлежит другому пользователю',
  writable: 'файл могут менять другие пользователи',
};

const TARGETS = {
  address: 'на адрес в сети',
  stdin: 'на стандартный ввод',
  outside: 'за пределы папки этого файла',
  'no-file': 'на папку или устройство',
} as const;

export const settings: () => ReturnType<typeof english> = once(() => ({
  'folder-missing': failure(
    'Рабочей папки больше нет',
    'Папка, в которой запущена команда, удалена.',
    'Перейдите в другую папку или укажите полный путь к файлу.',
  ),
  'settings-unreadable': failure(
    'Не удалось прочитать файл настроек',
    ({ path, reason }) =>
      `Не удалось прочитать файл настроек ${path}: ${ownValue(UNREADABLE, reason) ?? reason}.`,
    text`Проверьте путь и права на файл или укажите другой файл: ${option('config')}.`,
  ),
  'settings-damaged': failure(
    'Файл настроек — не JSON',
    ({ place, problem }) => `${place}: ${DAMAGE[problem]}.`,
    'Исправьте файл в этой строке и позиции. Комментарии и запятая в конце списка разрешены.',
  ),
  'settings-key-unknown': failure(
    'Неизвестный ключ в файле настроек',
    ({ place, key, near }) =>
      `${place}: неизвестный ключ «${key}».${near === undefined ? '' : ` Может быть, «${near}»?`}`,
    ({ isToken }) =>
      isToken === true
        ? 'Токен не хранят в настройках. Запишите его в отдельный файл и укажите этот файл в ключе «tokenFile».'
        : 'Все ключи показывает команда metrika-calls help settings.',
  ),
  'settings-key-refused': failure(
    'Этот ключ проект задавать не может',
    ({ place, key }) => `${place}: файл настроек проекта не может задавать «${key}».`,
    text`Автор файла проекта не должен решать, куда уйдёт ваш токен и что будет показано. Задайте ключ в своём файле настроек или укажите этот файл сами: ${option('config')}.`,
  ),
  'settings-of-stranger': failure(
    'Настройки другого пользователя',
    ({ path, cause }) => `Файл настроек ${path} не используется: ${STRANGER[cause]}.`,
    ({ path }) =>
      text`Если вы доверяете файлу, укажите его: ${option('config', path ?? '')}. В контейнере файлы хоста часто принадлежат другому пользователю; там тоже укажите файл или задайте METRIKA_CONFIG.`,
  ),
  'settings-path-outside': failure(
    'Путь ведёт за пределы проекта',
    ({ place, key, to }) => `${place}: «${key}» ведёт ${TARGETS[to]}.`,
    text`В файле проекта пути могут вести только к файлам внутри его папки. Задайте путь в командной строке или укажите файл настроек сами: ${option('config')}.`,
  ),
  'settings-file-outside': failure(
    'Файл за пределами проекта',
    ({ path, folder }) => `В настройках проекта указан файл ${path}, а он не в папке ${folder}.`,
    'В файле проекта ключ «files» может указывать только на файлы внутри его папки. Укажите файл в командной строке.',
  ),
  'settings-placeholder': failure(
    'Неизвестная подстановка в файле настроек',
    ({ place, word }) => `${place}: неизвестная подстановка ${word}.`,
    ({ known }) =>
      known === undefined
        ? 'Место указано в сообщении.'
        : `Здесь можно использовать ${known.join(', ')}.`,
  ),
  'profile-unknown': failure(
    'Неизвестный профиль',
    ({ profile, near }) =>
      `Профиля «${profile}» нет ни в одном файле настроек.${near === undefined ? '' : ` Может быть, «${near}»?`}`,
    ({ profiles }) =>
      profiles === undefined || profiles.length === 0
        ? 'Профиль — это ключ внутри «profiles» в файле настроек.'
        : `Есть профили: ${firstNames(profiles).join(', ')}.`,
  ),
  'profile-contradicted': failure(
    'Переменная противоречит профилю',
    ({ variable, place, profile, key }) =>
      `Задана переменная ${variable}, а в профиле «${profile}» есть свой ключ «${key}» (${place}).`,
    ({ variable }) =>
      `Уберите ${variable ?? 'переменную'} или задайте значение в командной строке. С одной переменной на все профили все звонки ушли бы в один счётчик.`,
  ),
}));
