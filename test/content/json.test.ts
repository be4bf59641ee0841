import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parse as parseLossless } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { isCallColumn } from '../../src/calls/columns/columns.ts';
import { jsonTable } from '../../src/content/json/json-table.ts';
import { convertCalls, inspectCalls, validateCalls } from '../../src/index.ts';
import { encode } from '../support/encode.ts';

const NOW = 1_795_000_000;
const CLOCK = { now: () => NOW * 1000, sleep: () => Promise.resolve() };

/** A call of 2026. Its identifier is a number. */
const CALL =
  '"DateTime": 1794900000, "ClientId": 13359124764096645812, "PhoneNumber": "+70121234567"';

async function validated(content: string | Uint8Array, records?: string) {
  const { validation } = await validateCalls([Buffer.from(content)], {
    clock: CLOCK,
    records,
  });
  const findings = validation.findings.filter(({ severity }) => severity === 'error');
  return { codes: findings.map(({ code, line }) => [code, line]), validation };
}

/** Makes a table from a JSON file. Returns its rows, and the line in the JSON file for each row. */
async function rowsOf(
  text: string,
  { step = 7, records }: { step?: number; records?: string } = {},
): Promise<{ rows: string[][]; lines: number[] }> {
  const bytes = Buffer.from(text);
  async function* blocks(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += step) {
      yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + step)));
    }
  }
  const file = { name: 'calls.json', signal: undefined };
  const criteria = { records, encoding: undefined, isKnownName: isCallColumn };
  const table = await jsonTable(blocks, bytes, file, criteria);
  const pieces: Buffer[] = [];
  for await (const block of table.blocks()) pieces.push(Buffer.from(block));
  table.spool.close();
  const rows = parse(Buffer.concat(pieces), { columns: false });
  return { rows, lines: rows.map((_, at) => table.lineInJson(at + 1)) };
}

