// Starts many runs of the built command with one file at the same time: `npm run at-once -- 200`.
// All runs use --skip-existing, so a run must not upload the file if the list already contains an
// upload of the file. Only a run that got an empty list may upload the file. So there must not be
// more uploads than empty lists. Each run must succeed and print the id of an upload.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bundle-sources.js';

const runs = Number(process.argv[2] ?? 200);
/** The time until the list shows a new upload, in milliseconds. */
const LAG = 300;
/** The maximum number of parallel uploads. The service refuses all others. */
const AT_ONCE = 3;

const kept = [];
let underWay = 0;
let lookedInTime = 0;
let refused = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const url = new URL(request.url, 'http://service');
    const listed = kept.filter(({ made }) => made <= performance.now() - LAG);
    if (request.method === 'GET') {
      const offset = Number(url.searchParams.get('offset'));
      if (offset === 0 && listed.length === 0) lookedInTime += 1;
      response.end(JSON.stringify({ uploadings: listed.slice(offset) }));
      return;
    }
    if (underWay >= AT_ONCE) {
      refused += 1;
      response.writeHead(429);
      response.end('{}');
      return;
    }
    underWay += 1;
    setTimeout(() => {
      underWay -= 1;
      const comment = url.searchParams.get('comment') ?? '';
      const uploading = {
        id: kept.length + 1,
        comment,
        status: 'UPLOADED',
        source_quantity: 1,
        made: performance.now(),
      };
      kept.push(uploading);
      response.end(JSON.stringify({ uploading }));
    }, 50);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-at-once-'));
const file = join(folder, 'calls.csv');
const time = Math.floor(Date.now() / 1000) - 3600;
writeFileSync(file, `ClientId,DateTime,StaticCall\n1481718166123,${time},0\n`);

function run() {
  const address = `http://127.0.0.1:${server.address().port}`;
  const words = ['upload', '--json', '--skip-existing', '-c', '1', '--api-url', address, file];
  const child = spawn(process.execPath, [join(ROOT, 'bin/metrika-calls.js'), ...words], {
    env: { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-script' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const ended = await Promise.all(Array.from({ length: runs }, run));
server.close();
rmSync(folder, { recursive: true });

const outcomes = new Map();
for (const { code, said } of ended) {
  const [result] = JSON.parse(said).results;
  if (code !== 0 || result.uploading === null) throw new Error(`exit ${code}: ${said}`);
  outcomes.set(result.outcome, (outcomes.get(result.outcome) ?? 0) + 1);
}
if (kept.length > lookedInTime) {
  throw new Error(
    `${kept.length} uploads, and ${lookedInTime} runs looked before the first was listed`,
  );
}
console.log(
  `${runs} runs at once: ${kept.length} uploads, ${lookedInTime} looks before the first was listed.`,
);
console.log(`  refused with 429: ${refused}`);
for (const [outcome, count] of outcomes) console.log(`  ${outcome}: ${count}`);
