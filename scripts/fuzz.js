// Throws random and damaged files at the checker for some minutes: `npm run fuzz -- 5 42` runs for
// five minutes from the seed 42. Whatever the bytes, the checker must not throw, must not depend on
// where the bytes are cut, and what it lets pass must pass again after it was written again.
import { importSources } from './bundle-sources.js';

const { checkCalls, outgoingBytes } = await importSources([
  'src/calls/check/check-calls.ts',
  'src/calls/outgoing.ts',
]);

const minutes = Number(process.argv[2] ?? 2);
let state = Number(process.argv[3] ?? Date.now() % 1e9) >>> 0;
const seed = state;

/** A whole number below `limit`, of a small generator that a seed repeats. */
function below(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

const PIECES = [
  'ClientId,DateTime,Tag\n',
  'clientid;DateTime;Tag\r\n',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '1481718166123',
  '1794990000',
  '1,1794990000,x\n',
  '2;1794990000;"я;"\r\n',
  '3,1794990000,"a""b\n"\n',
  '+70123456789',
  'Заявка',
  '😀',
  '\0',
  '\ufeff',
  ' ',
  'sep=;\n',
  '1.6E+18',
  ',,\n',
].map((piece) => Buffer.from(piece));

function randomFile() {
  const pieces = [below(4) === 0 ? Buffer.alloc(0) : PIECES[below(2)]];
  // Files with few pieces are often good ones.
  for (let left = below(4) === 0 ? below(60) : below(5); left > 0; left -= 1) {
    pieces.push(
      below(8) === 0
        ? Buffer.from(Array.from({ length: below(6) }, () => below(256)))
        : PIECES[below(PIECES.length)],
    );
  }
  const file = Buffer.concat(pieces);
  return below(6) === 0 ? Buffer.from(file.toString('utf8'), 'utf16le') : file;
}

function source(bytes, step) {
  return {
    async *blocks() {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    },
  };
}

async function check(bytes, step) {
  const settings = { now: 1_795_000_000, maxFindings: 50, showValues: false, convert: true };
  return await checkCalls(source(bytes, step), settings);
}

const end = Date.now() + minutes * 60_000;
let files = 0;
let passed = 0;
for (; Date.now() < end; files += 1) {
  const bytes = randomFile();
  const fail = (why) => {
    console.error(`seed ${seed}, file ${files}: ${why}\n${bytes.toString('hex')}`);
    process.exit(1);
  };
  try {
    const whole = await check(bytes, 1 << 20);
    const cut = await check(bytes, 1 + below(9));
    if (JSON.stringify(whole.validation) !== JSON.stringify(cut.validation))
      fail('depends on the cut');
    if (whole.validation.errors > 0 || whole.form === undefined) continue;
    passed += 1;
    const sent = [];
    for await (const block of outgoingBytes(source(bytes, 7), whole.form)) sent.push(block);
    const again = await check(Buffer.concat(sent), 1 << 20);
    if (again.validation.errors > 0 || again.counts.records !== whole.counts.records) {
      fail('does not pass again');
    }
  } catch (error) {
    fail(error instanceof Error ? error.stack : String(error));
  }
}
console.log(
  `${files} files in ${minutes} min from the seed ${seed}, ${passed} passed: nothing found`,
);
