/** The exports of other systems that are documented in public, and what calls they make. */
import type { ColumnName } from '../calls/columns/columns.ts';

/** Reads a cell of the record at hand by the name of its column; empty when there is none. */
export type CellReader = (column: string) => string;

/** How the export of one call system becomes calls. */
export interface Preset {
  readonly name: string;
  readonly system: string;
  /** Where the form of the export is documented. */
  readonly source: string;
  /** The columns of an export that has no header. */
  readonly columns?: readonly string[];
  /** A column without which the file is not of this system. */
  readonly telling: readonly string[];
  /** The zone of its times, where the system fixes it. */
  readonly timezone?: string;
  readonly fields: Readonly<Partial<Record<ColumnName, (cell: CellReader) => string>>>;
}

const take =
  (column: string) =>
  (cell: CellReader): string =>
    cell(column);

/** The whole seconds between two counts of seconds; empty unless both are there. */
function difference(later: string, earlier: string): string {
  const [to, from] = [Number(later), Number(earlier)];
  if (later.trim() === '' || earlier.trim() === '' || Number.isNaN(to - from)) return '';
  return String(Math.max(0, Math.round(to - from)));
}

function missedUnless(answered: boolean): string {
  return answered ? '0' : '1';
}

function isPositive(text: string): boolean {
  return Number(text) > 0;
}

function isWord(text: string, ...words: string[]): boolean {
  return words.includes(text.trim().toLowerCase());
}

/** Seconds of a written time, for differences within one record only. */
function clockSeconds(text: string): string {
  const time = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? '' : String(time / 1000);
}

/** The call detail record of Asterisk, which FreePBX keeps under other names of columns. */
function callDetailFields(time: string): Preset['fields'] {
  return {
    DateTime: take(time),
    PhoneNumber: take('src'),
    TalkDuration: take('billsec'),
    HoldDuration: (cell) => difference(cell('duration'), cell('billsec')),
    CallMissed: (cell) => missedUnless(isWord(cell('disposition'), 'answered')),
  };
}

const ASTERISK_COLUMNS =
  'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield';
const MANGO_COLUMNS =
  'records,start,finish,answer,from_extension,from_number,to_extension,to_number,disconnect_reason,line_number,location,entry_id';
const MEGAFON_COLUMNS = 'UID,type,client,account,via,start,wait,duration,record';

/** The systems whose export is documented in public. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'freepbx',
    system: 'FreePBX, CDR report',
    source: 'the CSV that the module CDR Reports writes',
    telling: ['calldate', 'disposition'],
    fields: callDetailFields('calldate'),
  },
  {
    name: 'asterisk',
    system: 'Asterisk, Master.csv',
    source: 'the module cdr_csv; uniqueid and userfield are there by option',
    columns: ASTERISK_COLUMNS.split(','),
    telling: ['start', 'disposition'],
    fields: callDetailFields('start'),
  },
  {
    name: 'mango',
    system: 'Mango Office, stats/result',
    source: 'the VPBX API; name the requested columns with --columns when they are others',
    columns: MANGO_COLUMNS.split(','),
    telling: ['start', 'finish', 'answer'],
    fields: {
      DateTime: take('start'),
      PhoneNumber: take('from_number'),
      TalkDuration: (cell) =>
        isPositive(cell('answer')) ? difference(cell('finish'), cell('answer')) : '0',
      HoldDuration: (cell) =>
        difference(isPositive(cell('answer')) ? cell('answer') : cell('finish'), cell('start')),
      CallMissed: (cell) => missedUnless(isPositive(cell('answer'))),
    },
  },
  {
    name: 'megafon',
    system: 'MegaFon virtual PBX, call history',
    source: 'the REST API, method history; the forms of its values are not documented',
    columns: MEGAFON_COLUMNS.split(','),
    telling: ['start', 'client'],
    fields: {
      DateTime: take('start'),
      PhoneNumber: take('client'),
      TalkDuration: take('duration'),
      HoldDuration: take('wait'),
      CallMissed: (cell) => missedUnless(isPositive(cell('duration'))),
    },
  },
  {
    name: 'ringostat',
    system: 'Ringostat, export_type=csv',
    source: 'the export API; its client_id is that of Google and is not taken',
    telling: ['calldate', 'caller'],
    fields: {
      DateTime: take('calldate'),
      PhoneNumber: take('caller'),
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
  },
  {
    name: 'didww',
    system: 'DIDWW, call detail records',
    source: 'the CDR export for inbound trunks; its times are UTC',
    telling: ['Date/Time Start (UTC)'],
    timezone: 'UTC',
    fields: {
      DateTime: take('Date/Time Start (UTC)'),
      PhoneNumber: take('Source'),
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
    name: 'calltouch',
    system: 'Calltouch, fields of the API',
    source: 'the calls-diary method of the API, its fields as columns',
    telling: ['callerNumber'],
    fields: {
      ClientId: take('yaClientId'),
      DateTime: (cell) => cell('timestamp') || cell('date'),
      PhoneNumber: take('callerNumber'),
      TalkDuration: take('duration'),
      HoldDuration: take('waitingConnect'),
      CallMissed: (cell) =>
        cell('successful') === '' ? '' : missedUnless(isWord(cell('successful'), '1', 'true')),
      FirstTimeCaller: (cell) =>
        cell('uniqueCall') === '' ? '' : isWord(cell('uniqueCall'), '1', 'true') ? '1' : '0',
      URL: (cell) => cell('callUrl') || cell('url'),
    },
  },
  {
    name: 'roistat',
    system: 'Roistat, fields of the API',
    source: 'the call list of the API, its fields as columns',
    telling: ['visit.metrika_client_id'],
    fields: {
      ClientId: take('visit.metrika_client_id'),
      DateTime: take('date'),
      PhoneNumber: take('caller'),
      TalkDuration: take('duration'),
    },
  },
];

/** The preset of a name, in any letter case. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name.trim().toLowerCase());
}
