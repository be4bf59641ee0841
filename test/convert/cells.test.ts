import fc from 'fast-check';
import {
  type PhoneNumber,
  PhoneNumberFormat,
  PhoneNumberType,
  PhoneNumberUtil,
} from 'google-libphonenumber';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { phoneRegion } from '../../src/convert/cells/phone-plan.ts';
import { TimeZone } from '../../src/convert/cells/zones.ts';
import { CellsOfColumn, readCell } from '../support/cells.ts';
import { runs } from '../support/runs.ts';

const ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Tehran',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Novosibirsk',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
] as const;

const HOUR = 3600;
const DAY = 24 * HOUR;
const EARLIEST = Date.UTC(2005, 0, 1) / 1000;
const LATEST = Date.UTC(2026, 10, 1) / 1000;

function offsetAt(seconds: number, zone: string): number {
  return DateTime.fromSeconds(seconds, { zone }).offset * 60;
}

/** Returns the start of each UTC day during which the clocks of a zone change. */
function changesOf(zone: string): readonly number[] {
  const days = Array.from({ length: (LATEST - EARLIEST) / DAY }, (_, at) => EARLIEST + at * DAY);
  return days.filter((day) => offsetAt(day, zone) !== offsetAt(day + DAY, zone));
}

const CHANGES = new Map(ZONES.map((zone) => [zone, changesOf(zone)]));

/**
 * Returns all instants at which the clocks of a zone show a time. The time is given as seconds, as
 * if it were in UTC.
 */
function instantsOf(shown: number, zone: string): readonly number[] {
  const offsets = new Set(
    Array.from({ length: 105 }, (_, at) => offsetAt(shown + (at - 52) * (HOUR / 2), zone)),
  );
  return [...offsets]
    .map((offset) => shown - offset)
    .filter((instant) => instant + offsetAt(instant, zone) === shown);
}

/** Forms of a time, in the notation of luxon. Seconds are 0 in the forms without seconds. */
const FORMS = [
  'dd.MM.yyyy HH:mm:ss',
  'd.M.yyyy H:mm:ss',
  'dd.MM.yy HH:mm:ss',
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ss",
  'yyyy/MM/dd HH:mm:ss',
  'yyyy-MM-dd HH:mm:ss.SSS',
  "yyyy-MM-dd HH:mm:ss','SSS",
  'dd.MM.yyyy  HH:mm',
  'yyyyMMddHHmmss',
  'HH:mm:ss dd.MM.yyyy',
  'd MMMM yyyy HH:mm:ss',
] as const;

describe('a local time in a zone', () => {
  const near = fc.constantFrom(...ZONES).chain((zone) => {
    const changes = CHANGES.get(zone) ?? [];
    const anyTime = fc.integer({ min: EARLIEST, max: LATEST });
    const nearChange = fc
      .tuple(fc.constantFrom(...(changes.length === 0 ? [EARLIEST] : changes)), fc.nat(4 * DAY))
      .map(([day, offset]) => day - DAY + offset);
    return fc.record({
      zone: fc.constant(zone),
      times: fc.array(fc.oneof({ arbitrary: nearChange, weight: 4 }, anyTime), {
        minLength: 1,
        maxLength: 8,
      }),
      steps: fc.array(fc.constantFrom(1, 60, 15 * 60, HOUR / 2), { minLength: 8, maxLength: 8 }),
    });
  });

  it('is the only instant at which another library shows this time', () => {
    fc.assert(
      fc.property(near, fc.constantFrom(...FORMS), ({ zone, times, steps }, form) => {
        const dateTime = { zone: new TimeZone(zone), order: undefined };
        // A reader remembers days. To test this memory, the same reader reads all these times.
        const column = new CellsOfColumn('DateTime', { dateTime });
        times.forEach((time, at) => {
          const step = form.includes('ss') ? (steps[at] ?? 1) : 60;
          const shown = time - (time % step);
          const text = DateTime.fromSeconds(shown, { zone: 'UTC', locale: 'en' }).toFormat(form);
          const [instant, other] = instantsOf(shown, zone);
          const { value, problem } = column.read(text);
          const expected =
            instant === undefined
              ? 'datetime-clock-never'
              : other === undefined
                ? String(instant)
                : 'datetime-clock-twice';
          expect(problem ?? value, `${text} in ${zone}`).toBe(expected);
        });
      }),
      runs(1500),
    );
  });

  it('is valid if its day and its time of day exist', () => {
    const dateTime = { zone: new TimeZone('Europe/Berlin'), order: undefined };
    const column = new CellsOfColumn('DateTime', { dateTime });
    const parts = fc.record({
      year: fc.integer({ min: 2001, max: 2025 }),
      month: fc.nat(14),
      day: fc.nat(33),
      hour: fc.oneof(fc.integer({ min: 4, max: 23 }), fc.constantFrom(24, 25, 99)),
      minute: fc.oneof(fc.nat(59), fc.constantFrom(60, 99)),
      second: fc.oneof(fc.nat(59), fc.constantFrom(60, 99)),
    });
    const two = (part: number): string => String(part).padStart(2, '0');
    fc.assert(
      fc.property(parts, fc.boolean(), (wall, isDayFirst) => {
        const { year, month, day, hour, minute, second } = wall;
        const date = isDayFirst
          ? `${two(day)}.${two(month)}.${String(year)}`
          : `${String(year)}-${two(month)}-${two(day)}`;
        const text = `${date} ${two(hour)}:${two(minute)}:${two(second)}`;
        const time = DateTime.fromObject(wall, { zone: 'Europe/Berlin' });
        const isReal = time.isValid && hour < 24;
        const { value, problem } = column.read(text);
        const expected = isReal ? String(time.toSeconds()) : 'datetime-impossible';
        expect(problem ?? value, text).toBe(expected);
      }),
      runs(3000),
    );
  });
});

