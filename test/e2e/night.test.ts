/** Before a run sends a file with many calls at night, it reports these calls. */
import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { NIGHT_RECIPE, nightFile, sixty } from '../support/night.ts';
import { run, temporaryFolder } from '../support/run.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Document {
  readonly results: readonly {
    readonly outcome: string;
    readonly validation: { readonly findings: readonly { readonly code: string }[] };
  }[];
}

describe('a file with many calls at night', () => {
  it('is reported with a code and the numbers before it is sent, and is sent', async () => {
    const service = await KeepingService.start();
    const { path, mapping } = nightFile(sixty(20));
    const words = ['upload', ...service.target, '--mapping', mapping, path];
    const ended = await run(words, { env });
    expect([ended.code, service.posts()]).toEqual([0, 1]);
    expect(ended.stderr.match(/calls-at-night/g)).toHaveLength(1);
    expect(ended.stderr).toContain('20 of 60 calls are between 00:00 and 06:00 in Europe/Moscow.');
    expect(ended.stderr.indexOf('calls-at-night')).toBeLessThan(ended.stderr.indexOf('sending'));
    const russian = await run([...words, '--again', '--lang', 'ru'], { env });
    expect(russian.stderr).toContain('Между 00:00 и 06:00 (Europe/Moscow) — 20 из 60 звонков.');
  });

  it('causes no warning, even with --strict, but a finding for programs', async () => {
    const service = await KeepingService.start();
    const { path, mapping } = nightFile(sixty(20));
    const words = ['upload', '--json', ...service.target, '--mapping', mapping, path];
    const ended = await run([...words, '--strict'], { env });
    const { results } = JSON.parse(ended.stdout) as Document;
    const codes = results[0]?.validation.findings.map(({ code }) => code);
    expect([ended.code, codes?.includes('calls-at-night')]).toEqual([0, true]);
    const quiet = await run([...words.filter((word) => word !== '--json'), '-q', '--again'], {
      env,
    });
    expect([quiet.code, quiet.stderr]).toEqual([0, '']);
  });

  it.each([
    ['only a fifth of its calls at night', sixty(12), {}],
    ['fewer than 50 calls', sixty(60).slice(0, 49), {}],
    ['calls at all hours alike', Array.from({ length: 96 }, (_, at) => at % 24), {}],
    ['a time zone that nobody has named', sixty(20), { timezone: undefined }],
  ])('is not reported if it has %s', async (_, hours, more) => {
    const service = await KeepingService.start();
    const { path, mapping } = nightFile(hours, {
      ...NIGHT_RECIPE,
      timezone: 'Europe/Moscow',
      ...more,
    });
    const words = ['upload', '--json', ...service.target, '--mapping', mapping, path];
    const { stdout, stderr } = await run(words, { env });
    expect(stdout + stderr).not.toContain('calls-at-night');
  });

  it('that is no export is reported if --timezone says where its calls were made', async () => {
    const service = await KeepingService.start();
    const { path, mapping } = nightFile(sixty(20));
    const out = `${path}.calls.csv`;
    expect((await run(['convert', path, '--mapping', mapping, '-o', out], { env })).code).toBe(0);
    // The note is in the list even if the list has room for only one finding.
    const words = ['upload', '--json', '--max-errors', '1', ...service.target];
    const moscow = await run([...words, '--timezone', 'Europe/Moscow', out], { env });
    expect(moscow.stdout).toContain('calls-at-night');
    // Another library agrees on the hours.
    const times = readFileSync(out, 'utf8').match(/\b\d{10}\b/g) ?? [];
    const night = times.filter(
      (time) => DateTime.fromSeconds(Number(time), { zone: 'Europe/Moscow' }).hour < 6,
    );
    expect(night).toHaveLength(20);
    // Clocks in Vladivostok are seven hours ahead. So the calls at night in Moscow are not
    // at night there, and too few other calls are at night for the note.
    const east = await run([...words, '--again', '--timezone', 'Asia/Vladivostok', out], { env });
    expect(east.stdout.includes('calls-at-night')).toBe(
      times.filter(
        (time) => DateTime.fromSeconds(Number(time), { zone: 'Asia/Vladivostok' }).hour < 6,
      ).length > 12,
    );
    // A file that may not be changed has hours too.
    const unchanged = ['--no-convert', '--timezone', 'Europe/Moscow'];
    const exact = await run([...words, '--again', ...unchanged, out], { env });
    expect([exact.code, exact.stdout.includes('calls-at-night')]).toEqual([0, true]);
    const unknown = await run([...words, '--again', out], { env });
    expect(unknown.stdout).not.toContain('calls-at-night');
  });
});

describe('a file of calls without errors', () => {
  it.each([
    ['with spaces around values', 'ClientId,DateTime,Tag\n1,1795899964, a \n'],
    ['with quotes and another order', 'Tag,DateTime,ClientId\n"a",1795899964,"1"\n'],
    ['with semicolons', 'ClientId;DateTime\n1;1795899964\n'],
  ])('is sent with --timezone as it is: %s', async (_, text) => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', text);
    const words = ['upload', ...service.target, path];
    const first = await run(words, { env });
    expect([first.code, service.posts()], first.stderr).toEqual([0, 1]);
    const again = await run([...words, '--timezone', 'Europe/Moscow'], { env });
    expect([again.code, service.posts()], again.stderr).toEqual([0, 1]);
    expect(again.stderr).toContain('already uploaded as');
  });
});

describe('explain sent-wrong', () => {
  it.each([
    [
      'en',
      [/cannot|no method that deletes/, /not known/, /wrong time zone/i, /one corrected call/],
    ],
    ['ru', [/нет метода/, /неизвестно/, /часовой пояс/, /одним исправленным звонком/]],
  ])('says what is known, what is not, and what to do (%s)', async (lang, texts) => {
    const { code, stdout } = await run(['explain', 'sent-wrong', '--lang', lang]);
    expect(code).toBe(0);
    for (const text of texts) expect(stdout.replaceAll('\n', ' ')).toMatch(text);
    const list = await run(['explain', '--lang', lang]);
    expect(list.stdout).toContain('sent-wrong');
  });
});
