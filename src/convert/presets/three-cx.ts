/** 3CX: its call log. */
import {
  type CellReader,
  column,
  directionIn,
  isPositive,
  missedIn,
  missedUnless,
  type Preset,
  visitorIn,
} from './preset.ts';

const outcome = missedIn('Status');

export const threeCx: Preset = {
  name: '3cx',
  system: '3CX, call log of version 20',
  source: 'the CSV of the call log, as public programs read it; its times have no zone',
  needed: [['Call Time'], ['From'], ['To'], ['Direction'], ['Status']],
  fields: {
    DateTime: column('Call Time'),
    PhoneNumber: visitorIn('From', 'To'),
    TalkDuration: column('Talking'),
    HoldDuration: column('Ringing'),
    CallMissed: (cell) =>
      isRedirected(cell) ? missedUnless(isPositive(cell('Talking'))) : outcome(cell),
  },
  // The last line has the totals.
  isCall: (cell) => cell('Call Time').trim().toLowerCase() !== 'totals',
  direction: directionIn('Direction'),
  legOf: column('Call ID'),
  // The leg from a queue to an extension is internal. This leg must not be left out, because it
  // says who answered.
  isDirectionOfFirstLeg: true,
};

/** Says whether a leg was redirected. Then another leg says how the call ended. */
function isRedirected(cell: CellReader): boolean {
  return cell('Status').trim().toLowerCase() === 'redirected';
}
