/** The call detail record of Asterisk, which several systems write with other names of columns. */
import {
  anyColumn,
  type CellReader,
  column,
  difference,
  type Direction,
  isExtension,
  isWord,
  missedUnless,
  type Preset,
} from './preset.ts';

/** The call detail record of Asterisk, which FreePBX keeps under other names of columns. */
export function callDetailFields(time: string): Preset['fields'] {
  return {
    DateTime: column(time),
    // The visitor is whom an outgoing call went to.
    PhoneNumber: (cell) => cell(callDetailDirection(cell) === 'in' ? 'src' : 'dst'),
    TalkDuration: column('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: (cell) => missedUnless(isWord(cell('disposition'), 'answered')),
  };
}

/** A call that begins at an extension went out, unless it ended at one too. */
export function callDetailDirection(cell: CellReader): Direction {
  if (cell('outbound_cnum') !== '') return 'out';
  const caller = cell('cnum') || cell('src');
  if (!isExtension(caller) && !isExtension(cell('src'))) return 'in';
  return isExtension(cell('dst')) ? 'internal' : 'out';
}

/** What the legs of one call have in common. */
export const callDetailLeg = anyColumn('linkedid', 'uniqueid');
