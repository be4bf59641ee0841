import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOrder, readDateTime } from '../../src/convert/date-time.ts';
import { TimeZone } from '../../src/convert/zones.ts';
import { runs } from '../support/runs.ts';

const moscow = { zone: new TimeZone('Europe/Moscow'), order: undefined };
const berlin = { zone: new TimeZone('Europe/Berlin'), order: undefined };
const none = { zone: undefined, order: undefined };

describe('a time', () => {
  it.each([
    ['1794985205', '1794985205'],
    ['1794985205000', '1794985205'],
    ['2026-11-18T10:00:05+03:00', '1794985205'],
    ['2026-11-18T07:00:05Z', '1794985205'],
    ['2026-11-18 07:00:05 UTC', '1794985205'],
    ['2022-06-26T21:00:00+0000', '1656277200'],
  ])('%s needs no zone', (text, seconds) => {
    expect(readDateTime(text, none)).toEqual({ seconds });
  });

  it.each([
    ['18.11.2026 10:00:05', '1794985205'],
    ['18.11.26 10:00:05', '1794985205'],
    ['2026-11-18 10:00:05', '1794985205'],
    ['2026-11-18T10:00:05.123', '1794985205'],
    ['18/11/2026 10:00:05', '1794985205'],
    ['11/18/2026 10:00:05', '1794985205'],
    ['2026/11/18 10:00', '1794985200'],
    ['18.11.2026, 9:05', '1794981900'],
    ['18.11.2026', '1794949200'],
    ['46344.416724537', '1794985205'],
    ['46344,416724537', '1794985205'],
    ['46344', '1794949200'],
  ])('%s is read in its zone', (text, seconds) => {
    expect(readDateTime(text, moscow)).toEqual({ seconds });
    expect(readDateTime(text, none)).toEqual({ problem: 'datetime-written' });
  });

  it.each([
    ['03/04/2026 10:00', 'datetime-order-unclear'],
    ['03-04-26', 'datetime-order-unclear'],
    ['31.02.2026', 'datetime-invalid'],
    ['18.13.2026', 'datetime-invalid'],
    ['18.11.2026 25:00', 'datetime-invalid'],
    ['yesterday', 'datetime-invalid'],
    ['2026-11', 'datetime-invalid'],
  ])('%s is %s', (text, problem) => {
    expect(readDateTime(text, moscow)).toEqual({ problem });
  });

  it('that could be read in two orders is read in the one that is told', () => {
    const day = (text: string): string => {
      const read = readDateTime(text, {
        ...none,
        zone: new TimeZone('UTC'),
        order: dateOrder('mm/dd/yyyy'),
      });
      return 'seconds' in read
        ? new Date(Number(read.seconds) * 1000).toISOString().slice(0, 10)
        : read.problem;
    };
    expect(day('03/04/2026')).toBe('2026-03-04');
    expect(dateOrder('dd/mm/yyyy hh:mm')).toBe('dmy');
    expect(dateOrder('yyyy-mm-dd')).toBe('ymd');
    expect(dateOrder('soon')).toBeUndefined();
  });

  it('that a change of clocks makes come twice or never is named', () => {
    expect(readDateTime('2026-10-25 02:30', berlin)).toEqual({ problem: 'datetime-clock-twice' });
    expect(readDateTime('2026-03-29 02:30', berlin)).toEqual({ problem: 'datetime-clock-never' });
    expect(readDateTime('2026-10-25 03:30', berlin)).toEqual({ seconds: '1792895400' });
    expect(readDateTime('2014-10-26 01:30', moscow)).toEqual({ problem: 'datetime-clock-twice' });
  });

  it('of any zone comes back from what the clock there shows', () => {
    const zones = fc.constantFrom(
      'Europe/Moscow',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Asia/Yekaterinburg',
      'UTC',
      'Australia/Lord_Howe',
    );
    const times = fc.integer({ min: 1_000_000_000, max: 1_900_000_000 });
    fc.assert(
      fc.property(zones, times, (name, seconds) => {
        const zone = new TimeZone(name);
        const shown = new Date((seconds + zone.offsetAt(seconds)) * 1000)
          .toISOString()
          .slice(0, 19);
        const read = readDateTime(shown, { zone, order: undefined });
        if ('seconds' in read) expect(read.seconds).toBe(String(seconds));
        else expect(read.problem).toBe('datetime-clock-twice');
      }),
      runs(3000),
    );
  });
});
