// Writes the files of calls for the measurements. The calls are the same in each run, except for
// their times. The times must be recent, so they depend on the current day.
import { writeLines } from './large-file.js';

const HEADER =
  'ClientId,UserId,Yclid,DateTime,StaticCall,Price,Currency,PhoneNumber,TalkDuration,HoldDuration,CallMissed,Tag,URL';
const DAY = 86_400;

/**
 * Returns a function that returns pseudorandom numbers from 0 to 1. The same seed gives the same
 * numbers.
 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Writes a file of calls with 13 columns.
 *
 * @param {string} path the path of the file
 * @param {number} rows the number of calls
 * @param {'plain' | 'quoted'} kind with `quoted`, tags have quotes, commas and Cyrillic letters
 */
export function writeCalls(path, rows, kind) {
  const random = generator(20_261_124);
  const last = Math.floor(Date.now() / 1000 / DAY) * DAY - DAY;
  const below = (limit) => Math.floor(random() * limit);
  const tag =
    kind === 'plain'
      ? () => `office ${below(90)} campaign ${below(9000)}`
      : () => `"Офис «${below(90)}», ""акция"" ${below(9000)}"`;
  writeLines(path, HEADER, rows, () => {
    const missed = random() < 0.15;
    const client = `${1_400_000_000 + below(300_000_000)}${String(below(1e9)).padStart(9, '0')}`;
    const price = missed ? ',' : `${below(9000)}.${10 + below(90)},RUB`;
    return (
      `${client},,,${last - below(18 * DAY)},${random() < 0.2 ? 1 : 0},${price},` +
      `+7${String(9_000_000_000 + below(999_999_999))},${missed ? 0 : below(900)},${below(60)},` +
      `${missed ? 1 : 0},${tag()},https://shop.example/catalogue/item-${below(99_999)}?utm_campaign=${below(9000)}`
    );
  });
}
