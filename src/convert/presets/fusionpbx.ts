/** FusionPBX: the export of its call detail records. */
import {
  anyColumn,
  type CellReader,
  column,
  directionIn,
  MISSED_FLAG,
  missedIn,
  type Preset,
  visitorIn,
} from './preset.ts';

export const fusionpbx: Preset = {
  name: 'fusionpbx',
  system: 'FusionPBX, export of call detail records',
  source:
    'app/xml_cdr/xml_cdr_export.php of github.com/fusionpbx/fusionpbx; its columns depend on rights, and start_epoch is taken where it is there',
  needed: [['start_epoch', 'start_stamp'], ['direction'], ['caller_id_number'], ['billsec']],
  fields: {
    DateTime: anyColumn('start_epoch', 'start_stamp'),
    PhoneNumber: visitorIn('caller_id_number', 'destination_number'),
    TalkDuration: column('billsec'),
    HoldDuration: column('wait'),
    CallMissed: missedIn('missed_call', MISSED_FLAG, 'billsec'),
  },
  direction: directionIn('direction'),
  legOf: bridgeOf,
};

/** Returns the key of a call. Each of the two legs of a bridge has the id of the other leg. */
function bridgeOf(cell: CellReader): string {
  const [own, bridge] = [cell('xml_cdr_uuid'), cell('bridge_uuid')];
  return own === '' || bridge === '' ? own : [own, bridge].toSorted().join(' ');
}
