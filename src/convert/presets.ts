/** The exports of other systems that are documented in public, and what calls they make. */
import {
  type CellReader,
  clockSeconds,
  difference,
  type Direction,
  isExtension,
  isPositive,
  isWord,
  missedUnless,
  type Preset,
  take,
  takeAny,
} from './preset.ts';
import { saysOutgoing } from './record-rules.ts';

/** The call detail record of Asterisk, which FreePBX keeps under other names of columns. */
function callDetailFields(time: string): Preset['fields'] {
  return {
    DateTime: take(time),
    // The visitor is whom an outgoing call went to.
    PhoneNumber: (cell) => cell(callDetailDirection(cell) === 'in' ? 'src' : 'dst'),
    TalkDuration: take('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: (cell) => missedUnless(isWord(cell('disposition'), 'answered')),
  };
}

/** A call that begins at an extension went out, unless it ended at one too. */
function callDetailDirection(cell: CellReader): Direction {
  if (cell('outbound_cnum') !== '') return 'out';
  const caller = cell('cnum') || cell('src');
  if (!isExtension(caller) && !isExtension(cell('src'))) return 'in';
  return isExtension(cell('dst')) ? 'internal' : 'out';
}

const callDetailLeg = takeAny('linkedid', 'uniqueid');

const ASTERISK_COLUMNS =
  'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence';
const MANGO_COLUMNS =
  'records,start,finish,answer,from_extension,from_number,to_extension,to_number,disconnect_reason,line_number,location,entry_id';
const MEGAFON_COLUMNS = 'UID,type,client,account,via,start,wait,duration,record';
const FREESWITCH_COLUMNS =
  'caller_id_name,caller_id_number,destination_number,context,start_stamp,answer_stamp,end_stamp,duration,billsec,hangup_cause,uuid,bleg_uuid,accountcode,read_codec,write_codec';

/** The systems whose export is documented in public. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'freepbx',
    system: 'FreePBX, CDR report',
    source: 'the CSV that the module CDR Reports writes',
    needed: [['calldate'], ['src'], ['dst'], ['duration'], ['billsec'], ['disposition']],
    fields: callDetailFields('calldate'),
    direction: callDetailDirection,
    legOf: callDetailLeg,
  },
  {
    name: 'asterisk',
    system: 'Asterisk, Master.csv',
    source:
      'the module cdr_csv; uniqueid, userfield, and behind them peeraccount, linkedid and sequence are there by option',
    columns: ASTERISK_COLUMNS.split(','),
    needed: [['start'], ['src'], ['dst'], ['duration'], ['billsec'], ['disposition']],
    fields: callDetailFields('start'),
    direction: callDetailDirection,
    legOf: callDetailLeg,
  },
  {
    name: 'mango',
    system: 'Mango Office, stats/result',
    source: 'the VPBX API; name the requested columns with --columns when they are others',
    columns: MANGO_COLUMNS.split(','),
    needed: [['start'], ['finish'], ['answer'], ['from_number']],
    delimiter: ';',
    fields: {
      DateTime: take('start'),
      PhoneNumber: (cell) => cell(mangoDirection(cell) === 'in' ? 'from_number' : 'to_number'),
      TalkDuration: (cell) =>
        isPositive(cell('answer')) ? difference(cell('finish'), cell('answer')) : '0',
      HoldDuration: (cell) =>
        difference(isPositive(cell('answer')) ? cell('answer') : cell('finish'), cell('start')),
      CallMissed: (cell) => missedUnless(isPositive(cell('answer'))),
    },
    direction: mangoDirection,
    legOf: take('entry_id'),
  },
  {
    name: 'megafon',
    system: 'MegaFon virtual PBX, call history',
    source: 'the REST API, method history; the forms of its values are not documented',
    columns: MEGAFON_COLUMNS.split(','),
    needed: [['start'], ['client'], ['duration']],
    fields: {
      DateTime: take('start'),
      PhoneNumber: take('client'),
      TalkDuration: take('duration'),
      HoldDuration: take('wait'),
      CallMissed: (cell) => missedUnless(isPositive(cell('duration'))),
    },
    direction: (cell) => (saysOutgoing(cell('type')) ? 'out' : 'in'),
  },
  {
    name: 'ringostat',
    system: 'Ringostat, export_type=csv',
    source: 'the export API; its client_id is that of Google and is not taken',
    needed: [['calldate'], ['caller']],
    fields: {
      DateTime: take('calldate'),
      PhoneNumber: (cell) => cell(saysOutgoing(cell('call_type')) ? 'dst' : 'caller'),
      TalkDuration: take('billsec'),
      HoldDuration: take('waittime'),
      CallMissed: (cell) =>
        cell('disposition') === ''
          ? ''
          : missedUnless(isWord(cell('disposition'), 'answered', 'proper', 'repeated')),
      FirstTimeCaller: (cell) =>
        cell('repeated_flag') === ''
          ? ''
          : isWord(cell('repeated_flag'), '1', 'true', 'yes')
            ? '0'
            : '1',
      URL: take('landing'),
    },
    direction: (cell) => (saysOutgoing(cell('call_type')) ? 'out' : 'in'),
  },
  {
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
      DateTime: take('Date/Time Start (UTC)'),
      PhoneNumber: takeAny('Source', 'Source Number'),
      TalkDuration: (cell) =>
        difference(
          clockSeconds(cell('Date/Time End (UTC)')),
          clockSeconds(cell('Date/Time Connect (UTC)')),
        ) || '0',
      HoldDuration: (cell) =>
        difference(
          clockSeconds(cell('Date/Time Connect (UTC)')) ||
            clockSeconds(cell('Date/Time End (UTC)')),
          clockSeconds(cell('Date/Time Start (UTC)')),
        ),
      CallMissed: (cell) => missedUnless(cell('Date/Time Connect (UTC)').trim() !== ''),
    },
  },
  {
    name: 'freeswitch',
    system: 'FreeSWITCH, Master.csv',
    source:
      'the module cdr_csv with its example template, as developer.signalwire.com shows it under CDR; another template takes --columns',
    columns: FREESWITCH_COLUMNS.split(','),
    needed: [['start_stamp'], ['caller_id_number'], ['duration'], ['billsec']],
    fields: {
      DateTime: take('start_stamp'),
      PhoneNumber: (cell) =>
        cell(freeswitchDirection(cell) === 'in' ? 'caller_id_number' : 'destination_number'),
      TalkDuration: take('billsec'),
      HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
      CallMissed: (cell) => missedUnless(isPositive(cell('billsec'))),
    },
    direction: freeswitchDirection,
  },
  {
    name: 'calltouch',
    system: 'Calltouch, fields of the API',
    source: 'the calls-diary method of the API, its fields as columns; dates are dd/mm/yyyy',
    needed: [['callerNumber'], ['timestamp', 'date']],
    dateOrder: 'dmy',
    fields: {
      ClientId: take('yaClientId'),
      DateTime: takeAny('timestamp', 'date'),
      PhoneNumber: take('callerNumber'),
      TalkDuration: take('duration'),
      HoldDuration: take('waitingConnect'),
      CallMissed: (cell) =>
        cell('successful') === '' ? '' : missedUnless(isWord(cell('successful'), '1', 'true')),
      FirstTimeCaller: (cell) =>
        cell('uniqueCall') === '' ? '' : isWord(cell('uniqueCall'), '1', 'true') ? '1' : '0',
      URL: takeAny('callUrl', 'url'),
    },
  },
  {
    name: 'roistat',
    system: 'Roistat, fields of the API',
    source: 'the call list of the API, its fields as columns',
    needed: [['visit.metrika_client_id'], ['date']],
    fields: {
      ClientId: take('visit.metrika_client_id'),
      DateTime: take('date'),
      PhoneNumber: take('caller'),
      TalkDuration: take('duration'),
    },
  },
];

function mangoDirection(cell: CellReader): Direction {
  if (cell('from_extension') === '') return 'in';
  return cell('to_extension') === '' ? 'out' : 'internal';
}

function freeswitchDirection(cell: CellReader): Direction {
  if (!isExtension(cell('caller_id_number'))) return 'in';
  return isExtension(cell('destination_number')) ? 'internal' : 'out';
}

/** The preset of a name, in any letter case. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name.trim().toLowerCase());
}
