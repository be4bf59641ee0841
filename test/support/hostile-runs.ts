import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect } from 'vitest';
import { recently, writeCalls } from './calls.ts';
import { commandsIn, EMAIL, formulasIn, HOSTILE, leaksIn, PHONES, TOKEN } from './marked.ts';
import { type Ended, temporaryFolder } from './run.ts';
import { answerJson, errorBody, type SeenRequest, TestService } from './test-service.ts';

/** One text with all strings that the output may contain only in a harmless form. */
const ALL = [...HOSTILE, ...PHONES, EMAIL, TOKEN].join(' ');

/**
 * The strings of `ALL` except the token. If the token is in an answer, the rest of the answer is
 * not shown.
 */
const WITHOUT_TOKEN = [...HOSTILE, ...PHONES, EMAIL].join(' ');

/** The text `ALL` without characters that a text file cannot contain. */
const IN_A_CELL = ALL.replaceAll('\0', '').replaceAll('\ud800', '');

/** A text with hostile strings that is valid as a file name. */
const IN_A_NAME = `::error::${PHONES[0]} ${PHONES[1]} ${EMAIL} ${TOKEN} ##[group]x \u001b[31m\u009b2J\r\u202e\u200b\u2028`;

/** A text with hostile strings that is valid in an HTTP header. */
const IN_A_HEADER = `${PHONES[0]} ${PHONES[1]} ${EMAIL} ##[debug]x`;

type Fault = (request: SeenRequest, response: ServerResponse) => void;

const json = JSON.stringify;
const uploading = (more: object): string =>
  json({
    uploading: { id: 7, status: 'PROCESSED', source_quantity: 9, line_quantity: 9, ...more },
  });

/**
 * Faults of the service. Each of them puts hostile strings everywhere in an answer where text is
 * possible.
 */
const FAULTS: Readonly<Record<string, Fault>> = {
  'refuses with a message': (_, response) => {
    answerJson(response, 400, errorBody('invalid_parameter', WITHOUT_TOKEN, 400, WITHOUT_TOKEN));
  },
  forbids: (_, response) => {
    answerJson(response, 403, errorBody(ALL, ALL, 403));
  },
  fails: (_, response) => {
    answerJson(response, 503, errorBody('backend_error', WITHOUT_TOKEN, 503));
  },
  'sends a page': (_, response) => {
    response.writeHead(400, { 'content-type': 'text/html' });
    response.end(`<html><body>${WITHOUT_TOKEN}</body></html>`);
  },
  'sends no JSON': (_, response) => {
    answerJson(response, 200, ALL);
  },
  'cuts its answer': (_, response) => {
    response.writeHead(200, { 'content-length': 9999 });
    response.write(ALL);
    response.destroy();
  },
  'sends on to elsewhere': (_, response) => {
    response.writeHead(302, {
      location: `http://127.0.0.1:9/${encodeURIComponent(ALL.replace('\ud800', ''))}`,
    });
    response.end(ALL);
  },
  'repeats the token in other forms': ({ headers }, response) => {
    const sent = (headers.authorization ?? '').replace('OAuth ', '');
    const forms = [
      sent.toUpperCase(),
      Array.from(sent).join(' '),
      [...sent].map((one) => `&#${String(one.charCodeAt(0))};`).join(''),
      Buffer.from(sent).toString('base64'),
      Buffer.from(sent).toString('hex'),
    ];
    answerJson(response, 400, errorBody('invalid_parameter', forms.join(' '), 400));
  },
  'accepts with odd fields': ({ path }, response) => {
    const odd = {
      comment: HOSTILE.join(' '),
      client_id_type: HOSTILE.join(' '),
      create_time: HOSTILE[0],
    };
    const one = uploading(odd);
    answerJson(
      response,
      200,
      path.endsWith('uploadings') ? `{"uploadings":[${json({ id: 7, ...odd })}]}` : one,
    );
  },
  'accepts with an odd status': (_, response) => {
    answerJson(response, 200, uploading({ status: HOSTILE.join(' ') }));
  },
};

/** The faults that may cause the loss of an answer. */
const LOSES_ANSWER = new Set([
  'fails',
  'sends no JSON',
  'cuts its answer',
  'sends on to elsewhere',
]);

const FORMATS = ['text', 'json', 'github'] as const;
const VERBOSITIES = [[], ['-v', '--lang', 'ru'], ['-q'], ['--max-errors', '100']] as const;

