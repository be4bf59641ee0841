import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { conversionsFor } from '../../src/calls/check/file-form.ts';
import { writeCalls } from '../support/calls.ts';
import { check, NOW, sent } from '../support/check.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { isLong } from '../support/runs.ts';
import { tagsIn, written, WRITTEN_IN } from '../support/tags.ts';

const HEADER = 'ClientId,DateTime,Tag\n';

function row(tag: string, at: number): string {
  return `${String(1_481_718_166_123 + at)},${String(NOW - at)},${tag}\n`;
}

/** Returns a file of calls, each with a tag, in an encoding. */
function calls(tags: readonly string[], encoding: string): Buffer {
  return written(`${HEADER}${tags.map(row).join('')}`, encoding);
}

/** Returns the tags to send; `undefined` if the file is rejected. */
async function tagsSent(bytes: Uint8Array): Promise<readonly string[] | undefined> {
  const { validation } = await check(bytes);
  if (validation.errors > 0) return undefined;
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await sent(bytes));
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
  return data.slice(1).map((cells) => cells[2] ?? '');
}

async function codes(bytes: Uint8Array): Promise<string[]> {
  const { validation } = await check(bytes);
  return validation.findings.map(({ code, line }) => `${code} ${String(line)}`);
}

function times(count: number, tags: readonly string[]): string[] {
  return Array.from({ length: count }, (_, at) => tags[at % tags.length] ?? '');
}

describe('letters', () => {
  it.each([
    ['maccyrillic', 'моя'],
    ['maccyrillic', 'Заявка с сайта'],
    ['cp866', 'туры'],
    ['cp866', 'юрист'],
    ['koi8-r', 'цех'],
    ['koi8-r', 'Особенно код.'],
    ['iso88595', 'карта'],
    ['iso88595', 'авторемонт'],
    ['cp855', 'получаем'],
    ['rk1048', 'Жаңа клиент'],
    ['pt154', 'ұялы телефон'],
    ['win1255', 'אולי לא'],
    ['win1256', 'اتصال جديد'],
    ['win1253', 'Πώληση'],
    ['win1257', 'šūžė'],
    ['gbk', '杂事'],
  ])('in %s are sent unchanged, or not at all: %s', async (encoding, tag) => {
    for (const rows of [1, 10, tag === 'юрист' ? 1000 : 100]) {
      const tags = times(rows, [tag]);
      const read = await tagsSent(calls(tags, encoding));
      if (read !== undefined) expect(read).toEqual(tags);
    }
  });

  const pairs = WRITTEN_IN.flatMap(([encoding, languages]) =>
    // UTF-16 is recognized by its zero bytes, in any language. So only the long suite tries UTF-16
    // with all languages.
    languages
      .filter((one) => isLong || !encoding.startsWith('utf16') || one === 'ru' || one === 'zh')
      .map((language) => [encoding, language]),
  );

  it.each(pairs)(
    'of whole files in the encoding %s and the language %s are read correctly or refused',
    async (encoding = '', language = '') => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...tagsIn(language)), { minLength: 10, maxLength: 40 }),
          async (tags) => {
            const read = await tagsSent(calls(tags, encoding));
            if (read !== undefined) expect(read).toEqual(tags);
          },
        ),
        { numRuns: isLong ? 40 : 3 },
      );
    },
  );

  it.each(['utf8', 'utf16le', 'utf16be', 'win1251', 'koi8-r', 'cp866', 'iso88595', 'maccyrillic'])(
    'of a file with many Russian tags in %s are read',
    async (encoding) => {
      const tags = times(200, tagsIn('ru'));
      expect(await tagsSent(calls(tags, encoding))).toEqual(tags);
    },
  );

  it('of one repeated word in windows-1251 are read, or the user is asked for the encoding', async () => {
    expect(await tagsSent(calls(times(1000, ['горячий']), 'win1251'))).toEqual(
      times(1000, ['горячий']),
    );
    for (const tag of ['чат', '№ 5', 'Київ']) {
      const bytes = calls(times(10, [tag]), 'win1251');
      if ((await tagsSent(bytes)) !== undefined) continue;
      const folder = temporaryFolder();
      const { stdout } = await runHere(['validate', writeCalls(folder, 'calls.csv', bytes)]);
      expect(stdout).toMatch(/--encoding windows-1251/);
    }
  });

  it.each([
    [1, 'utf8', 'да'],
    [1000, 'utf8', 'Анна'],
    [100, 'koi8-r', 'который разработан примерно двести лет'],
    [100, 'iso88595', 'который разработан примерно двести лет'],
  ])(
    'of a row in another encoding than the %i rows before it are detected: %s',
    async (rows, other, tag) => {
      const good = times(rows, tagsIn('ru'));
      const bytes = Buffer.concat([calls(good, 'win1251'), written(row(tag, rows), other)]);
      expect(await codes(bytes)).toContain(`bytes-undecodable ${String(rows + 2)}`);
    },
  );

  it.each([
    ['in a phone number', `${HEADER.replace('Tag', 'PhoneNumber')}${row('\xff8 (912) 345', 0)}`],
    ['in a header', `ClientId,DateTime,Ho\x9eldDuration\n${row('5', 0)}`],
  ])('are an error if bytes that are not UTF-8 stand %s', async (_, text) => {
    expect((await check(Buffer.from(text, 'latin1'))).validation.errors).toBeGreaterThan(0);
  });
});

describe('line ends', () => {
  it('inside a value are not line ends of the file', async () => {
    const text = `ClientId,DateTime,Tag\r\n1,${String(NOW)},"a\n\nb"\r\n2,${String(NOW)},z\r\n`;
    const { form } = await check(text);
    expect(form && conversionsFor(form)).toEqual(['line-ends:crlf']);
    const { data } = Papa.parse<string[]>((await sent(text)).toString(), { newline: '\n' });
    expect(data.slice(1, 3).map((cells) => cells[2])).toEqual(['a\n\nb', 'z']);
  });
});
