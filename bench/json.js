// Writes calls as JSON, as the Data API of a call system returns them.
import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 256 * 1024;

/**
 * Writes a file of JSON: an object with one array of calls.
 *
 * @param {string} path the path of the file
 * @param {number} calls the number of calls, each with 13 values
 * @param {(at: number) => object} [call] returns the call at an index, from 0
 */
export function writeJson(path, calls, call = exported) {
  const file = openSync(path, 'w');
  let text = '{"result":{"data":[';
  for (let at = 0; at < calls; at += 1) {
    text += `${at === 0 ? '' : ','}\n${JSON.stringify(call(at))}`;
    if (text.length < BLOCK) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, `${text}]}}\n`);
  closeSync(file);
}

/** Returns a call with the columns of the service. */
export function own(at) {
  return {
    UserId: null,
    ClientId: `16${String(10_000_000_000_000_000 + at)}`,
    Yclid: null,
    DateTime: Math.floor(Date.now() / 1000) - 86_400 - (at % 600),
    StaticCall: 0,
    Price: 12.5,
    Currency: 'RUB',
    PhoneNumber: `+7012345${String(at % 10_000).padStart(4, '0')}`,
    TalkDuration: at % 600,
    HoldDuration: at % 30,
    CallMissed: 0,
    Tag: 'отдел продаж',
    URL: 'https://example.ru/landing',
  };
}

/** Returns a call with the names that a call system gives to the values. */
function exported(at) {
  const seconds = String(at % 60).padStart(2, '0');
  return {
    id: 100_000_000_000 + at,
    start_time: `2026-11-20 10:${seconds}:01`,
    direction: 'in',
    contact_phone_number: `7012345${String(at % 10_000).padStart(4, '0')}`,
    virtual_phone_number: '70123000001',
    is_lost: at % 7 === 0,
    wait_duration: at % 30,
    talk_duration: at % 7 === 0 ? 0 : 1 + (at % 600),
    total_duration: at % 700,
    employees: 'Иванов Пётр',
    ym_client_id: `16${String(10_000_000_000_000_000 + at)}`,
    utm_source: 'yandex',
    tags: null,
  };
}
