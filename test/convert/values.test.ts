import { describe, expect, it } from 'vitest';
import { convertPhoneNumber, phoneRegion } from '../../src/convert/phone.ts';
import { convertDecimal, convertDuration, convertFlag } from '../../src/convert/values.ts';

describe('values', () => {
  it.each([
    ['да', '1'],
    ['Нет', '0'],
    ['YES', '1'],
    ['false', '0'],
    ['1', '1'],
    ['maybe', 'maybe'],
  ])('the flag %s is %s', (text, flag) => {
    expect(convertFlag(text)).toBe(flag);
  });

  it.each([
    ['136', '136'],
    ['136.0', '136'],
    ['2:16', '136'],
    ['0:02:16', '136'],
    ['1:00:00', '3600'],
    ['90:00', '5400'],
    ['2:75', '2:75'],
    ['1:75:00', '1:75:00'],
    ['soon', 'soon'],
    ['1.5', '1.5'],
  ])('the duration %s is %s', (text, seconds) => {
    expect(convertDuration(text)).toBe(seconds);
  });

  it.each([
    ['1250,50', '1250.50'],
    ['1 250,50', '1250.50'],
    ['1\u00a0250', '1250'],
    ['1,250.50', '1250.50'],
    ['1.250,50', '1250.50'],
    ['12', '12'],
    ['-3,5', '-3.5'],
    ['12 руб', '12 руб'],
    ['1,2,3', '1,2,3'],
  ])('the decimal %s is %s', (text, decimal) => {
    expect(convertDecimal(text)).toBe(decimal);
  });

  it.each([
    ['8 (916) 123-45-67', 'RU', '+79161234567'],
    ['9161234567', 'RU', '+79161234567'],
    ['79161234567', 'RU', '+79161234567'],
    ['+49 30 123456', undefined, '+4930123456'],
    ['8 (916) 123-45-67', undefined, '8 (916) 123-45-67'],
    ['+70123456789', undefined, '+70123456789'],
    ['anonymous', 'RU', 'anonymous'],
  ])('the phone number %s in %s is %s', (text, region, phone) => {
    expect(convertPhoneNumber(text, region === undefined ? undefined : phoneRegion(region))).toBe(
      phone,
    );
  });

  it('a region must be one', () => {
    expect(phoneRegion('ru')).toBe('RU');
    expect(phoneRegion('XX')).toBeUndefined();
  });
});
