import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Delimiter, DELIMITERS } from '../../src/csv/dialect.ts';
import { ProjectedRecords } from '../../src/csv/projected-records.ts';
import { RecordFields } from '../../src/csv/record-fields.ts';
import { runs } from '../support/runs.ts';

/** The largest number of columns of a table. */
const MOST_COLUMNS = 1024;

/** One record as another library reads it. */
interface Reference {
  readonly fields: readonly string[];
  /** Where the record begins and ends, in bytes. */
  readonly from: number;
  readonly to: number;
  /** The physical line where the record begins, from 1, and the number of lines of the record. */
  readonly line: number;
  readonly lines: number;
}

function linesWithin(bytes: Buffer): number {
  return bytes.toString('utf8').match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Reads records with csv-parse, and counts the lines in the bytes of each record. */
function reference(bytes: Buffer, delimiter: string): readonly Reference[] {
  let [from, line] = [0, 1];
  const options = {
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    info: true,
  };
  // The types of csv-parse do not know that `info` changes the form of a record.
  const records = parse(bytes, options) as unknown as readonly {
    readonly record: string[];
    readonly info: { readonly bytes: number };
  }[];
  return records.map(({ record, info }) => {
    const lines = linesWithin(bytes.subarray(from, info.bytes));
    const found = { fields: record, from, to: info.bytes, line, lines };
    from = info.bytes;
    line += lines;
    return found;
  });
}

const delimiters = fc.constantFrom(...(Object.keys(DELIMITERS) as Delimiter[]));

const PIECES = [
  ...['a', 'Заявка', '😀', 'é', '\u2028', '\ufeff', '\u00a0', '\u2003', '\ud7ff', '\u007f'],
  ...[' ', '  ', '0', '+7 916', '"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', '\v', '\u0001'],
];

const field = fc.oneof(
  { arbitrary: fc.constantFrom('', '', ' ', 'a', '12', '79161234567', 'отдел продаж'), weight: 3 },
  { arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }), weight: 2 },
);

/**
 * A record. Each field is a text with a number. If the number is 0, the field gets quotes, even if
 * the text does not need quotes.
 */
const record = fc.record({
  fields: fc.array(fc.tuple(field, fc.nat(3)), { minLength: 1, maxLength: 7 }),
  end: fc.constantFrom('\n', '\n', '\r\n'),
});

const table = fc.record({
  delimiter: delimiters,
  records: fc.array(record, { minLength: 1, maxLength: 12 }),
});

type Written = typeof record extends fc.Arbitrary<infer Value> ? Value : never;

