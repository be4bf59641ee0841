/**
 * Runs the command lines of the screens with a fake clock. The output goes to a real terminal or a
 * stream.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languagesOf } from '../../src/cli/arguments/language.ts';
import type { OutputStream } from '../../src/cli/io/io.ts';
import { main } from '../../src/cli/main.ts';
import { encode } from './encode.ts';
import { FakeClock } from './fake-clock.ts';

/** The settings for the screens. */
export interface Stage {
  readonly stream: OutputStream;
  readonly language: 'en' | 'ru';
  readonly hasColors: boolean;
  /** Additional variables of the environment. */
  readonly more?: Readonly<Record<string, string>>;
}

/** All combinations: two languages, three widths, with colours and without. */
export const STAGES = (['en', 'ru'] as const).flatMap((language) =>
  [40, 80, 120].flatMap((columns) =>
    [true, false].map((hasColors) => ({
      language,
      columns,
      hasColors,
      name: `${language}-${String(columns)}${hasColors ? '-colors' : ''}`,
    })),
  ),
);

/** The current time in all screens, in milliseconds since 1970-01-01 UTC. */
const NOW = Date.UTC(2026, 10, 25, 9, 0, 0);

const PATHS = { ok: 'ok', refused: 'refused', down: 'down', stranger: 'stranger' } as const;

/**
 * The command lines. A word such as `@ok` is replaced by the options for a service that behaves as
 * the word says.
 */
const SCENES: readonly (readonly string[])[] = [
  [],
  ['--help'],
  ['help', 'upload'],
  ['help', 'exit-codes'],
  ['explain'],
  ['explain', 'identifier-scientific'],
  ['validate', 'calls.csv'],
  ['validate', 'звонки.csv'],
  ['validate', 'errors.csv'],
  ['validate', '--max-errors', '1', 'errors.csv'],
  ['validate', 'missing.csv'],
  ['inspect', '--timezone', 'Europe/Moscow', 'calls.csv'],
  [
    ...['convert', '--map', 'Дата=DateTime', '--map', 'Телефон=PhoneNumber'],
    ...['--map', 'Сумма=Price', '--set', 'Currency=RUB', '--timezone', 'Europe/Moscow'],
    ...['--default-region', 'RU', '--preview', 'export.csv'],
  ],
  ['upload', '--sandbox', '--dry-run', '--comment', 'November', 'calls.csv'],
  ['upload', '--sandbox', '--wait', 'звонки.csv'],
  ['upload', '@ok', '--comment', 'November', 'calls.csv'],
  ['upload', '@ok', 'calls.csv', 'errors.csv', '电话.csv'],
  ['upload', '@refused', 'звонки.csv'],
  ['upload', '@down', '--retries', '1', 'calls.csv'],
  ['upload', '@stranger', '--no-repeat', 'calls.csv'],
  ['upload', 'calls.csv'],
  ['upload', '--sandbox', '--formt', 'json', 'calls.csv'],
  ['uplod', 'calls.csv'],
  ['status', '@ok', '1000001'],
  ['list', '@ok'],
];

/** Shows all screens, each below its command line. */
export async function playScreens(stage: Stage): Promise<void> {
  const { stream } = stage;
  const zone = process.env['TZ'];
  process.env['TZ'] = 'UTC';
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-screens-'));
  const server = await startService();
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    writeFiles(folder);
    process.chdir(folder);
    for (const scene of SCENES) {
      const words = scene.flatMap((word) =>
        word.startsWith('@')
          ? ['--counter', '2215573', '--api-url', `${address}/${word.slice(1)}`]
          : [word],
      );
      // The spinner is turned off, because its picture changes from run to run.
      const moving = ['upload', 'list', 'status'].includes(scene[0] ?? '') ? ['--no-progress'] : [];
      stream.write(`$ metrika-calls ${[...scene].join(' ')}\n` as never);
      await play([...words, ...moving], stage);
      stream.write('\n' as never);
    }
  } finally {
    process.chdir(before);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    rmSync(folder, { recursive: true, force: true });
    server.close();
    server.closeAllConnections();
  }
}

/**
 * Replaces the port of each local address with text of the same width. The port is different in
 * each run.
 */
export function lasting(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d{5}/g, '127.0.0.1:PORT_');
}

