// Reads words of many languages from public packages: the hunspell dictionaries, and the names and
// annotations of the CLDR. One half of the words trains the model. The other half measures it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = `${dirname(fileURLToPath(import.meta.url))}/../node_modules`;

/**
 * The approximate maximum number of words from one dictionary. They come from all parts of the
 * dictionary.
 */
const FROM_DICTIONARY = 150_000;

function json(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function* phrases(language) {
  const annotated = json(
    `${PACKAGES}/cldr-annotations-full/annotations/${language}/annotations.json`,
  );
  for (const { default: many = [], tts = [] } of Object.values(
    annotated?.annotations.annotations ?? {},
  )) {
    yield* many;
    yield* tts;
  }
  for (const kind of ['territories', 'languages', 'scripts']) {
    const names = json(`${PACKAGES}/cldr-localenames-full/main/${language}/${kind}.json`);
    yield* Object.values(names?.main[language].localeDisplayNames[kind] ?? {});
  }
}

function dictionary(language) {
  const path = `${PACKAGES}/dictionary-${language}/index.dic`;
  if (!existsSync(path)) return [];
  const entries = readFileSync(path, 'utf8').split('\n').slice(1);
  const step = Math.max(1, Math.floor(entries.length / FROM_DICTIONARY));
  return entries.map((line) => line.split('/')[0].trim()).filter((word) => hash(word) % step === 0);
}

function hash(text) {
  return createHash('md5').update(text).digest().readUInt32LE(0);
}

function* wordsOf(texts) {
  for (const text of texts) {
    for (const part of text.normalize('NFC').split(/[^\p{L}\p{M}'’-]+/u)) {
      const word = part.replace(/^['’-]+|['’-]+$/g, '');
      if (word.length > 1) yield word;
    }
  }
}

/**
 * Returns the words of a language.
 *
 * @param {string} language
 * @returns `common`: the words of the CLDR. `rare`: all other words of the dictionary.
 */
export function wordsIn(language) {
  const common = new Set(wordsOf(phrases(language)));
  const rare = new Set(wordsOf(dictionary(language)));
  return { common: [...common], rare: [...rare].filter((word) => !common.has(word)) };
}

/** Says whether a word trains the model. All other words measure it. */
export function isForTraining(word) {
  return hash(word.toLowerCase()) % 2 === 0;
}