describe('JSON', () => {
  it.each([
    ['an array', `[{${CALL}}]`],
    ['an object with one array', `{"status": "ok", "calls": [{${CALL}}]}`],
    ['an array deep inside', `{"result": {"data": {"rows": [{${CALL}}]}, "page": [1, 2]}}`],
    ['lines', `{${CALL}}\n{${CALL}, "Tag": "a"}\n`],
    ['one line', `{${CALL}}\n`],
    ['documents without line ends', `{${CALL}}{${CALL.replace('4567', '4568')}}`],
    ['a mark in front', `\ufeff[{${CALL}}]`],
  ])('is read as %s', async (_, content) => {
    const { codes, validation } = await validated(content);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ code }) => code)).toContain('from-json');
  });

  it('is read in gzip, and in UTF-16', async () => {
    expect((await validated(gzipSync(`{${CALL}}\n{${CALL}}\n`))).codes).toEqual([]);
    const wide = Buffer.from(`\ufeff[{${CALL}, "Tag": "реклама"}]`, 'utf16le');
    const { codes, validation } = await validated(wide);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ code }) => code)).toContain('encoding-not-utf8');
  });

  it('is read in windows-1251, if its letters leave no doubt', async () => {
    const text = `[{${CALL}, "Tag": "отдел продаж, звонок с сайта"}]`;
    const { codes, validation } = await validated(encode(text, 'windows-1251'));
    expect(codes).toEqual([]);
    const note = validation.findings.find(({ code }) => code === 'encoding-not-utf8');
    expect(note?.message).toContain('отдел продаж');
  });

  it.each([
    ['{}'],
    ['{"ClientId": null, "DateTime": null}'],
    ['{"ClientId": "", "DateTime": " "}'],
    ['{"x": {"y": null}}'],
  ])('has a warning about records without values: %s', async (empty) => {
    const source = Buffer.from(
      `[{${CALL}},\n${empty},\n{${CALL.replace('4567', '4568')}},\n${empty}]`,
    );
    const checked = await validateCalls([source], { clock: CLOCK });
    const converted = await convertCalls([source], { clock: CLOCK, output: () => undefined });
    for (const { validation } of [checked, converted]) {
      const named = validation.findings.filter(({ code }) => code === 'records-without-values');
      expect(named).toMatchObject([{ line: 2, severity: 'warning' }]);
      expect(named[0]?.message).toContain('2 records');
    }
  });

  it('keeps the digits of a number', async () => {
    const { rows } = await rowsOf('[{"a": 13359124764096645812, "b": 0.10, "c": 1e400, "d": -0}]');
    expect(rows[1]).toEqual(['13359124764096645812', '0.10', '1e400', '-0']);
  });

  it('has a column for each key of each record, and for the values of nested objects', async () => {
    const { rows } = await rowsOf(
      '[{"a": 1, "from": {"number": "2", "name": null}}, {}, {"late": "x\\ny", "tags": ["p", 7, null], "list": [{"q": [1]}]}, {"a": true}]',
    );
    expect(rows).toEqual([
      ['a', 'from.number', 'from.name', 'late', 'tags', 'list'],
      ['1', '2', '', '', '', ''],
      ['', '', '', '', '', ''],
      ['', '', '', 'x\ny', 'p; 7', '[{"q":[1]}]'],
      ['true', '', '', '', '', ''],
    ]);
  });

  it('names the line where the record begins', async () => {
    const { codes } = await validated(
      `{\n "calls": [\n  {${CALL}},\n  {\n   "DateTime": "soon",\n   "ClientId": 1\n  }\n ]\n}`,
    );
    expect(codes).toEqual([['datetime-invalid', 4]]);
    const repeated = await validated(`\n\n{${CALL}}\n{${CALL}}\n`);
    const twice = repeated.validation.findings.find(({ code }) => code === 'record-twice');
    expect(twice).toMatchObject({ line: 4 });
    expect(twice?.message).toContain('line 3');
  });

  it('is refused if several lists could be the calls', async () => {
    const text = `{"a": [{${CALL}}], "b": {"c": [{${CALL}}, {${CALL}}]}}`;
    const { codes, validation } = await validated(text);
    expect(codes).toEqual([['json-several', null]]);
    expect(validation.findings[0]?.message).toContain('b.c (2), a (1)');
    const chosen = await validated(text, 'b.c');
    expect(chosen.codes).toEqual([]);
    await expect(validated(text, 'c')).rejects.toMatchObject({ code: 'records-unknown' });
  });

  it('has one call or one list of calls in each document, as the user says', async () => {
    const pages = `{"data": [{${CALL}}]}\n{"data": [{${CALL}}]}\n`;
    expect((await rowsOf(pages, { records: 'data' })).rows).toHaveLength(3);
    const single = `{${CALL}, "employees": [{"id": 1}]}`;
    expect((await rowsOf(single, { records: '.' })).rows).toHaveLength(2);
  });

  it.each([
    ['a list of something else', `{${CALL}, "events": [{"t": 1}, {"t": 2}]}`],
    ['an empty list', `{${CALL}, "tags": []}`],
    ['several lists', `{${CALL}, "events": [{"t": 1}], "notes": [{"Tag": "a"}]}`],
  ])('is read as one call if the call has %s', async (_, line) => {
    const { codes, validation } = await validated(`${line}\n`);
    expect(codes).toEqual([]);
    expect(validation.findings.map(({ code }) => code)).toContain('from-json');
    expect((await rowsOf(`${line}\n`)).rows).toHaveLength(2);
  });

  it.each([
    ['one document', `{${CALL}, "legs": [{${CALL}}, {${CALL}}]}\n`, 'legs (2)', '(1)'],
    ['documents', `{${CALL}, "legs": [{${CALL}}]}\n`.repeat(2), 'legs (2)', '(2)'],
    ['pages', `{"page": 1, "calls": [{${CALL}}, {${CALL}}]}\n`.repeat(3), 'calls (6)', '(3)'],
  ])('is refused if %s or a list could be the calls', async (_, text, list, documents) => {
    const { codes, validation } = await validated(text);
    expect(codes).toEqual([['json-several', null]]);
    const [finding] = validation.findings;
    expect(finding?.message).toContain(list);
    expect(finding?.message).toContain(documents);
    expect(finding?.hint).toContain('.');
    expect((await validated(text, list.replace(/ .*/, ''))).codes).toEqual([]);
  });

  it('is read from the list that the user names, even if there are too many lists to show', async () => {
    const lists = Array.from({ length: 150 }, (_, at) => `"l${String(at)}": [{"a": 1}]`);
    const text = `{${lists.join(', ')}, "calls": [{${CALL}}]}`;
    expect((await validated(text, 'calls')).codes).toEqual([]);
  });

  it('has the usual finding if the list that the user names has no objects', async () => {
    const text = '{"calls": [], "other": [{"a": 1}]}';
    expect((await validated(text, 'calls')).codes).toEqual([['json-without-records', null]]);
  });

  it('may have several outer lists', async () => {
    expect((await rowsOf('[{"a": 1}]\n[]\n[{"a": 2}]')).rows).toEqual([['a'], ['1'], ['2']]);
  });

  it.each([
    ['is a call', `{${CALL}}`],
    ['is a list', `[{${CALL}}]`],
    ['is a list that has a list behind the key', `[{"data": 1}, [{${CALL}}]]`],
    ['is empty', '{}'],
    ['has another list', '{"calls": [{"a": 1}]}'],
    ['has an object in place of the list', `{"data": {"1": {${CALL}}}}`],
    ['has a text in place of the list', '{"data": "none"}'],
    ['is an answer with an error', '{"error": "too many requests"}'],
  ])('is refused if one of its pages %s', async (_, page) => {
    const list = `{"n": 1, "data": [{${CALL}}]}`;
    const behind = await validated(`${list}\n${page}\n`, 'data');
    expect(behind.codes).toEqual([['json-outside-list', 2]]);
    const before = await validated(`\n${page}\n${list}\n`, 'data');
    expect(before.codes).toEqual([['json-outside-list', 2]]);
  });

  it('may have pages without calls', async () => {
    const pages = '{"data": [{"a": 1}]}\n{"data": []}\n{"data": null}\n{"data": [{"a": 2}]}\n';
    expect((await rowsOf(pages, { records: 'data' })).rows).toEqual([['a'], ['1'], ['2']]);
  });

  it.each([
    ['cut off', `[{${CALL}}`, 'json-damaged', 1],
    ['cut off in a text', `[{\n"a": "b`, 'json-damaged', 2],
    ['with a comma too many', `[{${CALL}},\n]`, 'json-damaged', 2],
    ['without a comma', `[{"a": 1}\n{"a": 2}]`, 'json-damaged', 2],
    ['with a value that JSON does not have', '[{"a": NaN}]', 'json-damaged', 1],
    ['with text behind it', `[{${CALL}}]\nOK`, 'json-damaged', 1],
    ['with a key twice', `[{"a": 1,\n"a": 1}]`, 'json-key-twice', 2],
    ['with two keys for one column', `[{"a": {"b": 1}, "a.b": 2}]`, 'json-key-twice', 1],
    ['with an object twice', `[{"a": {"b": 1}, "a": {"c": 2}}]`, 'json-key-twice', 1],
    ['with a list twice', `{"calls": [{${CALL}}], "calls": [{${CALL}}]}`, 'json-key-twice', 1],
    [
      'with two keys for one list',
      `{"a": {"b": [{${CALL}}]},\n"a.b": [{${CALL}}]}`,
      'json-key-twice',
      2,
    ],
    ['with a number as a record', `[{${CALL}},\n5]`, 'json-not-objects', 2],
    ['with lists as records', '[["a", "b"], [1, 2]]', 'json-not-objects', 1],
    ['with a call behind the list', `[{${CALL}}]\n{${CALL}}\n`, 'json-outside-list', 2],
    ['with a number behind the list', `[{${CALL}}]\n42`, 'json-outside-list', 2],
    ['with a null behind the list', `[{${CALL}}]\nnull`, 'json-outside-list', 2],
    ['with a list of lists behind the list', `[{${CALL}}]\n[[1]]`, 'json-not-objects', 2],
    ['with a list behind another document', `{${CALL}}\n[{${CALL}}]`, 'json-not-objects', 2],
    ['without records', '{"calls": [], "total": 0}', 'json-without-records', null],
    ['with empty records only', '[{}, {}]', 'json-without-records', null],
    [
      'with empty values only',
      '[{"ClientId": null, "DateTime": ""}]',
      'json-without-records',
      null,
    ],
    ['that is empty', '[]', 'json-without-records', null],
    ['too deep', `[{"a": ${'['.repeat(50)}${']'.repeat(50)}}]`, 'json-excess', 1],
    ['with a long value', `[{"a": "${'x'.repeat(1_100_000)}"}]`, 'json-excess', 1],
    ['with a long list', `[{"a": [${'"xxxxxxxxx",'.repeat(110_000)}1]}]`, 'json-excess', 1],
    ['with half a character', `[{${CALL}, "Tag": "\\ud800"}]`, 'bytes-undecodable', 1],
    ['with a NUL', `[{${CALL}, "Tag": "a\\u0000"}]`, 'nul-byte', 1],
  ])('%s is refused', async (_, text, code, line) => {
    expect((await validated(text)).codes).toEqual([[code, line]]);
  });

  it('with too many keys is refused', async () => {
    const keys = (count: number, object: string): string =>
      Array.from({ length: count }, (__, at) => `"k${String(at)}": ${object}`).join(', ');
    expect((await validated(`[{${keys(1100, '1')}}]`)).codes).toEqual([['header-too-wide', null]]);
    expect((await validated(`{${keys(17_000, '{}')}}`)).codes).toEqual([['json-excess', 1]]);
    expect((await validated(`{${keys(17_000, '{}')}, "a": [{"b": 1}]}`)).codes).toEqual([
      ['json-excess', 1],
    ]);
  });

  it('with broken UTF-8 is refused, not read with other letters', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`[{${CALL}, "Tag": "отдел `),
      Buffer.from([0xd0]),
      Buffer.from('продаж"}]'),
    ]);
    expect((await validated(bytes)).codes).toEqual([['text-undecodable', null]]);
  });

  it('is needed for the option records, and is refused with the option sheet', async () => {
    const csv = 'ClientId,DateTime\n1,1794900000\n';
    await expect(validateCalls([Buffer.from(csv)], { records: 'a' })).rejects.toMatchObject({
      code: 'records-of-csv',
    });
    await expect(validateCalls([Buffer.from('[{}]')], { sheet: '1' })).rejects.toMatchObject({
      code: 'sheet-of-csv',
    });
    await expect(
      validateCalls([Buffer.from('{"a": [{}]}')], { records: 'b' }),
    ).rejects.toMatchObject({ code: 'records-unknown' });
  });

  it.each([
    ['a delimiter', { delimiter: 'semicolon' }, 'delimiter'],
    ['a line of column names', { columns: { b: 'DateTime' }, headerLine: 2 }, 'header-line'],
    ['column names', { sourceColumns: ['DateTime', 'ClientId', 'PhoneNumber'] }, 'columns'],
  ] as const)('is refused with an option for %s', async (_, options, layout) => {
    const refused = { code: 'layout-of-json', parameters: { layout } };
    const source = Buffer.from(`[{${CALL}}]`);
    await expect(
      convertCalls([source], { clock: CLOCK, output: () => undefined, ...options }),
    ).rejects.toMatchObject(refused);
    if (!('delimiter' in options)) return;
    const settings = { clock: CLOCK, ...options };
    await expect(validateCalls([source], settings)).rejects.toMatchObject(refused);
    await expect(inspectCalls([source], settings)).rejects.toMatchObject(refused);
  });

  it('is converted with a recipe', async () => {
    const text = `{"result": {"data": [{"start_time": "2026-11-10 10:00:01", "from": {"number": "+7 012 123-45-67"}, "ym_client_id": 13359124764096645812}]}}`;
    let calls = '';
    const result = await convertCalls([Buffer.from(text)], {
      clock: CLOCK,
      columns: { start_time: 'DateTime', 'from.number': 'PhoneNumber', ym_client_id: 'ClientId' },
      timezone: 'Europe/Moscow',
      output: (piece: string) => {
        calls += piece;
      },
    });
    expect(result.ok).toBe(true);
    expect(calls).toContain('13359124764096645812');
    expect(calls).toContain('+70121234567');
  });
});

