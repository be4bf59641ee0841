/** CallRail: the calls of its API. */
import { column, directionIn, oppositeIn, type Preset } from './preset.ts';

export const callrail: Preset = {
  name: 'callrail',
  system: 'CallRail, calls of its API',
  source:
    'the calls of the API of version 3, as JSON (apidocs.callrail.com); it knows no ClientId of Metrica',
  records: 'calls',
  needed: [['start_time'], ['customer_phone_number'], ['direction'], ['answered']],
  fields: {
    DateTime: column('start_time'),
    PhoneNumber: column('customer_phone_number'),
    TalkDuration: column('duration'),
    CallMissed: oppositeIn('answered'),
    FirstTimeCaller: column('first_call'),
    URL: column('landing_page_url'),
  },
  direction: directionIn('direction'),
};
