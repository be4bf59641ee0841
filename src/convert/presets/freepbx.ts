/** FreePBX: the report of its module CDR Reports. */
import { callDetailDirection, callDetailFields, callDetailLeg } from './call-detail.ts';
import type { Preset } from './preset.ts';

export const freepbx: Preset = {
  name: 'freepbx',
  system: 'FreePBX, CDR report',
  source: 'the CSV that the module CDR Reports writes',
  needed: [['calldate'], ['src'], ['dst'], ['duration'], ['billsec'], ['disposition']],
  fields: callDetailFields('calldate'),
  direction: callDetailDirection,
  legOf: callDetailLeg,
  ownNumbers: ['did'],
};
