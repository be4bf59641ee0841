import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';
import { calls, now } from '../support/upload-here.ts';

const TOKEN = 'y0_some_token_0123456789';

describe('hints', () => {
  it('have commands that work, with the token file and the trusted host', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":5,"status":"UPLOADED"}}');
    });
    const folder = temporaryFolder();
    const file = writeCalls(folder, "the token's file", TOKEN);
    const waiting = ['--wait', '--wait-timeout', '2m', '--poll-interval', '1m'];
    const words = ['status', ...waiting, ...service.target, '--token-file', file, '5'];
    const ended = await run(words, { clock: now() });
    expect(ended.code).toBe(7);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(
      `--token-file "${folder}/the token's file" --wait 5`,
    );
    expect(readFileSync(file, 'utf8')).toBe(TOKEN);
  });
});

describe('a command for the next step', () => {
  it('is not printed if there is no next step', async () => {
    const { stdout, stderr } = await runHere(['upload', '--sandbox', calls()], { clock: now() });
    expect(stdout + stderr).not.toMatch(/metrika-calls (?:list|status)/);
  });
});