describe('JSON with a preset', () => {
  const TIME = '"start_time": "2026-11-10 10:00:01"';
  const UIS = `{${TIME}, "contact_phone_number": "+70121234567", "direction": "in", "talk_duration": 1}`;
  const MEGAFON =
    '{"uid": "1", "type": "in", "client": "+70121234567", "account": "a", "via": "79121234568", "start": "2026-11-10T10:00:01Z", "wait": 1, "duration": 5, "record": ""}';
  const TWILIO = `{${TIME}, "from": "+70121234567", "to": "+70121234568", "direction": "inbound", "status": "completed", "sid": "1", "events": [{"t": 1}, {"t": 2}]}`;

  it.each([
    ['pages', 'uis', `{"result": {"data": [${UIS}]}}\n{"result": {"data": [${UIS}]}}\n`, 2],
    [
      'pages, the first without calls',
      'uis',
      `{"result": {"data": []}}\n{"result": {"data": [${UIS}]}}`,
      1,
    ],
    ['lines', 'uis', `${UIS}\n${UIS}\n`, 2],
    ['lines of calls with lists', 'twilio', `${TWILIO}\n${TWILIO}\n`, 2],
    ['calls of a system whose CSV has no header', 'megafon', `[${MEGAFON},\n${MEGAFON}]`, 2],
    ['one call with a list', 'twilio', `${TWILIO}\n`, 1],
  ] as const)('is read as %s', async (_, preset, text, records) => {
    const result = await convertCalls([Buffer.from(text)], {
      clock: CLOCK,
      preset,
      timezone: 'Europe/Moscow',
      unidentified: 'static',
      output: () => undefined,
    });
    expect(result.records.total).toBe(records);
    expect(result.ok).toBe(true);
  });

  it('is not read from another list if the list of the system is empty', async () => {
    const text = `{"result": {"data": []}, "more": [${UIS}]}`;
    const { validation } = await convertCalls([Buffer.from(text)], {
      clock: CLOCK,
      preset: 'uis',
      timezone: 'Europe/Moscow',
      output: () => undefined,
    });
    expect(validation.findings.map(({ code }) => code)).toEqual(['json-without-records']);
  });
});

