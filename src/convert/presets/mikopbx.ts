/** MikoPBX: its table of calls. */
import type { Direction } from '../cells/direction-words.ts';
import {
  type CellReader,
  column,
  isExtension,
  isPositive,
  missedUnless,
  type Preset,
} from './preset.ts';

export const mikopbx: Preset = {
  name: 'mikopbx',
  system: 'MikoPBX, table cdr_general',
  source:
    'the table cdr_general of github.com/mikopbx/Core; an answered leg may say NOANSWER there, so the talk time decides',
  needed: [['start'], ['src_num'], ['dst_num'], ['billsec'], ['linkedid']],
  fields: {
    DateTime: column('start'),
    PhoneNumber: (cell, direction) => cell(direction() === 'in' ? 'src_num' : 'dst_num'),
    TalkDuration: column('billsec'),
    HoldDuration: column('waitTime'),
    CallMissed: (cell) => missedUnless(isPositive(cell('billsec'))),
  },
  direction: directionOf,
  legOf: column('linkedid'),
  ownNumbers: ['did'],
};

function directionOf(cell: CellReader): Direction {
  if (!isExtension(cell('src_num'))) return 'in';
  return isExtension(cell('dst_num')) ? 'internal' : 'out';
}
