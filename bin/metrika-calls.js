#!/usr/bin/env node
'use strict';
// The gate: an old Node is refused, the version is said without loading the program, all else is handed over.
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
  require('./code-cache.js').load(bundleOf(words[0]), words).runProcess();
}

function isVersionOption(word) {
  return word === '--version' || word === '-V';
}

/** Says the version without loading the program; where that fails the program knows what to say. */
function printVersion() {
  try {
    fs.writeSync(1, `${require('../package.json').version}\n`);
    return true;
  } catch {
    return false;
  }
}

/** Each command has a bundle of its own; `cli` finds the command of a line that begins with options. */
function bundleOf(first = '') {
  const name = first === '--help' || first === '-h' ? 'help' : first;
  const own = path.join(__dirname, `../dist/${name}.cjs`);
  return /^[a-z]+$/.test(name) && fs.existsSync(own)
    ? own
    : path.join(__dirname, '../dist/cli.cjs');
}
