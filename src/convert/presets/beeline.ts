/** Beeline: the statistics of its virtual PBX. */
import {
  type CellReader,
  column,
  directionIn,
  missedIn,
  type Preset,
  visitorIn,
} from './preset.ts';

export const beeline: Preset = {
  name: 'beeline',
  system: 'Beeline virtual PBX, statistics of its portal',
  source:
    'the statistics of version 2 of the API of the portal, as JSON; version 1 does not tell who called and has no preset',
  needed: [['startDate'], ['phone_from'], ['phone_to'], ['direction'], ['status']],
  region: 'RU',
  fields: {
    DateTime: column('startDate'),
    PhoneNumber: visitorIn('phone_from', 'phone_to'),
    TalkDuration: (cell) => secondsOf(cell),
    // The system itself writes the misspelt word.
    CallMissed: missedIn('status', { recieved: '0', received: '0', placed: '0' }),
  },
  direction: directionIn('direction'),
};

/** Returns the duration in seconds. The system writes milliseconds. */
function secondsOf(cell: CellReader): string {
  const duration = cell('duration').trim();
  return /^\d{1,12}$/.test(duration) ? String(Math.floor(Number(duration) / 1000)) : duration;
}
