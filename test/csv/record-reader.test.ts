import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLineEnds, MAX_RECORD_CHARACTERS, RecordReader } from '../../src/csv/record-reader.ts';
import { writeRecords } from '../../src/csv/record-writer.ts';
import { runs } from '../support/runs.ts';

/** Cuts a text at the given places. A place may be within a record. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index] ?? text.length));
}

function readAll(text: string, places: readonly number[], delimiter = ','): string[][] {
  const reader = new RecordReader(delimiter);
  const rows = cut(text, places).flatMap((piece) => reader.push(piece).rows);
  return [...rows, ...reader.end().rows];
}

/** Fields with everything that is difficult in CSV. */
const field = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc
    .array(fc.constantFrom('"', ',', ';', '\n', '\r', '\r\n', ' ', 'я', '😀', 'a', '\t'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);
const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.array(fc.array(field, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 8,
  }),
);
const places = fc.array(fc.nat(500), { maxLength: 12 });

describe('records', () => {
  it('are the same after writing and reading, wherever the text is cut', () => {
    fc.assert(
      fc.property(table, places, (rows, cuts) => {
        expect(readAll(writeRecords(rows), cuts)).toEqual(rows);
      }),
      runs(2000),
    );
  });

  it('are read with any delimiter and any mixture of line ends', () => {
    const lineEnds = fc.array(fc.constantFrom('\n', '\r', '\r\n'), { minLength: 8, maxLength: 8 });
    const delimiters = fc.constantFrom(',', ';', '\t', '|');
    fc.assert(
      fc.property(table, places, lineEnds, delimiters, (rows, cuts, ends, delimiter) => {
        // Fields may contain any delimiter and any line end, so all of them are quoted.
        const text = rows
          .map(
            (row, at) =>
              row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) +
              (ends[at] ?? '\n'),
          )
          .join('');
        expect(readAll(text, cuts, delimiter)).toEqual(rows);
      }),
      runs(2000),
    );
  });

  it('never crash the reader, whatever the text is', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 30 }), places, (parts, cuts) => {
        const text = parts.join('');
        expect(() => readAll(text, cuts)).not.toThrow();
      }),
      runs(2000),
    );
  });

  it('do not depend on where the text is cut', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 30 }), places, (parts, cuts) => {
        const text = parts.join('');
        expect(readAll(text, cuts)).toEqual(readAll(text, []));
      }),
      runs(2000),
    );
  });

  it('after a malformed record are read separately, wherever the text is cut', () => {
    const malformed = fc.constantFrom('"x"y,1', '1,"Ltd "Daisy"",2', '"a"b', 'c,"d" e');
    const good = fc.tuple(field, field);
    const record = fc.oneof({ weight: 2, arbitrary: good }, malformed);
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(record, lineEnd), { maxLength: 12 }), places, (parts, cuts) => {
        // Fields of good records may contain any special character, so all of them are quoted.
        const text = parts
          .map(([part, end]) =>
            typeof part === 'string'
              ? part + end
              : part.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + end,
          )
          .join('');
        const reader = new RecordReader(',');
        const batches = [...cut(text, cuts).map((piece) => reader.push(piece)), reader.end()];
        expect(batches.flatMap(({ rows }) => rows)).toEqual(
          parts.map(([part]) => (typeof part === 'string' ? part.split(',') : part)),
        );
        const bad = batches
          .flatMap(({ problems }) => problems)
          .filter(({ kind }) => kind !== 'record-doubtful');
        expect(bad.map(({ kind }) => kind)).toEqual(
          parts.filter(([part]) => typeof part === 'string').map(() => 'quote-malformed'),
        );
        let line = 1;
        const lines: number[] = [];
        for (const [part] of parts) {
          if (typeof part === 'string') lines.push(line);
          line +=
            1 + (typeof part === 'string' ? 0 : part.reduce((n, v) => n + countLineEnds(v), 0));
        }
        expect(bad.map((problem) => problem.line)).toEqual(lines);
      }),
      runs(3000),
    );
  });

  it('may all be malformed, and are then read one by one', () => {
    const reader = new RecordReader(',');
    const batch = reader.push('1,"Ltd "Daisy"",2\n'.repeat(50_000));
    expect(batch.rows).toHaveLength(50_000);
    expect(batch.problems).toHaveLength(50_000);
  });
});

