/** Ringostat: its CSV export. */
import { column, directionIn, isWord, missedUnless, type Preset } from './preset.ts';

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
    CallMissed: (cell) =>
      cell('disposition') === ''
        ? ''
        : missedUnless(isWord(cell('disposition'), 'answered', 'proper', 'repeated')),
    FirstTimeCaller: (cell) =>
      cell('repeated_flag') === ''
        ? ''
        : isWord(cell('repeated_flag'), '1', 'true', 'yes')
          ? '0'
          : '1',
    URL: column('landing'),
  },
  direction: directionIn('call_type'),
};
