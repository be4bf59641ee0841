/**
 * Reads call detail records of Asterisk. Several systems write the same records with other column
 * names.
 */
import type { Direction } from '../cells/direction-words.ts';
import {
  anyColumn,
  type CellReader,
  column,
  difference,
  isExtension,
  missedIn,
  type Preset,
  visitorIn,
} from './preset.ts';

/**
 * Returns the functions that make the columns of a call from a call detail record of Asterisk.
 *
 * @param time the name of the column with the time of the call
 */
export function callDetailFields(time: string): Preset['fields'] {
  return {
    DateTime: column(time),
    // In an outgoing call, the visitor is the person who was called.
    PhoneNumber: visitorIn('src', 'dst'),
    TalkDuration: column('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: missedIn('disposition', {}, 'billsec'),
  };
}

/**
 * Finds the direction. A call from an extension is outgoing. A call between extensions is internal.
 */
export function callDetailDirection(cell: CellReader): Direction {
  if (cell('outbound_cnum') !== '') return 'out';
  const caller = cell('cnum') || cell('src');
  if (!isExtension(caller) && !isExtension(cell('src'))) return 'in';
  return isExtension(cell('dst')) ? 'internal' : 'out';
}

/** Returns the value that the legs of one call share. */
export const callDetailLeg = anyColumn('linkedid', 'uniqueid');
