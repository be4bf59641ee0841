/** Ringostat: its CSV export. */
import { column, directionIn, missedIn, oppositeIn, type Preset } from './preset.ts';

export const ringostat: Preset = {
  name: 'ringostat',
  system: 'Ringostat, export_type=csv',
  source: 'the export API; its client_id is that of Google and is not taken',
  needed: [['calldate'], ['caller']],
  fields: {
    DateTime: column('calldate'),
    PhoneNumber: (cell, direction) => cell(direction() === 'out' ? 'dst' : 'caller'),
    TalkDuration: column('billsec'),
    HoldDuration: column('waittime'),
    CallMissed: missedIn('disposition', { proper: '0', repeated: '0' }),
    FirstTimeCaller: oppositeIn('repeated_flag'),
    URL: column('landing'),
  },
  direction: directionIn('call_type', { '': 'in' }),
};
