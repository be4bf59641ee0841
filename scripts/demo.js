// Shows an upload without an account: sends the calls of fixtures/calls.csv to a sandbox. The
// script moves the calls to the last few days. Older calls could not be linked to visits.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const calls = readFileSync(join(root, 'fixtures/calls.csv'), 'utf8');
const times = [...calls.matchAll(/\b1[78]\d{8}\b/g)].map(([time]) => Number(time));
const later = Math.floor(Date.now() / 1000) - 3600 - Math.max(...times);
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-demo-'));
writeFileSync(
  join(folder, 'calls.csv'),
  calls.replace(/\b1[78]\d{8}\b/g, (time) => String(Number(time) + later)),
);

const words = ['upload', '--sandbox', '--wait', 'calls.csv'];
process.stderr.write(`$ metrika-calls ${words.join(' ')}\n`);
const { status } = spawnSync(process.execPath, [join(root, 'bin/metrika-calls.js'), ...words], {
  cwd: folder,
  stdio: 'inherit',
});
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
