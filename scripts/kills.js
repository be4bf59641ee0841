// Kills runs of the built command at random moments and starts them again: `npm run kills -- 300 42`
// does so three hundred times from the seed 42. With --skip-existing there must be one upload for
// each part of the file in the end, whenever the first run was killed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bundle-sources.js';

const rounds = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1e9) >>> 0;
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-kills-'));

/** Each part of the file of a round is under this size. */
const PARTS = 3;

let state = seed;
/** A number from 0 to 1, of a small generator that a seed repeats. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** A service that keeps what arrived whole, by round. */
const kept = new Map();
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = new URL(request.url, 'http://service');
    const counter = url.pathname.split('/')[4];
    const list = kept.get(counter) ?? [];
    kept.set(counter, list);
    if (request.method === 'GET') {
      const uploadings = list.slice(Number(url.searchParams.get('offset')));
      response.end(JSON.stringify({ uploadings }));
      return;
    }
    const uploading = { id: list.length + 1, comment: url.searchParams.get('comment') ?? '' };
    list.push(uploading);
    response.end(JSON.stringify({ uploading }));
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

function start(round) {
  const words = ['upload', '-q', '--skip-existing', '--part-size', '20kB', '-c', String(round)];
  const address = `http://127.0.0.1:${server.address().port}`;
  return spawn(
    process.execPath,
    [join(ROOT, 'bin/metrika-calls.js'), ...words, '--api-url', address, file(round)],
    { env: { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-script' }, stdio: 'ignore' },
  );
}

function file(round) {
  return join(folder, `${round}.csv`);
}

function ended(child) {
  return new Promise((resolve) => child.on('close', (code) => resolve(code)));
}

function writeCalls(round) {
  const time = Math.floor(Date.now() / 1000) - 3600;
  const lines = Array.from({ length: 2000 }, (_, at) => `${round}00${at},${time - at},0`);
  writeFileSync(file(round), `ClientId,DateTime,StaticCall\n${lines.join('\n')}\n`);
}

// One whole run tells how long a run takes and how many parts the file has.
writeCalls(1_000_000);
const began = performance.now();
if ((await ended(start(1_000_000))) !== 0) throw new Error('the command does not work at all');
const duration = performance.now() - began;
const whole = kept.get('1000000').length;
if (whole < PARTS) throw new Error(`the file has ${whole} parts only`);

const tally = { 'nothing sent': 0, 'some parts sent': 0, 'all parts sent': 0 };
for (let round = 1; round <= rounds; round += 1) {
  writeCalls(round);
  const first = start(round);
  const over = ended(first);
  await new Promise((resolve) => setTimeout(resolve, duration * (0.5 + 0.5 * random())));
  first.kill('SIGKILL');
  await over;
  const before = (kept.get(String(round)) ?? []).length;
  tally[before === 0 ? 'nothing sent' : before < whole ? 'some parts sent' : 'all parts sent'] += 1;
  const code = await ended(start(round));
  const comments = kept.get(String(round)).map(({ comment }) => comment);
  if (code !== 0 || comments.length !== whole || new Set(comments).size !== whole) {
    throw new Error(
      `seed ${seed}, round ${round}: exit ${code}, uploadings ${comments.join('; ')}`,
    );
  }
  rmSync(file(round));
}
rmSync(folder, { recursive: true });
server.close();
console.log(`${rounds} runs killed (seed ${seed}), each file listed once in the end.`);
for (const [what, count] of Object.entries(tally)) console.log(`  ${what} at the kill: ${count}`);
