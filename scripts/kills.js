// Kills runs of the built command at random moments, and starts them again with --skip-existing:
// `npm run kills -- 300 42` does this 300 times with the seed 42. In the end, each part of the file
// must have exactly one upload. With `npm run kills -- 200 42 800`, the list of uploads shows a new
// upload only after 800 ms. In this case, two uploads of one part are allowed, but the second run
// must print both ids. All parts must be there.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bundle-sources.js';

const rounds = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1e9) >>> 0;
/** The time until the list shows a new upload, in milliseconds. */
const lag = Number(process.argv[4] ?? 0);
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-kills-'));

/** The minimum number of parts of the file in each round. */
const PARTS = 3;

/**
 * The latest moment to kill a run, in milliseconds after its start. Later, a run would only wait
 * until the slow list shows its uploads.
 */
const LONGEST_SENDING = 600;

let state = seed;
/** Returns a pseudorandom number from 0 to 1. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** Returns the number of records in the part of a request. The header is not a record. */
function recordsIn(body) {
  const [, content = ''] = /\r\n\r\n([^]*)\r\n--/.exec(body) ?? [];
  return content.trimEnd().split('\n').length - 1;
}

/** The complete uploads that the service received in each round. */
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
      const listed = list.filter(({ made }) => made <= performance.now() - lag);
      const uploadings = listed.slice(Number(url.searchParams.get('offset')));
      response.end(JSON.stringify({ uploadings }));
      return;
    }
    const comment = url.searchParams.get('comment') ?? '';
    const uploading = { id: list.length + 1, comment, made: performance.now() };
    uploading.source_quantity = recordsIn(Buffer.concat(chunks).toString());
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
    {
      env: { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-script' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

/** Returns the fingerprint of an upload: the first characters of the mark in its comment. */
function fingerprint({ comment }) {
  return comment.split(' ').at(-1).slice(0, 22);
}

/** Says what is wrong with the uploads of a round; returns `undefined` if all is right. */
function fault(uploads, said) {
  const byFingerprint = grouped(uploads);
  if (byFingerprint.size !== whole) return `${byFingerprint.size} of ${whole} parts are there`;
  for (const same of byFingerprint.values()) {
    if (same.length === 1) continue;
    if (lag === 0) return 'a part is there twice';
    if (!same.every(({ id }) => new RegExp(`\\b${id}\\b`).test(said))) {
      return `uploads ${same.map(({ id }) => id).join()} are of one part, and were not told`;
    }
  }
  return undefined;
}

function grouped(uploads) {
  const groups = new Map();
  for (const upload of uploads) {
    const key = fingerprint(upload);
    groups.set(key, [...(groups.get(key) ?? []), upload]);
  }
  return groups;
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

// Two runs are not killed. They show how long a run takes, and how many parts the file has. The
// first run is slower than later runs, so only the duration of the second run is used.
let duration = 0;
for (const round of [1_000_000, 1_000_001]) {
  writeCalls(round);
  const began = performance.now();
  if ((await ended(start(round))) !== 0) throw new Error('the command does not work at all');
  duration = performance.now() - began;
}
const whole = kept.get('1000000').length;
if (whole < PARTS) throw new Error(`the file has ${whole} parts only`);

const tally = {
  'nothing sent': 0,
  'some parts sent': 0,
  'all parts sent': 0,
  'told as sent twice': 0,
};
for (let round = 1; round <= rounds; round += 1) {
  writeCalls(round);
  const first = start(round);
  const over = ended(first);
  await new Promise((resolve) =>
    setTimeout(resolve, Math.min(duration, LONGEST_SENDING) * (0.3 + 0.7 * random())),
  );
  first.kill('SIGKILL');
  await over;
  const before = (kept.get(String(round)) ?? []).length;
  tally[before === 0 ? 'nothing sent' : before < whole ? 'some parts sent' : 'all parts sent'] += 1;
  const second = start(round);
  let said = '';
  second.stderr.on('data', (chunk) => (said += chunk));
  const code = await ended(second);
  const wrong = code === 0 ? fault(kept.get(String(round)), said) : `exit ${code}`;
  if (wrong !== undefined) throw new Error(`seed ${seed}, round ${round}: ${wrong}\n${said}`);
  tally['told as sent twice'] += said.includes('same content') ? 1 : 0;
  rmSync(file(round));
}
rmSync(folder, { recursive: true });
server.close();
console.log(
  `${rounds} runs killed (seed ${seed}, lag ${lag} ms): no part lost, none twice without a word.`,
);
for (const [what, count] of Object.entries(tally)) console.log(`  ${what} at the kill: ${count}`);
