// Converts random exports for some minutes: `npm run fuzz:convert -- --minutes 5 --seed 42`. The
// calls, the findings and the record counts must be the same with and without the fast path. They
// must also be the same for all block sizes. If the meaning of all cells is certain, other
// libraries must find the same calls. If there is a difference, the script prints the number of the
// export. `--seed 42 --export 17` converts only export 17, and writes its files to a temporary
// folder.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { importSources } from './bundle-sources.js';
import { randomExport } from './random-exports.js';
import { referenceCalls } from './reference-calls.js';

const { convertTable, recipeFrom, readJoinedFile } = await importSources([
  'src/convert/convert-calls.ts',
  'src/convert/recipe/saved-recipe.ts',
  'src/convert/recipe/joined-file.ts',
]);

const { values: given } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    export: { type: 'string' },
  },
});
const seed = Number(given.seed) >>> 0;

/** The maximum number of differences to print. All later differences are only counted. */
const MOST_PRINTED = 20;
/** Exports with more bytes than this are not converted in very small blocks. */
const LARGE = 200_000;

/**
 * Returns a function that yields bytes in blocks. As with a file, each block is overwritten when
 * the next one is read.
 */
function opening(bytes, step) {
  return async function* blocks() {
    const memory = Buffer.alloc(Math.min(step, bytes.length));
    for (let at = 0; at < bytes.length; at += step) {
      yield memory.subarray(0, bytes.copy(memory, 0, at, at + step));
      memory.fill('#');
    }
  };
}

/**
 * Converts an export. Returns all results to compare. If the program refuses the export, returns
 * the code and the parameters of the error.
 */
async function converted({ bytes, recipe, joined, options, takesRejects }, step, fastPath) {
  let text = '';
  let rejected = [];
  const sink = {
    begin: () => {
      text = '';
    },
    write: (calls) => {
      text += Buffer.from(calls).toString();
    },
  };
  const invalidRecords = {
    wantsBytes: true,
    begin: () => {
      rejected = [];
    },
    take: (record, own, reasons) => {
      rejected.push([record, reasons.join(' '), Buffer.from(own()).toString('hex')]);
    },
  };
  try {
    const read = { ...recipeFrom(recipe, (key) => ({ text: key })), joined: undefined };
    if (joined !== undefined) {
      const { region } = read;
      const { showValues } = options;
      const named = { name: 'joined.csv', region, mapped: new Map(), showValues };
      read.joined = await readJoinedFile(opening(joined.bytes, step), named);
    }
    const all = { ...options, fastPath, ...(takesRejects ? { invalidRecords } : {}) };
    const conversion = await convertTable(opening(bytes, step), read, all, sink);
    return { text, rejected, ...conversion };
  } catch (error) {
    // The program may refuse a file or a recipe.
    if (error.code === undefined || error.parameters === undefined) throw error;
    return { refused: error.code, parameters: error.parameters };
  }
}

/** Returns the first difference between two results, as text; `undefined` if they are equal. */
function difference(one, other) {
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [left, right] = [one[key], other[key]].map((part) => JSON.stringify(part) ?? 'nothing');
    if (left === right) continue;
    let at = 0;
    while (left[at] === right[at]) at += 1;
    const from = Math.max(0, at - 150);
    return `${key}:\n  ${left.slice(from, at + 150)}\n  ${right.slice(from, at + 150)}`;
  }
  return undefined;
}

/** Compares the calls of this program with the calls that other libraries find. */
function differenceFromReference(input, { text, account, refused }) {
  if (refused !== undefined) return `refused: ${refused}`;
  const expected = referenceCalls(input);
  const calls = parse(text, { columns: true, record_delimiter: '\n' });
  const [header = []] = parse(text, { record_delimiter: '\n', to: 1 });
  for (const [at, call] of expected.calls.entries()) {
    const missing = Object.keys(call).filter((name) => call[name] !== '' && !header.includes(name));
    const want = Object.fromEntries(header.map((name) => [name, call[name] ?? '']));
    if (missing.length > 0) return `call ${at} lacks ${missing.join()}`;
    const differs = difference({ [`call ${at}`]: calls[at] }, { [`call ${at}`]: want });
    if (differs !== undefined) return differs;
  }
  if (calls.length > expected.calls.length) return `${calls.length} calls`;
  return difference({ account }, { account: expected.account });
}

/**
 * Converts one export in several ways.
 *
 * @returns the first difference between the results; `undefined` if all are equal
 */
async function tried(input) {
  const { bytes, steps, isWild } = input;
  const whole = await converted(input, Math.max(1, bytes.length), true);
  if (!isWild) {
    const differs = differenceFromReference(input, whole);
    if (differs !== undefined) return `not as the reference: ${differs}`;
  }
  const [tiny, small, large] = steps;
  for (const [step, fastPath] of [
    [tiny, true],
    [small, false],
    [large, true],
  ]) {
    if (step === tiny ? bytes.length > LARGE : step === large && bytes.length <= large) continue;
    const differs = difference(whole, await converted(input, step, fastPath));
    const how = `blocks of ${step} bytes, ${fastPath ? 'with' : 'without'} the fast path`;
    if (differs !== undefined) return `${how}: ${differs}`;
  }
  return undefined;
}

function writeFiles({ bytes, joined, recipe, options }) {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-convert-'));
  writeFileSync(join(folder, 'export.csv'), bytes);
  if (joined !== undefined) writeFileSync(join(folder, 'joined.csv'), joined.bytes);
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipe, null, 2));
  writeFileSync(join(folder, 'options.json'), JSON.stringify(options, null, 2));
  console.log(`the files are in ${folder}`);
}

const only = given.export === undefined ? undefined : Number(given.export);
const end = Date.now() + Number(given.minutes) * 60_000;
let [exports, certain, differences] = [0, 0, 0];
for (let number = only ?? 0; only === undefined ? Date.now() < end : exports === 0; number += 1) {
  const input = randomExport(seed, number);
  if (only !== undefined) writeFiles(input);
  let differs;
  try {
    differs = await tried(input);
  } catch (error) {
    differs = error instanceof Error ? error.stack : String(error);
  }
  exports += 1;
  if (!input.isWild) certain += 1;
  if (differs === undefined) continue;
  differences += 1;
  if (differences > MOST_PRINTED) continue;
  console.error(`--seed ${seed} --export ${number}: ${differs}\n${JSON.stringify(input.recipe)}\n`);
}
console.log(
  `seed ${seed}: ${exports} exports, ${certain} of them compared with other libraries, ${differences} differences`,
);
process.exit(differences > 0 ? 1 : 0);
