#!/usr/bin/env node
'use strict';
const { writeSync } = require('node:fs');
const process = require('node:process');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `metrika-calls needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node.\n`,
  );
  process.exit(2);
}

const words = process.argv.slice(2);
if (words.length !== 1 || !isVersionOption(words[0]) || !tellVersion()) {
  const { load } = require('./code-cache.js');
  load(require.resolve('../dist/cli.cjs'), words).runProcess();
}

function isVersionOption(word) {
  return word === '--version' || word === '-V';
}

/** Says the version without loading the program; where that fails the program knows what to say. */
function tellVersion() {
  try {
    writeSync(1, `${require('../package.json').version}\n`);
    return true;
  } catch {
    return false;
  }
}
