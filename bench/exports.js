// Writes exports like those of Russian call systems, with pseudorandom values. The exports have
// dates such as 20.11.2026, national phone numbers, durations as h:mm:ss, the words да and нет,
// decimal commas and Cyrillic letters. Semicolons separate the fields.
import { readFileSync, writeFileSync } from 'node:fs';
import { writeLines } from './large-file.js';

/**
 * Returns a function that returns pseudorandom whole numbers below a limit. The same seed gives the
 * same numbers on every machine.
 */
export function random(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x7fff_ffff) * limit);
  };
}

export const two = (value) => String(value).padStart(2, '0');

/**
 * Writes an export.
 *
 * @param {string} path the path of the file
 * @param {number} rows the number of records
 * @param {{ faulty?: boolean }} [options] whether each record has a value that cannot be read
 */
export function writeExport(path, rows, { faulty = false } = {}) {
  const next = random(7);
  const header = 'Дата звонка;Телефон;ClientID;Длительность;Ожидание;Пропущен;Сумма;Метка';
  const newest = Math.floor(Date.now() / 1000) - 86_400;
  writeLines(path, header, rows, () => {
    const date = new Date((newest - next(15 * 86_400)) * 1000);
    const day = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${String(date.getUTCFullYear())}`;
    const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two);
    const phone = `8 (9${two(next(100))}) ${String(100 + next(900))}-${two(next(100))}-${two(next(100))}`;
    const isMissed = next(10) < 3;
    const talk = isMissed ? 0 : 1 + next(4000);
    const cells = [
      `${day} ${clock.join(':')}`,
      phone,
      `1${String(10 ** 8 + next(9 * 10 ** 8))}${String(10 ** 8 + next(9 * 10 ** 8))}`,
      `${String(Math.floor(talk / 3600))}:${two(Math.floor(talk / 60) % 60)}:${two(talk % 60)}`,
      faulty ? 'x' : String(next(60)),
      isMissed ? 'да' : 'нет',
      next(10) < 6 ? `${String(next(20_000))},${two(next(100))}` : '',
      ['Отдел продаж', 'Сервис', 'Склад на Ленина'][next(3)],
    ];
    return cells.join(';');
  });
}

/**
 * Converts a file to windows-1251. The only non-ASCII characters allowed are the letters from А to
 * я.
 */
export function writeWindows1251(source, target) {
  const text = readFileSync(source, 'utf8');
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f && (code < 0x410 || code > 0x44f)) throw new Error(`a letter of ${code}`);
    bytes[at] = code > 0x7f ? code - 0x410 + 0xc0 : code;
  }
  writeFileSync(target, bytes);
}

/** The options of `metrika-calls convert` for these exports. */
export const RECIPE = [
  ...['Дата звонка=DateTime', 'Телефон=PhoneNumber', 'ClientID=ClientId'].flatMap(mapped),
  ...['Длительность=TalkDuration', 'Ожидание=HoldDuration', 'Пропущен=CallMissed'].flatMap(mapped),
  ...['Сумма=Price', 'Метка=Tag'].flatMap(mapped),
  ...['--set', 'Currency=RUB', '--timezone', 'Europe/Moscow', '--default-region', 'RU'],
];

function mapped(pair) {
  return ['--map', pair];
}
