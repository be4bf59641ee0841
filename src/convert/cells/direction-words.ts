/**
 * The words that call systems use for the direction and the outcome of a call. The lists only make
 * the program easier to use. They need not be complete, because the program never guesses the
 * meaning of a word that is in no list.
 */

/** The direction of a call: into the company, out of it, or between its employees. */
export type Direction = 'in' | 'out' | 'internal';

const WORDS_OF: Readonly<Record<Direction, string>> = {
  in:
    'in incoming inbound ingoing received recieved terminating term ucap_in call_in in_call входящий входящие входящая вх вх. ' +
    'вхідний вхідні вхідний_дзвінок уваходны кіріс eingehend eingang ankommend entrant entrante entrantes entrada recebida ' +
    'przychodzące przychodzący przychodzace gelen in_entrata entrata inkommande indgående příchozí',
  out:
    'out outgoing outbound outcoming outward placed dialed dialled originating orig o ucap_out call_out out_call callout ' +
    'outbound-api outbound-dial outbound-call click-to-call c2c исходящий исходящие исходящая исх исх. исход исход. вихідний вихідні зыходны шығыс ' +
    'ausgehend ausgang abgehend sortant sortante saliente salientes salida saída saida realizada uscita in_uscita ' +
    'wychodzące wychodzący wychodzace giden utgående odchozí',
  internal:
    'internal local intern inner int internal_call внутренний внутренние внутренняя внутр внутр. внутрішній внутрішні ' +
    'ўнутраны ішкі interne interno interna wewnętrzne wewnętrzny dahili intraoffice',
};

const DIRECTIONS = new Map<string, Direction>(
  (['in', 'out', 'internal'] as const).flatMap((direction) =>
    WORDS_OF[direction].split(' ').map((word) => [word.replaceAll('_', ' '), direction] as const),
  ),
);

/** Words such as `call`, which may come after a word for a direction. */
const CALL =
  / (?:call|calls|queue|звонок|звонки|вызов|вызовы|дзвінок|anruf|appel|llamada|chamada)$/u;

/** Words for yes and no, in lower case. */
export const YES_NO: ReadonlyMap<string, '0' | '1'> = new Map([
  ...['1', 'yes', 'y', 'true', 't', 'да', 'д', 'истина'].map((word) => [word, '1'] as const),
  ...['0', 'no', 'n', 'false', 'f', 'нет', 'н', 'ложь'].map((word) => [word, '0'] as const),
]);

/** Words that certainly say that a call was answered. */
const ANSWERED = new Set(
  (
    'answered,answerd,answer,completed,complete,success,successful,success call,talked,beantwortet,' +
    'отвечен,отвечено,отвеченный,отвечённый,принят,принятый,принято,успешный,успешный звонок,успешно,' +
    'успешный вызов,состоялся,разговор состоялся,відповіли,прийнятий,contestada,atendida,répondu,odebrane,cevaplandı'
  ).split(','),
);
/** Words for the normal end of a call. They do not say whether somebody answered. */
const USUAL_END = new Set(['ok', 'connected', 'normal clearing', 'normal_clearing', 'proper']);
/** Words that certainly say that nobody answered. */
const MISSED = new Set(
  (
    'no answer,no_answer,no-answer,noanswer,no answered,not answered,not_answered,unanswered,missed,missed call,busy,' +
    'user_busy,user busy,cancel,canceled,cancelled,originator_cancel,originator cancel,no_user_response,abandoned,failed,' +
    'congestion,chanunavail,verpasst,entgangen,perdida,manqué,nieodebrane,cevapsız,' +
    'не отвечен,не отвечено,неотвечен,неотвеченный,не принят,непринятый,пропущен,пропущено,пропущенный,' +
    'пропущенный звонок,пропущенный вызов,без ответа,нет ответа,не дозвонился,занято,не состоялся,пропущений,не відповіли'
  ).split(','),
);

/** @returns the direction that a word means; `undefined` if no list has the word */
export function directionOfWord(cell: string): Direction | undefined {
  const word = cell
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');
  return DIRECTIONS.get(word) ?? DIRECTIONS.get(word.replace(CALL, ''));
}

/**
 * Returns the direction to propose for a word. A person may correct the proposal. For a word in no
 * list, the proposal is `out`.
 *
 * @param heading the heading of the column; in a column such as `Outgoing`, yes means an outgoing
 *   call
 */
export function proposedDirection(cell: string, heading = ''): Direction {
  const yes = YES_NO.get(cell.trim().toLowerCase());
  const ofHeading = directionOfHeading(heading);
  if (yes !== undefined && ofHeading !== undefined) {
    if (yes === '1') return ofHeading;
    return ofHeading === 'in' ? 'out' : 'in';
  }
  return directionWithin(cell) ?? (isPlain(cell) ? 'in' : 'out');
}

/** Says whether a word means an incoming call, an answered call or the normal end of a call. */
export function isPlain(cell: string): boolean {
  const word = cell.trim().toLowerCase();
  return directionOfWord(cell) === 'in' || ANSWERED.has(word) || USUAL_END.has(word);
}

/**
 * In a text with several words, the first word gives the direction only if it has at least this
 * many letters.
 */
const LONG_WORD = 7;

/**
 * Returns the direction of a text. If no list has the text, a long first word gives the direction.
 */
export function directionWithin(cell: string): Direction | undefined {
  const [first = ''] = cell.trim().split(/[\s,.:;(-]+/, 1);
  return directionOfWord(cell) ?? (first.length >= LONG_WORD ? directionOfWord(first) : undefined);
}

/** Returns the direction that the name of a column means, for example `out` for `Is Outbound`. */
export function directionOfHeading(heading: string): Direction | undefined {
  return directionWithin(heading.replace(/^(?:is|was)[\s_-]+/i, ''));
}

/** Says whether a cell means that the call did not come from outside. */
export function saysOutgoing(cell: string): boolean {
  const direction = directionWithin(cell);
  return direction === 'out' || direction === 'internal';
}

/** Words for contacts that are not phone calls. */
const NO_CALL =
  /^(?:заявка|заявка с сайта|обращение с сайта|чат|онлайн-чат|письмо|e-?mail|email|сообщение|форма|смс|sms|chat|form|feedbacks?|chats|emails|message|whatsapp|telegram|viber|факс|fax)$/i;

/** Says whether a cell shows that its record is not about a phone call. */
export function saysNoCall(cell: string): boolean {
  return NO_CALL.test(cell.trim());
}

/**
 * Says whether a word certainly means that a call was missed. Returns `false` if the word certainly
 * means that the call was answered, and `undefined` if the word means neither.
 */
export function saysMissed(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  if (MISSED.has(word)) return true;
  return ANSWERED.has(word) ? false : undefined;
}
