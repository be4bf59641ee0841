// Measures conversions: their times and their memory. Other programs do the same conversions, as
// scripts or in SQL.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RECIPE, writeExport, writeWindows1251 } from './exports.js';
import { FREEPBX, writeNumbers, writeRecords } from './freepbx.js';
import { compare, resources, spread } from './measure.js';
import { data, generated, has, here, node, ours, peer, say, shown, verdict } from './report.js';

const ROWS = 300_000;
const ROUNDS = 7;
/**
 * The number of runs for one measurement of memory. One run is not enough, because the garbage
 * collector makes the results vary.
 */
const MEMORY_ROUNDS = 5;

const out = (name) => join(data, `converted-${name}.csv`);
const convert = (file, target, ...options) => [
  ...[node, ours, 'convert', file, ...options],
  ...['-q', '-o', out(target)],
];
const python = (script, ...words) => ['python3', join(here, `peers/${script}.py`), ...words];

const exported = () => generated('export.csv', (path) => writeExport(path, ROWS));
const exported1251 = () =>
  generated('export-1251.csv', (path) => writeWindows1251(exported(), path));
const records = (rows = ROWS) =>
  generated(`freepbx-${rows / 1000}k.csv`, (path) => writeRecords(path, rows));
const numbers = (count) =>
  generated(`crm-${count / 1000}k.csv`, (path) => writeNumbers(path, count));

/**
 * Times one conversion by our command, and the same conversion by other programs. For each of these
 * programs, prints the ratio of its time to the time of our command, and whether its output is the
 * same as ours. The output file of a command has the name of the command.
 *
 * @param {string} what the description of the conversion
 * @param {import('./measure.js').Command} command our command
 * @param {readonly (import('./measure.js').Command & { label: string; goal: number })[]} peers the
 *   commands of the other programs
 */
async function versus(what, command, peers) {
  const able = peers.filter(({ words: [program] }) => program === node || has(program));
  const ratios = await compare([command, ...able], ROUNDS);
  const written = readFileSync(out(command.name));
  for (const { name, label, goal } of able) {
    const ratio = ratios.get(name);
    const isSame = readFileSync(out(name)).equals(written) ? 'yes' : 'no';
    say(
      `| ${what} | ${label} | ${goal} | ${shown(ratio)} | ${verdict(ratio.median >= goal)} | ${isSame} |`,
    );
  }
}

/**
 * Prints how the time of one conversion compares to the time of another one, both by our command.
 * `goal` is the largest ratio that is still good.
 */
function atMost(what, ratio, goal) {
  say(`| ${what} | | at most ${goal} | ${shown(ratio)} | ${verdict(ratio.median <= goal)} | |`);
}

async function compareExport() {
  const file = exported();
  const faulty = generated('export-faulty.csv', (path) =>
    writeExport(path, ROWS, { faulty: true }),
  );
  const plain = { name: 'ours', words: convert(file, 'ours', ...RECIPE) };
  await versus('the export', plain, [
    {
      name: 'python',
      label: 'Python',
      goal: 5,
      words: python('convert', file, out('python')),
    },
    {
      name: 'duckdb',
      label: 'DuckDB',
      goal: 1,
      words: [node, peer('convert-duckdb'), file, out('duckdb')],
    },
  ]);
  const slow = { name: 'faulty', words: convert(faulty, 'faulty', ...RECIPE, '--skip-invalid') };
  const ratios = await compare([plain, slow], ROUNDS);
  atMost('the export, each row with an error, compared with clean rows', ratios.get('faulty'), 2);
}

