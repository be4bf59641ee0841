import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectTable } from '../../src/calls/inspect-calls.ts';
import { check, NOW, source } from '../support/check.ts';
import { encode } from '../support/encode.ts';
import { isLong, runs } from '../support/runs.ts';

/** Values for each column. Some are valid, and some only look valid. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  UserId: [
    '',
    'anna',
    'NULL',
    'none',
    'undefined',
    'nan',
    '-',
    '#N/A',
    '(not set)',
    '000',
    '0-0',
    '1.48E+18',
    '1E+18',
    '1e5',
    '1.5',
    '01',
    '- ',
    ' ',
    '\u00a0',
    ' b',
    'ж',
    'a"b',
    'a,b',
    '0',
    '\u007f',
  ],
  ClientId: [
    '',
    '1',
    '0',
    '000',
    '001',
    'null',
    '1481718166123456789',
    '1481718166123450000',
    '12345678901234567890',
    '123456789012345678901',
    '1.6E+18',
    ' 5',
    '1a',
  ],
  Yclid: ['', '7', '99999999999999990000', 'x', '0000000000000000'],
  DateTime: [
    String(NOW),
    String(NOW - 5),
    String(NOW + 1),
    String(NOW - 21 * 86_400),
    String(NOW - 21 * 86_400 - 1),
    `0${String(NOW)}`,
    '45000',
    `${String(NOW)}000`,
    '',
    '2026-11-18 10:00',
  ],
  StaticCall: ['0', '1', '', '2', '01', 'yes'],
  Price: ['', '10', '10.50', '-3.5', '-', '.', '1.', '10,5', '1e3', '1.2.3'],
  Currency: ['', 'RUB', 'USD', 'rub', 'RU', 'RUBS', 'XXX', 'ZZZ'],
  PhoneNumber: [
    '',
    '+70123456789',
    '+7012345',
    '+701234',
    '+0123456789',
    '70123456789',
    '+7012345678901234',
    '+7 012',
  ],
  TalkDuration: ['', '0', '136', '86400', '86401', '99999', '2147483648', '2:16', '-1'],
  HoldDuration: ['', '0', '9', '00009', '100000', 'x'],
  CallMissed: ['', '0', '1', 'да'],
  Tag: [
    '',
    'north',
    ' padded ',
    'a,b',
    'a"b',
    '"',
    '""',
    'Офис «1»',
    'line\nbreak',
    '\0',
    '=1',
    'x\ry',
  ],
  FirstTimeCaller: ['', '0', '1', '3'],
  URL: [
    '',
    'https://shop.example/a?b=c#d',
    'http://shop.example',
    'https://a.b.c-d.example:80/',
    'https://1.2.3.4/',
    'https://1.2.3.4.5/',
    'https://shop.1/',
    'https://shop.0x5/',
    'https://xn--a.example/',
    'https://a--b.example/',
    'https://-a.example/',
    'https://a..b/',
    'https://a.example./',
    'https://a-/',
    'https://SHOP.example/',
    'https://shop.example/ж',
    'https://shop.example/a b',
    'https://shop.example/a,b',
    'https://',
    'https:///x',
    'ftp://x/',
    'https://a.example\\x',
    'https://a_b.example/',
    'https://user@a.example/',
  ],
  Unknown: ['', 'x', '5'],
};

const NAMES = Object.keys(VALUES);

const CLEAN: Readonly<Record<string, string>> = { ClientId: '1', DateTime: String(NOW - 3) };

/**
 * Writes a value as CSV, in quotes if necessary. If `way` is 0, every value is in quotes. If `way`
 * is 1, a space comes before a value without quotes. If `way` is 9, no value is in quotes.
 */
