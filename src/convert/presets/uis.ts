/** UIS, CoMagic and Novofon: the call report of their Data API. */
import { column, directionIn, MISSED_FLAG, missedIn, type Preset } from './preset.ts';

export const uis: Preset = {
  name: 'uis',
  system: 'UIS, CoMagic and Novofon, fields of the Data API',
  source:
    'the method get.calls_report of the Data API, its fields as columns; sale_cost may be the worth of a sale and is not taken',
  records: 'result.data',
  needed: [['start_time'], ['contact_phone_number'], ['direction']],
  region: 'RU',
  fields: {
    ClientId: column('ym_client_id'),
    Yclid: column('yclid'),
    DateTime: column('start_time'),
    PhoneNumber: column('contact_phone_number'),
    TalkDuration: column('talk_duration'),
    HoldDuration: column('wait_duration'),
    CallMissed: missedIn('is_lost', MISSED_FLAG, 'talk_duration'),
  },
  direction: directionIn('direction'),
};
