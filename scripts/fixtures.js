// Writes the files in fixtures/mistakes and fixtures/dialects, and the result of checking each one.
// The tests compare the results of the checker with expected.json. So read the diff of
// expected.json before you commit it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { importSources, ROOT } from './bundle-sources.js';

const { checkCalls, EXAMPLE_NOW, exampleFile, FINDING_CODES, encode, conversionsFor } =
  await importSources([
    'src/calls/check/check-calls.ts',
    'src/cli/output/explanations.ts',
    'test/support/encode.ts',
    'src/calls/check/file-form.ts',
  ]);

async function reportOn(bytes) {
  const source = {
    async *blocks() {
      yield bytes;
    },
  };
  const settings = { now: EXAMPLE_NOW, maxFindings: 20, showValues: false, convert: true };
  const { validation, counts, form } = await checkCalls(source, settings);
  return {
    rows: counts.records,
    conversions: form === undefined ? [] : conversionsFor(form),
    findings: validation.findings.map(({ code, line, record, column, value }) => [
      code,
      line,
      record,
      column,
      value,
    ]),
  };
}

async function write(folder, files) {
  mkdirSync(`${ROOT}/fixtures/${folder}`, { recursive: true });
  const expected = {};
  for (const [name, bytes] of files) {
    writeFileSync(`${ROOT}/fixtures/${folder}/${name}`, bytes);
    expected[name] = await reportOn(bytes);
  }
  writeFileSync(
    `${ROOT}/fixtures/${folder}/expected.json`,
    `${JSON.stringify(expected, null, 2)}\n`,
  );
}

await write(
  'mistakes',
  FINDING_CODES.filter((code) => exampleFile(code) !== undefined).map((code) => {
    const bytes = Buffer.from(exampleFile(code));
    const at = bytes.indexOf('\ufffd');
    const file =
      at < 0
        ? bytes
        : Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]);
    return [`${code}.csv`, file];
  }),
);

const plain =
  'ClientId,DateTime,Tag\n1481718166123,1794990000,Заявка с сайта\n1481718166124,1794980000,"офис; север, ""центр"""\n';
const table = [
  ['ClientId', 'DateTime', 'Tag'],
  ['1481718166123', '1794990000', 'Заявка с сайта'],
  ['1481718166124', '1794980000', 'офис; север, "центр"'],
];
const separatedBy = (delimiter, lineEnd) =>
  table
    .map((row) =>
      row
        .map((cell) => (/["; |,\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(delimiter),
    )
    .join(lineEnd) + lineEnd;
await write('dialects', [
  ['plain.csv', Buffer.from(plain)],
  ['utf-8-mark.csv', Buffer.from(`\ufeff${plain}`)],
  ['utf-16le-mark.csv', encode(`\ufeff${plain}`, 'utf-16le')],
  ['utf-16be-mark.csv', encode(`\ufeff${plain}`, 'utf-16be')],
  ['utf-16le.csv', encode(plain, 'utf-16le')],
  ['utf-16be.csv', encode(plain, 'utf-16be')],
  ['windows-1251.csv', encode(plain, 'windows-1251')],
  ['semicolon.csv', Buffer.from(separatedBy(';', '\n'))],
  ['tab.csv', Buffer.from(separatedBy('\t', '\n'))],
  ['bar.csv', Buffer.from(separatedBy('|', '\n'))],
  ['crlf.csv', Buffer.from(separatedBy(',', '\r\n'))],
  ['cr.csv', Buffer.from(separatedBy(',', '\r'))],
  ['mixed-line-ends.csv', Buffer.from(plain.replace('\n', '\r\n'))],
  ['sep-line.csv', Buffer.from(`sep=;\r\n${separatedBy(';', '\r\n')}`)],
  ['excel-russian.csv', encode(separatedBy(';', '\r\n'), 'windows-1251')],
  ['excel-unicode-text.txt', encode(`\ufeff${separatedBy('\t', '\r\n')}`, 'utf-16le')],
  ['no-last-line-end.csv', Buffer.from(plain.trimEnd())],
]);
