// Checks random and damaged files for some minutes: `npm run fuzz -- 5 42` runs for five minutes
// with the seed 42. The checker must not throw, and its result must not depend on how the file is
// split into blocks. If a file passes, the converted file must pass too. Other libraries read the
// cells of the original file. The converted file must have the same cells.
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { importSources } from './bundle-sources.js';

const { checkCalls, outgoingBytes } = await importSources([
  'src/calls/check/check-calls.ts',
  'src/calls/outgoing.ts',
]);

const minutes = Number(process.argv[2] ?? 2);
let state = Number(process.argv[3] ?? Date.now() % 1e9) >>> 0;
const seed = state;

/** Returns a pseudorandom whole number below `limit`. */
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
  'с сайта',
  'NULL',
  '😀',
  '\0',
  '\ufeff',
  ' ',
  'sep=;\n',
  '1.6E+18',
  ',,\n',
].map((piece) => Buffer.from(piece));

const ENCODINGS = ['utf16le', 'utf16be', 'utf16le', 'win1251', 'koi8-r', 'cp866', 'maccyrillic'];

const TEXTS = [
  'Заявка',
  'с сайта',
  'a',
  ' ',
  ',',
  ';',
  '"',
  '\n',
  '\r\n',
  '|',
  '\t',
  'NULL',
  '-',
  'é',
  '😀',
];

const oneOf = (list) => list[below(list.length)];

/** Returns a table that is mostly valid. Some cells have quotes that they do not need. */
function randomTable() {
  const delimiter = oneOf([',', ',', ';', '\t', '|']);
  const lineEnd = oneOf(['\n', '\n', '\r\n', '\r']);
  const lines = [['ClientId', 'DateTime', 'Tag', 'UserId'].slice(0, 3 + below(2))];
  for (let row = below(12); row > 0; row -= 1) {
    const text = () => Array.from({ length: below(4) }, () => oneOf(TEXTS)).join('');
    const cells = [String(1 + below(1e9)), String(1_794_990_000 - below(1e6)), text(), text()];
    lines.push(cells.slice(0, lines[0].length));
  }
  const quoted = (cell) =>
    /[",;|\t\r\n]/.test(cell) || below(8) === 0 ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = lines.map((cells) => cells.map(quoted).join(delimiter) + lineEnd).join('');
  return Buffer.from(below(5) === 0 ? text.trimEnd() : text);
}

function randomFile() {
  const file = below(3) === 0 ? randomPieces() : randomTable();
  const encoding = ENCODINGS[below(24)];
  const bytes = encoding === undefined ? file : iconv.encode(file.toString('utf8'), encoding);
  if (bytes.length > 0 && below(6) === 0) bytes[below(bytes.length)] = below(256);
  return bytes;
}

function randomPieces() {
  const pieces = [below(4) === 0 ? Buffer.alloc(0) : PIECES[below(2)]];
  // A file with fewer pieces is more likely to be valid. So most files have few pieces.
  for (let left = below(4) === 0 ? below(60) : below(5); left > 0; left -= 1) {
    pieces.push(
      below(8) === 0
        ? Buffer.from(Array.from({ length: below(6) }, () => below(256)))
        : PIECES[below(PIECES.length)],
    );
  }
  return Buffer.concat(pieces);
}

const STAND_INS = new Set(['null', 'none', 'undefined', 'nan', '-', '#n/a', '(not set)']);

/**
 * Returns the cells that another library reads, without those of the header and of blank records.
 */
function cellsOf(text, delimiter) {
  const records = parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  return records.slice(1).filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

/**
 * @returns the first difference between the cells of a file and the cells that would be sent;
 *   `undefined` if they are equal
 */
function difference(bytes, form, sent) {
  const text = iconv
    .decode(bytes, form.encoding === 'x-mac-cyrillic' ? 'maccyrillic' : form.encoding)
    .replace(/^sep=.[\r\n]+/, '');
  const before = cellsOf(text, form.delimiter);
  const after = cellsOf(sent.toString('utf8'), ',');
  if (before.length !== after.length) return `${before.length} records became ${after.length}`;
  for (const [at, cells] of before.entries()) {
    for (const [place, cell] of cells.entries()) {
      const now = after[at]?.[place];
      if (now === cell) continue;
      const isStandIn =
        STAND_INS.has(cell.trim().toLowerCase()) ||
        /^(?:0+|[0]{8}(?:-0{4}){3}-0{12})$/.test(cell.trim());
      if (now !== '' || !isStandIn) return `${JSON.stringify(cell)} became ${JSON.stringify(now)}`;
    }
  }
  return undefined;
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
  try {
    return await checkCalls(source(bytes, step), settings);
  } catch (error) {
    // The program may refuse an unreadable file.
    if (error.name !== 'UnreadableFile') throw error;
    return { validation: { errors: 1, code: error.code }, form: undefined };
  }
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
    const differs = difference(bytes, whole.form, Buffer.concat(sent));
    if (differs !== undefined) fail(differs);
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
