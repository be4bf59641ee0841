'use strict';
// V8's compiled code between runs. This file can go, with its test, when
// Node 22 is the oldest that runs the program: module.enableCompileCache does the same in our folder.
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const WRITABLE_BY_OTHERS = 0o022;

/** Somebody may not want any code to be kept. */
const IS_OFF = process.env.METRIKA_NO_CODE_CACHE === '1';

/** Files of kept code; each combination of command and options has its own. */
const MOST_KEPT = 24;

/**
 * Loads a CommonJS bundle, and what it asks for beside it, with the code that V8 made of it in an
 * earlier run. The code lies in the program's own folder, which only those may write to who may
 * change the program itself; where this user may not, nothing is kept.
 *
 * What is kept is the code that the run used, and which that is depends on the options, so the file's
 * name tells them apart. V8 takes no code of another version of itself or under other flags, but knows
 * neither damage nor a bundle that was changed and is as long as before. So the code is kept twice in
 * its file, and the file's name has the time and the length of the bundle.
 *
 * @param {string} file the bundle
 * @param {string[]} words the command line
 * @returns {any} what the bundle exports
 */
function load(file, words) {
  const { mtimeMs, size, uid } = fs.statSync(file);
  const made = `${Math.round(mtimeMs).toString(36)}-${size.toString(36)}`;
  const engine = `${process.versions.v8}-${process.arch}`;
  const folder = path.join(path.dirname(file), 'cache');
  const cache = path.join(folder, `${path.basename(file)}-${made}-${engine}-${optionsMark(words)}`);
  const script = new Script(fs.readFileSync(file, 'latin1'), {
    filename: file,
    cachedData: IS_OFF ? undefined : read(folder, cache, uid),
  });
  if (!IS_OFF && script.cachedDataRejected !== false) {
    process.on('exit', (code) => {
      if (code === 0) keep(script, folder, cache);
    });
  }
  const requireFast = (id) =>
    id.startsWith('./') ? load(path.resolve(path.dirname(file), id), words) : require(id);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFast, module, file, path.dirname(file));
  return module.exports;
}

/** A number for the set of options, without their values. */
function optionsMark(words) {
  const options = words
    .filter((word) => word.startsWith('-'))
    .map((word) => (word.startsWith('--') ? word.split('=', 1)[0] : word.slice(0, 2)));
  let mark = 0;
  for (const character of options.sort().join(' ')) {
    mark = (Math.imul(mark, 31) + character.codePointAt(0)) >>> 0;
  }
  return mark.toString(36);
}

/** @param owner whoever owns the program: only he, or the system's administrator, may have kept code for it */
function read(folder, cache, owner) {
  try {
    // A link could lead to what somebody else has made.
    const [around, kept] = [fs.lstatSync(folder), fs.lstatSync(cache)];
    // To read a pipe or a device could take for ever.
    if (!around.isDirectory() || !kept.isFile()) return undefined;
    if (process.platform !== 'win32') {
      if (((around.mode | kept.mode) & WRITABLE_BY_OTHERS) !== 0) return undefined;
      if (![around, kept].every(({ uid }) => uid === owner || uid === 0)) return undefined;
    }
    const both = fs.readFileSync(cache);
    const half = both.length / 2;
    const code = both.subarray(0, half);
    return Number.isInteger(half) && half > 0 && code.equals(both.subarray(half))
      ? code
      : undefined;
  } catch {
    return undefined;
  }
}

/** Another run may do the same at this moment, so the file comes to its place whole. */
function keep(script, folder, cache) {
  const unfinished = `${cache}.${process.pid}`;
  try {
    fs.accessSync(path.dirname(folder), fs.constants.W_OK);
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (!fs.lstatSync(folder).isDirectory()) return;
    makeRoom(folder);
    const code = script.createCachedData();
    fs.writeFileSync(unfinished, Buffer.concat([code, code]), { mode: 0o644 });
    fs.renameSync(unfinished, cache);
  } catch {
    // The next run compiles the program again, as this one did.
    discard(unfinished);
  }
}

/** The oldest files go, those of other engines and of runs that were killed among them. */
function makeRoom(folder) {
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  if (files.length < MOST_KEPT) return;
  const ages = new Map(files.map((file) => [file, fs.lstatSync(file).mtimeMs]));
  files.sort((one, other) => ages.get(one) - ages.get(other));
  for (const file of files.slice(0, files.length - MOST_KEPT + 1)) discard(file);
}

function discard(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Who may not write here has left nothing here.
  }
}

module.exports = { load };