async function play(
  words: readonly string[],
  { stream, language, hasColors, more }: Stage,
): Promise<void> {
  const environment = {
    TERM: 'xterm',
    METRIKA_LANG: language,
    METRIKA_TOKEN: 'token-of-the-screens',
    LANG: 'C.UTF-8',
    ...(hasColors ? {} : { NO_COLOR: '1' }),
    ...more,
  };
  await main({
    arguments: words,
    environment,
    stdin: nothing(),
    stdout: stream,
    stderr: stream,
    clock: new FakeClock(NOW),
    random: () => 0.5,
    signal: new AbortController().signal,
    secrets: new Set(),
    knownNumbers: new Set(),
    doneLines: [],
    ...(await languagesOf(words, environment, {
      shell: 'posix',
      setting: () => Promise.resolve(undefined),
    })),
  });
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // Standard input is empty.
}

function writeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(folder, name), content);
  };
  const second = NOW / 1000;
  const calls = Array.from({ length: 60 }, (_, at) => {
    const time = second - 3600 - at * 7411;
    const missed = at % 5 === 0;
    return `${String(10 ** 15 + at)},${String(time)},${missed ? '' : String(40 + ((at * 37) % 400))},${missed ? '1' : '0'},${at % 3 === 0 ? '1250.50' : ''},RUB,${at % 2 === 0 ? 'sales' : 'support'}`;
  });
  const head = 'ClientId,DateTime,TalkDuration,CallMissed,Price,Currency,Tag';
  write('calls.csv', `${[head, ...calls].join('\n')}\n`);
  write('电话.csv', `ClientId,DateTime\n1,${String(second - 60)}\n`);
  write(
    'звонки.csv',
    encode(
      `ClientId;DateTime;Tag\r\n1;${String(second - 60)};отдел продаж\r\n2;${String(second - 30 * 86_400)};склад\r\n`,
      'windows-1251',
    ),
  );
  const wrong = [
    `${String(second)}000,1.6E+18,"1250,50",RUB,1,1`,
    `${String(second)}000,1.7E+18,"1250,50",RUB,1,1`,
    ...Array.from({ length: 5 }, () => `${String(second - 60)},1.8E+18,1250,RUB,1,1`),
    `${String(second - 60)},,1250,RUB,1,1`,
    `${String(second - 61)},,1250,RUB,1,1`,
    `${String(second - 30 * 86_400)},1,,,1,1`,
  ];
  write('errors.csv', `DateTime,ClientId,Price,Currency,Телефон,Имя\n${wrong.join('\n')}\n`);
  write(
    'export.csv',
    'Дата;Телефон;Сумма;Отвечен;ClientId\n25.11.2026 10:00;8 (912) 345-67-89;1 250,50;да;123456\n25.11.2026 10:05;+7 495 123-45-67;;нет;123457\n25.13.2026 10:05;нет;100;да;123458\n',
  );
}

const UPLOADING = {
  id: 1_000_001,
  create_time: '2026-11-25T06:00:00+00:00',
  source_quantity: 60,
  line_quantity: 60,
  status: 'PREPARED',
  client_id_type: 'CLIENT_ID',
  static_calls_quantity: 0,
  dynamic_calls_quantity: 60,
  comment: 'November',
};

const UPLOADINGS = [
  { ...UPLOADING, id: 1_000_003, status: 'UPLOADED' },
  {
    ...UPLOADING,
    id: 1_000_002,
    status: 'LINKAGE_FAILURE',
    create_time: '2026-11-24T18:30:00+00:00',
    comment: 'Статические звонки',
  },
  {
    ...UPLOADING,
    status: 'PROCESSED',
    create_time: '2025-12-31T23:59:00+00:00',
    linked_quantity: 58,
  },
];

/** Starts a service that behaves as the first part of the path says. */
async function startService(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const [, behaviour] = pathname.split('/');
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'a-1' });
        response.end(JSON.stringify(body));
      };
      if (behaviour === PATHS.refused) {
        const errors = [{ error_type: 'access_denied', message: 'Access is denied' }];
        answer(403, { errors, code: 403, message: 'Access is denied' });
      } else if (behaviour === PATHS.down || request.method === 'POST') {
        if (behaviour === PATHS.ok) answer(200, { uploading: UPLOADING });
        else answer(503, { errors: [{ error_type: 'backend_error', message: 'Try later' }] });
      } else if (pathname.endsWith('calls_uploadings')) {
        answer(200, {
          uploadings: behaviour === PATHS.ok ? UPLOADINGS : [{ id: 7, source_quantity: 60 }],
        });
      } else answer(200, { uploading: { ...UPLOADING, status: 'PROCESSED', linked_quantity: 58 } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
