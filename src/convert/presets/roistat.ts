/** Roistat: the fields of its API as columns. */
import { column, type Preset } from './preset.ts';

export const roistat: Preset = {
  name: 'roistat',
  system: 'Roistat, fields of the API',
  source: 'the call list of the API, its fields as columns',
  needed: [['visit.metrika_client_id'], ['date']],
  fields: {
    ClientId: column('visit.metrika_client_id'),
    DateTime: column('date'),
    PhoneNumber: column('caller'),
    TalkDuration: column('duration'),
  },
};
