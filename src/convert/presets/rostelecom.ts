/** Rostelecom: the journal of its virtual PBX. */
import { column, directionIn, missedIn, type Preset } from './preset.ts';

const COLUMNS =
  'session_id,call_type,direction,state,orig_number,orig_pin,dest_number,answering_sipuri,answering_pin,start_call_date,duration,is_voicemail,is_record,is_fax,status_code,status_string';

export const rostelecom: Preset = {
  name: 'rostelecom',
  system: 'Rostelecom virtual PBX, journal of calls',
  source: 'the journal of the API; its times are those of Moscow',
  columns: COLUMNS.split(','),
  needed: [['start_call_date'], ['orig_number'], ['direction'], ['state']],
  timezone: 'Europe/Moscow',
  delimiter: ';',
  region: 'RU',
  fields: {
    DateTime: column('start_call_date'),
    PhoneNumber: (cell, direction) =>
      withoutAddress(cell(direction() === 'in' ? 'orig_number' : 'dest_number')),
    TalkDuration: column('duration'),
    CallMissed: missedIn('state', { '1': '0', '2': '1' }),
  },
  direction: directionIn('direction', { '1': 'in', '2': 'out', '3': 'internal' }),
};

/** Returns the number in an address such as `sip:79161234567@host`. */
function withoutAddress(number: string): string {
  const [before = ''] = number.replace(/^sip:/i, '').split('@', 1);
  return before;
}
