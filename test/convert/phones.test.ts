import google from 'google-libphonenumber';
import { describe, expect, it } from 'vitest';
import { type PhoneRegion, phoneRegion } from '../../src/convert/cells/phone-plan.ts';
import { CellsOfColumn, readCell } from '../support/cells.ts';

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = google;
const library = PhoneNumberUtil.getInstance();

/** All types of phone numbers, such as fixed lines and mobile phones. */
const TYPES = Object.values(PhoneNumberType).filter((one) => typeof one === 'number');

/** An example number of Google's library. */
interface Example {
  readonly region: PhoneRegion;
  readonly international: string;
  /** The number, written in eight ways. The first four have the country code. */
  readonly writings: readonly { readonly text: string; readonly isNational: boolean }[];
}

function examples(): readonly Example[] {
  return library.getSupportedRegions().flatMap((name) => {
    const region = phoneRegion(name);
    if (region === undefined) return [];
    return TYPES.flatMap((type) => {
      const example = exampleOf(name, type);
      if (example === undefined || !library.isValidNumber(example)) return [];
      const international = library.format(example, PhoneNumberFormat.E164);
      const national = library.format(example, PhoneNumberFormat.NATIONAL);
      const significant = library.getNationalSignificantNumber(example);
      const writings = [
        ...[
          international,
          library.format(example, PhoneNumberFormat.INTERNATIONAL),
          library.format(example, PhoneNumberFormat.RFC3966),
          `00${international.slice(1)}`,
        ].map((text) => ({ text, isNational: false })),
        ...[national, national.replaceAll(/\D/g, ''), significant, `${significant} `].map(
          (text) => ({ text, isNational: true }),
        ),
      ];
      return [{ region, international, writings }];
    });
  });
}

function exampleOf(region: string, type: google.PhoneNumberType): google.PhoneNumber | undefined {
  try {
    // If the library has no example of such numbers, it returns null. Its declaration does not say
    // so.
    const example = library.getExampleNumberForType(region, type) as google.PhoneNumber | null;
    return example ?? undefined;
  } catch {
    return undefined;
  }
}

const EXAMPLES = examples();
const columns = new Map<string, CellsOfColumn>();

/** Reads a phone number; `undefined` if it is an error. */
function read(text: string, region: PhoneRegion): string | undefined {
  const column = columns.get(region) ?? new CellsOfColumn('PhoneNumber', { region });
  columns.set(region, column);
  const { value, problem } = column.read(text);
  return problem === undefined ? value : undefined;
}

