import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('standard output and standard error', () => {
  it('have separate contents: a successful validate writes nothing to standard error', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', path]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('2 calls, no errors, no warnings');
  });

  it('are empty with -q after a success, and not after a failure', async () => {
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n');
    expect(await run(['validate', '-q', good])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await run(['upload', '-q', '--sandbox', good])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect((await run(['validate', '-q', bad])).stdout).toContain('client-id-invalid');
    expect((await run(['upload', '-q', '--sandbox', bad])).stderr).toContain('client-id-invalid');
  });

  it('show findings: standard output those of validate, standard error those of upload', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime,Odd\n5,${String(recently())},x\n`,
    );
    const validate = await run(['validate', path]);
    expect(validate).toMatchObject({ code: 0, stderr: '' });
    expect(validate.stdout).toContain('column-unknown');
    const upload = await run(['upload', '--sandbox', path]);
    expect(upload.code).toBe(0);
    expect(upload.stdout).not.toContain('column-unknown');
    expect(upload.stderr).toContain('column-unknown');
    expect((await run(['validate', '--strict', path])).code).toBe(3);
    const strict = await run(['upload', '--strict', '--sandbox', path]);
    expect(strict.code).toBe(3);
    expect(strict.stderr).toContain('--strict');
  });
});

describe('styled text', () => {
  it('has no colours in a pipe, unless they are forced', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    expect((await run(['validate', path])).stdout).not.toContain('\u001b');
    expect((await run(['validate', path], { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001b[32m',
    );
    expect(
      (await run(['validate', '--no-color', path], { env: { FORCE_COLOR: '1' } })).stdout,
    ).not.toContain('\u001b');
  });

  it('is ASCII if the locale requires it', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime,PhoneNumber\nabcdefghijkl,1,89161234567\n',
    );
    const ended = await run(['validate', path], { env: { LC_ALL: 'C' } });
    expect(ended.stdout).toMatch(/^[\0-\x7f]*$/);
    expect(ended.stdout).toContain('8916******7');
  });
});

describe('-q', () => {
  it('prints nothing for a successful command', async () => {
    expect(await run(['list', '-q', '--sandbox'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('blank lines between calls', () => {
  it('are listed one by one', async () => {
    const when = String(recently());
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime\n1,${when}\n\n\n2,${when}\n`,
    );
    const { stdout } = await run(['validate', path]);
    expect(stdout).toMatch(/\[\S+\] +2 lines$/m);
    expect(stdout).toContain('lines 3, 4\n');
  });
});
