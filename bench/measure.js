// Runs several commands in turn, and compares their times. On a shared machine, absolute times vary
// too much. So each round runs every command once, and only times of the same round are compared.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {readonly string[]} words the program and its arguments
 * @property {() => void} [before] called before each run of the command; this call is not timed
 */

/** The environment of the commands: only the path, and a token that is not real. */
const ENVIRONMENT = { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-measurements' };

/**
 * Runs one command.
 *
 * @param {readonly string[]} words the program and its arguments
 * @param {Record<string, string>} [extra] additional environment variables
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
  // A file with errors is measured too. The exit code is then 3.
  if (code !== 0 && code !== 3)
    throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${stderr}`);
  return { milliseconds, stdout, stderr };
}

/**
 * Times commands in rounds.
 *
 * @param {readonly Command[]} commands the other commands are compared with the first one
 * @param {number} rounds
 * @param {Record<string, string>} [extra] additional environment variables
 * @returns {Promise<Map<string, { median: number; low: number; high: number; milliseconds: number }>>}
 *   for each name, the ratio to the time of the first command, and the median time in ms
 */
export async function compare(commands, rounds, extra) {
  const times = new Map(commands.map(({ name }) => [name, []]));
  // The first run of each command is slower, because disks and caches are cold. So it is not
  // counted.
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
 * Measures the memory and the processor time of one run of a Node.js program. The process reports
 * both when it ends.
 *
 * @param {readonly string[]} words the program and its arguments
 * @param {(command: readonly string[]) => readonly string[]} [around] returns the command to run
 *   instead of the given one
 * @returns {Promise<{ memory: number; processor: number }>} the largest resident memory in MB (2^20
 *   bytes), and the processor time in milliseconds
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
 * Returns the median, the smallest and the largest of some numbers.
 *
 * @param {readonly number[]} numbers in any order
 * @returns {{ median: number; low: number; high: number }}
 */
export function spread(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)], low: sorted[0], high: sorted.at(-1) };
}
