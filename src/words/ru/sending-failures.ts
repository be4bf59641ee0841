/** Russian: failures while sending a file, and what to do next. */
import type { sending as englishSending } from '../en/sending-failures.ts';
import { byKind, failure, isAboutKind, once } from '../entries.ts';
import type { InterruptedState, KnownOfFate, NotPassed } from '../failure-parameters.ts';
import { partOf } from '../format.ts';
import { forReader, nextStep, option, type Text, text } from '../said.ts';
import { byteSize, formatNumber, NOUNS, plural, timeSpan } from './format.ts';

const next = nextStep((variable) => ` (токен должен быть в ${variable})`);

const NOTHING_LEFT = 'Песочницы этого запуска уже нет, и смотреть не на что.';
const LOOK_FIRST = 'Прежде чем отправлять ещё раз, посмотрите';
const RUN_AGAIN = forReader('Запустите ту же команду ещё раз.', 'Повторите вызов.');
// The service documents that a row is replaced, but not which columns identify the row.
const OVERWRITE =
  'Строка, отправленная ещё раз, заменяет прежнюю, но по каким столбцам, неизвестно';

function statusOf(status: string | undefined): string {
  return status === undefined ? 'без статуса' : `в статусе ${status}`;
}

const knownOfFate = byKind<KnownOfFate>({
  'repeat-forbidden': 'В списке загрузок его пока нет, а отправлять ещё раз без спроса запрещено.',
  'no-mark': 'В списке загрузок его пока нет, а без метки его нельзя отличить от других.',
  'not-listed': 'В списке загрузок его нет, но список может отставать.',
  'list-unreadable': ({ why }) => `Список загрузок тоже не удалось прочитать. ${why.message}`,
  candidates: ({ ids }) =>
    ids.length === 1
      ? `В списке есть одна загрузка, которая может им быть: ${ids.join()}.`
      : `В списке есть загрузки, которые могут им быть (${String(ids.length)}): ${ids.join(', ')}.`,
  'unreadable-entries': ({ count }) =>
    `В списке ${plural(count, NOUNS.entry)} без пригодного номера: возможно, это он.`,
});

const interruptedMessage = byKind<InterruptedState>({
  'nothing-sent': 'Прервано. Ничего не отправлено.',
  sending: ({ sent, total }) =>
    `Прервано. Успело уйти ${partOf(byteSize(sent), byteSize(total), ' из ')}. Неполный запрос сервис отбрасывает.`,
  sent: 'Прервано. Файл ушёл целиком, и неизвестно, дошёл ли он.',
  uploaded: ({ id, status }) =>
    `Прервано. Файл загружен под номером ${id}, статус ${status ?? 'неизвестен'}.`,
  watched: ({ id, status }) =>
    status === undefined
      ? `Прервано. Статус загрузки ${id} пока неизвестен.`
      : `Прервано. Статус загрузки ${id}: ${status}.`,
});

const interruptedHint = byKind<InterruptedState>({
  'nothing-sent': RUN_AGAIN,
  sending: ({ command }) =>
    next(text`${RUN_AGAIN} Чтобы знать наверняка, сначала посмотрите`, command, RUN_AGAIN),
  sent: ({ command }) => next(LOOK_FIRST, command, NOTHING_LEFT),
  uploaded: ({ command }) => next('Продолжить', command, NOTHING_LEFT),
  watched: ({ command }) => next('Продолжить', command, NOTHING_LEFT),
});

const FIX_ERRORS = forReader(
  'Исправьте ошибки, перечисленные выше, и запустите команду ещё раз',
  'Исправьте ошибки из validation.findings и повторите вызов',
);

const NOT_PASSED_HINTS: Readonly<Record<NotPassed['cause'], Text>> = {
  'record-errors': text`${FIX_ERRORS}; ${option('skipInvalid', true)} отправит остальные записи.`,
  'file-errors': text`${FIX_ERRORS}.`,
  'nothing-to-skip': text`Часть ошибок касается всего файла, или записей не осталось, поэтому пропустить нечего. ${FIX_ERRORS}.`,
  'too-many-invalid': text`Записей с ошибками больше, чем позволяет ${option('maxInvalid')}. Исправьте их или проверьте, тот ли это файл.`,
  warnings: text`Исправьте предупреждения${forReader(', перечисленные выше,', '')} или уберите ${option('strict')}, чтобы отправить файл с ними.`,
};

