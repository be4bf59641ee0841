/** The languages of the program. A language is loaded only when it is used. */
import { en, type Words } from './en.ts';

/** The codes of the languages. */
export const LANGUAGES = ['en', 'ru'] as const;

/** The code of a language. */
export type Language = (typeof LANGUAGES)[number];

/** The functions that load the sentences of each language. English is always loaded. */
const SENTENCES: Readonly<Record<Language, () => Words | Promise<Words>>> = {
  en: () => en,
  ru: async () => (await import('./ru.ts')).ru,
};

/** @returns the sentences of a language */
export async function wordsIn(language: Language): Promise<Words> {
  return await SENTENCES[language]();
}
