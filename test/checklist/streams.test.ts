import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { BIN, run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { HAS_TERMINAL, onTerminal } from '../support/terminal.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const onLinux = HAS_TERMINAL ? it : it.skip;
const ESCAPE = '\u001b';

function files(): { folder: string; good: string; bad: string } {
  const folder = temporaryFolder();
  const good = writeCalls(folder, 'good.csv', goodCalls(3));
  return { folder, good, bad: writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n') };
}

describe.each(['en', 'ru'])('the two streams in %s', (METRIKA_LANG) => {
  const env = { METRIKA_LANG };

  it('12 keep results and the rest apart', async () => {
    const { good } = files();
    const ended = await run(['validate', good], { env });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('good.csv');
  });

  it('13 hold one document under --json, whatever happens', async () => {
    const { good, bad } = files();
    const ajv = new Ajv({ allowUnionTypes: true });
    const schema = (name: string) =>
      ajv.compile(
        JSON.parse(
          readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8'),
        ) as object,
      );
    const validate = schema('validate');
    for (const words of [
      ['validate', good],
      ['validate', bad],
      ['validate', good, bad],
      ['validate', '--formt', good],
      ['validate', 'missing.csv'],
      ['validate'],
    ]) {
      const { stdout } = await run(['--json', ...words], { env });
      const document: unknown = JSON.parse(stdout);
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it('20 are empty on success with -q, and not with errors', async () => {
    const { good, bad } = files();
    expect(await run(['validate', '-q', good], { env })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const ended = await run(['validate', '-q', bad], { env });
    expect(ended.code).toBe(3);
    expect(ended.stdout + ended.stderr).toContain('[client-id-invalid]');
  });

  it('21 show each request with -v, and no token', async () => {
    const service = await TestService.start((_, response) => {
      response.setHeader('x-request-id', 'abc-1');
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const { good } = files();
    const token = 'y0_AgAAAAA_secret_token_12345';
    const { stdout, stderr } = await run(['upload', '-v', ...service.target, good], {
      env: { ...env, METRIKA_TOKEN: token },
    });
    expect(stderr).toMatch(/POST http:\S+upload_calls\S*: HTTP 200 .*\d+.*abc-1/);
    expect(stdout + stderr).not.toContain(token);
  });

  it('23 are ASCII with LC_ALL=C where the words are', async () => {
    const { good, bad } = files();
    const ended = await run(['validate', good, bad], { env: { METRIKA_LANG, LC_ALL: 'C' } });
    const decorations = (ended.stdout + ended.stderr).replaceAll(/[а-яё«»—]/gi, '');

    expect(decorations).toMatch(/^[\0-\x7f]*$/);
  });

  onLinux('14, 15 have colour where it is seen and wanted, each stream by itself', () => {
    const { good } = files();
    const shown = (more: Record<string, string>, ...words: string[]): string =>
      onTerminal([...words, 'upload', '--sandbox', good], { ...env, ...more });
    expect(shown({})).toContain(`${ESCAPE}[`);
    expect(shown({ NO_COLOR: '' })).toContain(`${ESCAPE}[`);
    for (const text of [
      shown({ NO_COLOR: '1' }),
      shown({ TERM: 'dumb' }),
      shown({}, '--no-color'),
    ]) {
      expect(text).not.toContain(ESCAPE);
    }
  });

  onLinux('16 stay short on a terminal of no columns', () => {
    const { good } = files();
    const words = ['upload', '--sandbox', '--wait', good];
    expect(onTerminal(words, env, { columns: 0 }).length).toBeLessThan(20_000);
  });

  onLinux('17 draw nothing over with CI=1', () => {
    const { good } = files();
    const words = ['upload', '--sandbox', '--wait', good];
    const shown = onTerminal(words, { ...env, CI: '1', NO_COLOR: '1' });
    expect(shown.replaceAll('\r\n', '\n')).not.toMatch(/[\r\u001b]/);
  });
});

describe('a pipe', () => {
  it('14, 15 has colour only when it is forced', async () => {
    const { good } = files();
    expect((await run(['validate', good])).stdout).not.toContain(ESCAPE);
    const forced = await run(['validate', good], { env: { FORCE_COLOR: '1' } });
    expect(forced.stdout).toContain(ESCAPE);
  });

  it('18 that is closed early leaves no trace', async () => {
    const { folder } = files();
    const many = Array.from({ length: 40 }, (_, at) =>
      writeCalls(folder, `${String(at)}.csv`, goodCalls(1)),
    );
    const child = spawn(process.execPath, [BIN, 'validate', ...many], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (piece: Buffer) => errors.push(piece));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect([0, 141]).toContain(code);
    expect(Buffer.concat(errors).toString()).not.toMatch(/at .*\.[cj]s|EPIPE/);
  });

  it('19 that is a full disk is told, and is no success', async () => {
    if (!existsSync('/dev/full')) return;
    const { good } = files();
    const child = spawn(process.execPath, [BIN, 'validate', good], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr?.on('data', (piece: Buffer) => errors.push(piece));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).not.toBe(0);
    expect(Buffer.concat(errors).toString()).toContain('no space left on device');
  });
});

describe('text from outside', () => {
  it('22 shows its escape sequences as ^[', async () => {
    const folder = temporaryFolder();
    const service = await TestService.start((_, response) => {
      answerJson(response, 403, `{"errors":[{"message":"\\u001b[31mred"}],"message":"x"}`);
    });
    const path = writeCalls(
      folder,
      `a${ESCAPE}[31m.csv`,
      `Client${ESCAPE}[31mId,DateTime\n${ESCAPE}[31m,1\n`,
    );
    const good = writeCalls(folder, 'good.csv', goodCalls(1));
    const env = { METRIKA_TOKEN: 'some-token-123' };
    for (const ended of [
      await runHere(['validate', path]),
      await runHere(['upload', ...service.target, good], { env, clock: new FakeClock(Date.now()) }),
    ]) {
      expect(ended.stdout + ended.stderr).toContain('^[[31m');
      expect(ended.stdout + ended.stderr).not.toContain(ESCAPE);
    }
  });
});

describe('a terminal', () => {
  onLinux('24 has its cursor back after a kill', async () => {
    const { good } = files();
    const service = await TestService.start(() => undefined);
    const line = `stty cols 80; timeout -s TERM 1 '${process.execPath}' '${BIN}' ${['upload', ...service.target, good].join(' ')}`;
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', METRIKA_TOKEN: 'some-token-123' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const seen: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => seen.push(piece));
    await once(child, 'close');
    const shown = Buffer.concat(seen).toString();
    expect(shown).toContain(`${ESCAPE}[?25l`);
    expect(shown.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
      shown.lastIndexOf(`${ESCAPE}[?25l`),
    );
  });
});
