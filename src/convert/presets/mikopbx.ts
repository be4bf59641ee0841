/** MikoPBX: its table of calls. */
import { column, directionByExtension, missedWithout, type Preset, visitorIn } from './preset.ts';

export const mikopbx: Preset = {
  name: 'mikopbx',
  system: 'MikoPBX, table cdr_general',
  source:
    'the table cdr_general of github.com/mikopbx/Core; an answered leg may say NOANSWER there, so the talk time decides',
  needed: [['start'], ['src_num'], ['dst_num'], ['billsec'], ['linkedid']],
  fields: {
    DateTime: column('start'),
    PhoneNumber: visitorIn('src_num', 'dst_num'),
    TalkDuration: column('billsec'),
    HoldDuration: column('waitTime'),
    CallMissed: missedWithout('billsec'),
  },
  direction: directionByExtension('src_num', 'dst_num'),
  legOf: column('linkedid'),
  ownNumbers: ['did'],
};
