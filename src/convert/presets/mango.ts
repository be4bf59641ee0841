/** Mango Office: the response of stats/result. */
import type { Direction } from '../cells/direction-words.ts';
import {
  type CellReader,
  column,
  difference,
  isPositive,
  missedWithout,
  type Preset,
  visitorIn,
} from './preset.ts';

const COLUMNS =
  'records,start,finish,answer,from_extension,from_number,to_extension,to_number,disconnect_reason,line_number,location,entry_id';

export const mango: Preset = {
  name: 'mango',
  system: 'Mango Office, stats/result',
  source: 'the VPBX API; name the requested columns with --columns when they are others',
  columns: COLUMNS.split(','),
  needed: [['start'], ['finish'], ['answer'], ['from_number']],
  delimiter: ';',
  fields: {
    DateTime: column('start'),
    PhoneNumber: visitorIn('from_number', 'to_number'),
    TalkDuration: (cell) =>
      isPositive(cell('answer')) ? difference(cell('finish'), cell('answer')) : '0',
    HoldDuration: (cell) =>
      difference(isPositive(cell('answer')) ? cell('answer') : cell('finish'), cell('start')),
    CallMissed: missedWithout('answer'),
  },
  direction: directionOf,
  legOf: column('entry_id'),
};

function directionOf(cell: CellReader): Direction {
  if (cell('from_extension') === '') return 'in';
  return cell('to_extension') === '' ? 'out' : 'internal';
}
