import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

const badRows = Array.from(
  { length: 500 },
  (_, at) => `id-7916111${String(2000 + at)},${String(recently())},7`,
);

const badFile = `ClientId,DateTime,Price\n${badRows.join('\n')}\n`;

describe('--format github', () => {
  it('shows ten annotations of each severity, the worst first, and the total', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', badFile);
    const summary = `${folder}/summary.md`;
    const ended = await run(
      ['validate', '--format', 'github', '--max-errors', '600', 'calls.csv'],
      {
        cwd: folder,
        env: { GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: summary },
      },
    );
    expect(ended.code).toBe(3);
    const lines = ended.stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines[1]).toMatch(/^::error file=calls\.csv,line=2,col=1,title=client-id-invalid::/);
    expect(lines.at(-1)).toMatch(
      /^::notice title=metrika-calls::500 errors and 500 warnings in all/,
    );
    expect(ended.stdout).not.toContain('7916111');
    expect(readFileSync(summary, 'utf8')).toContain('| calls.csv | 500 | 500 | 500 | not passed |');
  });

  it('shows the column of the value in its line', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', `ClientId,Tag,DateTime\n5,"a, ""b""",soon\n`);
    const ended = await run(['validate', '--format', 'github', 'calls.csv'], { cwd: folder });
    expect(ended.stdout).toContain('line=2,col=14,title=datetime-invalid');
  });

  it('makes annotations of failures too, and ignores commands in a file', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, '::set-env name=X::y.csv', badFile);
    const upload = await run(
      ['upload', '--format', 'github', '--sandbox', '--', '::set-env name=X::y.csv'],
      { cwd: folder },
    );
    expect(upload.code).toBe(3);
    expect(upload.stdout).toContain('title=validation-failed::');
    expect(upload.stdout + upload.stderr).not.toMatch(/^\s*::set-env/m);
    const usage = await run(['upload', '--format', 'github', 'x.csv']);
    expect(usage.code).toBe(2);
    expect(usage.stdout).toMatch(/^::error title=counter-missing::/);
  });
});
