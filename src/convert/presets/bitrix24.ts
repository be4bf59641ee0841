/** Bitrix24: the statistics of its telephony. */
import { column, directionIn, missedIn, type Preset } from './preset.ts';

export const bitrix24: Preset = {
  name: 'bitrix24',
  system: 'Bitrix24, statistics of calls',
  source:
    'the method voximplant.statistic.get of the REST API, its fields as columns (dev.1c-bitrix.ru); COST is the telephone bill and is not taken',
  records: 'result',
  needed: [['CALL_START_DATE'], ['PHONE_NUMBER'], ['CALL_TYPE'], ['CALL_DURATION']],
  fields: {
    DateTime: column('CALL_START_DATE'),
    PhoneNumber: column('PHONE_NUMBER'),
    TalkDuration: column('CALL_DURATION'),
    CallMissed: missedIn(
      'CALL_FAILED_CODE',
      {
        '200': '0',
        '304': '1',
        '402': '1',
        '403': '1',
        '404': '1',
        '423': '1',
        '480': '1',
        '484': '1',
        '486': '1',
        '503': '1',
        '603': '1',
        '603-s': '1',
      },
      'CALL_DURATION',
    ),
  },
  // Type 4 is a callback, and type 5 is a call with information. The company makes both.
  direction: directionIn('CALL_TYPE', { '1': 'out', '2': 'in', '3': 'in', '4': 'out', '5': 'out' }),
};
