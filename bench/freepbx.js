// Writes call detail records as FreePBX exports them, and a joined file of a CRM. Their values are
// pseudorandom.
import { random, two } from './exports.js';
import { writeLines } from './large-file.js';

const COLUMNS = [
  ...['calldate', 'clid', 'src', 'dst', 'dcontext', 'channel', 'dstchannel', 'lastapp', 'lastdata'],
  ...['duration', 'billsec', 'disposition', 'amaflags', 'accountcode', 'uniqueid', 'userfield'],
  ...['did', 'cnum', 'cnam', 'outbound_cnum', 'outbound_cnam', 'dst_cnam', 'recordingfile'],
  ...['linkedid', 'peeraccount', 'sequence'],
];

/** Returns the phone number at an index. */
function numberAt(index) {
  return String(79_160_000_000 + ((index * 7919) % 9_999_991));
}

/**
 * Writes call detail records with 26 columns, all in quotes. One call in ten is outgoing. One
 * caller in five is not in the joined file.
 *
 * @param {string} path the path of the file
 * @param {number} rows the number of records
 * @param {{ numbers?: number, faulty?: number }} [options] `numbers`: how many phone numbers the
 *   joined file has. `faulty`: with 10, every tenth record is wrong; with 0, no record is wrong.
 */
export function writeRecords(path, rows, { numbers = 300_000, faulty = 0 } = {}) {
  const next = random(11);
  const newest = Math.floor(Date.now() / 1000) - 86_400;
  const oldest = newest - 15 * 86_400;
  const header = COLUMNS.map((name) => `"${name}"`).join(',');
  writeLines(path, header, rows, (row) => {
    const at = oldest + Math.floor((row * 15 * 86_400) / rows);
    const date = new Date((at + 3 * 3600) * 1000);
    const day = [date.getUTCFullYear(), two(date.getUTCMonth() + 1), two(date.getUTCDate())].join(
      '-',
    );
    const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      .map(two)
      .join(':');
    const known = next(5) > 0 ? next(numbers) : numbers + next(100_000);
    const number = numberAt(known);
    const name = ['Anna', 'Ivan', '', 'Отдел продаж'][next(4)];
    const isOutgoing = next(10) === 0;
    const isAnswered = next(10) < 7;
    const ring = 5 + next(40);
    const talk = isAnswered ? 1 + next(600) : 0;
    const [src, dst] = isOutgoing
      ? [String(100 + next(50)), number]
      : [number, String(100 + next(50))];
    const wrong = faulty > 0 && row % faulty === 0;
    const id = `${String(at)}.${String(row)}`;
    const cells = [
      ...[
        wrong ? 'вчера' : `${day} ${clock}`,
        `""${name}"" <${src}>`,
        src,
        dst,
        'ext-group',
        `SIP/trunk-${String(row)}`,
      ],
      ...[`SIP/${dst}-${String(row)}`, 'Dial', `SIP/${dst},58`, String(talk + ring), String(talk)],
      ...[
        isAnswered ? 'ANSWERED' : 'NO ANSWER',
        '3',
        '',
        id,
        '',
        '74951234567',
        src,
        name,
        '',
        '',
        'Office',
      ],
      ...['', id, '', String(row)],
    ];
    return `"${cells.join('","')}"`;
  });
}

/** Writes a joined file with the phone numbers that {@link writeRecords} uses. */
export function writeNumbers(path, numbers) {
  writeLines(path, 'PhoneNumber,ClientID,UserId', numbers, (at) => {
    const clientId = 1_481_718_166_000_000_000n + BigInt(at) * 1_000_003n;
    return `+${numberAt(at)},${String(clientId)},crm-${String(at)}`;
  });
}

/** The options of `metrika-calls convert` for these records. */
export const FREEPBX = [
  ...['--preset', 'freepbx', '--timezone', 'Europe/Moscow', '--default-region', 'RU'],
  ...['--unidentified', 'static'],
];
