'use strict';
const fs = require('node:fs');
const { createRequire, wrap } = require('node:module');
const path = require('node:path');
const process = require('node:process');
const { Script } = require('node:vm');

/** What is compiled differs from command to command, so each has a cache of its own. */
const COMMANDS = [
  'upload',
  'validate',
  'convert',
  'inspect',
  'explain',
  'status',
  'list',
  'sandbox',
];

/**
 * Loads a CommonJS bundle, and what it asks for beside it, with the code that V8 made of it in an
 * earlier run. The code lies in the program's own folder, where only those write who may change the
 * program itself; where this user may not, nothing is kept. V8 takes no code of another version of
 * itself, of another source or under other flags.
 *
 * @param {string} file the bundle
 * @param {readonly string[]} words the command line, which tells which code will be needed
 * @returns {any} what the bundle exports
 */
exports.load = function load(file, words) {
  const command = words.find((word) => COMMANDS.includes(word)) ?? 'help';
  const name = `${path.basename(file)}-${process.versions.v8}-${process.arch}-${command}`;
  const cache = path.join(path.dirname(file), 'cache', name);
  const source = fs.readFileSync(file, 'latin1');
  const script = new Script(wrap(source), { filename: file, cachedData: read(cache) });
  if (script.cachedDataRejected !== false) {
    process.on('exit', (code) => {
      if (code === 0) keep(script, cache);
    });
  }
  const requireFromThere = createRequire(file);
  const requireFast = (id) =>
    id.startsWith('./') ? load(path.resolve(path.dirname(file), id), words) : requireFromThere(id);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFast, module, file, path.dirname(file));
  return module.exports;
};

function read(cache) {
  try {
    return fs.readFileSync(cache);
  } catch {
    return undefined;
  }
}

/** Another run may do the same at this moment, so the file comes to its place whole. */
function keep(script, cache) {
  const unfinished = `${cache}.${process.pid}`;
  try {
    fs.accessSync(path.dirname(path.dirname(cache)), fs.constants.W_OK);
    fs.mkdirSync(path.dirname(cache), { recursive: true });
    fs.writeFileSync(unfinished, script.createCachedData(), { flag: 'wx' });
    fs.renameSync(unfinished, cache);
  } catch {
    // The next run compiles the program anew, as this one did.
  }
}
