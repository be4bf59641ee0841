import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, start } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

describe('the sandbox command', () => {
  it('prints its address, accepts uploads, and ends after Ctrl-C', async () => {
    const words = ['sandbox', '--port', '0', '--json', '--stage-time', '5ms'];
    const { child, ended } = start(words);
    const url = await new Promise<string>((resolve) => {
      child.stdout?.once('data', (chunk: Buffer) => {
        resolve((JSON.parse(chunk.toString()) as { address: string }).address);
      });
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const target = ['--api-url', url, '--token', 'any-token', '-c', '7'];
    const waiting = ['--wait', '--poll-interval', '10ms'];
    const upload = await run(['upload', ...waiting, '--json', ...target, path]);
    expect(upload.code, upload.stderr).toBe(0);
    expect(upload.stdout).toContain('"status": "PROCESSED"');
    const list = await run(['list', '--json', ...target]);
    const { uploadings } = JSON.parse(list.stdout) as { uploadings: unknown[] };
    expect(uploadings).toHaveLength(1);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });
});
