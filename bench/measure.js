// Runs commands side by side and tells how their times compare. Absolute times of a machine that is
// shared are noise, so each round runs every command once, and ratios are taken within a round.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {readonly string[]} words the program and its arguments
 * @property {() => void} [before] what to do before each run, which is not timed
 */

/** Nothing of the caller's environment but the path and a token that is none. */
const ENVIRONMENT = { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-measurements' };

/**
 * @param {readonly string[]} words
 * @param {Record<string, string>} [extra] more of the environment
 * @returns {Promise<{ milliseconds: number; stdout: string; stderr: string }>}
 */
export async function run([program, ...words], extra = {}) {
  const began = performance.now();
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ENVIRONMENT, ...extra },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const milliseconds = performance.now() - began;
  // A file with errors is measured as well.
  if (code !== 0 && code !== 3)
    throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${stderr}`);
  return { milliseconds, stdout, stderr };
}

/**
 * Times commands in rounds.
 *
 * @param {readonly Command[]} commands the first is what the others are compared with
 * @param {number} rounds
 * @param {Record<string, string>} [extra] more of the environment
 * @returns {Promise<Map<string, { median: number; low: number; high: number; milliseconds: number }>>}
 *   for each name its ratio to the first command, and its median time
 */
export async function compare(commands, rounds, extra) {
  const times = new Map(commands.map(({ name }) => [name, []]));
  // The first run of each finds cold disks and caches and is not counted.
  for (const { words, before } of commands) {
    before?.();
    await run(words, extra);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, words, before } of commands) {
      before?.();
      times.get(name).push((await run(words, extra)).milliseconds);
    }
  }
  const base = times.get(commands[0].name);
  return new Map(
    commands.map(({ name }) => {
      const own = times.get(name);
      const ratios = own.map((time, round) => time / base[round]);
      return [name, { ...spread(ratios), milliseconds: spread(own).median }];
    }),
  );
}

/**
 * What a command of Node takes, as the process itself knows it at its end.
 *
 * @param {readonly string[]} words
 * @param {(command: readonly string[]) => readonly string[]} [around] what to run in its place
 * @returns {Promise<{ memory: number; processor: number }>} the largest resident memory in MB (2^20
 *   bytes), and the time on processors in milliseconds
 */
export async function resources(words, around = (command) => command) {
  const file = join(tmpdir(), `metrika-calls-resources-${process.pid}`);
  const hook = `process.on('exit',()=>require('node:fs').writeFileSync(${JSON.stringify(file)},JSON.stringify(process.resourceUsage())))`;
  const encoded = encodeURIComponent(
    `import{createRequire}from'node:module';const require=createRequire('/');${hook}`,
  );
  await run(around(words), { NODE_OPTIONS: `--import data:text/javascript,${encoded}` });
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(file, 'utf8'));
  return { memory: maxRSS / 1024, processor: (userCPUTime + systemCPUTime) / 1000 };
}

/**
 * @param {readonly number[]} numbers in any order
 * @returns {{ median: number; low: number; high: number }}
 */
export function spread(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)], low: sorted[0], high: sorted.at(-1) };
}
