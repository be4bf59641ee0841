import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { READ_ONLY } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Makes a copy of the program that has no cached code yet. */
function freshCopy(): {
  validate: (env?: Record<string, string>) => ReturnType<typeof spawnSync>;
  cache: string;
  folder: string;
} {
  const folder = temporaryFolder();
  for (const part of ['bin', 'package.json']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), {
    recursive: true,
    filter: (path) => !/[\\/]cache$/.test(path),
  });
  const calls = writeCalls(folder, 'calls.csv', goodCalls(3));
  const command = [join(folder, 'bin/metrika-calls.js'), 'validate', calls];
  return {
    validate: (more = {}) => {
      const env = { ...process.env, ...more };
      return process.platform === 'win32'
        ? spawnSync(process.execPath, command, { env })
        : // With this umask, other users could read and write new files.
          spawnSync('sh', ['-c', 'umask 0; exec "$0" "$@"', process.execPath, ...command], { env });
    },
    cache: join(folder, 'dist/cache'),
    folder,
  };
}

describe('a program that is not complete', () => {
  it.each(['program.cjs', 'russian.cjs'])('is reported if it lacks %s', (name) => {
    const { folder, validate } = freshCopy();
    rmSync(join(folder, 'dist', name));
    const { status, stderr } = validate({ METRIKA_LANG: 'ru' });
    expect(status).toBe(1);
    expect(String(stderr)).toMatch(
      new RegExp(`^metrika-calls is not complete: .*${name} is missing\\..*npm install.*\\n$`),
    );
  });
});

/** Whether Node itself can cache the code, as Node 22 and later can. */
const IS_NODES = 'enableCompileCache' in Module;

describe.runIf(IS_NODES)('the code that Node caches', () => {
  it('is in a folder that only this user can open', () => {
    const { validate, cache } = freshCopy();
    expect(validate().status).toBe(0);
    expect(readdirSync(cache)).toEqual(['node']);
    expect(readdirSync(join(cache, 'node'))).toHaveLength(1);
    expect(statSync(join(cache, 'node')).mode & 0o077).toBe(0);
  });

  it('is not used in a folder that others can read or write', () => {
    const { validate, cache } = freshCopy();
    mkdirSync(join(cache, 'node'), { recursive: true });
    chmodSync(join(cache, 'node'), 0o755);
    expect(validate().status).toBe(0);
    expect(readdirSync(join(cache, 'node'))).toEqual([]);
  });
});

describe.runIf(!IS_NODES)('the cached code', () => {
  it('is in two files for all commands and options', () => {
    const { folder, cache } = freshCopy();
    const [bin, names] = [join(folder, 'bin/metrika-calls.js'), Object.keys(COMMANDS)];
    for (const name of names) {
      expect(spawnSync(process.execPath, [bin, name, '--help']).status).toBe(0);
    }
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('grows with each kind of run, and is not written again for the same kind', () => {
    const { folder, validate, cache } = freshCopy();
    const bin = join(folder, 'bin/metrika-calls.js');
    const kept = (): { readonly size: number; readonly ino: number } => {
      const [name = ''] = readdirSync(cache);
      return statSync(join(cache, name));
    };
    const help = (): unknown => spawnSync(process.execPath, [bin, 'validate', '--help']).status;
    expect(help()).toBe(0);
    const first = kept();
    expect(validate().status).toBe(0);
    const second = kept();
    expect(second.size).toBeGreaterThan(first.size * 1.1);
    expect(help()).toBe(0);
    expect(validate().status).toBe(0);
    expect(kept().ino).toBe(second.ino);
  });

  it('is not used for a changed bundle of the same length', () => {
    const { folder, validate, cache } = freshCopy();
    expect(validate().status).toBe(0);
    const bundle = join(folder, 'dist/program.cjs');
    const { atime, mtime } = statSync(bundle);
    const text = readFileSync(bundle, 'utf8');
    writeFileSync(bundle, text.replaceAll('no errors', 'NO ERRORS'));
    utimesSync(bundle, atime, mtime);
    expect(String(validate().stdout)).toContain('NO ERRORS');
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('is kept for the last two bundles', () => {
    const { cache, validate } = freshCopy();
    mkdirSync(cache, { mode: 0o755 });
    for (let number = 1; number <= 30; number += 1) {
      const old = join(cache, `program.cjs-of-engine-${String(number)}`);
      writeFileSync(old, 'x');
      utimesSync(old, number, number);
    }
    expect(validate().status).toBe(0);
    const names = readdirSync(cache);
    expect(names).toHaveLength(2);
    expect(names).toContain('program.cjs-of-engine-30');
  });

  it('is used, and damage to it does no harm', () => {
    const { validate, cache } = freshCopy();
    expect(validate().status).toBe(0);
    const [name = ''] = readdirSync(cache);
    const file = join(cache, name);
    const kept = readFileSync(file);
    expect(validate().status).toBe(0);
    expect(readFileSync(file).equals(kept)).toBe(true);
    for (const damage of [
      (bytes: Buffer) => bytes.fill(0, 100_000, 104_096),
      (bytes: Buffer) => bytes.fill(0, bytes.length - 100_000, bytes.length - 99_000),
      (bytes: Buffer) => bytes.fill(255, bytes.length - 4),
      (bytes: Buffer) => bytes.subarray(0, 50_001),
      () => Buffer.alloc(0),
      () => Buffer.from('xx'),
    ]) {
      writeFileSync(file, damage(Buffer.from(kept)));
      const ended = validate();
      expect(ended.status).toBe(0);
      expect(String(ended.stdout)).toContain('3 calls, no errors');
      expect(readFileSync(file).length).toBeGreaterThan(100_000);
    }
  });

  it('is not written without permission to write, and that does no harm', () => {
    const { validate, cache } = freshCopy();
    const ended = validate({ NODE_OPTIONS: READ_ONLY });
    expect(ended.status).toBe(0);
    expect(String(ended.stdout)).toMatch(/^.*3 calls, no errors.*\n$/);
    expect(existsSync(cache)).toBe(false);
  });

  it('is not written if the user turns it off', () => {
    const { validate, cache } = freshCopy();
    expect(validate({ METRIKA_NO_CODE_CACHE: '1' }).status).toBe(0);
    expect(existsSync(cache)).toBe(false);
  });

  it.runIf(process.platform !== 'win32')('is never written through a link', () => {
    const { validate, cache } = freshCopy();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, cache);
    expect(validate().status).toBe(0);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('is not used if it has another owner than the program', () => {
    const { validate, cache } = freshCopy();
    expect(validate().status).toBe(0);
    const [name = ''] = readdirSync(cache);
    const file = join(cache, name);
    chownSync(file, 65_534, 65_534);
    const { ino } = statSync(file);
    expect(validate().status).toBe(0);
    // The second run has created a new file. The new file belongs to the superuser.
    expect(statSync(file)).not.toMatchObject({ ino });
    expect(statSync(file).uid).toBe(0);
  });

  it.runIf(process.platform !== 'win32')('can be written only by its owner', () => {
    const { validate, cache } = freshCopy();
    expect(validate().status).toBe(0);
    for (const path of [cache, ...readdirSync(cache).map((name) => join(cache, name))]) {
      expect(statSync(path).mode & 0o022).toBe(0);
    }
  });
});