describe('a table of JSON', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'from', 'to', 'время', 'x y');
  const scalar = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.integer(),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('a,b', '"', '\n', ' x', ''),
  );
  const value = fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(key, scalar, { maxKeys: 3 }) },
  );
  const record = fc.dictionary(key, value, { maxKeys: 5 });

  it('has the values that another parser finds, whatever the cuts and the layout', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('array', 'pretty', 'lines', 'inside'),
        async (records, step, layout) => {
          const text = written(records, layout);
          // Records without any value are no calls, so the file is refused.
          fc.pre(records.some((one) => Object.values(flat(one, '')).join('').trim() !== ''));
          // One document with an empty list could be an answer without calls. So the test says
          // where the records are.
          const said = layout === 'lines' ? { records: '.' } : {};
          const { rows } = await rowsOf(text, { step, ...said });
          const [header = [], ...cells] = rows;
          const named = (row: readonly string[]): Record<string, string> =>
            Object.fromEntries(
              header.flatMap((name, at) => (row[at] === '' ? [] : [[name, row[at] ?? '']])),
            );
          expect(cells.map(named)).toEqual(
            expectedRecords(text, layout).map((one) => flat(one, '')),
          );
        },
      ),
    );
  });

  function written(records: readonly unknown[], layout: string): string {
    if (layout === 'lines') return records.map((one) => `${JSON.stringify(one)}\n`).join('{}\n');
    if (layout === 'inside') return JSON.stringify({ n: 1, data: { rows: records } });
    return JSON.stringify(records, null, layout === 'pretty' ? 2 : undefined);
  }

  function expectedRecords(text: string, layout: string): unknown[] {
    if (layout === 'lines')
      return text
        .trim()
        .split('\n')
        .map((line) => parseLossless(line));
    const all = parseLossless(text);
    if (layout !== 'inside') return all as unknown[];
    return (all as { data: { rows: unknown[] } }).data.rows;
  }

  function flat(value: unknown, prefix: string): Record<string, string> {
    const pairs = Object.entries(value as Record<string, unknown>).flatMap(([name, one]) => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      if (one === null) return [];
      if (Array.isArray(one))
        return [
          [
            path,
            one
              .filter((each) => each !== null)
              .map(String)
              .join('; '),
          ],
        ];
      if (typeof one === 'object' && !('isLosslessNumber' in one)) {
        return Object.entries(flat(one, path));
      }
      return [[path, (one as string | number | boolean).toString()]];
    });
    return Object.fromEntries(pairs.filter(([, text]) => text !== '')) as Record<string, string>;
  }
});
