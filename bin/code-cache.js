'use strict';
// Keeps V8's compiled code between runs, so that a start does not compile the program again. Node
// 22 and later can do this without our code. When we no longer support older versions, remove
// `loadWithOurs`, the functions below it, and their tests.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const WRITABLE_BY_OTHERS = 0o022;
const FOR_OTHERS = 0o077;

/** Whether the user has turned the cache off. */
const IS_OFF = process.env.METRIKA_NO_CODE_CACHE === '1';

/**
 * The bundles whose code is kept. The other bundles are small: compiling them is faster than
 * reading kept code.
 */
const KEPT = new Set(['program.cjs', 'undici.cjs', 'form-data.cjs']);

/**
 * Commands that use the network only for files at web addresses, or not at all. All other commands
 * use the network. Their code is kept in another file.
 */
const WITHOUT_NETWORK = new Set([
  ...['validate', 'convert', 'inspect', 'explain', 'init', 'completion', 'help', ''],
]);

/**
 * The maximum number of files of kept code for one bundle: one for commands that use the network,
 * one for the others. A single file would be slower, because a run would load code that it does not
 * use.
 */
const MOST_FILES = 2;

/** The maximum number of command lines that add their code to one file. */
const MOST_RUNS = 100;

/**
 * Loads a CommonJS bundle, and the bundles that it requires.
 *
 * The kept code is stored in the program's own folder. This is safe, because a user who can write
 * to this folder could also change the program. If the current user cannot write to the folder, no
 * code is kept.
 *
 * @param {string} file the bundle
 * @param {string[]} words the command line
 * @returns {any} the exports of the bundle
 */
function load(file, words) {
  const folder = path.join(path.dirname(file), 'cache');
  if (typeof Module.enableCompileCache !== 'function') {
    return run(file, (bundle) => loadWithOurs(bundle, folder, words));
  }
  if (!IS_OFF) keepWithNode(path.join(folder, 'node'));
  return run(file, require);
}

/** Runs a bundle, which is a function with the parameters of Node's module wrapper. */
function run(file, loaded) {
  const requireBeside = (id) => {
    if (!id.startsWith('./')) return require(id);
    const beside = path.join(path.dirname(file), id);
    return id.startsWith('./vendor/') ? run(beside, loaded) : require(present(beside));
  };
  const bundle = { exports: {} };
  loaded(present(file))(bundle.exports, requireBeside, bundle, file, path.dirname(file));
  return bundle.exports;
}

/** Exits if a file of the program is missing, for example in a clone without a build. */
function present(file) {
  if (fs.existsSync(file)) return file;
  process.stderr.write(
    `metrika-calls is not complete: ${path.basename(file)} is missing. ` +
      'Run "npm install" in a clone, or install the package again.\n',
  );
  process.exit(1);
}

/**
 * Turns on the cache of Node, but not in a folder that other users can write to. Node does not
 * check who can write to the folder.
 */
function keepWithNode(folder) {
  try {
    fs.accessSync(path.dirname(path.dirname(folder)), fs.constants.W_OK);
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const places = [path.dirname(folder), folder].map((place) => fs.lstatSync(place));
    const { mode, uid } = places[1];
    const isOurs =
      places.every((place) => place.isDirectory()) &&
      (process.platform === 'win32' || (uid === process.getuid() && (mode & FOR_OTHERS) === 0));
    if (isOurs) Module.enableCompileCache(folder);
  } catch {
    // Without kept code, the program works, but starts more slowly.
  }
}

/**
 * Compiles a bundle with the help of the code that V8 compiled in earlier runs.
 *
 * V8 compiles a function only when the function runs for the first time. So each new command line
 * adds compiled functions. A file of kept code lists the command lines that have added functions.
 *
 * V8 rejects code from another version of V8, or from a run with other flags. V8 does not notice
 * damaged code, or the code of another bundle with the same length. So the program checks this
 * itself: the file contains a copy of the bundle to compare, and two equal copies of the code.
 */
function loadWithOurs(file, folder, words) {
  const source = fs.readFileSync(file);
  const name = path.basename(file);
  const engine = `${process.versions.v8}-${process.arch}`;
  const kind = WITHOUT_NETWORK.has(commandOf(words)) ? 'local' : 'network';
  const cache = path.join(folder, `${name}-${engine}-${kind}`);
  const isKept = KEPT.has(name) && !IS_OFF;
  const mark = markOf(words);
  const kept = isKept ? read(cache, source, fs.statSync(file).uid) : undefined;
  const script = new Script(source.latin1Slice(), { filename: file, cachedData: kept?.code });
  const known = script.cachedDataRejected === false ? kept : undefined;
  if (isKept && !known?.marks.includes(mark) && (known?.marks.length ?? 0) < MOST_RUNS) {
    if (toKeep.length === 0) process.on('exit', keepAll);
    toKeep.push(() => keep(script, { source, cache, known, mark }));
  }
  return script.runInThisContext();
}

