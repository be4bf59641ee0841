#!/usr/bin/env node
import process from 'node:process';
import v8 from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `metrika-calls needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node.\n`,
  );
  process.exit(2);
}
// Keeps the memory for short-lived values small: let grow, it takes tens of megabytes on large files.
v8.setFlagsFromString('--semi-space-growth-factor=1');
const { runProcess } = await import('../dist/cli.js');
await runProcess();
