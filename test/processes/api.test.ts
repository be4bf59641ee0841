import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { temporaryFolder } from '../support/run.ts';

/** The output of each example, except the parts that depend on the date. */
const PRINTED: Readonly<Record<string, RegExp>> = {
  'check.js': /^6 calls, ready to send\n/,
  'upload.js': /\nuploaded as 1000001: PROCESSED\n$/,
  'stream.js': /^true\n$/,
  'convert.js': /^2 calls, prices in RUB: 1250\.5\n$/,
  'uploads.js':
    /^1000001 is [A-Z]+\nall of its calls count\n1000001 PROCESSED\n2215573 Sandbox shop own\n$/,
  'abort.js': /^130 Interrupted\. The file was uploaded as 1000001/,
};

describe('docs/api.md', () => {
  it('agrees with the types and the examples', async () => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { apiPage } from '${process.cwd()}/scripts/api-page.js'; process.stdout.write(apiPage('${process.cwd()}'))`,
      ],
      { encoding: 'utf8', maxBuffer: 1 << 24 },
    );
    const page = readFileSync('docs/api.md', 'utf8');
    const style = await resolveConfig('docs/api.md');
    expect(page).toBe(await format(stdout, { ...style, parser: 'markdown' }));
  });

  it('has an example for each task', () => {
    expect(readdirSync('docs/examples').sort()).toEqual(Object.keys(PRINTED).sort());
  });

  it.each(Object.entries(PRINTED))('has the example %s, which works', async (name, printed) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(process.cwd(), join(folder, 'node_modules/metrika-calls'));
    cpSync('fixtures/calls.csv', join(folder, 'calls.csv'));
    cpSync(join('docs/examples', name), join(folder, name.replace('.js', '.mjs')));
    const sandbox = await startSandbox({ port: 0, stageTime: 50, now: Date.now });
    try {
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [name.replace('.js', '.mjs')],
        {
          cwd: folder,
          env: { ...process.env, METRIKA_API_URL: sandbox.address, METRIKA_TOKEN: 'any-token' },
        },
      );
      expect(stderr).toBe('');
      expect(stdout).toMatch(printed);
    } finally {
      await sandbox.close();
    }
  });
});
