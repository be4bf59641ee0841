/**
 * Guesses from the name of a column whether the column contains directions, outcomes, or keys that
 * connect legs.
 */

/**
 * Names of columns that may connect the legs of one call, in lower case without punctuation. Such a
 * name has a word for a call and a word for its key, or consists of only a word for a key.
 */
const CALL_WORD =
  'call(?!er|ee|ed|ing)|звонк|вызов|дзвінк|session|сесси|linked|uniq|leg|entry|appeal|обращени|conversation|разговор|запис|bridge|cdr|interaction|correlation|parent|master';
const KEY_WORD = 'id|uuid|guid|sid|key|ref|ид|идентификатор|код';
const LEG_NAMES = new RegExp(
  `^(?:id|uid|uuid|guid|uniq|ид|уид|.*(?:${CALL_WORD}).*(?:${KEY_WORD})|(?:${KEY_WORD}).*(?:${CALL_WORD}).*)$`,
);
/** Words in the names of columns with keys that many calls share, such as the key of a client. */
const NO_LEG_NAMES =
  /visit|посе|client|клиент|user|польз|employee|сотруд|agent|operator|оператор|queue|group|campaign|кампани|cent(?:er|re)|site|сайт|track|scheme|схем/;

/** Words in the names of columns with directions or outcomes, in several languages. */
const CODE_WORDS = new Set(
  (
    'direction dir calldirection calltype type kind state status callstatus disposition result callresult outcome category ' +
    'flow outgoing outbound inbound incoming internal event категория событие ' +
    'исходящий исходящая исходящие входящий входящая входящие внутренний внутренняя внутренние ' +
    'тип вид направление статус состояние результат итог исход ' +
    'тып напрямок тыпзвонка стан результат напрям бағыт күй ' +
    'typ richtung anrufart art ergebnis zustand sens statut résultat tipo dirección direccion estado resultado direção ' +
    'direcao direzione esito stato kierunek rodzaj stan wynik yön tür durum sonuç směr stav'
  ).split(' '),
);
/** Other names of columns with directions or outcomes, in lower case without punctuation. */
const CODE_NAMES = /^(?:call)?(?:(?:hangup)?(?:reason|cause)|failedcode|accountcode|причина)$/;
/**
 * Beginnings of words in a column name. They show that the codes of the column do not describe a
 * call, for example in `client status`.
 */
const OF_OTHER_THINGS =
  /^(?:client|customer|клиент|покупат|deal|сделк|lead|лид|payment|оплат|device|устройств|user|пользоват|source|источник|traffic|трафик|utm|crm|заказ|order|content|media|file|файл|record|запис|domestic|number|номер|agent|оператор|сотрудник|employee|city|город)/;

/**
 * Says whether the name of a column suggests codes of directions or outcomes.
 *
 * @param key the name in lower case, without punctuation
 */
export function isOfCodes(name: string, key: string): boolean {
  if (CODE_NAMES.test(key)) return true;
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return (
    words.some((word) => CODE_WORDS.has(word)) && !words.some((word) => OF_OTHER_THINGS.test(word))
  );
}

/** Names of columns that say which calls were missed, in lower case without punctuation. */
const MISSED_NAMES =
  /^(?:is|was|call|звонок|вызов)*(?:missed|lost|abandoned|unanswered|notanswered|noanswer|неотвечен(?:ный|о)?|непринят(?:ый|о)?|безответа|пропущен(?:ный|о)?|потерян(?:ный)?)(?:call|calls|звонок|вызов)?$/;
/** Names of columns that say which calls were answered. */
const ANSWERED_NAMES =
  /^(?:is|was|call|звонок|вызов)*(?:answered|success|successful|отвечен(?:ный|о)?|принят(?:ый|о)?|успешн(?:ый|о))(?:call|calls|звонок|вызов)?$/;

/**
 * Says whether a column may connect the legs of one call.
 *
 * @param key the name in lower case, without punctuation
 */
export function isOfLegs(key: string): boolean {
  return LEG_NAMES.test(key) && !NO_LEG_NAMES.test(key);
}

/**
 * Returns what a yes in a column means: a missed or an answered call. Returns `undefined` if the
 * name of the column does not show that.
 *
 * @param key the name in lower case, without punctuation
 */
export function endingOfYes(key: string): 'missed' | 'answered' | undefined {
  if (MISSED_NAMES.test(key)) return 'missed';
  return ANSWERED_NAMES.test(key) ? 'answered' : undefined;
}
