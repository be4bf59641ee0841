/** Old workbooks (.xls) with far too much of one thing. */
import * as XLSX from 'xlsx';

/** The part of SheetJS that writes compound files. The types of SheetJS lack this part. */
const CFB = XLSX.CFB as {
  readonly utils: {
    cfb_new(): object;
    cfb_add(file: object, path: string, content: Buffer): void;
  };
  write(file: object, options: { readonly type: 'buffer' }): Buffer;
};

/** Returns one record. */
function record(type: number, data: readonly number[] | Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, Buffer.from(data)]);
}

function two(number: number): number[] {
  return [number & 0xff, (number >> 8) & 0xff];
}

const END = record(0x0a, []);
const SHEET_BEGIN = record(0x809, [0, 6, 0x10, 0]);

function label(row: number, column: number, text: string): Buffer {
  const place = [...two(row), ...two(column), 0, 0];
  return record(
    0x204,
    Buffer.concat([Buffer.from([...place, ...two(text.length), 0]), Buffer.from(text)]),
  );
}

const HEADER = [label(0, 0, 'ClientId'), label(0, 1, 'DateTime'), label(0, 2, 'Tag')];

/**
 * Returns an old workbook with one sheet, which the list of sheets names many times.
 *
 * @param shared the records before the sheet, such as shared strings and formats
 * @param step the number of bytes between the places of two sheets in the list
 */
function xlsOf(
  records: readonly Buffer[],
  shared: readonly Buffer[] = [],
  named = 1,
  step = 0,
): Buffer {
  const beginning = record(0x809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const name = (at: number, from: number): Buffer => {
    const place = Buffer.alloc(4);
    place.writeUInt32LE(from);
    const text = `Calls ${String(at).padStart(6, '0')}`;
    return record(0x85, [...place, 0, 0, text.length, 0, ...Buffer.from(text)]);
  };
  const sharedBytes = Buffer.concat([...shared]);
  const from = beginning.length + named * name(0, 0).length + sharedBytes.length + END.length;
  const names = Array.from({ length: named }, (_, at) => name(at, from + at * step));
  const stream = Buffer.concat([
    beginning,
    ...names,
    sharedBytes,
    END,
    SHEET_BEGIN,
    ...records,
    END,
  ]);
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/Workbook', stream);
  return CFB.write(file, { type: 'buffer' });
}

function times(count: number, one: (at: number) => Buffer): Buffer[] {
  return Array.from({ length: count }, (_, at) => one(at));
}

/** A table of shared strings that says how many strings it has. */
function strings(count: number, ...texts: readonly string[]): Buffer {
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(count, 4);
  const data = texts.map((text) => Buffer.from([...two(text.length), 0, ...Buffer.from(text)]));
  return record(0xfc, Buffer.concat([counts, ...data]));
}

function shared(row: number, column: number): Buffer {
  return record(0xfd, [...two(row), ...two(column), 0, 0, 0, 0, 0, 0]);
}

/** The old workbooks by the thing that they have too much of. */
export const OLD_WORKBOOKS: Readonly<Record<string, () => Buffer>> = {
  sheets: () => xlsOf(HEADER, [], 100_000),
  'one-place-of-many-sheets': () =>
    xlsOf(
      times(60_000, (at) => label(at, 0, ' ')),
      [],
      5000,
    ),
  'overlapping-sheets': () =>
    xlsOf(
      [
        ...times(2000, () => SHEET_BEGIN),
        ...times(60_000, (at) => label(at, 0, ' ')),
        ...times(2000, () => END),
      ],
      [],
      2000,
      SHEET_BEGIN.length,
    ),
  formats: () =>
    xlsOf(
      HEADER,
      times(400_000, () => record(0xe0, [0, 0, 0, 0])),
    ),
  'strings-that-are-not-there': () => xlsOf(HEADER, [strings(0xffff_ffff, 'a')]),
  'one-string-in-all-cells': () =>
    xlsOf([...HEADER, ...times(60_000, (at) => shared(at + 1, 2))], [strings(1, 'a'.repeat(8000))]),
  'unordered-cells': () =>
    xlsOf(
      [...HEADER, ...times(1_500_000, (at) => shared(60_000 - (at % 60_000), at % 200))],
      [strings(1, 'a')],
    ),
  'merged-ranges': () =>
    xlsOf([
      ...HEADER,
      ...times(200, () =>
        record(0xe5, [
          ...two(1000),
          ...Array.from({ length: 1000 }, () => [1, 0, 9, 0, 0, 0, 5, 0]).flat(),
        ]),
      ),
    ]),
};
