/** Calltouch: the fields of its API as columns. */
import { anyColumn, column, isWord, missedUnless, type Preset } from './preset.ts';

export const calltouch: Preset = {
  name: 'calltouch',
  system: 'Calltouch, fields of the API',
  source: 'the calls-diary method of the API, its fields as columns; dates are dd/mm/yyyy',
  needed: [['callerNumber'], ['timestamp', 'date']],
  dateOrder: 'dmy',
  fields: {
    ClientId: column('yaClientId'),
    DateTime: anyColumn('timestamp', 'date'),
    PhoneNumber: column('callerNumber'),
    TalkDuration: column('duration'),
    HoldDuration: column('waitingConnect'),
    CallMissed: (cell) =>
      cell('successful') === '' ? '' : missedUnless(isWord(cell('successful'), '1', 'true')),
    FirstTimeCaller: (cell) =>
      cell('uniqueCall') === '' ? '' : isWord(cell('uniqueCall'), '1', 'true') ? '1' : '0',
    URL: anyColumn('callUrl', 'url'),
  },
};
