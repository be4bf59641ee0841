/** The languages that the program has, loaded only when one is used. */
import { en, type Words } from './en.ts';

/** The languages by their codes. */
export const LANGUAGES = ['en', 'ru'] as const;

/** The code of a language. */
export type Language = (typeof LANGUAGES)[number];

/** What loads the sentences of each language; English is always there. */
const SENTENCES: Readonly<Record<Language, () => Words | Promise<Words>>> = {
  en: () => en,
  ru: async () => (await import('./ru.ts')).ru,
};

/** @returns the sentences of a language */
export async function wordsIn(language: Language): Promise<Words> {
  return await SENTENCES[language]();
}
