import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('inspect', () => {
  it('shows one screen, and all of it as JSON', async () => {
    const folder = temporaryFolder();
    const rows = Array.from(
      { length: 100 },
      (_, at) =>
        `${String(1000 + at)},${String(1_794_787_200 + at * 3600)},${at % 10 === 0 ? '1' : '0'},${at % 4 === 0 ? '1' : '0'},${String(at)},${at % 2 === 0 ? '10.50,RUB' : ','},a tag that is long ${String(at % 7)}`,
    );
    const path = writeCalls(
      folder,
      'calls.csv',
      `ClientId,DateTime,StaticCall,CallMissed,TalkDuration,Price,Currency,Tag\n${rows.join('\n')}\n${rows[0] ?? ''}\n`,
    );
    const text = await run(['inspect', '--timezone', 'Europe/Moscow', path]);
    expect(text.code, text.stderr).toBe(0);
    for (const line of text.stdout.split('\n').slice(1))
      expect([...line].length).toBeLessThanOrEqual(80);
    expect(text.stdout).toContain('2026-11-16 03:00 to 2026-11-20 06:00');
    const question = 'of the calls between 00 and 06: is the time zone right?';
    expect(text.stdout).toContain(question);
    const noon = `ClientId,DateTime\n${'1,1794819600\n'.repeat(20)}`;
    const atNoon = await run(['inspect', writeCalls(folder, 'noon.csv', noon)]);
    expect(atNoon.stdout).toMatch(/at night +0% of the calls between 00 and 06\n/);
    const json = await run(['inspect', '--timezone', 'Europe/Moscow', '--json', path]);
    const document = JSON.parse(json.stdout) as Record<string, unknown>;
    expect(document).toMatchObject({
      ok: true,
      rows: 101,
      identifiers: { ClientId: 101, UserId: 0, Yclid: 0 },
      static: 11,
      dynamic: 90,
      missed: 26,
      twins: 1,
      talk_seconds: { count: 75, median: 50, ninetieth: 90, longest: 99 },
      prices: { RUB: { count: 51, sum: 535.5 } },
    });
    expect((document['calls_by_day'] as Record<string, number>)['2026-11-16']).toBe(22);
    expect((document['calls_by_hour'] as number[])[3]).toBe(6);
    const ascii = await run(['inspect', path], { env: { LC_ALL: 'C' } });
    expect(ascii.stdout).toMatch(/^[\0-\x7f]*$/);
  });

  it('says so of a file that holds no calls', async () => {
    const path = writeCalls(temporaryFolder(), 'x.csv', 'a,b\n1,2\n');
    const ended = await run(['inspect', '--json', path]);
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code: 'not-calls' } });
    expect((await run(['inspect', '/nowhere.csv'])).code).toBe(3);
  });
});