/**
 * Returns the command lines. The file `name` is bad and contains hostile strings. The file `good`
 * can be sent.
 */
function lines(
  name: string,
  good: string,
  out: string,
): Readonly<Record<string, readonly string[]>> {
  return {
    validate: ['validate', name, '--report', `${out}/report.csv`],
    'upload of a bad file': ['upload', name],
    'upload of a good file': ['upload', good, '-m', `${PHONES[0]} ${HOSTILE[26]}`],
    'upload of rows': ['upload', '--skip-invalid', '--rejects', `${out}/rejects.csv`, name],
    'dry run': ['upload', '--dry-run', good],
    convert: ['convert', name, '--map', 'Price=Tag', '-o', `${out}/calls.csv`],
    'convert with a wrong recipe': ['convert', name, '--mapping', name, '-o', `${out}/calls.csv`],
    inspect: ['inspect', name],
    status: ['status', '7'],
    'status of no id': ['status', ALL],
    list: ['list'],
    counters: ['counters', ALL],
    whoami: ['whoami'],
    login: ['login', '--code', ALL, '--client-id', ALL],
    'settings in a list': ['config', 'list', '--config', `${out}/values.json`],
    'settings of a profile': [
      ...['config', 'list', '--config', `${out}/values.json`, '--profile', IN_A_NAME],
    ],
    'settings of an upload': ['upload', '--dry-run', '--config', `${out}/values.json`, good],
    'settings with a wrong key': ['validate', '--config', `${out}/key.json`, good],
    'settings with a wrong value': ['validate', '--config', `${out}/value.json`, good],
    'settings with a wrong path': ['validate', '--config', `${out}/path.json`],
    'an unknown profile': ['validate', '--config', `${out}/values.json`, '--profile', ALL, good],
    'a new setting': ['config', 'set', 'comment', `${PHONES[0]} ${HOSTILE[26]}`],
    'a new setting of no name': ['config', 'set', ALL, ALL],
    'a new setting in no file': ['config', 'set', '--project', '--config', out, 'counter', ALL],
    explain: ['explain', ALL],
    'a missing file': ['validate', join(out, IN_A_NAME)],
    'a wrong option': ['validate', `--${IN_A_NAME}`, name],
    'a wrong value': ['upload', '--counter', IN_A_NAME, '--retries', IN_A_NAME, good],
    'an unknown command': [ALL],
  };
}

const NEEDS_SERVICE = new Set(['upload', 'status', 'list', 'counters', 'whoami']);

/** One command line, with the fault of the service and the format of the output. */
export interface Case {
  readonly name: string;
  readonly fault: string;
  readonly format: (typeof FORMATS)[number];
  readonly verbosity: readonly string[];
  /**
   * `true` if the command uses the service and `LOSES_ANSWER` contains the fault. In this case, an
   * upload can search the list of uploads, with pauses. In a separate process, these pauses take
   * real time.
   */
  readonly looksForAnswer: boolean;
}

function* cases(): Iterable<Case> {
  for (const [name, words] of Object.entries(lines('', '', ''))) {
    for (const fault of Object.keys(FAULTS)) {
      const hasService = NEEDS_SERVICE.has(words[0] ?? '');
      // A command that does not use the service runs with one fault only.
      if (!hasService && fault !== 'fails') continue;
      const looksForAnswer = hasService && LOSES_ANSWER.has(fault);
      for (const format of FORMATS) {
        for (const verbosity of VERBOSITIES)
          yield { name, fault, format, verbosity, looksForAnswer };
      }
    }
  }
}

/** Runs a command line. Crash reports are written to `folder`. */
type Runner = (
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
) => Promise<Ended>;

/** Writes settings files that have hostile strings everywhere. */
function writeSettings(folder: string): void {
  const odd = {
    comment: `${PHONES[0]} ${HOSTILE[26]}`,
    goalName: ALL,
    files: [ALL, IN_A_NAME],
    set: [ALL],
    mapping: IN_A_NAME,
  };
  const profiles = { [ALL]: odd, [IN_A_NAME]: { goalName: ALL, rejects: IN_A_NAME } };
  writeCalls(folder, 'values.json', json({ comment: odd.comment, goalName: ALL, profiles }));
  writeCalls(folder, 'key.json', json({ [ALL]: ALL }));
  writeCalls(folder, 'value.json', json({ counter: ALL }));
  writeCalls(folder, 'path.json', json({ files: odd.files, mapping: IN_A_NAME }));
}