describe('a phone number', () => {
  const phones = PhoneNumberUtil.getInstance();

  /**
   * Returns the phone number that another library reads; `undefined` if this is not a possible
   * number.
   */
  function parsed(text: string, region: string): PhoneNumber | undefined {
    try {
      const number = phones.parse(text, region);
      return phones.isPossibleNumber(number) ? number : undefined;
    } catch {
      return undefined;
    }
  }

  const REGIONS = ['RU', 'KZ', 'BY', 'UA', 'UZ', 'DE', 'GB', 'US', 'FR', 'TR'] as const;
  const { E164, INTERNATIONAL, NATIONAL, RFC3966 } = PhoneNumberFormat;

  /** The usual ways to write a number. */
  const WAYS: readonly ((number: PhoneNumber) => string)[] = [
    (number) => phones.format(number, E164),
    (number) => phones.format(number, INTERNATIONAL),
    (number) => phones.format(number, NATIONAL),
    (number) => phones.format(number, RFC3966),
    (number) => phones.format(number, INTERNATIONAL).replaceAll('-', ' '),
    (number) => phones.format(number, INTERNATIONAL).replaceAll(' ', '-'),
    (number) => phones.format(number, NATIONAL).replace(/[ ()-]/g, ''),
    (number) => phones.format(number, NATIONAL).replace(/\s/g, '\u00a0'),
    (number) => phones.getNationalSignificantNumber(number),
    (number) => `'${phones.format(number, E164)}`,
    (number) => `="${phones.format(number, E164)}"`,
    (number) => `"Anna" <${phones.format(number, E164)}>`,
    (number) => `sip:${phones.format(number, E164)}@pbx.example`,
  ];

  /** Example numbers of a region, with random last digits and sometimes another first digit. */
  const numbers = fc.constantFrom(...REGIONS).chain((region) => {
    const examples = [PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE].flatMap((type) => {
      const example = phones.getExampleNumberForType(region, type);
      return (example as PhoneNumber | undefined) === undefined ? [] : [example];
    });
    return fc
      .record({
        example: fc.constantFrom(...examples),
        last: fc.stringMatching(/^\d{4}$/),
        digit: fc.constantFrom('', '3', '4', '7', '8', '9'),
      })
      .map(({ example, last, digit }) => {
        const national = phones.getNationalSignificantNumber(example);
        const text = `${digit}${national.slice(digit.length, -4)}${last}`;
        return { region, number: `+${String(example.getCountryCode())}${text}` };
      });
  });

  it('of a region is the number that another library reads from the text', () => {
    let known = 0;
    fc.assert(
      fc.property(numbers, fc.constantFrom(...WAYS), ({ region, number }, way) => {
        const original = parsed(number, region);
        // A number that is invalid here may be valid in another country, so it is skipped.
        if (original === undefined || !phones.isValidNumber(original)) return;
        const text = way(original);
        const { value } = readCell('PhoneNumber', text, { region: phoneRegion(region) });
        if (!/^\+\d+$/.test(value)) return;
        known += 1;
        // The other library does not know what spreadsheets and call systems put around a number.
        const bare = text.replace(/^(?:'|=?"(?:Anna" <)?|sip:)|[">]$|@.*$/g, '');
        const reference = parsed(bare, region);
        const expected = reference === undefined ? '' : phones.format(reference, E164);
        expect(value, `${text} in ${region}`).toBe(expected);
      }),
      runs(4000),
    );
    expect(known).toBeGreaterThan(0);
  });

  it('of Russia is read in every usual form', () => {
    const national = fc
      .tuple(fc.constantFrom('9', '4', '3'), fc.stringMatching(/^\d{9}$/))
      .map(([first, rest]) => `${first}${rest}`);
    const separators = fc.array(fc.constantFrom('', '', ' ', '-', '(', ')', ') ', ' ('), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        national,
        fc.constantFrom('', '7', '8', '+7'),
        separators,
        fc.constantFrom('RU', 'KZ'),
        (digits, prefix, between, region) => {
          const text = [prefix, ...digits].map((part, at) => part + (between[at] ?? '')).join('');
          const trimmed = text.trim();
          const reference = parsed(`${prefix}${digits}`, region);
          const { value } = readCell('PhoneNumber', trimmed, { region: phoneRegion(region) });
          if (reference !== undefined) {
            expect([text, phones.format(reference, E164)]).toEqual([text, `+7${digits}`]);
          }
          if (/^\+\d+$/.test(value)) expect(value, text).toBe(`+7${digits}`);
          if (!/^[()]/.test(trimmed)) expect(value, text).toBe(`+7${digits}`);
        },
      ),
      runs(2000),
    );
  });

  it('of another country is not read as a Russian one', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('RU', 'KZ', 'DE', 'US'), ({ number }, region) => {
        const reference = parsed(number, region);
        if (reference === undefined) return;
        const text = phones.format(reference, INTERNATIONAL);
        const { value } = readCell('PhoneNumber', text, { region: phoneRegion(region) });
        if (/^\+\d+$/.test(value)) expect(value).toBe(phones.format(reference, E164));
      }),
      runs(1000),
    );
  });
});

