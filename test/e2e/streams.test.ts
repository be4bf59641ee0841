import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { BIN, run, start, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const onLinux = it.runIf(process.platform === 'linux');

/** Runs the command on a terminal of its own and gives all that the terminal was sent. */
function onTerminal(args: readonly string[], env: Record<string, string>, columns = 80): string {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const ended = spawnSync(
    'script',
    ['-qec', `stty cols ${String(columns)}; ${words}`, '/dev/null'],
    {
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
      encoding: 'utf8',
    },
  );
  return ended.stdout;
}

describe('standard output and standard error', () => {
  it('a good validate leaves standard error empty', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', path]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('2 calls, no errors, no warnings');
  });

  it('quiet is silent on success and not on failure', async () => {
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

  it('findings are the result of validate, and beside the result of upload', async () => {
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

  onLinux('a reader that goes away is no trouble', () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime\nx,1\n'.padEnd(9000, 'y,1\n'),
    );
    const words = `'${process.execPath}' '${BIN}' validate --max-errors 100000 '${path}' | head -1; echo "code \${PIPESTATUS[0]}"`;
    const ended = spawnSync('bash', ['-c', words], { encoding: 'utf8' });
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toMatch(/code (0|3|141)\n$/);
  });

  onLinux('a full disk under standard output is told', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' validate '${path}' >/dev/full`],
      {
        encoding: 'utf8',
      },
    );
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toContain('no space left on device');
    const many = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(60_000));
    const converted = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' convert '${many}' >/dev/full`],
      { encoding: 'utf8' },
    );
    expect(converted.status).not.toBe(0);
    expect(converted.stderr).toContain('no space left on device');
    expect(converted.stderr).not.toContain('Warning');
  });

  onLinux('what was sent is said when the result is lost with a full disk', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' upload --sandbox '${path}' >/dev/full`],
      { encoding: 'utf8' },
    );
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toMatch(/calls\.csv WAS sent, as upload \d+\./);
  });

  onLinux('a closed standard error is no trouble', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' upload --sandbox '${path}' 2>&-`],
      {
        encoding: 'utf8',
      },
    );
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/status +PREPARED/);
  });

  it('what comes from elsewhere cannot steer the terminal', async () => {
    const evil = '\u001b]0;title\u0007\u001b[2J::error::x';
    const folder = temporaryFolder();
    const path = writeCalls(
      folder,
      'a\u001b[31mb.csv',
      `ClientId,DateTime,${evil}\n5,${String(recently())},x,${evil}\n`,
    );
    const ended = await run(['validate', path]);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
    expect(ended.stdout).toContain('a^[[31mb.csv');
    const service = await TestService.start((_, response) => {
      answerJson(response, 400, JSON.stringify({ errors: [{ error_type: 'x', message: evil }] }));
    });
    const good = writeCalls(folder, 'calls.csv', goodCalls(2));
    const upload = await run(['upload', ...service.target, '--token', 'some-token', good]);
    expect(upload.stderr).not.toContain('\u001b');
    expect(upload.stderr).toContain('^[]0;title');
  });
});

describe('looks', () => {
  it('have no colour in a pipe, unless it is forced', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    expect((await run(['validate', path])).stdout).not.toContain('\u001b');
    expect((await run(['validate', path], { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001b[32m',
    );
    expect(
      (await run(['validate', '--no-color', path], { env: { FORCE_COLOR: '1' } })).stdout,
    ).not.toContain('\u001b');
  });

  it('are ASCII where the locale asks for it', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime,PhoneNumber\nabcdefghijkl,1,89161234567\n',
    );
    const ended = await run(['validate', path], { env: { LC_ALL: 'C' } });
    expect(ended.stdout).toMatch(/^[\0-\x7f]*$/);
    expect(ended.stdout).toContain('8916******7');
  });

  onLinux('spin on a terminal and give the cursor back', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const seen = onTerminal(['upload', '--sandbox', '--wait', path], {});
    expect(seen).toContain('\u001b[?25l');
    expect(seen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(seen.lastIndexOf('\u001b[?25l'));
    expect(seen).toContain('PROCESSED');
  });

  onLinux('give the cursor back also when the run is ended from outside', async () => {
    // The service belongs to this process, which waits for the run: it takes the connection and is silent.
    const service = await TestService.start(() => undefined);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, path].map((word) => `'${word}'`).join(' ');
    const line = `stty cols 80; timeout -s TERM 1 '${process.execPath}' '${BIN}' ${words}`;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', METRIKA_TOKEN: 'some-token-123' },
      encoding: 'utf8',
    });
    expect(stdout).toContain('\u001b[?25l');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
    expect(stdout).toContain('Interrupted');
  });

  onLinux('have no escape at all on a terminal that wants none', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const args = ['upload', '--sandbox', '--wait', path];
    expect(onTerminal(args, { TERM: 'dumb' })).not.toContain('\u001b');
    expect(onTerminal(['--no-color', ...args], {})).not.toContain('\u001b');
    const inCi = onTerminal(args, { CI: '1', NO_COLOR: '1' });
    expect(inCi.replaceAll('\r\n', '\n')).not.toMatch(/[\r\u001b]/);
    expect(onTerminal(args, { NO_COLOR: '' })).toContain('\u001b');
  });

  onLinux('stay short on a terminal of no columns', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    expect(onTerminal(['upload', '--sandbox', '--wait', path], {}, 0).length).toBeLessThan(20_000);
  });
});

