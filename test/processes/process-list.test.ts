import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, start } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

describe('the token', () => {
  it.runIf(process.platform === 'linux')(
    'is not in the list of processes during an upload',
    async () => {
      const service = await TestService.start(() => undefined);
      const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
      for (const [words, env] of [
        [['--token', TOKEN], {}],
        [[], { METRIKA_TOKEN: TOKEN }],
      ] as const) {
        const seen = new Promise<void>((resolve) => {
          service.behave(() => {
            resolve();
          });
        });
        const { child, ended } = start(['upload', ...service.target, ...words, path], { env });
        await seen;
        expect(readFileSync(`/proc/${String(child.pid)}/cmdline`, 'utf8')).not.toContain(
          'very-secret',
        );
        child.kill('SIGINT');
        await ended;
      }
    },
  );

  it('is not in that list in any way to pass it, and help says who could see it', async () => {
    if (process.platform !== 'linux') return;
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const file = writeCalls(folder, 'token', TOKEN);
    chmodSync(file, 0o600);
    for (const [words, env] of [
      [['--token-file', file], {}],
      [[], { METRIKA_TOKEN: TOKEN }],
      [['--token', TOKEN], {}],
    ] as const) {
      let asked: () => void = () => undefined;
      const arrived = new Promise<void>((resolve) => (asked = resolve));
      const service = await TestService.start(() => {
        asked();
      });
      const { child, ended } = start(['upload', ...service.target, ...words, path], { env });
      await arrived;
      const shown = readFileSync(`/proc/${String(child.pid)}/cmdline`, 'utf8');
      child.kill('SIGKILL');
      await ended;
      expect(shown).not.toContain(TOKEN);
    }
    const { stdout } = await run(['help', 'upload']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('others on this machine can see it');
  });
});
