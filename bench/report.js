// Functions and data that all sections of the measurements use: the lines of the results, ratios as
// text, and the generated files.
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

/** Returns a ratio as text, with its smallest and largest value over the rounds. */
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
 * Returns the path of a generated file. A file that is older than one day is written again, because
 * calls that are too old cannot be linked.
 *
 * @param {string} name the name of the file
 * @param {(path: string) => void} write writes the file
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
