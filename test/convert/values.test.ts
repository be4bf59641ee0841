import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { pricedText } from '../../src/convert/cells/currency.ts';
import { phoneRegion } from '../../src/convert/cells/phone-plan.ts';
import {
  DecimalEvidence,
  type DecimalSigns,
  readDecimal,
  wholeDigits,
} from '../../src/convert/cells/written-number.ts';
import { readCell } from '../support/cells.ts';
import { runs } from '../support/runs.ts';

describe('a cell', () => {
  it.each([
    ['да', '1'],
    ['Нет', '0'],
    ['YES', '1'],
    ['false', '0'],
    ['1', '1'],
    ['1.0', '1'],
    ['Не отвечен', '1'],
    ['Answered', '0'],
    ['+', '+'],
    ['maybe', 'maybe'],
  ])('with the flag %s of a missed call is %s', (text, flag) => {
    expect(readCell('CallMissed', text).value).toBe(flag);
  });

  it.each([
    ['136', '136'],
    ['136.0', '136'],
    ['1 136', '1136'],
    ['2:16', '136'],
    ['0:02:16', '136'],
    ['1:00:00', '3600'],
    ['90:00', '5400'],
    ['2:75', '2:75'],
    ['1:75:00', '1:75:00'],
    ['soon', 'soon'],
    ['1.5', '1.5'],
    ['1,136', '1,136'],
  ])('with the duration %s is %s', (text, seconds) => {
    expect(readCell('TalkDuration', text).value).toBe(seconds);
  });

  it.each([
    ['1481718166123456789', '1481718166123456789'],
    ['="1481718166123456789"', '1481718166123456789'],
    ["'1481718166123456789", '1481718166123456789'],
    ['1\u00a0481\u00a0718\u00a0166', '1481718166'],
    ["1'481'718", '1481718'],
    ['1,481,718', '1481718'],
    ['1481718166.0', '1481718166'],
    ['1481718166,00', '1481718166'],
    ['1481718166123456789.0', undefined],
    ['1,481', undefined],
    ['1 48', undefined],
    ['1.6E+18', undefined],
    ['', undefined],
  ])('with the whole number %s is %s', (text, digits) => {
    expect(wholeDigits(text)).toBe(digits);
  });
});

describe('a price', () => {
  const nothing = { comma: undefined, point: undefined };
  const read = (text: string, signs: DecimalSigns = nothing): string => {
    const made = readDecimal(text, signs, new DecimalEvidence());
    return 'decimal' in made ? made.decimal : made.problem;
  };

  it.each([
    ['1250,50', '1250.50'],
    ['1 250,50', '1250.50'],
    ['1\u00a0250', '1250'],
    ['1,250.50', '1250.50'],
    ['1.250,50', '1250.50'],
    ['1.250.000', '1250000'],
    ['1 250,500', '1250.500'],
    ['0,250', '0.250'],
    ['1250,500', '1250.500'],
    ['12', '12'],
    ['-3,5', '-3.5'],
    ['="1250,50"', '1250.50'],
    ['1,250', 'unclear'],
    ['1.250', 'unclear'],
    ['1,2,3', 'none'],
    ['12,34.56,7', 'none'],
    ['', 'none'],
  ])('%s is %s', (text, decimal) => {
    expect(read(text)).toBe(decimal);
  });

  it('with three digits after its only sign is read as the rest of the column shows', () => {
    const settled = (...cells: readonly string[]): DecimalSigns => {
      const evidence = new DecimalEvidence();
      for (const cell of cells) readDecimal(cell, nothing, evidence);
      return evidence.decided();
    };
    expect(read('1,250', settled('1,250.00'))).toBe('1250');
    expect(read('1,250', settled('12,50'))).toBe('1.250');
    expect(read('1,250', settled('12.50'))).toBe('1250');
    expect(read('1.250', settled('12,50'))).toBe('1250');
    expect(read('1.250', settled('1.5'))).toBe('1.250');
    expect(read('1,250', settled('12,50', '1,250.00'))).toBe('unclear');
    expect(read('1,250', settled('100'))).toBe('unclear');
  });

  it.each([
    ['1 250 ₽', '1 250', 'RUB'],
    ['1250 руб.', '1250', 'RUB'],
    ['RUB 1250', '1250', 'RUB'],
    ['$1,250.50', '1,250.50', 'USD'],
    ['-5 €', '-5', 'EUR'],
    ['1250', '1250', undefined],
    ['1250 RUR', '1250', 'RUB'],
  ])('%s is %s in %s', (text, number, currency) => {
    expect(pricedText(text)).toEqual({ number, currency });
  });

  it.each(['5 bananas', 'free', '5 $ or 6 €', '5 constructor', '5 __proto__'])(
    'is not read from %s',
    (text) => {
      expect(pricedText(text)).toBeUndefined();
    },
  );
});

describe('a phone number', () => {
  const read = (text: string, region: string | undefined): string => {
    const settings = { region: region === undefined ? undefined : phoneRegion(region) };
    const { value, missing } = readCell('PhoneNumber', text, settings);
    return missing ?? value;
  };

  it.each([
    ['8 (916) 123-45-67', 'RU', '+79161234567'],
    ['9161234567', 'RU', '+79161234567'],
    ['79161234567', 'RU', '+79161234567'],
    ['70123456701.0', 'RU', '+70123456701'],
    ["'+70123456701", undefined, '+70123456701'],
    ['"70123456701" <70123456701>', 'RU', '+70123456701'],
    ['"Desk" <101>', 'RU', '"Desk" <101>'],
    ['tel:+70123456701', undefined, '+70123456701'],
    ['sip:+70123456701@pbx.example', undefined, '+70123456701'],
    ['+49 30 123456', undefined, '+4930123456'],
    ['+7 (012) 345-67-01', undefined, '+70123456701'],
    ['8 (916) 123-45-67', undefined, '8 (916) 123-45-67'],
    ['+70123456789', undefined, '+70123456789'],
    ['101 70123456701', 'RU', '101 70123456701'],
    ['70123456701 101', 'RU', '70123456701 101'],
    ['70123456701, 70123456702', 'RU', '70123456701, 70123456702'],
    ['+7 916 123-45-67 ext. 101', undefined, '+79161234567'],
    ['anonymous', 'RU', 'withheld'],
    ['Скрытый номер', 'RU', 'withheld'],
    ['+266696687', undefined, 'withheld'],
    ['7378742833', 'RU', 'withheld'],
    ['101', 'RU', '101'],
  ])('%s in %s is %s', (text, region, phone) => {
    expect(read(text, region)).toBe(phone);
  });

  it('in any form is the number that the library for phone numbers reads', () => {
    const digits = fc.stringMatching(/^[2-9]\d{9}$/);
    const forms: readonly ((number: string) => string)[] = [
      (number) => number,
      (number) => `7${number}`,
      (number) => `8${number}`,
      (number) => `+7${number}`,
      (number) =>
        `8 (${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6, 8)}-${number.slice(8)}`,
      (number) => `+7 ${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`,
    ];
    fc.assert(
      fc.property(digits, fc.constantFrom(...forms), (number, form) => {
        const text = form(number);
        const parsed = parsePhoneNumberFromString(text, 'RU');
        const known = parsed?.isValid() === true ? parsed.number : undefined;
        if (known?.endsWith(number) === true) expect(read(text, 'RU')).toBe(known);
      }),
      runs(1000),
    );
  });

  it('needs a valid region', () => {
    expect(phoneRegion('ru')).toBe('RU');
    expect(phoneRegion('XX')).toBeUndefined();
  });
});
