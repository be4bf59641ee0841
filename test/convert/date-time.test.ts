import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_COLUMN_FACTS } from '../../src/convert/cells/cell-reader.ts';
import { dateOrder, type DateTimeOptions } from '../../src/convert/cells/date-time.ts';
import { TimeZone } from '../../src/convert/cells/zones.ts';
import { CellsOfColumn, readCell } from '../support/cells.ts';
import { runs } from '../support/runs.ts';

const moscow = { zone: new TimeZone('Europe/Moscow'), order: undefined };
const berlin = { zone: new TimeZone('Europe/Berlin'), order: undefined };
const none = { zone: undefined, order: undefined };

function readDateTime(
  text: string,
  options: DateTimeOptions,
): { seconds: string } | { problem: string } {
  const { value, problem } = readCell('DateTime', text, { dateTime: options });
  return problem === undefined ? { seconds: value } : { problem };
}

describe('a time', () => {
  it.each([
    ['1794985205', '1794985205'],
    ['1794985205000', '1794985205'],
    ['2026-11-18T10:00:05+03:00', '1794985205'],
    ['2026-11-18T07:00:05Z', '1794985205'],
    ['2026-11-18 07:00:05 UTC', '1794985205'],
    ['2022-06-26T21:00:00+0000', '1656277200'],
    ['1794985205.0', '1794985205'],
    ['1 794 985 205', '1794985205'],
    ['="1794985205"', '1794985205'],
    ["'1794985205", '1794985205'],
    ['2026-11-18 10:00:05+03', '1794985205'],
    ['2026-11-18 07-00-05+0000', '1794985205'],
    ['2026-11-18 10:00:05 MSK', '1794985205'],
    ['2026-11-18 10:00:05 GMT+3', '1794985205'],
    ['2026-11-18 07:00:05 Europe/Lisbon', '1794985205'],
    ['20261118 150005 Asia/Shanghai', '1794985205'],
    ['Wed, 18 Nov 2026 07:00:05 +0000', '1794985205'],
    ['2026-11-18 10:00:05 +0300 (MSK)', '1794985205'],
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
    ['11/18/2026 10:00:05 AM', '1794985205'],
    ['11/18/2026 10:00:05 a.m.', '1794985205'],
    ['11/17/2026 10:00:05 PM', '1794942005'],
    ['11/18/2026 12:00:05 AM', '1794949205'],
    ['20261118100005', '1794985205'],
    ['202611181000', '1794985200'],
    ['261118100005', '1794985205'],
    ['18 ноября 2026 г. 10:00:05', '1794985205'],
    ['Nov 18, 2026 10:00:05 AM', '1794985205'],
    ['10:00:05 18.11.2026', '1794985205'],
    ['46344.416724537', '1794985205'],
    ['46344,416724537', '1794985205'],
  ])('%s is read in its zone', (text, seconds) => {
    expect(readDateTime(text, moscow)).toEqual({ seconds });
    expect(readDateTime(text, none)).toEqual({ problem: 'datetime-written' });
  });

  it.each([
    ['03/04/2026 10:00', 'datetime-order-unclear'],
    ['03-04-26 10:00', 'datetime-order-unclear'],
    ['31.02.2026 10:00', 'datetime-impossible'],
    ['18.13.2026 10:00', 'datetime-impossible'],
    ['18.11.2026 25:00', 'datetime-impossible'],
    ['18.11.2026', 'datetime-time-missing'],
    ['2026-11-18', 'datetime-time-missing'],
    ['20261118', 'datetime-time-missing'],
    ['18 Nov 2026', 'datetime-time-missing'],
    ['46344', 'datetime-time-missing'],
    ['yesterday', 'datetime-form-unknown'],
    ['2026-11', 'datetime-form-unknown'],
    ['2026-11-18 10:00 PST', 'datetime-zone-unclear'],
    ['816000000', 'datetime-form-unknown'],
    ['2026-11-18 10:00 Mars/Base', 'datetime-form-unknown'],
    ['11/18/2026 13:00 PM', 'datetime-form-unknown'],
    ['999999999999', 'datetime-form-unknown'],
  ])('%s is %s', (text, problem) => {
    expect(readDateTime(text, moscow)).toEqual({ problem });
  });

  it('with two possible orders is read in the order from the options', () => {
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
    expect(day('03/04/2026 10:00')).toBe('2026-03-04');
    expect(day('20/11/2026 10:00')).toBe('datetime-order-contradicts');
    expect(dateOrder('dd/mm/yyyy hh:mm')).toBe('dmy');
    expect(dateOrder('yyyy-mm-dd')).toBe('ymd');
    expect(dateOrder('soon')).toBeUndefined();
  });

  it('that occurs twice or never, because clocks change, has a finding', () => {
    expect(readDateTime('2026-10-25 02:30', berlin)).toEqual({ problem: 'datetime-clock-twice' });
    expect(readDateTime('2026-03-29 02:30', berlin)).toEqual({ problem: 'datetime-clock-never' });
    expect(readDateTime('2026-10-25 03:30', berlin)).toEqual({ seconds: '1792895400' });
    expect(readDateTime('2014-10-26 01:30', moscow)).toEqual({ problem: 'datetime-clock-twice' });
    const johns = { zone: new TimeZone('America/St_Johns'), order: undefined };
    expect(readDateTime('2005-04-03 00:00:30', johns)).toEqual({ seconds: '1112499030' });
    expect(readDateTime('2005-04-03 00:01:30', johns)).toEqual({ problem: 'datetime-clock-never' });
  });

  it('in any zone is the instant at which the clocks there show it', () => {
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

describe('the order of day and month', () => {
  const read = (cells: readonly string[], settled?: 'dmy' | 'mdy'): (string | undefined)[] => {
    const dateTime = { ...none, zone: new TimeZone('UTC') };
    const facts = { ...NO_COLUMN_FACTS, dateOrder: settled };
    const column = new CellsOfColumn('DateTime', { dateTime, facts });
    const results = cells.map((cell, at) => column.read(`${cell} 10:00`, at + 2));
    return [...results.map(({ problem }) => problem ?? 'read'), column.reader.evidence().dateOrder];
  };

  it('is the order of the unambiguous dates in the column', () => {
    const unclear = 'datetime-order-unclear';
    expect(read(['05/11/2026', '20/11/2026'])).toEqual([unclear, 'read', 'dmy']);
    expect(read(['05/11/2026', '20/11/2026'], 'dmy')).toEqual(['read', 'read', 'dmy']);
    expect(read(['11/20/2026', '05/11/2026'])).toEqual(['read', unclear, 'mdy']);
    expect(read(['05/11/2026', '11/11/2026'])).toEqual([unclear, 'read', undefined]);
    expect(read(['11/20/2026', '20/11/2026'])).toEqual(['read', 'read', undefined]);
  });
});