describe('lines', () => {
  it('are counted as an editor counts them', () => {
    expect(countLineEnds('a\nb\r\nc\rd')).toBe(3);
    const reader = new RecordReader(',');
    const first = reader.push('a,b\r"x\r\ny\nz",1\n');
    expect(first).toMatchObject({
      firstLine: 1,
      oneLineEach: false,
      rows: [
        ['a', 'b'],
        ['x\r\ny\nz', '1'],
      ],
    });
    expect(reader.push('c,d\n')).toMatchObject({ firstLine: 5, oneLineEach: true });
  });

  it('show where an unclosed quote was opened', () => {
    const reader = new RecordReader(',');
    reader.push('a,b\n1,"open\n2,3\n4,5\n');
    expect(reader.end().problems).toEqual([{ kind: 'quote-unclosed', line: 2, row: undefined }]);
  });

  it('show the record of a malformed quote', () => {
    const reader = new RecordReader(',');
    const batch = reader.push('a,b\n1,"x"y"\n2,3\n');
    expect(batch.problems).toEqual([{ kind: 'quote-malformed', line: 2, row: 1 }]);
    expect(batch.rows[2]).toEqual(['2', '3']);
  });
});

describe('an endless record', () => {
  it('is refused, and the rest of the file is not stored', () => {
    const reader = new RecordReader(',');
    reader.push('a,b\n1,"');
    const filler = 'x'.repeat(MAX_RECORD_CHARACTERS / 4);
    const problems = Array.from({ length: 8 }, () => reader.push(filler).problems).flat();
    expect(problems).toEqual([]);
    expect(reader.isIdle).toBe(false);
    expect(reader.end().problems).toEqual([{ kind: 'quote-unclosed', line: 2, row: undefined }]);
    expect(reader.end().problems).toEqual([]);
  });

  const doubled = '""'.repeat(600_000);
  const long = 'x'.repeat(2 * MAX_RECORD_CHARACTERS);

  it.each([
    ['record-too-long', 'a closed cell of doubled quotes', `"${doubled}"\n4,5\n`],
    ['record-too-long', 'a closed cell at the end of the file', `"${doubled}"`],
    ['record-too-long', 'a closed cell before another one', `"${long}",7\n4,5\n`],
    ['record-too-long', 'a closed cell before CRLF', `"${long}"\r\n4,5\r\n`],
    ['record-too-long', 'a cell without quotes', `${long}\n4,5\n`],
    ['quote-unclosed', 'doubled quotes that no quote closes', `"${doubled}\n4,5\n`],
    ['quote-unclosed', 'a doubled quote at the end of the file', `"${long}""`],
    ['quote-unclosed', 'many lines that no quote closes', `"${'y\n'.repeat(1_000_000)}`],
    ['quote-malformed', 'a quote inside the value', `"${long}"z"\n4,5\n`],
  ])('is %s for %s, wherever the text is cut', (kind, _, cell) => {
    const text = `a,b\n1,${cell}`;
    for (const size of [1000, 65_536, 99_999, MAX_RECORD_CHARACTERS + 1, text.length]) {
      const reader = new RecordReader(',');
      const kinds: string[] = [];
      for (let at = 0; at < text.length; at += size) {
        for (const problem of reader.push(text.slice(at, at + size)).problems)
          kinds.push(`${problem.kind} in line ${String(problem.line)}`);
      }
      for (const problem of reader.end().problems)
        kinds.push(`${problem.kind} in line ${String(problem.line)}`);
      expect(kinds, String(size)).toEqual([`${kind} in line 2`]);
    }
  });
});