function written(value: string, way: number, delimiter: string): string {
  if (way === 0 || value.includes(delimiter) || /["\n\r]/.test(value)) {
    return way === 9 ? value : `"${value.replaceAll('"', '""')}"`;
  }
  return way === 1 ? ` ${value}` : value;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

const fileWith = (delimiters: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      delimiter: fc.constantFrom(...delimiters),
      names: fc.shuffledSubarray(NAMES, { minLength: 2, maxLength: NAMES.length }),
      rows: fc.array(
        fc.record({
          picks: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 16, maxLength: 16 }),
          neat: fc.nat(4),
          end: fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\n , \n', '\r'),
          repeat: fc.nat(9),
        }),
        { maxLength: 12 },
      ),
      tail: fc.constantFrom('', '', '', '1', '"', ',,', '\n'),
      crlf: fc.boolean(),
    })
    .map(({ delimiter, names, rows, tail, crlf }) => {
      const all = [...new Set(['ClientId', 'DateTime', ...names]), 'Filler'];
      // A long clean record comes after each record. The long record makes the check try the fast
      // path again.
      const filler = (at: number): string =>
        all
          .map((name) =>
            name === 'Filler' ? `${String(at)}${'x'.repeat(1100)}` : (CLEAN[name] ?? ''),
          )
          .join(delimiter);
      const lines = rows.flatMap(({ picks, neat, end, repeat }, row) => {
        const cells = all.map((name, at) => {
          const [pick, way] = picks[at] ?? [0, 2];
          const values = VALUES[name] ?? [''];
          // Most values must be valid, because the fast path accepts only valid records.
          const good = { ClientId: 1, DateTime: 0 }[name] ?? 0;
          const value =
            values[neat > 0 && pick % 9 !== 0 ? (pick % 3 === 0 ? 1 : good) : pick % values.length];
          return written(value ?? '', way, delimiter);
        });
        const line = cells.join(delimiter) + (crlf && end === '\n' ? '\r\n' : end);
        return [...(repeat === 0 ? [line, line] : [line]), `${filler(row)}\n`];
      });
      return `${all.join(delimiter)}${crlf ? '\r\n' : '\n'}${lines.join('')}${tail}`;
    });

const file = fileWith([',']);

describe('the fast path of a check', () => {
  it('has the same findings and counts as the full check', async () => {
    let clean = 0;
    const tries = runs(2000);
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        const fast = await check(content, { fastPath: true, maxFindings: 1000 });
        const full = await check(content, { fastPath: false, maxFindings: 1000 });
        if (fast.validation.errors === 0) clean += 1;
        expect(fast).toEqual(full);
      }),
      tries,
    );
    // In the short suite, perhaps none of the random files is clean.
    if (isLong) expect(clean).toBeGreaterThan(tries.numRuns / 100);
  });

  it('has the same result as the full check with any delimiter and in every encoding', async () => {
    const kinds = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be'] as const;
    await fc.assert(
      fc.asyncProperty(
        fileWith(DELIMITERS),
        fc.constantFrom(...kinds),
        fc.boolean(),
        fc.integer({ min: 1, max: 200_000 }),
        async (content, encoding, given, step) => {
          const bytes = encode(content, encoding);
          const told = { maxFindings: 1000, ...(given ? { encoding } : {}) };
          const fast = await check(bytes, told, step);
          const full = await check(bytes, { ...told, fastPath: false });
          expect(fast).toEqual(full);
        },
      ),
      runs(1000),
    );
  });

  it('has the same result as the full check wherever the bytes are cut', async () => {
    // The program always reads the beginning of a file as one block. Many clean records fill this
    // block.
    const many = Array.from({ length: 4000 }, (_, at) => String(at + 1));
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 400 }), async (content, step) => {
        const [header = '', ...lines] = content.split(/(?<=\n)/);
        const names = header.trim().split(',');
        const clean = many.map((number) => {
          const cells = names.map((name) =>
            name === 'DateTime' ? String(NOW - 9) : name === 'ClientId' ? number : '',
          );
          return `${cells.join(',')}\n`;
        });
        const long = [header, ...clean, ...lines].join('');
        const fast = await check(long, { maxFindings: 1000 }, step);
        const full = await check(long, { fastPath: false, maxFindings: 1000 });
        expect(fast).toEqual(full);
      }),
      runs(150),
    );
  });

  it('has the same result as the full check for any bytes, and for a file that ends anywhere', async () => {
    const piece = fc.oneof(
      fc
        .constantFrom(
          'ClientId,DateTime,Tag\n',
          `1,${String(NOW)},x\n`,
          `2,${String(NOW - 1)},"a,b"\n`,
          `3,${String(NOW - 2)},`,
          'Офис',
          '\n',
          '\r\n',
          '"',
          '\0',
        )
        .map((text) => Buffer.from(text)),
      fc.constantFrom('Офис', 'Заявка с сайта', 'я').map((text) => encode(text, 'windows-1251')),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        const content = Buffer.concat([Buffer.from('ClientId,DateTime,Tag\n'), ...pieces]);
        const fast = await check(content, { maxFindings: 1000 });
        const full = await check(content, { fastPath: false, maxFindings: 1000 });
        expect(fast).toEqual(full);
      }),
      runs(1000),
    );
  });
});

