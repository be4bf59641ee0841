/** Cisco CUCM: its files of call detail records. */
import {
  type CellReader,
  column,
  difference,
  directionByExtension,
  isPositive,
  isRecordOf,
  missedWithout,
  type Preset,
  visitorIn,
} from './preset.ts';

export const cucm: Preset = {
  name: 'cucm',
  system: 'Cisco CUCM, files of call detail records',
  source:
    'the files that the manager of records writes, with types of columns in the second line; a call without a time of connection is missed',
  needed: [
    ['dateTimeOrigination'],
    ['callingPartyNumber'],
    ['finalCalledPartyNumber'],
    ['dateTimeConnect'],
    ['cdrRecordType'],
  ],
  fields: {
    DateTime: column('dateTimeOrigination'),
    PhoneNumber: visitorIn('callingPartyNumber', 'finalCalledPartyNumber'),
    TalkDuration: column('duration'),
    HoldDuration: (cell) => difference(cell(endOfWaiting(cell)), cell('dateTimeOrigination')),
    CallMissed: missedWithout('dateTimeConnect'),
  },
  // The second line has the types of the columns. Records of type 2 are about the quality of calls.
  isCall: isRecordOf('cdrRecordType', { '1': true, '2': false, integer: false }),
  direction: directionByExtension('callingPartyNumber', 'finalCalledPartyNumber'),
  legOf: (cell) => {
    const [manager, call] = [cell('globalCallID_callManagerId'), cell('globalCallID_callId')];
    return manager === '' || call === '' ? '' : `${manager} ${call}`;
  },
};

function endOfWaiting(cell: CellReader): string {
  return isPositive(cell('dateTimeConnect')) ? 'dateTimeConnect' : 'dateTimeDisconnect';
}
