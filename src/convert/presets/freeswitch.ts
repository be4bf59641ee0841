/** FreeSWITCH: the file Master.csv of its module cdr_csv. */
import {
  column,
  difference,
  directionByExtension,
  missedWithout,
  type Preset,
  visitorIn,
} from './preset.ts';

const COLUMNS =
  'caller_id_name,caller_id_number,destination_number,context,start_stamp,answer_stamp,end_stamp,duration,billsec,hangup_cause,uuid,bleg_uuid,accountcode,read_codec,write_codec';

export const freeswitch: Preset = {
  name: 'freeswitch',
  system: 'FreeSWITCH, Master.csv',
  source:
    'the module cdr_csv with its example template, as developer.signalwire.com shows it under CDR; another template takes --columns',
  columns: COLUMNS.split(','),
  needed: [['start_stamp'], ['caller_id_number'], ['duration'], ['billsec']],
  fields: {
    DateTime: column('start_stamp'),
    PhoneNumber: visitorIn('caller_id_number', 'destination_number'),
    TalkDuration: column('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: missedWithout('billsec'),
  },
  direction: directionByExtension('caller_id_number', 'destination_number'),
};
