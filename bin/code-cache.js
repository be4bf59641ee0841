'use strict';
const fs = require('node:fs');
const path = require('node:path');
const process = require('node:process');
const { Script } = require('node:vm');

/** What is compiled differs from command to command, so each has a cache of its own. */
const COMMANDS = (exports.COMMANDS = [
  'upload',
  'validate',
  'convert',
  'inspect',
  'explain',
  'status',
  'list',
  'sandbox',
]);

/**
 * Loads a CommonJS bundle, and what it asks for beside it, with the code that V8 made of it in an
 * earlier run. The code lies in the program's own folder, which only those may write to who may
 * change the program itself; where this user may not, nothing is kept.
 *
 * V8 takes no code of another version of itself or under other flags, but knows neither damage nor a
 * bundle that was changed and is as long as before. So the code is kept twice in its file, and the
 * file's name has the time and the length of the bundle.
 *
 * @param {string} file the bundle
 * @param {readonly string[]} words the command line, which tells which code will be needed
 * @returns {any} what the bundle exports
 */
exports.load = function load(file, words) {
  const command = words.find((word) => COMMANDS.includes(word)) ?? 'help';
  const { mtimeMs, size } = fs.statSync(file);
  const made = `${Math.round(mtimeMs).toString(36)}-${size.toString(36)}`;
  const engine = `${process.versions.v8}-${process.arch}`;
  const folder = path.join(path.dirname(file), 'cache');
  const cache = path.join(folder, `${path.basename(file)}-${made}-${engine}-${command}`);
  const source = fs.readFileSync(file, 'latin1');
  const script = new Script(`${OPENING}${source}${CLOSING}`, {
    filename: file,
    cachedData: read(folder, cache),
  });
  if (script.cachedDataRejected !== false) {
    process.on('exit', (code) => {
      if (code === 0) keep(script, folder, cache);
    });
  }
  const requireFast = (id) =>
    id.startsWith('./') ? load(path.resolve(path.dirname(file), id), words) : require(id);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFast, module, file, path.dirname(file));
  return module.exports;
};

/** What Node puts around a CommonJS module; all else that bundles ask for is Node's own. */
const OPENING = '(function (exports, require, module, __filename, __dirname) { ';
const CLOSING = '\n});';

const WRITABLE_BY_OTHERS = 0o022;

function read(folder, cache) {
  try {
    const kept = fs.statSync(cache);
    const open = (fs.statSync(folder).mode | kept.mode) & WRITABLE_BY_OTHERS;
    // To read a pipe or a device could take for ever.
    if (!kept.isFile()) return undefined;
    if (open !== 0 && process.platform !== 'win32') return undefined;
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
    const code = script.createCachedData();
    fs.writeFileSync(unfinished, Buffer.concat([code, code]), { mode: 0o644 });
    fs.renameSync(unfinished, cache);
  } catch {
    // The next run compiles the program anew, as this one did.
    discard(unfinished);
  }
}

function discard(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Who may not write here has left nothing here.
  }
}
