import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converted, recipeOf } from '../support/recipes.ts';
import { runs } from '../support/runs.ts';

beforeAll(() => {
  Settings.throwOnInvalid = true;
});

// Later test files in the same process also use Luxon. So this code restores the usual setting.
afterAll(() => {
  Settings.throwOnInvalid = false;
});

const ZONES = [
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'UTC',
] as const;

/** Forms of times without a zone, in the notation of Luxon. */
const LOCAL_FORMS = [
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ss",
  'dd.MM.yyyy HH:mm:ss',
  'd.M.yyyy H:mm:ss',
  'dd.MM.yy HH:mm:ss',
  'yyyy/MM/dd HH:mm:ss',
  'yyyyMMddHHmmss',
  'yyyyMMdd HHmmss',
  'MMM d, yyyy h:mm:ss a',
  'd MMMM yyyy HH:mm:ss',
  'HH:mm:ss dd.MM.yyyy',
] as const;

/** Forms of times with a zone. */
const ZONED_FORMS = [
  "yyyy-MM-dd'T'HH:mm:ssZZ",
  'yyyy-MM-dd HH:mm:ssZZZ',
  'yyyy-MM-dd HH:mm:ss z',
  'ccc, dd MMM yyyy HH:mm:ss ZZZ',
  'dd.MM.yyyy HH:mm:ss ZZ',
] as const;

const seconds = fc.integer({ min: 1_100_000_000, max: 1_790_000_000 });
const NOW = 1_795_000_000;

async function* blocks(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** Converts a table. Returns the calls without the header, and the codes of the errors. */
async function calls(
  text: string,
  saved: Parameters<typeof recipeOf>[0],
): Promise<{ readonly rows: readonly string[]; readonly codes: readonly string[] }> {
  const options = { now: NOW, maxFindings: 20, showValues: false };
  const { text: written, validation } = await converted(
    () => blocks(text),
    recipeOf(saved),
    options,
  );
  const errors = validation.groups.filter(({ severity }) => severity === 'error');
  return {
    rows: written.trimEnd().split('\n').slice(1),
    codes: errors.map(({ code }) => code),
  };
}

describe('a time in any form', () => {
  it('is the instant from which another library wrote it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seconds, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...ZONES),
        fc.oneof(
          fc.constantFrom(...LOCAL_FORMS).map((form) => ({ form, isLocal: true })),
          fc.constantFrom(...ZONED_FORMS).map((form) => ({ form, isLocal: false })),
        ),
        async (instants, zone, { form, isLocal }) => {
          // When clocks are set back, a time without a zone may mean two instants.
          const usable = instants.filter((instant) => {
            const time = DateTime.fromSeconds(instant, { zone });
            return !isLocal || time.getPossibleOffsets().length === 1;
          });
          const rows = usable.map((instant, at) => {
            const time = DateTime.fromSeconds(instant, { zone }).setLocale('en');
            return `${String(at + 1)};${time.toFormat(form)}`;
          });
          if (rows.length === 0) return;
          const saved = isLocal ? { timezone: zone } : {};
          const made = await calls(`ClientId;DateTime\n${rows.join('\n')}\n`, saved);
          const isTwice = form === 'yyyy-MM-dd HH:mm:ss z';
          if (isTwice && made.codes.includes('datetime-clock-twice')) return;
          expect(made.codes, rows.join('\n')).toEqual([]);
          expect(made.rows).toEqual(
            usable.map((instant, at) => `${String(at + 1)},${String(instant)}`),
          );
        },
      ),
      runs(400),
    );
  });
});

describe('a call in any accepted form', () => {
  const call = fc.record({
    id: fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String),
    talk: fc.integer({ min: 1, max: 80_000 }),
    price: fc.integer({ min: 0, max: 99_999_999 }),
    phone: fc.stringMatching(/^[349]\d{9}$/),
    isMissed: fc.boolean(),
    instant: seconds,
  });
  const grouped = (text: string, sign: string): string => text.replace(/\B(?=(?:\d{3})+$)/g, sign);
  const form = fc.record({
    id: fc.constantFrom(
      (id: string) => id,
      (id: string) => `'${id}`,
      (id: string) => `="${id}"`,
      (id: string) => `${id}.0`,
      (id: string) => grouped(id, '\u00a0'),
    ),
    talk: fc.constantFrom(
      (talk: number) => String(talk),
      (talk: number) => `${String(talk)},0`,
      (talk: number) => grouped(String(talk), ' '),
      (talk: number) =>
        [Math.floor(talk / 3600), Math.floor(talk / 60) % 60, talk % 60]
          .map((part) => String(part).padStart(2, '0'))
          .join(':'),
    ),
    price: fc.constantFrom(
      (whole: string, cents: string) => `${whole},${cents}`,
      (whole: string, cents: string) => `${grouped(whole, ' ')},${cents}`,
      (whole: string, cents: string) => `${grouped(whole, '\u00a0')},${cents} ₽`,
      (whole: string, cents: string) => `${grouped(whole, '.')},${cents} руб.`,
      (whole: string, cents: string) => `RUB ${whole}.${cents}`,
    ),
    phone: fc.constantFrom(
      (phone: string) => `+7${phone}`,
      (phone: string) => `8${phone}`,
      (phone: string) => `7${phone}`,
      (phone: string) => phone,
      (phone: string) => `8 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`,
      (phone: string) => `"Анна" <7${phone}>`,
    ),
    missed: fc.constantFrom(['да', 'нет'], ['1', '0'], ['Missed', 'Answered'], ['TRUE', 'FALSE']),
  });

  it('is converted to the same call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 8 }),
        form,
        async (list, forms) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const cents = (price: number): string => String(price % 100).padStart(2, '0');
          const rows = list.map(({ id, talk, price, phone, isMissed, instant }) =>
            [
              forms.id(id),
              DateTime.fromSeconds(instant, { zone: 'UTC' }).toFormat('dd.MM.yyyy HH:mm:ss'),
              forms.price(String(Math.floor(price / 100)), cents(price)),
              forms.phone(phone),
              forms.talk(talk),
              forms.missed[isMissed ? 0 : 1],
            ]
              .map(quoted)
              .join(';'),
          );
          const text = `ClientId;DateTime;Price;PhoneNumber;TalkDuration;CallMissed\n${rows.join('\n')}\n`;
          const saved = { timezone: 'UTC', defaultRegion: 'RU', set: { Currency: 'RUB' } };
          const made = await calls(text, saved);
          expect(made.codes, text).toEqual([]);
          expect(made.rows).toEqual(
            list.map(({ id, talk, price, phone, isMissed, instant }) =>
              [
                id,
                String(instant),
                `${String(Math.floor(price / 100))}.${cents(price)}`,
                'RUB',
                `+7${phone}`,
                String(talk),
                isMissed ? '1' : '0',
              ].join(','),
            ),
          );
        },
      ),
      runs(400),
    );
  });
});
