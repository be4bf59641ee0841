import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('inspect', () => {
  it('shows one screen, and all its numbers in JSON', async () => {
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
    const question = 'is the time zone right?';
    // The calls are spread equally over all hours, so the time zone is not in doubt.
    expect(text.stdout).not.toContain(question);
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

  it('questions the time zone only if there are many calls, and some hours have no calls', async () => {
    const at = (hour: number, calls: number): string =>
      `1,${String(1_794_787_200 + hour * 3600)}\n`.repeat(calls);
    const asks = async (...rows: string[]): Promise<boolean> => {
      const content = `ClientId,DateTime\n${rows.join('')}`;
      const path = writeCalls(temporaryFolder(), 'calls.csv', content);
      const { stdout } = await run(['inspect', '--timezone', 'UTC', path]);
      return stdout.includes('is the time zone right?');
    };
    expect(await asks(at(2, 49))).toBe(false);
    expect(await asks(at(2, 50))).toBe(true);
    expect(await asks(at(2, 10), at(12, 40))).toBe(false);
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    expect(await asks(...hours.map((hour) => at(hour, 10)))).toBe(false);
  });

  it('counts the errors that validate finds, and the values that cannot be read', async () => {
    const files = readdirSync('fixtures/mistakes').filter((name) => name.endsWith('.csv'));
    let compared = 0;
    for (const name of files) {
      const path = `fixtures/mistakes/${name}`;
      const inspected = await run(['inspect', '--json', path]);
      if (inspected.code !== 0) continue;
      const { errors } = JSON.parse(inspected.stdout) as { errors: number };
      const { results } = JSON.parse((await run(['validate', '--json', path])).stdout) as {
        results: [{ validation: { errors: number } }];
      };
      expect([name, errors]).toEqual([name, results[0].validation.errors]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(30);
    const rows = ['1,1794787200,+70123456789,5', '2,soon,8 916,x', '3,,,5', '4,soon,,5'];
    const content = `ClientId,DateTime,PhoneNumber,TalkDuration\n${rows.join('\n')}\n`;
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);
    const document: unknown = JSON.parse((await run(['inspect', '--json', path])).stdout);
    expect(document).toMatchObject({
      errors: 5,
      unreadable: { DateTime: 2, PhoneNumber: 1, TalkDuration: 1 },
      without_time: 3,
      talk_seconds: { count: 3 },
    });
    const { stdout } = await run(['inspect', path]);
    expect(stdout).toContain('5, which validate lists');
    expect(stdout).toContain('2 DateTime, 1 PhoneNumber, 1 TalkDuration');
  });

  it('counts the errors of an export', async () => {
    const folder = temporaryFolder();
    const rows = ['20.11.2026 09:12:33;1', 'soon;2', '20.11.2026 09:12:34;x'];
    writeCalls(folder, 'export.csv', `Дата;ID\n${rows.join('\n')}\n`);
    const columns = { Дата: 'DateTime', ID: 'ClientId' };
    const recipe = JSON.stringify({ columns, timezone: 'Europe/Moscow' });
    writeCalls(folder, 'recipe.json', recipe);
    const words = ['inspect', '--json', '--mapping', 'recipe.json', 'export.csv'];
    const { stdout, stderr } = await run(words, { cwd: folder });
    expect(JSON.parse(stdout), stderr).toMatchObject({
      rows: 1,
      errors: 2,
      unreadable: { DateTime: 1, ClientId: 1 },
    });
  });

  it('reports a file without calls', async () => {
    const path = writeCalls(temporaryFolder(), 'x.csv', 'a,b\n1,2\n');
    const ended = await run(['inspect', '--json', path]);
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code: 'not-calls' } });
    expect((await run(['inspect', '/nowhere.csv'])).code).toBe(3);
  });
});