/** Functions to call when the program ends. Each one writes the code of one bundle. */
const toKeep = [];

function keepAll(code) {
  if (code === 0) for (const keepOne of toKeep) keepOne();
}

function commandOf(words) {
  return words.find((word) => /^[a-z]{1,12}$/.test(word)) ?? '';
}

/**
 * Returns a number that identifies a command and its options. The number does not depend on the
 * values of the options.
 */
function markOf(words) {
  const options = words
    .filter((word) => word.startsWith('-'))
    .map((word) => (word.startsWith('--') ? word.split('=', 1)[0] : word.slice(0, 2)));
  let mark = 0;
  for (const character of [commandOf(words), ...options.sort()].join(' ')) {
    mark = (Math.imul(mark, 31) + character.codePointAt(0)) >>> 0;
  }
  return mark;
}

/**
 * The size of a mark, in bytes. The file ends with the number of its marks. That number takes as
 * many bytes as a mark.
 */
const NUMBER = 4;

/**
 * @param source the bundle. The code must come from this bundle
 * @param owner the user who owns the program. The file must belong to this user or to the
 *   administrator
 * @returns the code, and the marks of the command lines that added functions to the code;
 *   `undefined` if the code cannot be trusted
 */
function read(cache, source, owner) {
  try {
    // A link could point to a file that somebody else created.
    const [around, file] = [fs.lstatSync(path.dirname(cache)), fs.lstatSync(cache)];
    // Reading a pipe or a device could block for ever.
    if (!around.isDirectory() || !file.isFile()) return undefined;
    if (process.platform !== 'win32') {
      if (((around.mode | file.mode) & WRITABLE_BY_OTHERS) !== 0) return undefined;
      if (![around, file].every(({ uid }) => uid === owner || uid === 0)) return undefined;
    }
    const bytes = fs.readFileSync(cache);
    const count = bytes.readUInt32LE(bytes.length - NUMBER);
    const end = bytes.length - NUMBER - count * NUMBER;
    const length = (end - source.length) / 2;
    const code = bytes.subarray(source.length, source.length + length);
    const isWhole =
      Number.isInteger(length) &&
      length > 0 &&
      source.equals(bytes.subarray(0, source.length)) &&
      code.equals(bytes.subarray(source.length + length, end));
    if (!isWhole) return undefined;
    const marks = Array.from({ length: count }, (_, at) => bytes.readUInt32LE(end + at * NUMBER));
    return { code, marks };
  } catch {
    return undefined;
  }
}

/**
 * Writes a file of kept code. The file has a temporary name until it is complete, because another
 * run may write the same file at the same time.
 */
function keep(script, { source, cache, known, mark }) {
  const folder = path.dirname(cache);
  const unfinished = `${cache}.${process.pid}`;
  try {
    fs.accessSync(path.dirname(folder), fs.constants.W_OK);
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (!fs.lstatSync(folder).isDirectory()) return;
    const code = script.createCachedData();
    // In a long run, V8 sometimes discards compiled functions. Then the new code is shorter than
    // the code of earlier runs, and the file does not keep the marks of those runs.
    const earlier = known !== undefined && code.length >= known.code.length ? known.marks : [];
    const marks = Buffer.alloc((earlier.length + 2) * NUMBER);
    [...earlier, mark, earlier.length + 1].forEach((value, at) =>
      marks.writeUInt32LE(value, at * NUMBER),
    );
    fs.writeFileSync(unfinished, Buffer.concat([source, code, code, marks]), { mode: 0o644 });
    fs.renameSync(unfinished, cache);
    makeRoom(cache);
  } catch {
    // Without this file, the next run compiles the functions again.
    discard(unfinished);
  }
}

/**
 * Deletes all but the newest files of a bundle. Older files come from other versions of V8 or from
 * killed runs.
 */
function makeRoom(cache) {
  const folder = path.dirname(cache);
  const [bundle] = path.basename(cache).split('-', 1);
  const files = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(`${bundle}-`))
    .map((name) => path.join(folder, name));
  const ages = new Map(files.map((file) => [file, fs.lstatSync(file).mtimeMs]));
  files.sort((one, other) => ages.get(other) - ages.get(one));
  for (const file of files.slice(MOST_FILES)) discard(file);
}

function discard(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // A file that cannot be deleted does no harm. A later run that writes code tries again.
  }
}

module.exports = { load };