describe('a duration', () => {
  it('is the sum of its hours, minutes and seconds', () => {
    const edges = fc.constantFrom(0, 59, 60);
    const parts = fc.record({
      hours: fc.option(fc.nat(999)),
      minutes: fc.oneof(fc.nat(999), edges),
      seconds: fc.oneof(fc.nat(99), edges),
      digits: fc.constantFrom(1, 2),
      noughts: fc.constantFrom('', '', '.0', ',0', '.000', ',00'),
    });
    fc.assert(
      fc.property(parts, ({ hours, minutes, seconds, digits, noughts }) => {
        const two = String(seconds).padStart(2, '0');
        const minutesText = String(minutes).padStart(digits, '0');
        const text =
          hours === null ? `${minutesText}:${two}` : `${String(hours)}:${minutesText}:${two}`;
        const { value, problem } = readCell('TalkDuration', text + noughts);
        // Without hours, or with 0 hours, there may be more than 59 minutes.
        const isReal = seconds < 60 && (minutes < 60 || hours === null || hours === 0);
        const total = (hours ?? 0) * 3600 + minutes * 60 + seconds;
        // A text such as `1:30` may mean hours and minutes, or minutes and seconds.
        if (hours === null && isReal && minutes <= 1 && total > 0) {
          expect(problem, text).toBe('duration-unclear');
          return;
        }
        expect(value, text).toBe(isReal ? String(total) : text + noughts);
      }),
      runs(2000),
    );
  });

  it('in digits is that number of seconds', () => {
    const bare = fc.integer({ min: 0, max: 2_147_483_647 });
    const noughts = fc.constantFrom('', '.0', ',00');
    fc.assert(
      fc.property(bare, noughts, fc.nat(3), (seconds, end, more) => {
        const text = `${'0'.repeat(more)}${String(seconds)}${end}`;
        const { value, problem } = readCell('HoldDuration', text);
        expect(problem).toBeUndefined();
        expect(Number(value)).toBe(seconds);
      }),
      runs(1000),
    );
  });
});

describe('a price', () => {
  /** Returns a decimal as a whole number of millionths. */
  function millionths(decimal: string): bigint {
    const [, minus, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(decimal) ?? [];
    const size = BigInt(whole + fraction.padEnd(6, '0'));
    return minus === '-' ? -size : size;
  }

  it('has the same value in any form', () => {
    const grouped = (text: string, sign: string): string =>
      text.replace(/\B(?=(?:\d{3})+$)/g, sign);
    const price = fc.record({
      minus: fc.constantFrom('', '', '', '-', '−'),
      whole: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fraction: fc.oneof(
        fc.constant(''),
        fc.stringMatching(/^\d{1,2}$/),
        fc.stringMatching(/^\d{4,6}$/),
      ),
      sign: fc.constantFrom(',', '.'),
      group: fc.constantFrom('', '', ' ', '\u00a0', '\u202f', "'", '.', ','),
      around: fc.constantFrom<readonly [string, string]>(
        ['', ''],
        ['', ''],
        ['="', '"'],
        ["'", ''],
        ['  ', ' '],
      ),
    });
    fc.assert(
      fc.property(price, ({ minus, whole, fraction, sign, group, around }) => {
        if (group === sign) return;
        const number = grouped(String(whole), group);
        // A single comma or point can be a group separator or a decimal separator.
        const isUnclear =
          /^[,.]$/.test(group) && fraction === '' && number.split(group).length === 2;
        if (isUnclear) return;
        const decimals = fraction === '' ? '' : `${sign}${fraction}`;
        const text = `${around[0]}${minus}${number}${decimals}${around[1]}`;
        const { value, problem } = readCell('Price', text);
        const isNegative =
          minus !== '' && millionths(`${String(whole)}.${fraction.padEnd(6, '0')}`) > 0n;
        expect(problem, text).toBe(isNegative ? 'price-negative' : undefined);
        const expected = millionths(`${String(whole)}.${fraction.padEnd(6, '0')}`);
        expect(millionths(value), text).toBe(minus === '' ? expected : -expected);
      }),
      runs(3000),
    );
  });
});
