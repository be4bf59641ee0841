import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeepingService } from '../support/keeping-service.ts';
import { BIN } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson } from '../support/test-service.ts';
import { calls, now } from '../support/upload-here.ts';

// These tests reproduce failures of networks and proxies. A fake clock makes the pauses take no
// time.

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('a command for the next step', () => {
  /**
   * Finds a command at the end of a line of `stderr`. Runs this command in a shell, as if a user
   * had pasted it there.
   */
  async function pasted(
    stderr: string,
    token: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; line: string }> {
    const line = /metrika-calls (?:list|status) [^\n]*$/m.exec(stderr)?.[0] ?? '';
    const script = `metrika-calls() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`;
    const environment = { PATH: process.env['PATH'] ?? '', ...token };
    const shell = spawn('bash', ['-c', script], { env: environment, stdio: 'ignore' });
    const [code] = (await once(shell, 'exit')) as [number | null];
    return { code, line };
  }

  it.each(['options', 'variables', 'a token file', 'a token file in a variable'])(
    'works if a user pastes it, with settings from %s',
    async (way) => {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'POST') answerJson(visit.response, 303, '{}');
        else visit.usual();
      });
      const file = join(temporaryFolder(), "it's a token");
      writeFileSync(file, env.METRIKA_TOKEN, { mode: 0o600 });
      const { url } = service.service;
      const ways: Readonly<Record<string, readonly [string[], Record<string, string>]>> = {
        options: [[...service.target, '--token', env.METRIKA_TOKEN], {}],
        variables: [[], { ...env, METRIKA_COUNTER: '2215573', METRIKA_API_URL: url }],
        'a token file': [[...service.target, '--token-file', file], {}],
        'a token file in a variable': [service.target, { METRIKA_TOKEN_FILE: file }],
      };
      const [words, variables] = ways[way] ?? [[], {}];
      const { code, stderr } = await runHere(['upload', ...words, calls()], {
        env: variables,
        clock: now(),
      });
      expect(code).toBe(8);
      const asked = service.service.requests.length;
      const hasFile = way.startsWith('a token file');
      expect(stderr.includes('METRIKA_TOKEN must hold the token')).toBe(!hasFile);
      const { code: ended, line } = await pasted(stderr, hasFile ? {} : env);
      expect(line).toContain('--counter 2215573');
      expect(line).not.toContain(env.METRIKA_TOKEN);
      expect(ended).toBe(0);
      expect(service.service.requests.length).toBeGreaterThan(asked);
    },
  );
});
