/** DIDWW: its call detail records. */
import {
  anyColumn,
  type CellReader,
  clockSeconds,
  column,
  difference,
  missedUnless,
  type Preset,
} from './preset.ts';

export const didww: Preset = {
  name: 'didww',
  system: 'DIDWW, call detail records of inbound trunks',
  source:
    'doc.didww.com, exports of the API of 2026-11 (Source Number) and of 2026-04 and before (Source); its times are UTC',
  needed: [
    ['Date/Time Start (UTC)'],
    ['Date/Time Connect (UTC)'],
    ['Date/Time End (UTC)'],
    ['Source', 'Source Number'],
  ],
  timezone: 'UTC',
  fields: {
    DateTime: column('Date/Time Start (UTC)'),
    PhoneNumber: anyColumn('Source', 'Source Number'),
    TalkDuration: (cell) =>
      isAnswered(cell)
        ? difference(
            clockSeconds(cell('Date/Time End (UTC)')),
            clockSeconds(cell('Date/Time Connect (UTC)')),
          )
        : '0',
    HoldDuration: (cell) =>
      difference(
        clockSeconds(cell(isAnswered(cell) ? 'Date/Time Connect (UTC)' : 'Date/Time End (UTC)')),
        clockSeconds(cell('Date/Time Start (UTC)')),
      ),
    CallMissed: (cell) => missedUnless(isAnswered(cell)),
  },
};

function isAnswered(cell: CellReader): boolean {
  return cell('Date/Time Connect (UTC)').trim() !== '';
}
