// Runs all measurements, and writes results.md: `npm run bench`. It takes some minutes, and three
// gigabytes of disk in bench/data.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import * as prettier from 'prettier';
import { writeCalls } from './calls.js';
import { measureConvert, measureConvertMemory } from './convert.js';
import { own, writeJson } from './json.js';
import { compare, resources, run, spread } from './measure.js';
import {
  data,
  digits,
  generated,
  has,
  here,
  lines,
  node,
  ours,
  peer,
  say,
  shown,
  verdict,
} from './report.js';
import { writeWorkbook } from './workbooks.js';

const MILLION = 1_000_000;
/** The approximate number of records in a megabyte. A record has about 150 bytes. */
const ROWS_A_MB = 6650;

function calls(name, rows, kind) {
  return generated(`${name}.csv`, (path) => writeCalls(path, rows, kind));
}

const wanted = process.argv.slice(2);

async function section(name, measure) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  console.error(`measuring: ${name}`);
  await measure();
  say();
}

const server = spawn(node, [peer('server')], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = String(await new Promise((resolve) => server.stdout.once('data', resolve))).trim();
const target = ['--api-url', `http://127.0.0.1:${port}`, '--counter', '1'];

say('# Results');
say();
say('Written by `npm run bench`; how to read it: [README.md](README.md).');
say();
const packageOf = (name) =>
  JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version;
const peers = ['papaparse', 'csv-parse', 'zod', 'fast-csv', '@duckdb/node-api'];
say(
  `${cpus().length} cores (${cpus()[0].model}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}; ` +
    `${peers.map((name) => `${name} ${packageOf(name)}`).join(', ')}.`,
);
say();

await section('start', async () => {
  const small = calls('plain-1k', 1000, 'plain');
  const authorities = join(data, 'authorities.pem');
  writeFileSync(authorities, rootCertificates.join('\n'));
  const commands = [
    { name: 'node', words: [node, '-e', '0'] },
    { name: 'version', words: [node, ours, '--version'] },
    { name: 'help', words: [node, ours, '--help'] },
    { name: 'validate', words: [node, ours, 'validate', small] },
    { name: 'upload', words: [node, ours, 'upload', ...target, small] },
  ];
  const bare = await compare(commands, 41);
  const trusting = await compare(commands, 41, { NODE_EXTRA_CA_CERTS: authorities });
  const config = join(data, 'config');
  mkdirSync(join(config, 'metrika-calls'), { recursive: true });
  writeFileSync(
    join(config, 'metrika-calls', 'settings.json'),
    '{"counter": 1, "comment": "{file}", "profiles": {"north": {"counter": 2}}}',
  );
  const settled = await compare(commands, 41, { XDG_CONFIG_HOME: config });
  const row = (what, name, goal) => {
    const ratio = bare.get(name);
    const reached = verdict(ratio.median <= goal);
    say(
      `| ${what} | ${goal.toFixed(2)} | ${shown(ratio)} | ${reached} | ${shown(trusting.get(name))} | ${shown(settled.get(name))} |`,
    );
  };
  say('## Start');
  say();
  say(
    'Wall time of the whole process, as a multiple of `node -e 0`; less is better. The last columns are',
  );
  say(
    'the same with NODE_EXTRA_CA_CERTS, which Node reads at each start, and with a settings file.',
  );
  say();
  say('| what | at most | measured | | with more authorities | with settings |');
  say('| --- | --- | --- | --- | --- | --- |');
  row('`metrika-calls --version`', 'version', 1.25);
  row('`metrika-calls --help`', 'help', 1.25);
  row('`metrika-calls validate` of 1,000 rows', 'validate', 1.5);
  row('`metrika-calls upload` of 1,000 rows to loopback', 'upload', 2);
});

await section('check', async () => {
  say('## Check');
  say();
  say(
    '`metrika-calls validate` of 1,000,000 rows of 13 columns, whole process, all checks on: how many',
  );
  say('times as long the peer takes; more is better.');
  say();
  say('| file | peer | at least | measured | |');
  say('| --- | --- | --- | --- | --- |');
  for (const kind of ['plain', 'quoted']) {
    const file = calls(`${kind}-1m`, MILLION, kind);
    const fast = [
      { name: 'ours', words: [node, ours, 'validate', file] },
      { name: 'bare PapaParse, rows only', words: [node, peer('papaparse'), file], goal: 2 },
      { name: 'DuckDB, the same checks in SQL', words: [node, peer('duckdb'), file], goal: 2 },
    ];
    const slow = [
      fast[0],
      { name: 'csv-parse with zod', words: [node, peer('csv-parse-zod'), file], goal: 10 },
      { name: 'bare fast-csv, rows only', words: [node, peer('fast-csv'), file] },
      ...(has('mlr')
        ? [{ name: 'Miller, rows only', words: ['mlr', '--icsv', '--ojson', 'count', file] }]
        : []),
      ...(has('csvstat')
        ? [{ name: 'csvkit, rows only', words: ['csvstat', '--count', file] }]
        : []),
    ];
    for (const [commands, rounds] of [
      [fast, 9],
      [slow, 2],
    ]) {
      const result = await compare(commands, rounds);
      for (const { name, goal } of commands.slice(1)) {
        const ratio = result.get(name);
        const judged = goal === undefined ? ' | ' : `${goal.toFixed(1)} | `;
        const end = goal === undefined ? '' : verdict(ratio.median >= goal);
        say(`| ${kind} | ${name} | ${judged}${shown(ratio)} | ${end} |`);
      }
    }
  }
});

await section('inspect', async () => {
  const file = calls('plain-1m', MILLION, 'plain');
  const ratios = await compare(
    [
      { name: 'ours', words: [node, ours, 'inspect', '--timezone', 'UTC', file] },
      { name: 'duckdb', words: [node, peer('inspect-duckdb'), file] },
    ],
    5,
  );
  const ratio = ratios.get('duckdb');
  say('## Inspect');
  say();
  say(
    '`metrika-calls inspect` of 1,000,000 rows, whole process: how many times as long the peer takes; more is',
  );
  say('better.');
  say();
  say('| peer | at least | measured | |');
  say('| --- | --- | --- | --- |');
  say(
    `| DuckDB, the same aggregates at two threads | 1 | ${shown(ratio)} | ${verdict(ratio.median >= 1)} |`,
  );
});

await section('convert', measureConvert);

await section('workbook', async () => {
  const rows = MILLION;
  const file = join(data, 'calls.xlsx');
  await writeWorkbook(file, rows, 400_000);
  const ourWords = [node, ours, 'validate', '-q', file];
  const ratios = await compare(
    [
      { name: 'ours', words: ourWords },
      { name: 'hucre', words: [node, peer('hucre'), file] },
      { name: 'exceljs', words: [node, peer('exceljs'), file] },
    ],
    3,
  );
  say('## Workbooks');
  say();
  say(
    '`metrika-calls validate` of a workbook with 1,000,000 rows of 13 columns and 400,000 different texts, whole',
  );
  say('process, all checks on: how many times as long the peer takes to read it; more is better.');
  say();
  say('| peer | at least | measured | | memory, MB |');
  say('| --- | --- | --- | --- | --- |');
  for (const name of ['hucre', 'exceljs']) {
    const ratio = ratios.get(name);
    const { memory } = await resources([node, peer(name), file]);
    say(`| ${name} | 1 | ${shown(ratio)} | ${verdict(ratio.median >= 1)} | ${memory.toFixed(0)} |`);
  }
  const { memory } = await resources(ourWords);
  say(`| this program | at most 150 | | ${verdict(memory <= 150)} | ${memory.toFixed(0)} |`);
});

await section('json', async () => {
  const file = join(data, 'calls.json');
  writeJson(file, MILLION);
  const out = join(data, 'calls-of-json.csv');
  const recipe = ['--preset', 'uis', '--timezone', 'Europe/Moscow', '-q', '-o', out];
  const ourWords = [node, ours, 'convert', ...recipe, file];
  const ratios = await compare(
    [
      { name: 'ours', words: ourWords },
      { name: 'jq', words: ['sh', '-c', `jq -c . ${file} > /dev/null`] },
    ],
    3,
  );
  const times = 1 / ratios.get('jq').median;
  const calls = join(data, 'own-calls.json');
  writeJson(calls, MILLION, own);
  const { memory } = await resources([node, ours, 'validate', '-q', calls]);
  const converted = await resources(ourWords);
  say('## JSON');
  say();
  say(
    '`metrika-calls convert --preset uis` of a JSON file with 1,000,000 calls of 13 values: how many',
  );
  say(
    'times as long as `jq -c .` of the same file it takes; less is better. The memory is that of',
  );
  say('`validate` of such a file with the columns of a call, and of this `convert`.');
  say();
  say('| what | at most | measured | |');
  say('| --- | --- | --- | --- |');
  say(`| time, in times of jq | 3 | ${times.toFixed(2)} | ${verdict(times <= 3)} |`);
  say(`| memory of validate, MB | 100 | ${memory.toFixed(0)} | ${verdict(memory <= 100)} |`);
  say(`| memory of convert, MB | | ${converted.memory.toFixed(0)} | |`);
});

await section('send', async () => {
  const file = calls('plain-1gb', 1000 * ROWS_A_MB, 'plain');
  const url = `http://127.0.0.1:${port}/management/v1/counter/1/offline_conversions/upload_calls`;
  const ratios = [];
  for (let round = 0; round < 8; round += 1) {
    const curl = await run(['curl', '-sS', '-F', `file=@${file}`, '-w', '%{time_total}', url]);
    const upload = await run([node, ours, 'upload', '--verbose', ...target, file]);
    const sending = Number(/after (\d+) ms/.exec(upload.stderr)[1]) / 1000;
    const seconds = Number(/[\d.]+$/.exec(curl.stdout)[0]);
    // In the first round, the disk is cold. So this round is not counted.
    if (round > 0) ratios.push(seconds / sending);
  }
  const ratio = spread(ratios);
  say('## Sending');
  say();
  say(
    '1 GB to a server on loopback, from the first byte of the request to the answer, after the check:',
  );
  say('its speed as a multiple of `curl -F` with the same server; more is better.');
  say();
  say('| at least | measured | |');
  say('| --- | --- | --- |');
  say(`| 0.8 | ${shown(ratio)} | ${verdict(ratio.median >= 0.8)} |`);
});

await section('memory', async () => {
  say('## Memory');
  say();
  say('Largest resident memory of the process; less is better.');
  say();
  say('| what | 100 MB | 1 GB | at most | |');
  say('| --- | --- | --- | --- | --- |');
  const small = calls('plain-100mb', 100 * ROWS_A_MB, 'plain');
  const large = calls('plain-1gb', 1000 * ROWS_A_MB, 'plain');
  for (const [command, words] of [
    ['validate', ['validate']],
    ['upload', ['upload', ...target]],
  ]) {
    const [first, second] = [
      (await resources([node, ours, ...words, small])).memory,
      (await resources([node, ours, ...words, large])).memory,
    ];
    const bound = Math.min(150, first * 1.15);
    say(
      `| \`${command}\` | ${first.toFixed(0)} MB | ${second.toFixed(0)} MB | ${bound.toFixed(0)} MB | ${verdict(second <= bound)} |`,
    );
  }
  say();
  await measureConvertMemory();
});

await section('progress', async () => {
  if (!has('script')) return;
  const file = calls('plain-1gb', 1000 * ROWS_A_MB, 'plain');
  const onTerminal = (words) => ['script', '-qec', words.join(' '), '/dev/null'];
  const words = [node, ours, 'upload', ...target, file];
  const shares = [];
  for (let round = 0; round < 5; round += 1) {
    const spinning = await resources(words, onTerminal);
    const silent = await resources([...words, '--no-progress'], onTerminal);
    shares.push(spinning.processor / silent.processor);
  }
  const share = spread(shares);
  say('## Progress');
  say();
  say(
    'Time on processors of an upload of 1 GB on a terminal, with the spinner, as a multiple of the',
  );
  say('same with `--no-progress`; less is better.');
  say();
  say('| at most | measured | |');
  say('| --- | --- | --- |');
  say(`| 1.01 | ${shown(share)} | ${verdict(share.median <= 1.01)} |`);
});

await section('growth', async () => {
  say('## Growth');
  say();
  say('`validate`: what a row more costs, as a multiple of what it costs from 10 to 100 MB.');
  say();
  say('| from | to | measured | |');
  say('| --- | --- | --- | --- |');
  const sizes = [1, 10, 100, 1000];
  const commands = sizes.map((size) => {
    const file = calls(size === 1000 ? 'plain-1gb' : `plain-${size}mb`, size * ROWS_A_MB, 'plain');
    return { name: String(size), words: [node, ours, 'validate', file] };
  });
  const result = await compare(commands, 7);
  const cost = (from, to) =>
    (result.get(String(to)).milliseconds - result.get(String(from)).milliseconds) / (to - from);
  for (const [from, to] of [
    [1, 10],
    [10, 100],
    [100, 1000],
  ]) {
    const ratio = cost(from, to) / cost(10, 100);
    say(
      `| ${from} MB | ${to} MB | ${digits(ratio)} | ${from < 10 ? '' : verdict(Math.abs(ratio - 1) <= 0.15)} |`,
    );
  }
});

server.kill();
if (wanted.length === 0) {
  const page = join(here, 'results.md');
  const options = await prettier.resolveConfig(page);
  writeFileSync(page, await prettier.format(lines.join('\n'), { ...options, filepath: page }));
}