describe('the fast path of an inspection', () => {
  it('has the same counts as an inspection that reads the records as text', async () => {
    const inspected = async (bytes: Buffer, step: number, fastPath: boolean): Promise<unknown> =>
      await inspectTable(() => source(bytes, step).blocks(), {
        now: NOW,
        fastPath,
        hourAt: (seconds) => Math.floor(seconds / 3600) % 24,
        dayAt: (seconds) => Math.floor(seconds / 86_400),
      });
    await fc.assert(
      fc.asyncProperty(
        fileWith(DELIMITERS),
        fc.constantFrom('utf-8' as const, 'windows-1251' as const, 'utf-16le' as const),
        fc.integer({ min: 1, max: 200_000 }),
        async (content, encoding, step) => {
          const bytes = encode(content, encoding);
          const [fast, text] = [inspected(bytes, step, true), inspected(bytes, step, false)];
          expect(await settled(fast)).toEqual(await settled(text));
        },
      ),
      runs(1500),
    );
  });

  it('reads blocks of any length that are in the same memory', async () => {
    const header = 'ClientId,DateTime,Tag\n';
    const row = (at: number): string =>
      `1${String(at)},${String(NOW - at)},tag ${String(at % 3)}\n`;
    const rows = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => row(from + at)).join('');
    const pieces = [rows(20_000, 20_010), rows(20_010, 21_000)];
    const memory = Buffer.alloc(1_000_000);
    async function* blocks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(header + rows(0, 20_000));
      for (const piece of pieces) {
        yield await Promise.resolve(memory.subarray(0, memory.write(piece)));
        memory.fill(0);
      }
    }
    const clocks = { hourAt: () => 0, dayAt: (seconds: number) => Math.floor(seconds / 86_400) };
    const found = await inspectTable(blocks, { now: NOW, ...clocks });
    expect(found).toMatchObject({ rows: 21_000, withoutTime: 0, from: NOW - 20_999, to: NOW });
    expect(found?.topTags.map(([tag, count]) => [tag, count])).toEqual([
      ['tag 0', 7000],
      ['tag 1', 7000],
      ['tag 2', 7000],
    ]);
  });

  it('adds up the prices, durations and tags of quoted records', async () => {
    const row = (at: number): string =>
      `"1${String(at)}",${String(NOW - at)},"${String(at % 7)}.${String(at % 100)}","RUB","${String(at % 90)}",${String(at % 3)},${String(at % 2)},"say ""${String(at % 5)}"", ж",u`;
    const rows = Array.from({ length: 5000 }, (_, at) => row(at));
    const header = 'ClientId,DateTime,Price,Currency,TalkDuration,HoldDuration,CallMissed,Tag,Own';
    const bytes = Buffer.from([header, ...rows, ''].join('\n'));
    const clocks = { hourAt: () => 5, dayAt: () => 9 };
    const [fast, text] = await Promise.all(
      [true, false].map((fastPath) =>
        inspectTable(() => source(bytes).blocks(), { now: NOW, fastPath, ...clocks }),
      ),
    );
    expect(fast).toEqual(text);
    expect(fast).toMatchObject({ rows: 5000, missed: 2500, identifiers: { ClientId: 5000 } });
    expect(fast?.prices.get('RUB')?.count).toBe(5000);
    expect(fast?.topTags).toHaveLength(5);
    expect(fast?.topTags[0]?.[0]).toMatch(/^say "\d", ж$/);
  });
});

async function settled(value: Promise<unknown>): Promise<unknown> {
  return await value.then(
    (result) => ({ result }),
    (error: unknown) => ({ error: String(error) }),
  );
}
