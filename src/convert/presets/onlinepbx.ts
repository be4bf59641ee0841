/** OnlinePBX: its call history. */
import {
  column,
  difference,
  directionIn,
  missedWithout,
  type Preset,
  visitorIn,
} from './preset.ts';

export const onlinepbx: Preset = {
  name: 'onlinepbx',
  system: 'OnlinePBX, call history',
  source: 'the history of the API, its fields as columns; a call without talk time is missed',
  records: 'data',
  needed: [['start_stamp'], ['caller_id_number'], ['user_talk_time'], ['accountcode']],
  fields: {
    DateTime: column('start_stamp'),
    PhoneNumber: visitorIn('caller_id_number', 'destination_number'),
    TalkDuration: column('user_talk_time'),
    HoldDuration: (cell) => difference(cell('duration'), cell('user_talk_time')),
    CallMissed: missedWithout('user_talk_time'),
  },
  direction: directionIn('accountcode', { missed: 'in' }),
};
