import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CLIENT_ID, TestUser } from '../support/authority.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, type RunOptions, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const ajv = new Ajv({ allowUnionTypes: true });
const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

function schemaOf(command: string): ReturnType<typeof ajv.compile> {
  const schema = JSON.parse(readFileSync(`schemas/${command}.json`, 'utf8')) as { $id: string };
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
}

async function fits(words: string[], code: number): Promise<void> {
  const ended = await run([...words, '--json'], { env });
  expect(ended.code, ended.stderr).toBe(code);
  const validate = schemaOf(words.find((word) => !word.startsWith('-')) ?? '');
  const fit: unknown = validate(JSON.parse(ended.stdout));
  expect(validate.errors ?? []).toEqual([]);
  expect(fit).toBe(true);
}

describe('the document of --json fits the schema in the package', () => {
  it('for upload', async () => {
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime,Odd\nx,2026-01-01,\n');
    const denying = await TestService.start((_, response) => {
      answerJson(response, 403, errorBody('access_denied', 'no', 403, 'counter'));
    });
    await fits(['upload', '--sandbox', good], 0);
    await fits(['upload', '--sandbox', '--dry-run', good], 0);
    await fits(['upload', '--sandbox', bad, `${folder}/missing`, good], 3);
    await fits(['upload', ...denying.target, good], 4);
    await fits(['upload', good], 2);
    await fits(['upload', '--nonsense', good], 2);
  });

  it('for validate', async () => {
    const folder = temporaryFolder();
    const bad = writeCalls(folder, 'bad.csv', 'clientid;DateTime;Odd\nx;2026-01-01;\n');
    await fits(['validate', writeCalls(folder, 'good.csv', goodCalls(2))], 0);
    await fits(['validate', bad, `${folder}/missing`], 3);
    await fits(['validate', '--max-errors', 'x', bad], 2);
    await fits(['validate'], 2);
  });

  it('for status and list', async () => {
    const service = await TestService.start((request, response) => {
      const uploading = '{"id":9007199254740993,"status":"LINKAGE_FAILURE"}';
      answerJson(
        response,
        200,
        request.path.endsWith('s') ? `{"uploadings":[${uploading}]}` : `{"uploading":${uploading}}`,
      );
    });
    await fits(['status', ...service.target, '9007199254740993'], 7);
    await fits(['list', ...service.target], 0);
    await fits(['status', '1'], 2);
    await fits(['list'], 2);
  });

  it('for convert, inspect and explain', async () => {
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime,Odd\nx,2026-01-01,1\n');
    await fits(['convert', good, '-o', `${folder}/out.csv`], 0);
    await fits(['convert', bad, '-o', `${folder}/out.csv`], 3);
    await fits(['convert', `${folder}/missing`, '-o', `${folder}/out.csv`], 3);
    await fits(['convert', good], 2);
    await fits(['inspect', good], 0);
    await fits(['inspect', `${folder}/missing`], 3);
    await fits(['explain'], 0);
    await fits(['explain', 'nul-byte'], 0);
    await fits(['explain', 'nothing'], 2);
  });

  it('for login, whoami and logout', async () => {
    const user = await TestUser.withAuthority();
    const fits = async (words: string[], code: number, options: RunOptions = {}): Promise<void> => {
      const ended = await user.run([...words, '--json'], options);
      expect(ended.code, ended.stderr).toBe(code);
      const validate = schemaOf(words[0] ?? '');
      const fit: unknown = validate(JSON.parse(ended.stdout));
      expect(validate.errors ?? []).toEqual([]);
      expect(fit).toBe(true);
    };
    await fits(['login'], 2);
    await fits(['login', '--client-id', CLIENT_ID], 0);
    await fits(['login', '--code', user.authority.open(await user.begin())], 0);
    await fits(['whoami'], 0);
    await fits(['whoami'], 4, { env: { METRIKA_TOKEN: 'y0_of_nobody_at_all' } });
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 503, '{}');
    });
    const { access } = user.authority.newToken();
    const words = ['login', '--with-token', '--retries', '0'];
    await fits(words, 6, { input: access });
    await fits(['login', '--sandbox'], 0);
    await fits(['logout'], 0);
    await fits(['whoami'], 4);
  });

  it('even without a command', async () => {
    const ended = await run(['--json']);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { exit_code: 2 } });
  });
});
