/** Yeastar: the records of calls of its PBX. */
import {
  anyColumn,
  column,
  difference,
  directionIn,
  missedIn,
  type Preset,
  visitorIn,
} from './preset.ts';

// The misspelt names of the durations are those of the system.
export const yeastar: Preset = {
  name: 'yeastar',
  system: 'Yeastar PBX, records of calls of its API',
  source:
    'the event NewCdr and the download of records in the API, their fields as columns (help.yeastar.com)',
  needed: [['timestart', 'time_start'], ['callfrom'], ['callto'], ['talkduraction'], ['type']],
  fields: {
    DateTime: anyColumn('timestart', 'time_start'),
    PhoneNumber: visitorIn('callfrom', 'callto'),
    TalkDuration: column('talkduraction'),
    HoldDuration: (cell) => difference(cell('callduraction'), cell('talkduraction')),
    CallMissed: missedIn('status', { voicemail: '1' }, 'talkduraction'),
  },
  direction: directionIn('type'),
  legOf: anyColumn('callid', 'call_id'),
};