/** Runs one case, and returns everything that it wrote. */
async function tried(
  { name, fault, format, verbosity }: Case,
  runner: Runner,
): Promise<{ ended: Ended; files: string; report: string; words: readonly string[] }> {
  const folder = temporaryFolder();
  const service = await TestService.start((request, response) => {
    response.setHeader('x-request-id', IN_A_HEADER);
    FAULTS[fault]?.(request, response);
  });
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const time = String(recently());
  const cells = [...HOSTILE, ...PHONES, EMAIL, TOKEN].map((one) => one.replace(/[\0\ud800]/g, ''));
  const bad = writeCalls(
    folder,
    `${IN_A_NAME}.csv`,
    `UserId,PhoneNumber,DateTime,Price,Tag,${cell(IN_A_CELL)}\n${cells
      .map(
        (one, at) =>
          `${cell(one)},${cell(one)},${at % 2 === 0 ? time : cell(one)},${cell(one)},${cell(one)},${cell(one)}\n`,
      )
      .join('')}u1,+79160000000,${time},1,a,b\n`,
  );
  const good = writeCalls(
    folder,
    `good ${PHONES[0]}.csv`,
    `ClientId,DateTime\n1,${time}\n2,${time}\n`,
  );
  writeSettings(folder);
  const words = lines(bad, good, folder)[name] ?? [];
  const isRemote = NEEDS_SERVICE.has(words[0] ?? '');
  const isOfAccount = ['counters', 'whoami'].includes(words[0] ?? '');
  const address = isOfAccount ? service.address : service.target;
  const target = words.includes('--counter') || !isRemote ? [] : address;
  const limits = isRemote ? ['--retries', '1'] : [];
  const summary = join(folder, 'summary.md');
  const all = [...words, ...target, ...limits, '--format', format, ...verbosity].filter(
    (word) => !word.includes('\0'),
  );
  const colors = verbosity.includes('-v') ? { FORCE_COLOR: '1' } : {};
  const env = { METRIKA_TOKEN: TOKEN, GITHUB_STEP_SUMMARY: summary, HOME: folder, ...colors };
  const ended = await runner(all, env, folder);
  await service.close();
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  // Crash reports are in the temporary folder.
  const defects = readdirSync(folder).filter((one) => one.startsWith('metrika-calls-defect'));
  const files = [summary, ...defects.map((one) => join(folder, one))].map(read).join('\n');
  return { ended, files, report: read(join(folder, 'report.csv')), words: all };
}

/**
 * Removes the places where a file name may appear unchanged: `file` and `output` in JSON, and
 * `file` in annotations.
 */
function withoutFileNames(text: string, format: string): string {
  if (format === 'json') {
    return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
      key === 'file' || key === 'output' ? '' : value,
    );
  }
  return format === 'github' ? text.replace(/^(::\w+ )file=[^:,]*/gm, '$1') : text;
}

/** Runs a case, and checks that its output contains no secrets and no commands. */
export async function expectHarmless(one: Case, runner: Runner): Promise<void> {
  const { ended, files, report, words } = await tried(one, runner);
  const { format } = one;
  const where = `${one.name} / ${one.fault} / ${words.slice(-5).join(' ')}`;
  expect(ended.code, where).not.toBe(1);
  const colored = one.verbosity.includes('-v');
  expect(commandsIn({ ...ended, format, colored }), where).toEqual([]);
  const texts = [withoutFileNames(ended.stdout, format), ended.stderr, files];
  for (const text of texts) expect(leaksIn(text), `${where}\n${text}`).toEqual([]);
  expect(formulasIn(report), where).toEqual([]);
  const cells = report.split('\n').map((row) => row.replace(/^(?:"(?:[^"]|"")*"|[^,"]*)/, ''));
  expect(leaksIn(cells.join('\n')), where).toEqual([]);
}

/** All cases: each command line with each fault, format and verbosity. */
export const CASES: readonly Case[] = [...cases()];

/**
 * Returns every fifth case. Neither the count of formats nor the count of verbosities is a multiple
 * of five, so every format and every verbosity occurs.
 */
export function everyFifth(some: readonly Case[]): readonly Case[] {
  return some.filter((_, at) => at % 5 === 0);
}

/** The names of the command lines. */
export const NAMES: readonly string[] = [...new Set(CASES.map(({ name }) => name))];
