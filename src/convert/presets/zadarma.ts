/** Zadarma and Novofon: the statistics of their PBX. */
import type { Direction } from '../cells/direction-words.ts';
import {
  type CellReader,
  column,
  missedIn,
  type Preset,
  type UnknownDirection,
  visitorIn,
} from './preset.ts';

export const zadarma: Preset = {
  name: 'zadarma',
  system: 'Zadarma and Novofon, statistics of the PBX',
  source: 'the method statistics/pbx of the API, its fields as columns (zadarma.com)',
  records: 'stats',
  needed: [['callstart'], ['clid'], ['destination'], ['seconds'], ['pbx_call_id']],
  fields: {
    DateTime: column('callstart'),
    PhoneNumber: visitorIn('clid', 'destination'),
    TalkDuration: column('seconds'),
    CallMissed: missedIn('disposition', {
      'no money': '1',
      'no limit': '1',
      'no day limit': '1',
      'line limit': '1',
      'unallocated number': '1',
    }),
  },
  direction: directionOf,
  legOf: column('pbx_call_id'),
};

/** In the export of this PBX, the key of a call begins with the direction of the call. */
function directionOf(cell: CellReader): Direction | UnknownDirection {
  const word = cell('pbx_call_id').trim();
  if (word.startsWith('in_')) return 'in';
  return word.startsWith('out_') ? 'out' : { column: 'pbx_call_id', word };
}
