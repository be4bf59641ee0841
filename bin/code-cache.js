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
 * What is kept is the code that the run used, and which that is depends on the command and its options, so
 * the file's name tells them apart. V8 takes no code of another version of itself or under other flags, but
 * knows neither damage nor a bundle that was changed and is as long as before. So the file begins with the
 * bundle that its code was made of, byte for byte, and has the code twice.
 *
 * @param {string} file the bundle
 * @param {string[]} words the command line
 * @returns {any} what the bundle exports
 */
function load(file, words) {
  const source = fs.readFileSync(present(file));
  const engine = `${process.versions.v8}-${process.arch}`;
  const folder = path.join(path.dirname(file), 'cache');
  const cache = path.join(folder, `${path.basename(file)}-${engine}-${markOf(words)}`);
  const script = new Script(source.latin1Slice(), {
    filename: file,
    cachedData: IS_OFF ? undefined : read(cache, source, fs.statSync(file).uid),
  });
  if (!IS_OFF && script.cachedDataRejected !== false) {
    if (toKeep.length === 0) process.on('exit', keepAll);
    toKeep.push(() => keep(script, source, cache));
  }
  const requireFast = (id) => {
    if (!id.startsWith('./')) return require(id);
    const beside = path.join(path.dirname(file), id);
    return id.startsWith('./vendor/') ? load(beside, words) : require(present(beside));
  };
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFast, module, file, path.dirname(file));
  return module.exports;
}

/** What is to be kept when the program ends; each part of it is one. */
const toKeep = [];

function keepAll(code) {
  if (code === 0) for (const keepOne of toKeep) keepOne();
}

/** A clone that was not built, or half an installation, is no error of the program. */
function present(file) {
  if (fs.existsSync(file)) return file;
  process.stderr.write(
    `metrika-calls is not complete: ${path.basename(file)} is missing. ` +
      'Run "npm install" in a clone, or install the package again.\n',
  );
  process.exit(1);
}

/** A number for the command and the set of options, without their values. */
function markOf(words) {
  const options = words
    .filter((word) => word.startsWith('-'))
    .map((word) => (word.startsWith('--') ? word.split('=', 1)[0] : word.slice(0, 2)));
  const command = words.find((word) => /^[a-z]{1,12}$/.test(word)) ?? '';
  let mark = 0;
  for (const character of [command, ...options.sort()].join(' ')) {
    mark = (Math.imul(mark, 31) + character.codePointAt(0)) >>> 0;
  }
  return mark.toString(36);
}

/**
 * @param source the bundle that the code must have been made of
 * @param owner whoever owns the program: only he, or the system's administrator, may have kept code for it
 */
function read(cache, source, owner) {
  try {
    // A link could lead to what somebody else has made.
    const [around, file] = [fs.lstatSync(path.dirname(cache)), fs.lstatSync(cache)];
    // To read a pipe or a device could take for ever.
    if (!around.isDirectory() || !file.isFile()) return undefined;
    if (process.platform !== 'win32') {
      if (((around.mode | file.mode) & WRITABLE_BY_OTHERS) !== 0) return undefined;
      if (![around, file].every(({ uid }) => uid === owner || uid === 0)) return undefined;
    }
    const kept = fs.readFileSync(cache);
    const half = (kept.length - source.length) / 2;
    const code = kept.subarray(source.length, source.length + half);
    return Number.isInteger(half) &&
      half > 0 &&
      source.equals(kept.subarray(0, source.length)) &&
      code.equals(kept.subarray(source.length + half))
      ? code
      : undefined;
  } catch {
    return undefined;
  }
}

/** Another run may do the same at this moment, so the file comes to its place whole. */
function keep(script, source, cache) {
  const folder = path.dirname(cache);
  const unfinished = `${cache}.${process.pid}`;
  try {
    fs.accessSync(path.dirname(folder), fs.constants.W_OK);
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (!fs.lstatSync(folder).isDirectory()) return;
    makeRoom(folder);
    const code = script.createCachedData();
    fs.writeFileSync(unfinished, Buffer.concat([source, code, code]), { mode: 0o644 });
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
