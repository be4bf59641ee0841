import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';

function files(): { folder: string; good: string; bad: string } {
  const folder = temporaryFolder();
  const good = writeCalls(folder, 'good.csv', goodCalls(3));
  return { folder, good, bad: writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n') };
}

const ESCAPE = '\u001b';

describe.each(['en', 'ru'])('the two streams in %s', (METRIKA_LANG) => {
  const env = { METRIKA_LANG };

  it('separate results from all other text', async () => {
    const { good } = files();
    const ended = await run(['validate', good], { env });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('good.csv');
  });

  it('have exactly one document with --json, however the run ends', async () => {
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

  it('are empty with -q after a success, and not empty after an error', async () => {
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

  it('show each request with -v, but no token', async () => {
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

  it('are ASCII with LC_ALL=C, except for words that are not ASCII', async () => {
    const { good, bad } = files();
    const ended = await run(['validate', good, bad], { env: { METRIKA_LANG, LC_ALL: 'C' } });
    const decorations = (ended.stdout + ended.stderr).replaceAll(/[а-яё«»—]/gi, '');

    expect(decorations).toMatch(/^[\0-\x7f]*$/);
  });
});

describe('a pipe', () => {
  it('gets colours only if they are forced', async () => {
    const { good } = files();
    expect((await run(['validate', good])).stdout).not.toContain(ESCAPE);
    const forced = await run(['validate', good], { env: { FORCE_COLOR: '1' } });
    expect(forced.stdout).toContain(ESCAPE);
  });
});

describe('text from outside', () => {
  it('has visible escape sequences, as ^[', async () => {
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
