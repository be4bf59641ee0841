/** Russian: the findings of converting an export. */
import { countedCodes, explainCodes, skipCodes } from '../commands.ts';
import type { converting as english } from '../en/conversion-findings.ts';
import { finding, once } from '../entries.ts';
import { option, text } from '../said.ts';
import { example } from '../shown-name.ts';
import { formatNumber, nounFor, NOUNS, plural } from './format.ts';

/** The accepted forms of times, for messages about times in other forms. */
const FORMS =
  '2026-11-20 09:12:33, после него может стоять +03:00, Z или Europe/Moscow, 20.11.2026 9:12, 11/20/2026 9:12:33 AM, Fri, 20 Nov 2026 09:12:33 +0300, 20 ноября 2026 9:12, 20261120091233, 1795155153, 1795155153000';

export const converting: () => ReturnType<typeof english> = once(() => ({
  'datetime-time-missing': finding(
    'Дата без времени',
    'В дате нет времени суток, а полночь была бы догадкой.',
    text`Если время в отдельном столбце, назовите оба: ${option('map', { from: example('Дата+Время'), to: 'DateTime' })}. Иначе выгрузите и время.`,
  ),
  'datetime-form-unknown': finding(
    'Такая запись времени не читается',
    'Время записано в форме, которая не читается.',
    `Выгрузите его в одной из этих форм: ${FORMS}.`,
  ),
  'datetime-zone-unclear': finding(
    'Часовой пояс с несколькими значениями',
    'У времени сокращение пояса, которое значит несколько поясов, например EST, IST или CST.',
    text`Выгрузите время со смещением, например +03:00, или без пояса и назовите его: ${option('timezone', 'America/New_York')}.`,
  ),
  'datetime-impossible': finding(
    'Такого дня или времени нет',
    'Такого дня нет в календаре, или такого времени нет на часах.',
    text`Исправьте дату там, откуда она взялась; проверьте порядок дня и месяца в ${option('dateFormat')}.`,
  ),
  'datetime-order-contradicts': finding(
    'Дата в другом порядке',
    'Дата не подходит под порядок дня и месяца из параметров или шаблона системы.',
    text`Укажите порядок для всего столбца: ${option('dateFormat')}, например dd/mm/yyyy или mm/dd/yyyy.`,
  ),
  'datetime-orders-mixed': finding(
    'Оба порядка дня и месяца в одном столбце',
    ({ dayFirst, monthFirst }) =>
      `Строка ${formatNumber(dayFirst)} может быть только день/месяц, а строка ${formatNumber(monthFirst)} только месяц/день, поэтому ни одна дата столбца не надёжна.`,
    'Выгрузите даты в одном порядке, лучше всего как 2026-11-20 09:12:33.',
  ),
  'price-unclear': finding(
    'Price: копейки или тысячи?',
    'После единственной запятой или точки три цифры: дробная это часть или тысячи, не ясно, и другие цены столбца не подсказывают.',
    'Укажите 1250.00 или 1.25 вместо 1,250: два знака после точки или ни одного.',
  ),
  'price-currency-differs': finding(
    'Цена в другой валюте',
    'Валюта рядом с ценой не та, что у записи или у цен выше.',
    'Добавьте столбец Currency и оставьте в Price только числа или выгрузите каждую валюту отдельно.',
  ),
  'identifiers-differ': finding(
    'Два разных идентификатора',
    ({ column }) => `${column} стоит в двух столбцах выгрузки, и значения разные.`,
    text`Посмотрите в системе, какой верен, или назовите один столбец, например ${option('map', 'metrika_client_id=ClientId')}.`,
  ),
  'phone-several': finding(
    'Несколько номеров в одной ячейке',
    'В ячейке несколько номеров телефона.',
    text`Оставьте номер звонившего или берите первый в каждой ячейке: ${option('phones', 'first')}.`,
  ),
  'duration-unclear': finding(
    ({ column = 'Длительность' }) => `${column}: в чём она?`,
    ({ column }) =>
      `${column} может быть в разных единицах, и другие значения столбца этого не говорят.`,
    text`Назовите единицу: ${option('durationUnit', 'hours')}, minutes, seconds или milliseconds.`,
  ),
  'value-not-listed': finding(
    ({ column = 'Значение' }) => `${column}: слова нет в списке`,
    ({ column, value, meaning }) =>
      value === undefined || meaning === undefined
        ? `${column}: такого слова нет в списке значений.`
        : `Неизвестно, что значит «${value}» в столбце ${column}: входящий, исходящий или внутренний звонок.`,
    ({ column = example('CallMissed'), value = example('Не дозвонились'), meaning }) =>
      meaning === undefined
        ? text`Добавьте его, например ${option('mapValue', { column, meanings: [{ from: value, to: '1' }] })}.`
        : text`Скажите, что это, например ${option('mapValue', { column, meanings: [{ from: value, to: meaning }] })}, или берите все звонки: ${option('direction', 'all')}.`,
  ),
  'calls-none': finding(
    'Не осталось ни одного звонка',
    'Ни одна запись выгрузки не подходит под правила отбора.',
    text`Проверьте столбец и значение в ${option('only')}: ячейка должна совпадать целиком.`,
  ),
  'stand-ins-emptied': finding(
    'Слова вместо пустого значения',
    ({ count }) =>
      `В ${String(count)} ${nounFor(count, ['ячейке', 'ячейках', 'ячейках'])} слово вместо пустого значения: NULL, none или -; записано пустое.`,
    'Проверьте, что эти слова ничего не значили.',
  ),
  'direction-left-out': finding(
    ({ column }) =>
      column === undefined ? 'Есть исходящие?' : `Есть исходящие? См. столбец ${column}`,
    ({ column, value }) =>
      `Столбец ${column} не использован, а в нём есть «${value}»: среди записей могут быть исходящие звонки.`,
    ({ column = example('Direction'), value = 'out' }) =>
      text`Уберите их: ${option('skip', `${column}=${value}`)}.`,
  ),
  'codes-left-out': finding(
    ({ column }) => (column === undefined ? 'Коды без объяснения' : `Что значит ${column}?`),
    ({ column, ...codes }) =>
      `Столбец ${column} не использован, в нём ${countedCodes(codes, (code) => `«${code}»`, formatNumber)}. Среди записей могут быть исходящие и пропущенные звонки.`,
    ({
      column = example('Тип'),
      open = [example('исх')],
      codes = [],
      more = 0,
      isOutcome = false,
    }) =>
      text`Уберите то, что не входящий звонок, например ${skipCodes({ column, open }) ?? option('skip', 'СТОЛБЕЦ=ЗНАЧЕНИЕ')}, или скажите, что значит каждое слово: ${explainCodes({ column, codes, more, isOutcome })}.`,
  ),
  'legs-left-out': finding(
    ({ column }) =>
      column === undefined ? 'Части одного звонка?' : `Части одного звонка? См. столбец ${column}`,
    ({ column, count }) =>
      `Столбец ${column} не использован, а у ${String(count)} ${nounFor(count, ['записи', 'записей', 'записей'])} в нём то же, что у одной из записей выше: несколько записей могут быть одним звонком.`,
    text`Выгрузите звонки без частей или оставьте по одной записи на звонок: ${option('only')}.`,
  ),
  'legs-too-far': finding(
    'Часть звонка далеко от него',
    ({ firstLine, most }) =>
      `Это часть звонка из строки ${String(firstLine)}, более чем в ${formatNumber(most)} записей от неё.`,
    text`Отсортируйте выгрузку по времени или по звонкам. С ${option('legs', 'keep')} каждая часть — отдельный звонок.`,
  ),
  'no-calls-left': finding(
    'Звонков не осталось',
    ({ count }) =>
      `Пропущены все записи (${formatNumber(count)}), и в файле звонков нет ни одного звонка.`,
    text`Проверьте правила и значения слов: ${option('skip')}, ${option('only')}, ${option('mapValue')}.`,
  ),
  'identifiers-left-out': finding(
    'Звонки без идентификатора',
    ({ column }) =>
      `В столбце ${column} числа, похожие на ClientID Метрики, но он не использован. У звонков нет идентификатора.`,
    ({ column = example('ID') }) =>
      text`Если это ClientID посетителей, используйте столбец: ${option('map', { from: column, to: 'ClientId' })}. Если нет, пропустите его: ${option('map', { from: column, to: '-' })}.`,
  ),
  'company-line': finding(
    'Звонивший — линия компании',
    ({ called, calledAt }) =>
      `В строке ${String(calledAt)} этот звонивший — вызванный номер, в столбце ${called}.`,
    text`Пропустите исходящие звонки, например с ${option('skip', 'СТОЛБЕЦ=ЗНАЧЕНИЕ')} или ${option('only', 'СТОЛБЕЦ=ЗНАЧЕНИЕ')}.`,
  ),
  'phones-left-out': finding(
    'Звонки без PhoneNumber',
    ({ column }) =>
      `В столбце ${column} номера телефонов, но он не использован. У звонков нет PhoneNumber.`,
    ({ column = example('Телефон') }) =>
      text`Если это номера звонивших, используйте столбец: ${option('map', { from: column, to: 'PhoneNumber' })}. Если нет, пропустите его: ${option('map', { from: column, to: '-' })}.`,
  ),
  'join-number-unread': finding(
    'Номер в присоединяемом файле не читается',
    'Номер не в международном формате и не читается однозначно, поэтому ни к кому не подходит.',
    text`Запишите его как +70123456789 или укажите страну: ${option('defaultRegion')}.`,
  ),
  'join-number-twice': finding(
    'Номер дважды в присоединяемом файле',
    'Этот номер уже был выше с другими идентификаторами; учтены те, что в этой строке.',
    'Оставьте по одной строке на номер — того посетителя, который звонил последним.',
  ),
  'join-nobody': finding(
    'Присоединяемый файл не подошёл ни одному звонку',
    ({ joined, calls, numbers, name }) =>
      `Присоединено: ${formatNumber(joined)} из ${plural(calls, ['звонка', 'звонков', 'звонков'])}; номеров в ${name}: ${formatNumber(numbers)}.`,
    'Проверьте, что в обоих файлах номера звонивших и за один и тот же период.',
  ),
  'join-counts': finding(
    'Звонки соединены с другим файлом',
    ({ joined, calls, numbers, name }) =>
      `Присоединено: ${formatNumber(joined)} из ${plural(calls, ['звонка', 'звонков', 'звонков'])}; номеров в ${name}: ${formatNumber(numbers)}.`,
    'У звонков с других номеров идентификатора оттуда нет.',
  ),
  'column-repeated': finding(
    ({ column }) => (column === undefined ? 'Столбец дважды' : `Столбец ${column} дважды`),
    ({ column }) => `Столбец ${column} есть в выгрузке больше одного раза.`,
    ({ column = 'Phone' }) => `Второй из них в параметрах называется "${column}#2".`,
  ),
  'records-other': finding(
    'Записи, которые не звонки',
    ({ count }) => `Не взято записей, которые не звонки: ${formatNumber(count)}.`,
    'Шаблон знает другие записи этой системы, например чаты и строки итогов.',
  ),
  'calls-outgoing': finding(
    'Исходящие не взяты',
    ({ count }) => `Не взяты исходящие: ${plural(count, NOUNS.call)}.`,
    text`${option('direction', 'all')} их оставит.`,
  ),
  'calls-internal': finding(
    'Внутренние не взяты',
    ({ count }) => `Не взяты внутренние: ${plural(count, NOUNS.call)}.`,
    text`${option('direction', 'all')} их оставит.`,
  ),
  'durations-as-minutes': finding(
    'Длительности в минутах и секундах',
    ({ column, sample }) => `${column} из двух частей — минуты и секунды, например ${sample}.`,
    text`Если это часы и минуты, скажите: ${option('durationUnit', 'hours')}.`,
  ),
  'calls-unidentified': finding(
    'Звонки без идентификатора не взяты',
    ({ count }) => `Не взяты без идентификатора: ${plural(count, NOUNS.call)}.`,
    text`${option('unidentified', 'static')} оставит их как статические.`,
  ),
  'calls-skipped': finding(
    'Записи не взяты по правилам',
    ({ count }) => `Не взяты по правилам: ${plural(count, NOUNS.record)}.`,
    'Измените эти параметры, чтобы их оставить.',
  ),
  'legs-joined': finding(
    'Части звонков соединены',
    ({ count }) => `Соединены как части звонков: ${plural(count, NOUNS.record)}.`,
    text`${option('legs', 'keep')} сделает звонок из каждой части.`,
  ),
  'numbers-withheld': finding(
    'Номера скрыты',
    ({ count }) => `Скрытых номеров: ${formatNumber(count)}; номер записан пустым.`,
    'Делать ничего не нужно: номер не обязателен.',
  ),
  'static-for-unidentified': finding(
    'StaticCall=1 не для всех звонков',
    ({ count }) =>
      `StaticCall=1 поставлено только звонкам без идентификатора: статическими не были бы связаны ещё ${plural(count, NOUNS.call)}.`,
    text`То же говорит ${option('unidentified', 'static')}.`,
  ),
  'calls-at-night': finding(
    'Много звонков ночью',
    ({ night, calls, zone }) =>
      `Между 00:00 и 06:00 (${zone}) — ${formatNumber(night)} из ${plural(calls, ['звонка', 'звонков', 'звонков'])}.`,
    text`Скорее всего, время сдвинуто: сверьте несколько звонков с системой звонков. Для выгрузки задайте верный ${option('timezone')}. Если DateTime в файле уже в секундах, исправьте сами секунды: параметры их не сдвигают.`,
  ),
}));
