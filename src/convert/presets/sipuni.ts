/** Sipuni: the CSV of its statistics. */
import { anyColumn, column, directionIn, missedIn, type Preset, visitorIn } from './preset.ts';

export const sipuni: Preset = {
  name: 'sipuni',
  system: 'Sipuni, export of the statistics',
  source: 'the CSV of the statistics, in the three forms of its header that public programs read',
  needed: [['Тип'], ['Статус'], ['Время'], ['Откуда'], ['Куда']],
  dateOrder: 'dmy',
  delimiter: ';',
  fields: {
    DateTime: column('Время'),
    PhoneNumber: visitorIn('Откуда', 'Куда'),
    TalkDuration: anyColumn(
      'Длительность разговора, сек',
      'Длительность разговора',
      'Продолжительность разговора',
    ),
    HoldDuration: anyColumn('Время ответа, сек', 'Время ответа'),
    CallMissed: missedIn('Статус'),
  },
  direction: directionIn('Тип'),
};
