/** Callibri: the journal of contacts. */
import { DIFFERS } from '../cells/identifier.ts';
import {
  type CellReader,
  column,
  difference,
  isRecordOf,
  missedWithout,
  type Preset,
} from './preset.ts';

export const callibri: Preset = {
  name: 'callibri',
  system: 'Callibri, journal of contacts',
  source:
    'the export of the journal, and the method site_get_statistics of the API; only records of the type calls are calls, and one without talk time is missed',
  needed: [['date'], ['phone'], ['type'], ['billsec'], ['metrika_client_id', 'ym_uid']],
  dateOrder: 'dmy',
  delimiter: ';',
  region: 'RU',
  fields: {
    ClientId: clientId,
    DateTime: column('date'),
    PhoneNumber: column('phone'),
    TalkDuration: column('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: missedWithout('billsec'),
    FirstTimeCaller: (cell) => isFirst(cell('conversations_number')),
    URL: column('landing_page'),
  },
  isCall: isRecordOf('type', { calls: true, feedbacks: false, chats: false, emails: false }),
};

/**
 * Reads the ClientId, which is in two columns. If the two values differ, neither is certain, and
 * the check reports both.
 */
function clientId(cell: CellReader): string {
  const [own, other] = [cell('metrika_client_id').trim(), cell('ym_uid').trim()];
  return own === '' || other === '' || own === other ? own || other : `${own}${DIFFERS}${other}`;
}

/**
 * Returns `1` if a call is the first conversation with the visitor; otherwise `0`.
 *
 * @param number the number of the conversation, from 1; any other text is returned unchanged
 */
function isFirst(number: string): string {
  const text = number.trim();
  if (!/^\d+$/.test(text)) return text;
  return Number(text) === 1 ? '1' : '0';
}
