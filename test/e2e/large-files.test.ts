import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

const HEADER = 'ClientId,DateTime,Tag\n';

interface Validated {
  readonly rows: number;
  readonly validation: {
    readonly errors: number;
    readonly findings: { code: string; line: number; record: number }[];
  };
}

async function validated(content: string): Promise<Validated> {
  const path = writeCalls(temporaryFolder(), 'calls.csv', content);
  const { stdout } = await run(['validate', '--json', path]);
  const [result] = (JSON.parse(stdout) as { results: Validated[] }).results;
  if (result === undefined) throw new Error(stdout);
  return result;
}

describe('a file of many blocks', () => {
  const time = String(recently());
  const good = (at: number, tag: string): string => `${String(at + 1)},${time},${tag}\n`;

  it('has the right counts if lines are longer than one scan', async () => {
    const lengths = [20_000, 70_000, 120_000, 66_000, 5, 300_000];
    const lines = Array.from({ length: 400 }, (_, at) =>
      good(at, 'x'.repeat(lengths[at % lengths.length] ?? 1)),
    );
    lines[300] = `bad,${time},y\n`;
    const { rows, validation } = await validated(HEADER + lines.join(''));
    expect(rows).toBe(400);
    expect(validation.findings).toMatchObject([
      { code: 'client-id-invalid', line: 302, record: 301 },
    ]);
  });

  it('has each finding in its line, with anything between the clean records', async () => {
    const lines = Array.from({ length: 120_000 }, (_, at) =>
      good(at, 'a tag of some fifty bytes so that it is large'),
    );
    lines[70_000] = `70000,${time},"two\nlines"\n`;
    lines[90_000] = `x,${time},bad\n`;
    lines[110_000] = good(500, 'a tag of some fifty bytes so that it is large');
    lines[119_999] = '1.6E+18,1,\n';
    const { rows, validation } = await validated(HEADER + lines.join(''));
    expect(rows).toBe(120_000);
    expect(validation.findings.map(({ code, line, record }) => [code, line, record])).toEqual([
      ['client-id-invalid', 90_003, 90_001],
      ['identifier-scientific', 120_002, 120_000],
      ['record-twice', 110_003, 110_001],
      ['call-too-old', 120_002, 120_000],
    ]);
  });
});

describe('a file whose reading fails', () => {
  it.runIf(process.platform === 'linux')('is reported as unreadable', async () => {
    const good = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '--json', good, '/proc/self/mem']);
    expect(ended.code).toBe(3);
    const { results } = JSON.parse(ended.stdout) as { results: { ok: boolean }[] };
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
  });
});