describe("the example numbers of Google's library, of all regions and types", () => {
  it('are read unchanged, or refused', () => {
    const wrong: string[] = [];
    const count = { national: 0, right: 0 };
    for (const { region, international, writings } of EXAMPLES) {
      for (const { text, isNational } of writings) {
        const number = read(text, region);
        if (number !== undefined && number !== international) wrong.push(`${region} ${text}`);
        if (!isNational) continue;
        count.national += 1;
        if (number === international) count.right += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(count.national).toBeGreaterThan(4000);
    expect(count.right / count.national).toBeGreaterThan(0.984);
  });

  it.each([' 123', ' 1234', '/7', '(12)'])(
    'followed by %s are never a number that the library calls invalid',
    (behind) => {
      const invalid = EXAMPLES.flatMap(({ region, writings }) =>
        writings.flatMap(({ text }) => {
          const number = read(text.trim() + behind, region);
          const isFine = number === undefined || library.isValidNumber(library.parse(number));
          return isFine ? [] : [`${region} ${text}${behind}: ${number}`];
        }),
      );
      expect(invalid).toEqual([]);
    },
  );

  it.each([' доб. 123', ' ext. 123', ' x123', 'доб.123', ' внутр. 45', ' #7'])(
    'followed by %s are refused, or read without the digits of the extension',
    (behind) => {
      const glued = EXAMPLES.flatMap(({ region, international, writings }) =>
        writings.flatMap(({ text }) => {
          const number = read(text.trim() + behind, region);
          return number === undefined || number === international ? [] : [`${region} ${text}`];
        }),
      );
      expect(glued).toEqual([]);
    },
  );
});

describe('a phone number', () => {
  it.each([
    ['0061212345678', 'AU', '+61212345678'],
    ['55800123456', 'BR', '+55800123456'],
    ['+247 62889/7', 'AC', '+24762889'],
    ['010 123456', 'AM', '+37410123456'],
    ['077 123456', 'AM', '+37477123456'],
    ['+7 (012) 345-67-89', 'RU', '+70123456789'],
    ['8 (012) 345-67-89', 'RU', '+70123456789'],
    ['8 916 123-45-67 (12)', 'RU', '+79161234567'],
    ['8 (495) 123-45-67 101', 'RU', '+74951234567'],
    ['(495) 123-45-67 101', 'RU', '+74951234567'],
    ['375 29 123 45 67', 'RU', '+375291234567'],
    ['+44 (0)20 7946 0958', 'RU', '+442079460958'],
    ['тел. 8 916 123 45 67', 'RU', '+79161234567'],
    ['Иванов (+7 916 123-45-67)', 'RU', '+79161234567'],
    ['\u202a+7\u00a0916\u00a0123‑45‑67\u202c', 'RU', '+79161234567'],
    ['tel:+7-916-123-45-67;ext=5', 'RU', '+79161234567'],
  ])('%s with the region %s is %s', (text, region, number) => {
    expect(read(text, phoneRegion(region) ?? 'RU')).toBe(number);
  });

  it.each([
    ['8495123456710', 'phone-invalid'],
    ['84951234567101', 'phone-invalid'],
    ['101', 'phone-invalid'],
    ['2026-11-25 09:12', 'phone-invalid'],
    ['25.11.2026, 09:12:33', 'phone-invalid'],
    ['1-800-FLOWERS', 'phone-invalid'],
    ['7,91235E+10', 'phone-rounded'],
    ['84951234567, 89161234567', 'phone-several'],
    ['84951234567 / 89161234567', 'phone-several'],
    ['84951234567\n89161234567', 'phone-several'],
    ['8 495 123-45-67 8 916 123-45-67', 'phone-several'],
  ])('%s is %s', (text, problem) => {
    expect(readCell('PhoneNumber', text, { region: 'RU' }).problem).toBe(problem);
  });

  it.each([
    ['Sales 2 (+79161234567)', '+79161234567'],
    ['Отдел 24/7 (8 916 123-45-67)', '+79161234567'],
    ['тел 8 916 (1234567)', '+79161234567'],
    ['Анна (+79161234567)', '+79161234567'],
  ])('is read even if a name with digits is next to it: %s', (text, value) => {
    expect(readCell('PhoneNumber', text, { region: 'RU' }).value).toBe(value);
  });

  it('is the first of several if the recipe says so', () => {
    const settings = { region: 'RU', phones: 'first' } as const;
    expect(readCell('PhoneNumber', '84951234567, 89161234567', settings).value).toBe(
      '+74951234567',
    );
  });

  it.each([
    ['79123456780 (79123456780)', '+79123456780'],
    ['+79123456780 (79123456780)', '+79123456780'],
    ['+7 912 345-67-80 (+79123456780)', '+79123456780'],
  ])('%s is one number, written twice', (text, value) => {
    expect(readCell('PhoneNumber', text, { region: 'RU' })).toMatchObject({ value });
  });

  it('is an error with another number in brackets, and is not withheld with a word in brackets', () => {
    const two = readCell('PhoneNumber', '79123456780 (79123456781)', { region: 'RU' });
    expect(two.problem).toBe('phone-several');
    expect(readCell('PhoneNumber', '79123456780 (unknown)', { region: 'RU' })).toMatchObject({
      value: '+79123456780',
    });
  });

  it.each(['Anonymous (anonymous)', 'Unknown (unknown)', 'Иван (номер скрыт)', 'a (266696687)'])(
    '%s is withheld',
    (text) => {
      expect(readCell('PhoneNumber', text)).toMatchObject({ value: '', missing: 'withheld' });
    },
  );

  it.each(['номер скрыт', 'Не определён', 'Anonymous', 'anonymous <anonymous>', 'Без номера'])(
    '%s is withheld',
    (text) => {
      expect(readCell('PhoneNumber', text).missing).toBe('withheld');
    },
  );
});