function written({ fields, end }: Written, delimiter: string): string {
  const texts = fields.map(([parts, quotes]) => {
    const text = typeof parts === 'string' ? parts : parts.join('');
    const needsQuotes = /["\r\n]/.test(text) || text.includes(delimiter);
    return needsQuotes || quotes === 0 ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return texts.join(delimiter) + end;
}

function tableText(records: readonly Written[], delimiter: string): Buffer {
  return Buffer.from(records.map((one) => written(one, delimiter)).join(''));
}

function isBlank(fields: readonly string[]): boolean {
  return fields.every((text) => text.trim() === '');
}

/** Reads records until the end, or until a record that the reader leaves to another reader. */
function projected(
  bytes: Buffer,
  delimiter: Delimiter,
  from = 0,
  line = 1,
): {
  readonly end: number;
  readonly lines: number;
  readonly lineEnds: { readonly lf: boolean; readonly crlf: boolean; readonly cr: boolean };
  readonly records: readonly (readonly [fields: string[], line: number, lines: number])[];
} {
  const records: [string[], number, number][] = [];
  const form = {
    encoding: 'utf-8',
    markBytes: 0,
    dialect: { delimiter, separatorLine: false },
  } as const;
  const reader = new ProjectedRecords(form, (fields, at, lines) => {
    records.push([[...fields.texts()], at, lines]);
  });
  const lineEnds = { lf: false, crlf: false, cr: false };
  // In memory, other bytes come before and after the bytes of the file.
  const memory = Buffer.concat([Buffer.from('x"\n'), bytes, Buffer.from('"')]);
  const lines = memory.subarray(3, 3 + bytes.length);
  return { ...reader.read({ lines, from, line, lineEnds }), lineEnds, records };
}

describe('the fields of records', () => {
  it('are the same as in csv-parse', () => {
    fc.assert(
      fc.property(table, fc.nat(100), ({ delimiter, records }, first) => {
        const bytes = tableText(records, delimiter);
        const found = new RecordFields(delimiter);
        for (const { fields, from, to, lines } of reference(bytes, delimiter)) {
          expect(found.divide(bytes, from)).toBe(to);
          expect(found.count).toBe(fields.length);
          expect(found.lines).toBe(lines);
          expect(found.isBlank()).toBe(isBlank(fields));
          // Reads the texts of fields in any order, and some texts more than once.
          for (let step = 0; step < fields.length + 2; step += 1) {
            const at = (first + step * 5) % fields.length;
            expect(found.text(at)).toBe(fields[at]);
          }
          expect(found.text(fields.length)).toBe('');
          expect(found.text(-1)).toBe('');
          expect(found.texts()).toEqual(fields);
          fields.forEach((text, at) => {
            const own = bytes.toString('utf8', found.starts[at], found.ends[at]);
            expect(found.areDoubled[at]).toBe(text.includes('"') ? 1 : 0);
            expect(own).toBe(text.replaceAll('"', '""'));
          });
        }
      }),
      runs(2000),
    );
  });

  it('come with their physical lines, without blank records', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 1000 }), ({ delimiter, records }, line) => {
        const bytes = tableText(records, delimiter);
        const known = reference(bytes, delimiter);
        const result = projected(bytes, delimiter, 0, line);
        expect(result.records).toEqual(
          known
            .filter(({ fields }) => !isBlank(fields))
            .map((one) => [one.fields, one.line + line - 1, one.lines]),
        );
        expect(result.end).toBe(bytes.length);
        expect(result.lines).toBe(linesWithin(bytes));
        expect(result.lineEnds).toEqual({
          lf: records.some(({ end }) => end === '\n'),
          crlf: records.some(({ end }) => end === '\r\n'),
          cr: false,
        });
      }),
      runs(2000),
    );
  });

  it.each([
    ['text behind a quote', (delimiter: string) => `a${delimiter}"b"c${delimiter}d`],
    ['a space behind a quote', (delimiter: string) => `"b" ${delimiter}d`],
    ['a quote within a field', (delimiter: string) => `a"b${delimiter}c`],
    ['a quote at the end of a field', (delimiter: string) => `b"${delimiter}c`],
    ['a doubled quote without others', (delimiter: string) => `a""${delimiter}c`],
    ['a lone carriage return', (delimiter: string) => `a${delimiter}b\rc${delimiter}d`],
    ['a carriage return behind a quote', (delimiter: string) => `a${delimiter}"b"\rc`],
    ['two carriage returns', (delimiter: string) => `a${delimiter}b\r\r`],
    ['NUL', (delimiter: string) => `a${delimiter}b\0c`],
    ['NUL alone', (delimiter: string) => `a${delimiter}\0`],
    ['NUL in quotes', (delimiter: string) => `a${delimiter}"b\0c"`],
    ['NUL behind a quote', (delimiter: string) => `a${delimiter}"b"\0`],
    ['too many fields', (delimiter: string) => delimiter.repeat(MOST_COLUMNS)],
  ])('are left to another reader because of %s, and found again in later records', (_, bad) => {
    fc.assert(
      fc.property(table, fc.array(record, { maxLength: 4 }), ({ delimiter, records }, more) => {
        const before = tableText(records, delimiter);
        const wrong = Buffer.from(`${bad(delimiter)}\n`);
        const after = tableText(more, delimiter);
        const bytes = Buffer.concat([before, wrong, after]);
        const stopped = projected(bytes, delimiter);
        expect(stopped.end).toBe(before.length);
        expect(stopped.lines).toBe(linesWithin(before));
        expect(stopped.records).toEqual(projected(before, delimiter).records);
        const found = new RecordFields(delimiter);
        expect(found.divide(bytes, before.length)).toBe(-1);
        const next = before.length + wrong.length;
        const line = 1 + linesWithin(before) + linesWithin(wrong);
        const going = projected(bytes, delimiter, next, line);
        expect(going.end).toBe(bytes.length);
        expect(going.records).toEqual(projected(after, delimiter, 0, line).records);
      }),
      runs(100),
    );
  });

  it('are left to another reader if the record is incomplete', () => {
    const open = fc.array(fc.constantFrom('a', 'Ж', '""', '\n', '\r\n', '\r', ';', ',', ' '), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(table, open, fc.boolean(), ({ delimiter, records }, parts, isFirst) => {
        const before = tableText(records, delimiter);
        const last = `${isFirst ? '' : `a${delimiter}`}"${parts.join('')}\n`;
        const bytes = Buffer.concat([before, Buffer.from(last)]);
        const { end, lines } = projected(bytes, delimiter);
        expect([end, lines]).toEqual([before.length, linesWithin(before)]);
      }),
      runs(500),
    );
  });

  it('are found for the maximum number of columns', () => {
    const most = `${'a,'.repeat(MOST_COLUMNS - 1)}a\n`;
    const found = new RecordFields(',');
    expect(found.divide(Buffer.from(most), 0)).toBe(most.length);
    expect(found.count).toBe(MOST_COLUMNS);
    expect(found.text(MOST_COLUMNS - 1)).toBe('a');
  });

  it('are the same if another reader divided the record', () => {
    fc.assert(
      fc.property(table, ({ delimiter, records }) => {
        const bytes = tableText(records, delimiter);
        const taken = new RecordFields(delimiter);
        for (const { fields, from } of reference(bytes, delimiter)) {
          taken.divide(bytes, from);
          taken.take(fields);
          expect(taken.texts()).toEqual(fields);
          expect(fields.map((_, at) => taken.text(at))).toEqual(fields);
          expect(taken.isBlank()).toBe(isBlank(fields));
          fields.forEach((text, at) => {
            expect(taken.bytes.toString('utf8', taken.starts[at], taken.ends[at])).toBe(text);
            expect(taken.areDoubled[at]).toBe(0);
          });
        }
      }),
      runs(500),
    );
  });
});
