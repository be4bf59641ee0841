/** MegaFon virtual PBX: its call history. */
import { column, directionIn, missedWithout, type Preset } from './preset.ts';

const COLUMNS = 'UID,type,client,account,via,start,wait,duration,record';

export const megafon: Preset = {
  name: 'megafon',
  system: 'MegaFon virtual PBX, and Dom.ru and Beeline with the same engine, call history',
  source: 'the REST API, method history; the forms of its values are not documented',
  columns: COLUMNS.split(','),
  needed: [['start'], ['client'], ['duration']],
  fields: {
    DateTime: column('start'),
    PhoneNumber: column('client'),
    TalkDuration: column('duration'),
    HoldDuration: column('wait'),
    CallMissed: missedWithout('duration'),
  },
  direction: directionIn('type', { missed: 'in' }),
};
