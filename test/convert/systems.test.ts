import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presetOfHeader, PRESETS } from '../../src/convert/presets/presets.ts';
import { columnsRead } from '../../src/convert/recipe/call-columns.ts';
import { writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { type SystemExport, SYSTEMS } from '../support/systems.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const WORDS = ['--timezone', 'Europe/Moscow', '--default-region', 'RU', '--unidentified', 'static'];
/** The times of the two calls, without the seconds that some systems do not write. */
const INCOMING = /,17955871\d\d,/;
const OTHER = /,179558880\d|,17955888\d\d,/;

interface Converted {
  readonly code: number | null;
  readonly calls: string;
  /** Everything that the run says besides the calls. */
  readonly said: string;
}

async function converted(
  { delimiter, header }: SystemExport,
  records: readonly Readonly<Record<string, string>>[],
  words: readonly string[],
  way: readonly string[] = ['--auto'],
): Promise<Converted> {
  const lines = records.map((record) =>
    header
      .split(delimiter)
      .map((name) => record[name] ?? '')
      .map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell))
      .join(delimiter),
  );
  const folder = temporaryFolder();
  const path = writeCalls(folder, 'export.csv', `${header}\n${lines.join('\n')}\n`);
  const out = join(folder, 'calls.csv');
  const { code, stdout, stderr } = await runHere(
    ['convert', path, ...way, ...WORDS, '-o', out, '--json', ...words],
    { clock: new FakeClock(NOW) },
  );
  const calls = existsSync(out) ? readFileSync(out, 'utf8') : '';
  return { code, calls, said: stdout + stderr };
}

/** Findings that name a record which may be no call of a visitor. */
const NAMED = ['company-line', 'codes-left-out', 'direction-left-out', 'value-not-listed'];

/** Says whether the record of a time is refused, asked about, left out or named. */
function isNamedOrLeftOut({ code, calls, said }: Converted, time: RegExp): boolean {
  return code !== 0 || !time.test(calls) || NAMED.some((finding) => said.includes(finding));
}

const all = SYSTEMS.map((one) => [one.system, one] as const);

describe('an export of', () => {
  it.each(all)('%s is asked about, or what is no call of a visitor is named', async (_, one) => {
    const made = await converted(one, [one.incoming, one.other], []);
    expect(isNamedOrLeftOut(made, OTHER), made.said).toBe(true);
  });

  it.each(all)('%s is right with the answers, and takes nothing else', async (_, one) => {
    const made = await converted(one, [one.incoming, one.other], one.answers);
    expect(made.code, made.said).toBe(0);
    const [, call = '', ...more] = made.calls.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(call).toMatch(INCOMING);
    expect(`${call},`).toMatch(one.system === 'MegaFon' ? /,6,/ : /,41,/);
    expect(call).not.toContain('+74950000099');
    const head = made.calls.split('\n')[0]?.split(',') ?? [];
    expect(head).not.toContain('Price');
    const phone = call.split(',')[head.indexOf('PhoneNumber')];
    if (head.includes('PhoneNumber')) expect(phone).toBe('+74950000011');
    else expect(made.said).toContain('phones-left-out');
  });

  const worded = SYSTEMS.flatMap((one) =>
    one.worded.map((column) => [one.system, column, one] as const),
  );
  it.each(worded)('%s: no word of %s is taken that nobody knows', async (_, column, one) => {
    for (const word of ['Neues', 'ganz-anders', '77', 'кто-то', '???']) {
      const unknown = { ...one.incoming, [column]: word };
      const made = await converted(one, [unknown], []);
      expect(isNamedOrLeftOut(made, INCOMING), `${word}: ${made.said}`).toBe(true);
      const answered = await converted(one, [unknown], one.answers);
      expect(isNamedOrLeftOut(answered, INCOMING), `${word}: ${answered.said}`).toBe(true);
    }
  });
});

describe('a preset', () => {
  const presets = SYSTEMS.flatMap((one) =>
    one.preset === undefined ? [] : [[one.preset, one] as const],
  );

  it.each(presets)('%s takes the call that came in, and no other', async (preset, one) => {
    const made = await converted(one, [one.incoming, one.other], [], ['--preset', preset]);
    expect(made.code, made.said).toBe(0);
    const [head = '', call = '', ...more] = made.calls.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(call).toMatch(INCOMING);
    const value = (name: string): string | undefined =>
      call.split(',')[head.split(',').indexOf(name)];
    expect([value('PhoneNumber'), value('TalkDuration'), value('CallMissed')]).toEqual([
      '+74950000011',
      '41',
      '0',
    ]);
    expect(head).not.toContain('Price');
    const all = await converted(
      one,
      [one.incoming, one.other],
      ['--direction', 'all'],
      ['--preset', preset],
    );
    expect(all.calls.trimEnd().split('\n')).toHaveLength(3);
    expect(all.calls).toContain('+74950000012');
  });

  it.each(presets)('%s is named by the header, where --auto asks', async (preset, one) => {
    expect(presetOfHeader(one.header.split(one.delimiter))?.name).toBe(preset);
    const made = await converted(one, [one.incoming, one.other], []);
    if (made.code === 2) expect(made.said).toContain(`--preset ${preset}`);
  });

  it('is not named by a header that several systems may have', () => {
    expect(presetOfHeader(['Дата', 'Телефон', 'Длительность'])).toBeUndefined();
    expect(presetOfHeader(['calldate', 'src', 'dst'])).toBeUndefined();
    const freepbx = ['calldate', 'src', 'dst', 'duration', 'billsec', 'disposition', 'linkedid'];
    expect(presetOfHeader(freepbx)?.name).toBe('freepbx');
  });

  it.each(presets)('%s refuses words that nobody knows', async (preset, one) => {
    const used = PRESETS.find(({ name }) => name === preset);
    const read = [used?.direction, used?.fields.CallMissed]
      .filter((reader) => reader !== undefined)
      .flatMap((reader) => columnsRead(reader));
    const worded = one.worded.filter((column) => read.includes(column));
    for (const column of worded) {
      const unknown = { ...one.incoming, [column]: 'Neues' };
      const made = await converted(one, [unknown], [], ['--preset', preset]);
      expect([column, made.code, made.calls]).toEqual([column, 3, '']);
      expect(made.said).toContain('value-not-listed');
    }
  });
});