export const sending: typeof englishSending = once(() => ({
  'comment-too-long': failure(
    'Слишком длинный комментарий',
    ({ room }) =>
      `В комментарии здесь может быть не больше ${plural(room, ['символа', 'символов', 'символов'])}: к нему добавляются метка и номер части, если частей несколько.`,
    text`Сократите комментарий; с ${option('mark', false)} метки не будет.`,
  ),
  'fate-unknown': failure(
    'Отправлено, но неизвестно, дошло ли',
    ({ why, known }) =>
      text`Файл отправлен, но неизвестно, дошёл ли он. ${why.message} ${knownOfFate(known)}`,
    (parameters) =>
      isAboutKind(parameters)
        ? 'Прежде чем отправлять ещё раз, посмотрите список загрузок.'
        : next(LOOK_FIRST, parameters.command, NOTHING_LEFT),
  ),
  declined: failure(
    'На вопрос ответили «нет»',
    'Файл не отправлен: на вопрос вы ответили «нет».',
    text`Исправьте время и повторите команду; ${option('yes')} отправит файл без вопроса.`,
  ),
  'existing-smaller': failure(
    'В загрузке этого файла меньше записей',
    ({ id, counted, sent }) =>
      `У счётчика есть загрузка этого файла, ${id}, но сервис насчитал ${formatNumber(counted)} из ${formatNumber(sent)} записей. Файл не отправлен.`,
    text`Посмотрите на эту загрузку. ${option('again', true)} всё равно отправит файл.`,
  ),
  'existing-uncounted': failure(
    'В загрузке этого файла ещё нет счёта',
    ({ id }) =>
      `У счётчика есть загрузка этого файла, ${id}, но сервис не сообщает, сколько в ней записей. Файл не отправлен.`,
    text`Попробуйте позже. ${option('again', true)} всё равно отправит файл.`,
  ),
  'sent-twice': failure(
    'Файл есть у сервиса дважды',
    ({ ids }) =>
      `Файл есть у сервиса дважды, загрузки ${ids.join(' и ')}: более ранняя попытка дошла с опозданием.`,
    forReader(
      `${OVERWRITE}. Не отправляйте файл ещё раз. Подробнее: metrika-calls explain sent-wrong`,
      `${OVERWRITE}. Не отправляйте файл ещё раз.`,
    ),
  ),
  'repeat-unchecked': failure(
    'Более ранняя попытка могла дойти',
    ({ id }) =>
      `Файл загружен под номером ${id}, но список загрузок прочитать не удалось, и неизвестно, дошла ли и более ранняя попытка.`,
    (parameters) =>
      isAboutKind(parameters)
        ? `${OVERWRITE}. Чтобы знать наверняка, посмотрите список загрузок.`
        : next(`${OVERWRITE}. Чтобы знать наверняка, посмотрите`, parameters.command, NOTHING_LEFT),
  ),
  'file-changed': failure(
    'Файл изменился после проверки',
    'Файл изменился после проверки. Запрос прерван, файл не загружен.',
    'Дождитесь, пока программа допишет файл, и повторите.',
  ),
  'validation-failed': failure(
    'Файл не прошёл проверку',
    ({ errors, warnings, cause }) =>
      cause === 'warnings'
        ? `В файле ${plural(warnings, NOUNS.warning)}, а в строгом режиме это ошибки, поэтому этот файл не отправлен.`
        : `В файле ${plural(errors, NOUNS.error)}, поэтому этот файл не отправлен.`,
    ({ cause = 'record-errors' }) => NOT_PASSED_HINTS[cause],
  ),
  'portion-not-sent': failure(
    'Следующая часть не отправлена',
    'Эта часть не отправлена: не удалась более ранняя часть файла.',
    text`${forReader('Запустите ту же команду', 'Повторите вызов')}: уйдёт только то, чего ещё нет.`,
  ),
  'lines-missing': failure(
    'Дошли не все записи',
    ({ id, counted, sent }) =>
      `Загрузка ${id}: сервис получил ${formatNumber(counted)} из ${formatNumber(sent)} отправленных записей.`,
    text`Файл дошёл не весь. Отправьте его ещё раз с ${option('again', true)}. ${OVERWRITE}.`,
  ),
  'lines-refused': failure(
    'Сервис принял меньше строк',
    ({ id, accepted, sent }) =>
      `Загрузка ${id}: сервис принял ${formatNumber(accepted)} из ${formatNumber(sent)} строк.`,
    `Сервис не сообщает, какие строки он пропустил. Сравните отчёт по звонкам с файлом, исправьте файл и отправьте его ещё раз. ${OVERWRITE}.`,
  ),
  'linkage-failure': failure(
    'Обработка закончилась без связи с визитами',
    ({ id }) =>
      `Загрузка ${id} завершилась со статусом LINKAGE_FAILURE: для динамических звонков не нашлось посетителей.`,
    'Проверьте, что идентификаторы взяты из этого счётчика и визиты были не раньше чем за 21 день.',
  ),
  'wait-timeout': failure(
    'Обработка не закончена',
    ({ id, status, waited }) =>
      `Загрузка ${id} через ${timeSpan(waited)} всё ещё ${statusOf(status)}.`,
    ({ command }) =>
      next(
        'Обработка может длиться два часа. Ждать дальше',
        command,
        'Обработка может длиться два часа. Ждите снова.',
      ),
  ),
  'wait-ended': failure(
    'Ожидание прекратилось раньше обработки',
    ({ id, status, why }) =>
      `Когда ожидание прекратилось, загрузка ${id} была ${statusOf(status)}. ${why.message}`,
    ({ why, command }) =>
      why === undefined
        ? 'Сделайте то, что подсказано для причины, и ждите снова.'
        : next(`${why.hint} Затем продолжите`, command, why.hint),
  ),
  interrupted: failure(
    'Прервано',
    ({ state }) => interruptedMessage(state),
    ({ state }) =>
      state === undefined ? 'Выполните команду, которая показана.' : interruptedHint(state),
  ),
}));
