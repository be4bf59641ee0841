/** Twilio: the calls of its API. */
import { anyColumn, column, directionIn, missedIn, type Preset, visitorIn } from './preset.ts';

export const twilio: Preset = {
  name: 'twilio',
  system: 'Twilio, calls of its API',
  source:
    'the resource Call of the REST API, as JSON; a call that was completed counts as answered, and calls that Twilio makes are outgoing (twilio.com/docs)',
  records: 'calls',
  needed: [['start_time', 'StartTime'], ['from'], ['to'], ['direction'], ['status'], ['sid']],
  fields: {
    DateTime: anyColumn('start_time', 'StartTime'),
    PhoneNumber: visitorIn('from', 'to'),
    TalkDuration: column('duration'),
    CallMissed: missedIn('status'),
  },
  direction: directionIn('direction'),
};
