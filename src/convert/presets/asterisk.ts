/** Asterisk: the file Master.csv of its module cdr_csv. */
import { callDetailDirection, callDetailFields, callDetailLeg } from './call-detail.ts';
import type { Preset } from './preset.ts';

const COLUMNS =
  'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence';

export const asterisk: Preset = {
  name: 'asterisk',
  system: 'Asterisk, Master.csv',
  source:
    'the module cdr_csv; uniqueid, userfield, and behind them peeraccount, linkedid and sequence are there by option',
  columns: COLUMNS.split(','),
  needed: [['start'], ['src'], ['dst'], ['duration'], ['billsec'], ['disposition']],
  fields: callDetailFields('start'),
  direction: callDetailDirection,
  legOf: callDetailLeg,
};
