import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** The presets whose fixtures have a call at `INCOMING`. Other fixtures have other times. */
const SYSTEMS_WITH_FILES = new Set([
  ...SYSTEMS.flatMap(({ preset = '' }) => (preset === 'megafon' ? [] : [preset])),
  'amocrm',
]);

interface Converted {
  readonly code: number | null;
  readonly calls: string;
  /** All output of the run, except the calls. */
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

/** The findings about a record that is perhaps not a visitor's call. */
const NAMED = ['company-line', 'codes-left-out', 'direction-left-out', 'value-not-listed'];

/**
 * Says whether a record was refused, asked about, left out or reported. The time identifies the
 * record.
 */
function isNamedOrLeftOut({ code, calls, said }: Converted, time: RegExp): boolean {
  return code !== 0 || !time.test(calls) || NAMED.some((finding) => said.includes(finding));
}

const all = SYSTEMS.map((one) => [one.system, one] as const);

describe('an export of', () => {
  it.each(all)(
    "%s is an open question, or the record that is not a visitor's call is reported or left out",
    async (_, one) => {
      const made = await converted(one, [one.incoming, one.other], []);
      expect(isNamedOrLeftOut(made, OTHER), made.said).toBe(true);
    },
  );

  it.each(all)('%s becomes the right call with the answers, and no other call', async (_, one) => {
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
  it.each(worded)(
    '%s: an unknown word in %s is never converted without a report',
    async (_, column, one) => {
      for (const word of ['Neues', 'ganz-anders', '77', 'кто-то', '???']) {
        const unknown = { ...one.incoming, [column]: word };
        const made = await converted(one, [unknown], []);
        expect(isNamedOrLeftOut(made, INCOMING), `${word}: ${made.said}`).toBe(true);
        const answered = await converted(one, [unknown], one.answers);
        expect(isNamedOrLeftOut(answered, INCOMING), `${word}: ${answered.said}`).toBe(true);
      }
    },
  );
});

describe('the fixtures of', () => {
  const made = async (file: string, preset: string): Promise<string> => {
    const out = join(temporaryFolder(), 'calls.csv');
    const path = join('fixtures/exports', file);
    const ended = await runHere(['convert', path, '--preset', preset, ...WORDS, '-o', out], {
      clock: new FakeClock(NOW),
    });
    expect(ended.code, ended.stderr).toBe(0);
    return readFileSync(out, 'utf8');
  };
  const files = readdirSync('fixtures/exports').filter((file) =>
    PRESETS.some(({ name }) => SYSTEMS_WITH_FILES.has(name) && file.startsWith(`${name}.`)),
  );

  it.each(files)('%s have one call of a visitor', async (file) => {
    const [preset = ''] = file.split('.');
    const calls = await made(file, preset);
    const [head = '', call = '', ...more] = calls.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(call).toMatch(INCOMING);
    expect(call.split(',')[head.split(',').indexOf('PhoneNumber')]).toBe('+70120000011');
    expect(call.split(',')[head.split(',').indexOf('TalkDuration')]).toBe('41');
    // The same calls as CSV and as JSON must become the same file.
    const other = file.endsWith('.json') ? `${preset}.csv` : `${preset}.json`;
    if (files.includes(other)) expect(await made(other, preset)).toBe(calls);
  });

  it('all systems that answer in JSON are there', () => {
    const documented = PRESETS.filter(({ records }) => records !== undefined);
    const missing = documented.filter(({ name }) => !files.includes(`${name}.json`));
    expect(missing).toEqual([]);
  });
});

describe('a preset', () => {
  const presets = SYSTEMS.flatMap((one) =>
    one.preset === undefined ? [] : [[one.preset, one] as const],
  );

  it.each(presets)('%s: names of object members are unknown words', async (preset, one) => {
    const withWord = async (column: string, word: string): Promise<readonly unknown[]> => {
      const record = { ...one.incoming, [column]: word };
      const { code, calls } = await converted(one, [record], [], ['--preset', preset]);
      return [code, calls.replaceAll(word, '')];
    };
    for (const column of Object.keys(one.incoming)) {
      const unknown = await withWord(column, 'xxx');
      expect(await withWord(column, 'constructor'), column).toEqual(unknown);
      expect(await withWord(column, '__proto__'), column).toEqual(unknown);
    }
  });

  it.each(presets)('%s: a talk time with colons is not a missed call', async (preset, one) => {
    const record = Object.fromEntries(
      Object.entries(one.incoming).map(([name, cell]) => [name, cell === '41' ? '00:00:41' : cell]),
    );
    const { code, calls, said } = await converted(one, [record], [], ['--preset', preset]);
    expect(code, said).toBe(0);
    const [head = '', call = ''] = calls.split('\n').map((line) => line.split(','));
    expect(call[head.indexOf('CallMissed')]).toBe('0');
    expect(call[head.indexOf('TalkDuration')]).toBe('41');
  });

  it.each(presets)('%s converts the incoming call, and no other', async (preset, one) => {
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
    const isKept = one.isOtherNoCall !== true;
    expect(all.calls.trimEnd().split('\n')).toHaveLength(isKept ? 3 : 2);
    expect(all.calls.includes('+74950000012')).toBe(isKept);
  });

  it.each(presets)(
    '%s is found by the header, and suggested if --auto has questions',
    async (preset, one) => {
      expect(presetOfHeader(one.header.split(one.delimiter))?.name).toBe(preset);
      const made = await converted(one, [one.incoming, one.other], []);
      if (made.code === 2) expect(made.said).toContain(`--preset ${preset}`);
    },
  );

  const given = async (
    preset: string,
    header: string,
    rows: readonly string[],
    words: readonly string[] = [],
  ): Promise<Converted> => {
    const delimiter = header.includes(';') ? ';' : ',';
    const one = {
      system: preset,
      delimiter,
      header,
      incoming: {},
      other: {},
      worded: [],
      answers: [],
    } as const;
    const records = rows.map((row) => {
      const cells = row.split(delimiter);
      return Object.fromEntries(header.split(delimiter).map((name, at) => [name, cells[at] ?? '']));
    });
    return await converted(one, records, words, ['--preset', preset]);
  };

  it('joins the legs of a call through a queue, and uses the direction of the first leg', async () => {
    const header = 'Call Time,Call ID,From,To,Direction,Status,Ringing,Talking';
    const { calls, said } = await given('3cx', header, [
      '2026-11-20T09:13:33,101,John (+74950000011),Queue (800),Inbound,Redirected,0:00:05,0:00:00',
      '2026-11-20T09:13:38,101,Queue (800),Ext (101),Internal,Answered,0:00:07,0:02:00',
      '2026-11-20T09:14:38,102,Ext (101),+74950000012,Outbound,Answered,0:00:07,0:02:00',
    ]);
    expect(calls.trimEnd().split('\n').slice(1), said).toEqual([
      ',1795155213,1,+74950000011,120,7,0',
    ]);
    expect(JSON.parse(said)).toMatchObject({
      results: [{ records: { total: 3, written: 1, legs: 1, left_out: { outgoing: 1 } } }],
    });
  });

  it.each([
    'Тип;Статус;Время;Схема;Откуда;Куда;Кто ответил;Продолжительность звонка;Продолжительность разговора;Время ответа;Оценка;ID записи;Метка;ID заказа звонка;;',
    'Тип;Статус;Время;ID схемы звонка;Схема;Исходящая линия;Откуда;Куда;Кто ответил;Длительность звонка;Длительность разговора;Время ответа;Оценка;ID записи;Метка;Теги;Инициатор завершения звонка',
  ])('of Sipuni reads each form of its header: %s', async (header) => {
    const cells: Readonly<Record<string, string>> = {
      Тип: 'Входящий',
      Статус: 'Не отвечен',
      Время: '20.11.2026 10:00:00',
      Откуда: '84950000011',
      Куда: '84950000099',
      'Продолжительность разговора': '0',
      'Длительность разговора': '0',
      'Время ответа': '9',
    };
    const row = header.split(';').map((name) => cells[name] ?? '');
    const { calls, said } = await given('sipuni', header, [row.join(';')]);
    expect(calls.trimEnd().split('\n').slice(1), said).toEqual([
      ',1795158000,1,+74950000011,0,9,1',
    ]);
  });

  it('joins the legs of a bridge by the ids of both legs', async () => {
    const header =
      'start_epoch,direction,billsec,caller_id_number,destination_number,xml_cdr_uuid,bridge_uuid,missed_call';
    const { calls, said } = await given('fusionpbx', header, [
      '1795158000,inbound,50,79123456701,70120000001,x1,b1,false',
      '1795158002,inbound,50,79123456701,101,b1,x1,false',
      '1795158009,inbound,0,79123456702,101,x2,,true',
    ]);
    expect(calls.trimEnd().split('\n'), said).toHaveLength(3);
  });

  it('says that two identifiers of one call differ', async () => {
    const header = 'date;phone;type;duration;billsec;ym_uid;metrika_client_id';
    const { calls, said } = await given('callibri', header, [
      '28.11.2026 10:20;79123456789;calls;20;12;12;345',
      '28.11.2026 10:21;79123456788;calls;20;12;678;678',
    ]);
    expect(calls).toBe('');
    expect(said).toContain('identifiers-differ');
    expect(said).not.toContain('client-id-invalid');
  });

  it('has no waiting time if the talk is longer than the whole call', async () => {
    const header =
      'start_stamp,caller_id_number,destination_number,user_talk_time,duration,accountcode';
    const { calls } = await given('onlinepbx', header, [
      '1795858830,79123456789,101,10,2,inbound',
      '1795858831,79123456788,101,10,12,inbound',
    ]);
    const [names = '', ...rows] = calls.trimEnd().split('\n');
    const at = names.split(',').indexOf('HoldDuration');
    expect(rows.map((line) => line.split(',')[at])).toEqual(['', '2']);
  });

  it('uses the talk time if no word shows the outcome', async () => {
    const header = 'start_time,direction,contact_phone_number,talk_duration,ym_client_id';
    const rows = [
      '2026-11-20 09:12:33,in,+74950000011,0,1',
      '2026-11-20 09:12:34,in,+74950000012,9,2',
    ];
    const { calls } = await given('uis', header, rows);
    expect(
      calls
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',').at(-1)),
    ).toEqual(['CallMissed', '1', '0']);
  });

  it.each(['uis', 'bitrix24', 'sipuni', '3cx', 'onlinepbx'])(
    '%s does not read an empty direction as incoming',
    async (name) => {
      const one = SYSTEMS.find(({ preset }) => preset === name);
      if (one === undefined) throw new Error(name);
      const column = one.worded[0] ?? '';
      const made = await converted(
        one,
        [{ ...one.incoming, [column]: '' }],
        [],
        ['--preset', name],
      );
      expect([made.code, made.calls]).toEqual([3, '']);
      expect(made.said).toContain('value-not-listed');
    },
  );

  it('knows its own words in addition to those of --map-value', async () => {
    const one = SYSTEMS.find(({ preset }) => preset === 'bitrix24');
    if (one === undefined) throw new Error('bitrix24');
    const unknown = { ...one.incoming, CALL_TYPE: '6' };
    const added = await converted(
      one,
      [one.incoming, unknown, one.other],
      ['--map-value', 'CALL_TYPE: 6=in'],
      ['--preset', 'bitrix24'],
    );
    expect(added.code, added.said).toBe(0);
    expect(added.calls.trimEnd().split('\n')).toHaveLength(3);
  });

  it('warns about a caller that is a number of the company', async () => {
    const header = 'calldate,src,dst,duration,billsec,disposition,linkedid,did,cnum,outbound_cnum';
    const { calls, said } = await given('freepbx', header, [
      '2026-11-20 14:00:00,79123456705,102,60,50,ANSWERED,1.5,70120000001,79123456705,',
      '2026-11-20 14:10:00,70120000001,79123456706,60,50,ANSWERED,1.6,,,',
    ]);
    expect(calls.trimEnd().split('\n')).toHaveLength(3);
    expect(said).toContain('company-line');
  });

  it('is not found by a header that several systems may have', () => {
    expect(presetOfHeader(['Дата', 'Телефон', 'Длительность'])).toBeUndefined();
    expect(presetOfHeader(['calldate', 'src', 'dst'])).toBeUndefined();
    const freepbx = ['calldate', 'src', 'dst', 'duration', 'billsec', 'disposition', 'linkedid'];
    expect(presetOfHeader(freepbx)?.name).toBe('freepbx');
  });

  it.each(presets)('%s refuses unknown words', async (preset, one) => {
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
