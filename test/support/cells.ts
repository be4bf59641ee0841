/** Reads single cells with the readers of a conversion. */
import { type ColumnName, columnNamed } from '../../src/calls/columns/columns.ts';
import { CallBytes } from '../../src/convert/cells/call-bytes.ts';
import {
  CellReader,
  type ColumnFacts,
  NO_COLUMN_FACTS,
} from '../../src/convert/cells/cell-reader.ts';
import { ColumnCells } from '../../src/convert/cells/column-cells.ts';
import type { DateTimeOptions } from '../../src/convert/cells/date-time.ts';
import type { PhoneRegion } from '../../src/convert/cells/phone-plan.ts';
import type { Recipe } from '../../src/convert/recipe/recipe.ts';
import { recipeOf } from './recipes.ts';

/** The settings that cells depend on. */
interface CellSettings {
  readonly dateTime?: DateTimeOptions | undefined;
  readonly region?: PhoneRegion | undefined;
  readonly phones?: 'error' | 'first';
  readonly durationUnit?: Recipe['durationUnit'];
  readonly facts?: ColumnFacts;
}

/** A cell after it was read. */
export interface ReadCell {
  readonly value: string;
  readonly problem: string | undefined;
  readonly missing: 'stand-in' | 'withheld' | undefined;
}

/** Reads the cells of one column of a call, one after another. */
export class CellsOfColumn {
  readonly reader: CellReader;
  readonly #cells: ColumnCells;
  readonly #missing = { standIns: 0, withheld: 0 };

  constructor(
    name: ColumnName,
    {
      dateTime,
      region,
      phones = 'error',
      durationUnit,
      facts = NO_COLUMN_FACTS,
    }: CellSettings = {},
  ) {
    const recipe = recipeOf({});
    const settings = {
      ...recipe,
      dateTime: dateTime ?? recipe.dateTime,
      region,
      phones,
      durationUnit,
    };
    this.reader = new CellReader(settings, facts, Number.MAX_SAFE_INTEGER, () => '');
    const shape = columnNamed(name)?.shape ?? 'text';
    const forms = this.reader.formsOf(name, shape);
    this.#cells = new ColumnCells({ at: 0, shape, words: undefined, forms }, this.#missing);
  }

  /**
   * Reads one cell.
   *
   * @param line the physical line of the cell
   */
  read(text: string, line = 2): ReadCell {
    const { standIns, withheld } = this.#missing;
    this.reader.line = line;
    const out = new CallBytes(16);
    const cell = Buffer.from(text);
    const wrong = this.#cells.write(cell, 0, cell.length, out);
    const isNew = (before: number, now: number): boolean => now > before;
    return {
      value: unquoted(out.bytes.toString('utf8', 0, out.length)),
      problem: wrong?.code,
      missing: isNew(standIns, this.#missing.standIns)
        ? 'stand-in'
        : isNew(withheld, this.#missing.withheld)
          ? 'withheld'
          : undefined,
    };
  }
}

/** Reads one cell of a column of a call. */
export function readCell(name: ColumnName, text: string, settings?: CellSettings): ReadCell {
  return new CellsOfColumn(name, settings).read(text);
}

function unquoted(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}
