import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

// The start is slow if the command loads too many modules. The modules are the same on every
// machine, so these tests check them. Times differ between machines, and are measured in bench/.

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

interface Loaded {
  /** The modules of Node, except those that Node always loads at its start. */
  readonly builtins: string[];
  /** Our own bundles. */
  readonly bundles: string[];
}

/** Runs the command, and returns the modules that it loaded. */
async function loadedBy(
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Loaded> {
  const folder = temporaryFolder();
  const report = join(folder, 'report.json');
  const hook = writeCalls(
    folder,
    'hook.cjs',
    `const fs = require('node:fs');
     const usual = new Set(process.moduleLoadList);
     const bundles = [];
     const { readFileSync } = fs;
     fs.readFileSync = (path, ...rest) => {
       if (String(path).endsWith('.cjs')) bundles.push(String(path));
       return readFileSync(path, ...rest);
     };
     process.on('exit', () => {
       const builtins = process.moduleLoadList.filter((name) => !usual.has(name));
       fs.writeFileSync(${JSON.stringify(report)}, JSON.stringify({ builtins, bundles }));
     });`,
  );
  const env = {
    NODE_OPTIONS: `--require ${hook}`,
    METRIKA_TOKEN: 'y0_some_token_0123456789',
    ...more,
  };
  const ended = await run(words, { env });
  expect(ended.code, ended.stderr).toBe(0);
  const { builtins, bundles } = JSON.parse(readFileSync(report, 'utf8')) as Loaded;
  return {
    builtins: builtins.map((name) => name.replace(/^\w+ /, '')),
    bundles: bundles.filter((path) => path.startsWith(DIST)).map((path) => path.slice(DIST.length)),
  };
}

/** Modules of Node that take milliseconds to load. */
const HEAVY = [
  'assert',
  'child_process',
  'crypto',
  'dgram',
  'http',
  'http2',
  'https',
  'tls',
  'v8',
  'worker_threads',
  'zlib',
];

describe('a start', () => {
  it('loads no module of ours for the version', async () => {
    const { builtins, bundles } = await loadedBy(['--version']);
    expect(bundles).toEqual([]);
    expect(builtins.filter((name) => HEAVY.includes(name))).toEqual([]);
  });

  it('loads one bundle and no slow module for help and for the check of a small file', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1000));
    for (const words of [
      ['--help'],
      ['help', 'upload'],
      ['validate', path],
      ['inspect', path],
      ['--json', 'validate', path],
    ]) {
      const { builtins, bundles } = await loadedBy(words);
      expect(bundles).toEqual(['program.cjs']);
      expect(builtins.filter((name) => HEAVY.includes(name))).toEqual([]);
      expect(builtins.length).toBeLessThan(10);
    }
  });

  it('loads only the modules of an upload for an upload', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1000));
    const { builtins, bundles } = await loadedBy(['upload', ...service.target, path]);
    expect(bundles).toEqual(['program.cjs', 'vendor/form-data.cjs', 'vendor/undici.cjs']);
    const needed = ['crypto', 'v8', 'zlib'];
    expect(builtins.filter((name) => HEAVY.includes(name)).sort()).toEqual(needed);
  });

  it('loads the sentences of another language only if they are printed', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1000));
    const { bundles } = await loadedBy(['validate', path], { LANG: 'ru_RU.UTF-8' });
    expect(bundles).toEqual(['program.cjs', 'russian.cjs']);
  });

  it('reads a bundle of less than 840 kB', () => {
    // The bundle contains all commands and the English sentences, but V8 compiles only the code
    // that a run uses.
    expect(statSync(join(DIST, 'program.cjs')).size).toBeLessThan(840_000);
  });
});
