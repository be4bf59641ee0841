/** Calltouch: the fields of its API as columns. */
import { anyColumn, column, oppositeIn, type Preset } from './preset.ts';

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
    CallMissed: oppositeIn('successful'),
    FirstTimeCaller: column('uniqueCall'),
    URL: anyColumn('callUrl', 'url'),
  },
};
