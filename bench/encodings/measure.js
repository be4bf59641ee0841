// Measures how often the program detects the encoding of a file that is not UTF-8. The files
// contain words that were not used to train the model. The files are in many encodings, and have
// one word, ten rows or a thousand rows. Prints the table of bench/README.md. The argument
// says how many files with one word are made for each encoding and language. There are a tenth as
// many files with ten rows, and a hundredth as many with a thousand rows.
//     node bench/encodings/measure.js [files with one word]
import { importSources } from '../../scripts/bundle-sources.js';
import { isForTraining, wordsIn } from './words.js';

const { EncodingJudge } = await importSources(['src/csv/encoding-judge.ts']);

const FILES = Number(process.argv[2] ?? 2000);

const MEASURED = [
  ['windows-1251', 'ru'],
  ['windows-1251', 'uk'],
  ['windows-1251', 'bg'],
  ['koi8-r', 'ru'],
  ['koi8-u', 'uk'],
  ['ibm866', 'ru'],
  ['x-mac-cyrillic', 'ru'],
  ['x-mac-cyrillic', 'uk'],
  ['iso-8859-5', 'ru'],
  ['windows-1253', 'el'],
  ['iso-8859-7', 'el'],
  ['windows-1255', 'he'],
  ['windows-1256', 'ar'],
  ['windows-1257', 'lt'],
  ['windows-1257', 'lv'],
  ['windows-1254', 'tr'],
  ['windows-1250', 'pl'],
  ['windows-1252', 'de'],
  ['windows-1252', 'fr'],
  ['gbk', 'zh'],
  ['big5', 'zh'],
  ['shift_jis', 'ja'],
  ['euc-jp', 'ja'],
  ['euc-kr', 'ko'],
];

const SIZES = [
  { rows: 1, files: FILES },
  { rows: 10, files: Math.ceil(FILES / 10) },
  { rows: 1000, files: Math.ceil(FILES / 100) },
];

let seed = 1;
function random() {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
}

const oneOf = (list) => list[Math.floor(random() * list.length)];

/** Returns the bytes of each character of an encoding. */
function bytesByCharacter(encoding) {
  const decoder = new TextDecoder(encoding);
  const table = new Map();
  const learn = (...bytes) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let first = 0; first < 256; first += 1) learn(first);
  if (!/^(?:windows|koi8|ibm|x-mac|iso)/.test(encoding)) {
    for (let first = 0x81; first < 0xff; first += 1) {
      for (let second = 0x40; second < 0xff; second += 1) learn(first, second);
    }
  }
  return table;
}

function written(word) {
  const way = random();
  if (way < 0.6) return word;
  return way < 0.9 ? word.charAt(0).toUpperCase() + word.slice(1) : word.toUpperCase();
}

function fileOf(words, rows) {
  if (rows === 1) return written(oneOf(words));
  const phrases = Array.from({ length: rows }, () => {
    const phrase = Array.from({ length: 1 + Math.floor(random() * 3) }, () => oneOf(words)).join(
      ' ',
    );
    return random() < 0.5 ? written(phrase) : phrase;
  });
  return phrases.join('\n');
}

function encoded(text, table) {
  const bytes = [];
  for (const character of text) {
    const of = table.get(character);
    if (of === undefined) return undefined;
    bytes.push(...of);
  }
  return bytes.some((byte) => byte >= 0x80) ? Uint8Array.from(bytes) : undefined;
}

/**
 * Decodes bytes with the encoding that the judge finds. Returns `undefined` if the judge refuses
 * the bytes, or takes them for UTF-8.
 */
async function read(bytes) {
  const judge = await EncodingJudge.start();
  judge.push(bytes);
  try {
    const encoding = judge.verdict();
    if (encoding === 'utf-8') return undefined;
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    if (error.code !== 'encoding-unclear') throw error;
    return undefined;
  }
}

console.log('| encoding | language | 1 word | 10 rows | 1,000 rows |');
console.log('| --- | --- | --- | --- | --- |');
const wrongOf = new Map();
for (const [encoding, language] of MEASURED) {
  const { common, rare } = wordsIn(language);
  const words = [...common, ...rare.slice(0, 20_000)].filter((word) => !isForTraining(word));
  const table = bytesByCharacter(encoding);
  const cells = [];
  for (const { rows, files } of SIZES) {
    const count = { right: 0, wrong: 0, refused: 0 };
    for (let tries = 0, done = 0; done < files && tries < files * 20; tries += 1) {
      const text = fileOf(words, rows);
      const bytes = encoded(text, table);
      if (bytes === undefined) continue;
      done += 1;
      const reading = await read(bytes);
      count[reading === undefined ? 'refused' : reading === text ? 'right' : 'wrong'] += 1;
    }
    const all = count.right + count.wrong + count.refused;
    const sums = wrongOf.get(rows) ?? { wrong: 0, all: 0 };
    wrongOf.set(rows, { wrong: sums.wrong + count.wrong, all: sums.all + all });
    const share = all === 0 ? '-' : `${((100 * count.right) / all).toFixed(1)}%`;
    cells.push(`${share}, ${count.wrong} wrong of ${all}`);
  }
  console.log(`| ${encoding} | ${language} | ${cells.join(' | ')} |`);
}
for (const [rows, { wrong, all }] of wrongOf) {
  console.log(`${rows} rows: ${wrong} of ${all} files accepted with wrong letters`);
}
