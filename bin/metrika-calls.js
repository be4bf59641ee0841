#!/usr/bin/env node
'use strict';
// Refuses old versions of Node. Prints the version without loading the program. For all other
// command lines, starts the program.
const fs = require('node:fs');
const path = require('node:path');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `metrika-calls needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node.\n`,
  );
  process.exit(2);
}

const words = process.argv.slice(2);
if (words.length !== 1 || !isVersionOption(words[0]) || !printVersion()) {
  const program = path.join(__dirname, '../dist/program.cjs');
  require('./code-cache.js').load(program, words).runProcess();
}

function isVersionOption(word) {
  return word === '--version' || word === '-V';
}

/**
 * Prints the version. Returns `false` if writing fails. Then the program is loaded, and handles the
 * error.
 */
function printVersion() {
  try {
    fs.writeSync(1, `${require('../package.json').version}\n`);
    return true;
  } catch {
    return false;
  }
}
