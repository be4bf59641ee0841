// Writes src/csv/letter-model.ts: the probability of each letter after two others. The model is for
// the languages that the program tells apart by their letters. Run this script again if the list of
// languages changes: node bench/encodings/train.js
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { isForTraining, wordsIn } from './words.js';

const LANGUAGES = ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'el', 'he', 'ar'];

/** The weight of a common word. The weight of a rare word is 1. */
const COMMON_WEIGHT = 4;
/**
 * The minimum share of a letter among all letters. A rarer letter is not a letter of the language.
 */
const LEAST_SHARE = 0.00005;
/**
 * A pair of letters may be rare. So the probability of a letter after a pair is mixed with the
 * probability of the letter after only the second letter of the pair. The first probability has the
 * weight of the pair. The second probability has this weight.
 */
const BACKOFF = 6;
/** The minimum weight of a pair of letters that gets its own row. */
const LEAST_PAIR = 150;
/** The step size of the stored logarithms, and the largest stored number of steps. */
const STEP = 0.5;
const MOST = 24;

const sections = LANGUAGES.map((language) => {
  const { common, rare } = wordsIn(language);
  const counts = count(common, rare);
  const { letters, rows } = tableOf(counts);
  console.log(language, letters.length, rows.length);
  return { language, letters, rows };
});
const bytes = Buffer.concat(sections.flatMap(({ rows }) => rows));
const packed = deflateRawSync(bytes, { level: 9 }).toString('base64');
const lines = sections.map(
  ({ language, letters, rows }) =>
    `  { language: '${language}', letters: '${letters}', rows: ${rows.length} },`,
);
writeFileSync(
  new URL('../../src/csv/letter-model.ts', import.meta.url),
  `/** How likely each letter is after two others, as bench/encodings/train.js counted it in public word lists. */

/** One language of the model. */
export interface LanguageTable {
  readonly language: string;
  /** Its letters in lower case; a space before and behind each word comes first. */
  readonly letters: string;
  readonly rows: number;
}

/** A step of a logarithm of a probability. */
export const STEP = ${STEP};

export const LANGUAGES: readonly LanguageTable[] = [
${lines.join('\n')}
];

/**
 * The rows of all languages, packed with deflate: two bytes for the pair of letters before, the first of
 * which is 255 where only the last letter counts, and a byte for each letter that may follow.
 */
export function packedRows(): string {
  return '${packed}';
}
`,
);
console.log(bytes.length, packed.length);

function count(common, rare) {
  const pairs = new Map();
  const triples = new Map();
  const singles = new Map();
  const add = (map, key, by) => map.set(key, (map.get(key) ?? 0) + by);
  const learn = (word, weight) => {
    const text = `  ${word.toLowerCase()} `;
    for (let at = 2; at < text.length; at += 1) {
      add(triples, text.slice(at - 2, at + 1), weight);
      add(pairs, text.slice(at - 1, at + 1), weight);
      add(singles, text[at], weight);
    }
  };
  for (const word of common) if (isForTraining(word)) learn(word, COMMON_WEIGHT);
  for (const word of rare) if (isForTraining(word)) learn(word, 1);
  return { pairs, triples, singles };
}

function tableOf({ pairs, triples, singles }) {
  const total = [...singles.values()].reduce((sum, one) => sum + one, 0);
  const alphabet = [...singles.keys()].filter(
    (letter) =>
      letter === ' ' ||
      (/^\p{L}$/u.test(letter) &&
        letter > '\u007f' &&
        singles.get(letter) > Math.max(8, total * LEAST_SHARE)),
  );
  const letters = [' ', ...alphabet.filter((letter) => letter !== ' ').sort()];
  const sum = (map, before) =>
    letters.reduce((all, letter) => all + (map.get(before + letter) ?? 0), 0);
  const step = (probability) => Math.min(MOST, Math.round(-Math.log(probability) / STEP));
  const rows = [];
  for (const [second, before] of letters.entries()) {
    const ofLast = sum(pairs, before);
    const afterLast = letters.map(
      (letter) => ((pairs.get(before + letter) ?? 0) + 0.3) / (ofLast + 0.3 * letters.length),
    );
    rows.push(Buffer.from([255, second, ...afterLast.map(step)]));
    for (const [first, earlier] of letters.entries()) {
      const ofPair = sum(triples, earlier + before);
      if (ofPair < LEAST_PAIR) continue;
      const afterPair = letters.map(
        (letter, at) =>
          ((triples.get(earlier + before + letter) ?? 0) + BACKOFF * afterLast[at]) /
          (ofPair + BACKOFF),
      );
      rows.push(Buffer.from([first, second, ...afterPair.map(step)]));
    }
  }
  return { letters: letters.join(''), rows };
}