async function compareRecords() {
  const file = records();
  const crm = numbers(ROWS);
  const joined = (name, source, ...options) => ({
    name: `freepbx-${name}`,
    words: convert(source, `freepbx-${name}`, ...FREEPBX, '--join', crm, ...options),
  });
  const script = (name, goal, source, { encoding = 'utf-8', rule = [] } = {}) => ({
    name: `freepbx-${name}-python`,
    label: 'Python',
    goal,
    words: python('freepbx', source, crm, out(`freepbx-${name}-python`), encoding, ...rule),
  });
  await versus('FreePBX', joined('all', file), [
    script('all', 3, file),
    {
      name: 'freepbx-all-duckdb',
      label: 'DuckDB',
      goal: 0.7,
      words: [node, peer('freepbx-duckdb'), file, crm, out('freepbx-all-duckdb')],
    },
  ]);
  for (const rule of ['skip', 'only']) {
    await versus(
      `FreePBX, \`--${rule} disposition=ANSWERED\``,
      joined(rule, file, `--${rule}`, 'disposition=ANSWERED'),
      [script(rule, 2, file, { rule: [rule, 'disposition', 'ANSWERED'] })],
    );
  }
  const foreign = generated('freepbx-1251.csv', (path) => writeWindows1251(file, path));
  await versus('FreePBX in windows-1251, which is detected', joined('1251', foreign), [
    script('1251', 2, foreign, { encoding: 'cp1251' }),
  ]);
  const faulty = generated('freepbx-faulty.csv', (path) =>
    writeRecords(path, ROWS, { faulty: 10 }),
  );
  const rejects = join(data, 'rejects.csv');
  await versus(
    'FreePBX, `--rejects`, one record in ten is wrong',
    {
      ...joined('faulty', faulty, '--skip-invalid', '--rejects', rejects),
      before: () => rmSync(rejects, { force: true }),
    },
    [script('faulty', 2, faulty)],
  );
}

async function compareEncoding() {
  const file = exported1251();
  const named = ['--encoding', 'windows-1251'];
  const ratios = await compare(
    [
      { name: 'named', words: convert(file, 'named', ...RECIPE, ...named) },
      { name: 'detected', words: convert(file, 'detected', ...RECIPE) },
    ],
    ROUNDS,
  );
  const { median, low, high } = ratios.get('detected');
  const beyond = { median: median - 1, low: low - 1, high: high - 1 };
  atMost('the export in windows-1251: finding the encoding, as a share of the rest', beyond, 0.3);
}

export async function measureConvert() {
  say('## Convert');
  say();
  say(
    '`metrika-calls convert` of 300,000 rows, whole process, all checks on: how many times as long the peer takes,',
  );
  say(
    'which checks nothing; more is better. Python uses its csv module, and DuckDB works on two threads. For rows',
  );
  say('without a peer, less is better. All records of FreePBX are joined with 300,000 numbers.');
  say();
  say('| what | peer | at least | measured | | same output |');
  say('| --- | --- | --- | --- | --- | --- |');
  await compareExport();
  await compareRecords();
  await compareEncoding();
}

/**
 * Measures the memory of conversions: the largest resident memory, and the memory for each phone
 * number of a joined file.
 */
export async function measureConvertMemory() {
  const memoryOf = async (file, ...options) =>
    (await resources(convert(file, 'memory', ...options))).memory;
  const several = async (measure) => {
    const results = [];
    for (let round = 0; round < MEMORY_ROUNDS; round += 1) results.push(await measure());
    return spread(results);
  };
  const row = (what, { median, low, high }, unit) => {
    const [middle, least, most] = [median, low, high].map((value) => value.toFixed(0));
    say(
      `| ${what} | ${middle} (${least} to ${most}) ${unit} | 100 ${unit} | ${verdict(median <= 100)} |`,
    );
  };
  say('| `convert` | measured | at most | |');
  say('| --- | --- | --- | --- |');
  for (const [what, file, options] of [
    ['the export, 300,000 rows', exported(), RECIPE],
    ['the export in windows-1251, 300,000 rows', exported1251(), RECIPE],
    ['FreePBX, 300,000 records', records(), FREEPBX],
    ['FreePBX, 1,500,000 records', records(5 * ROWS), FREEPBX],
  ]) {
    row(what, await several(() => memoryOf(file, ...options)), 'MB');
  }
  const small = records(1000);
  for (const count of [ROWS, 10 * ROWS]) {
    const crm = numbers(count);
    const beyond = await several(async () => {
      const alone = await memoryOf(small, ...FREEPBX);
      const joined = await memoryOf(small, ...FREEPBX, '--join', crm);
      return ((joined - alone) * 2 ** 20) / count;
    });
    row(`each of ${count.toLocaleString('en')} joined numbers`, beyond, 'bytes');
  }
}
