import { execFileSync, execSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goodCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';

describe('the package', () => {
  it('has no script that npm would run when it is installed', () => {
    const folder = temporaryFolder();
    const pack = `npm pack --silent --ignore-scripts --pack-destination ${JSON.stringify(folder)}`;
    const tarball = execSync(pack, { encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder]);
    const text = readFileSync(join(folder, 'package/package.json'), 'utf8');
    const { scripts } = JSON.parse(text) as { scripts: Readonly<Record<string, string>> };
    expect(Object.keys(scripts).filter((name) => /install|prepare|prepublish/.test(name))).toEqual(
      [],
    );
    // In a clone, npm runs this script after `npm ci`. The command is built then.
    expect(scripts['dependencies']).toBe('node scripts/build.js');
  });

  it('prints nothing, does not end the process, and changes nothing global', () => {
    const script = join(temporaryFolder(), 'use.mjs');
    writeFileSync(
      script,
      `const before = new Map(Reflect.ownKeys(globalThis).map((key) => [key, globalThis[key]]));
       const listeners = process.eventNames().length;
       const { uploadCalls, validateCalls } = await import(${JSON.stringify(`${process.cwd()}/dist/index.js`)});
       const calls = [Buffer.from(${JSON.stringify(goodCalls(2))})];
       await validateCalls(calls);
       const { ok } = await uploadCalls(calls, { sandbox: true, wait: true });
       const changed = Reflect.ownKeys(globalThis).filter(
         (key) => !Object.is(before.get(key), globalThis[key]) && !/undici|zod/.test(String(key)),
       );
       process.stderr.write(JSON.stringify({ ok, changed: changed.map(String), exitCode: process.exitCode ?? null, listeners: process.eventNames().length - listeners }));`,
    );
    const ended = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(ended.stdout).toBe('');
    expect(JSON.parse(ended.stderr)).toEqual({
      ok: true,
      changed: [],
      exitCode: null,
      listeners: 0,
    });
  });
});