describe('a signal', () => {
  it('while sending says what left, and leaves no temporary file', async () => {
    const service = await TestService.start(() => undefined);
    const arrived = new Promise<void>((resolve) => {
      service.onHead = () => {
        resolve();
        return true;
      };
    });
    const before = leftovers();
    const { child, ended } = start(['upload', ...service.target, '-'], {
      env: { METRIKA_TOKEN: 'some-token-123' },
      input: goodCalls(400_000),
    });
    await arrived;
    const sent = process.hrtime.bigint();
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(Number(process.hrtime.bigint() - sent) / 1e6).toBeLessThan(1000);
    expect(code).toBe(130);
    expect(stderr).toMatch(/Interrupted\. [\d.]+ (?:\w+ )?of [\d.]+ \w+ had been sent/);
    expect(stderr).toContain('metrika-calls list --counter 2215573');
    expect(leftovers()).toEqual(before);
  });

  it('that comes twice at once, as from a program in between, is one', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":77,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const { child, ended } = start(['upload', '--wait', ...service.target, path], {
      env: { METRIKA_TOKEN: 'some-token-123' },
    });
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('uploaded as 77')) resolve();
      });
    });
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('--wait 77');
  });

  it('while waiting says the status and how to go on', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":77,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const { child, ended } = start(['upload', '--wait', '--json', ...service.target, path], {
      env: { METRIKA_TOKEN: 'some-token-123' },
    });
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('uploaded as 77')) resolve();
      });
    });
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const [result] = (JSON.parse(stdout) as { results: { error: { hint: string } }[] }).results;
    expect(result?.error.hint).toContain('--wait 77');
  });
});

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^metrika-calls-[0-9a-f-]{36}/.test(name));
}

describe('on a terminal of 80 columns', () => {
  onLinux('no line is longer', () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId;DateTime;PhoneNumber;Odd\n1.6E+18;18.11.2026 10:00;8 (912) 345-67-01;x\n\n2;1;;\n',
    );
    for (const words of [['validate'], ['upload', '--sandbox'], ['upload']]) {
      const seen = onTerminal([...words, '--no-color', path], { NO_COLOR: '1' });
      for (const line of seen.replaceAll(path, 'calls.csv').split(/\r?\n/))
        expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});

describe('quiet', () => {
  it('is quiet for every command that succeeds', async () => {
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

describe('a request id', () => {
  it('of the sandbox is shown as it is', async () => {
    const { stdout } = await run(['status', '--sandbox', '--json', '5']);
    expect(stdout).toContain('"request_id": "sandbox-1"');
  });
});

describe('special files', () => {
  onLinux('get a sentence each', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [`${folder}/pipe`]);
    const closed = writeCalls(folder, 'closed.csv', goodCalls(1));
    execFileSync('chmod', ['000', closed]);
    const codes: Record<string, string> = {
      [`${folder}/pipe`]: 'file-not-regular',
      [folder]: 'file-is-directory',
      [`${folder}/nothing.csv`]: 'file-not-found',
    };
    // The superuser may read every file.
    if (process.getuid?.() !== 0) codes[closed] = 'file-unreadable';
    for (const [path, code] of Object.entries(codes)) {
      const ended = await run(['validate', path]);
      expect(ended.code).toBe(3);
      expect(ended.stdout).toContain(code);
    }
  });
});
