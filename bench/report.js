// What all sections share: the lines of the results, how ratios are written, and the generated files.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DAY = 86_400_000;

export const here = fileURLToPath(new URL('.', import.meta.url));
export const data = join(here, 'data');
export const node = process.execPath;
export const ours = join(here, '../bin/metrika-calls.js');
export const peer = (name) => join(here, 'peers', `${name}.js`);

mkdirSync(data, { recursive: true });

/** The lines of results.md. */
export const lines = [];

export function say(line = '') {
  lines.push(line);
  console.log(line);
}

/** A ratio with its spread over the rounds. */
export function shown({ median, low, high }) {
  return `${digits(median)} (${digits(low)} to ${digits(high)})`;
}

export function digits(value) {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

export function verdict(reached) {
  return reached ? 'reached' : '**missed**';
}

export function has(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a generated file of today: calls grow too old to be linked.
 *
 * @param {string} name
 * @param {(path: string) => void} write
 */
export function generated(name, write) {
  const path = join(data, name);
  if (!existsSync(path) || Date.now() - statSync(path).mtimeMs > DAY) {
    console.error(`writing ${name}`);
    write(`${path}.part`);
    renameSync(`${path}.part`, path);
  }
  return path;
}
