import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueKind } from '../../src/calls/columns/columns.ts';
import { masked, maskedWithin } from '../../src/safe-text/masking.ts';
import { shownColumn, shownValue } from '../../src/safe-text/shown-value.ts';

describe('a phone number', () => {
  it('shows enough digits to find it in the file', () => {
    expect(masked('+70123456789')).toBe('+7012•••••89');
    expect(masked('1')).toBe('•');
    expect(masked('')).toBe('');
  });

  it.each([
    '+70123456701',
    '8 (012) 345-67-01',
    '8/012/345/67/01',
    '8_012_345_67_01',
    '8:012:345:67:01',
    '8,012,345,67,01',
    '8*012*345*67*01',
    '8 012 345–67–01',
    '345-67-01',
    '8%20012%20345%2067%2001',
    '８０１２３４５６７０１',
    '8\u200b012\u200b345\u200b67\u200b01',
  ])('%s is never shown completely, in any column', (phone) => {
    for (const column of ['DateTime', 'Price', 'Tag', 'URL', 'PhoneNumber', 'ClientId']) {
      const shown = shownValue(phone, valueKind(column), false);
      expect(shown).not.toContain(phone);
      expect(shown).toContain('•');
    }
    expect(shownColumn(phone)).not.toContain(phone);
    expect(shownValue(phone, 'phone', true)).toBe(phone);
  });

  it('is masked anywhere in a text', () => {
    // A word of 30 characters looks like a token, which other code removes.
    const text = fc.string({ maxLength: 8 });
    const digits = fc.integer({ min: 10 ** 9, max: 10 ** 11 }).map(String);
    fc.assert(
      fc.property(text, digits, text, (before, phone, after) => {
        expect(maskedWithin(`${before}${phone}${after}`)).not.toContain(phone);
      }),
    );
  });
});

describe('a time', () => {
  it.each([
    '1794999999',
    '1794999999000',
    '2026-11-18',
    '18.11.2026 10:00:05',
    '2026-11-18T10:00:00+03:00',
    ' 1794999999',
  ])('%s is shown', (time) => {
    expect(shownValue(time, 'time', false)).toBe(time);
  });
});
