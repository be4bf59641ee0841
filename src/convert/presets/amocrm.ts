/** amoCRM: the notes about calls. */
import { column, directionIn, isRecordOf, missedWithout, type Preset } from './preset.ts';

export const amocrm: Preset = {
  name: 'amocrm',
  system: 'amoCRM, notes about calls',
  source:
    'the notes of the REST API, as JSON; only notes about calls are calls, and one without a duration is missed (amocrm.ru/developers)',
  records: '_embedded.notes',
  needed: [['note_type'], ['created_at'], ['params.phone'], ['params.duration']],
  region: 'RU',
  fields: {
    DateTime: column('created_at'),
    PhoneNumber: column('params.phone'),
    TalkDuration: column('params.duration'),
    CallMissed: missedWithout('params.duration'),
  },
  isCall: isRecordOf('note_type', {
    '10': true,
    '11': true,
    call_in: true,
    call_out: true,
    common: false,
    sms_in: false,
    sms_out: false,
    attachment: false,
    geolocation: false,
    service_message: false,
    extended_service_message: false,
    message_cashier: false,
  }),
  direction: directionIn('note_type', { '10': 'in', '11': 'out' }),
};
