import { describe, expect, it } from 'vitest';
import type { SavedRecipe } from '../../src/convert/recipe/recipe-keys.ts';
import { NOW, SETTINGS, source } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';

const TIME = String(NOW - 100);

/** Returns the physical lines of records that were reported as calls from a company phone line. */
async function linesOf(
  rows: readonly string[],
  recipe: SavedRecipe = {},
  header = 'ClientId,DateTime,PhoneNumber,destination',
): Promise<readonly (number | null)[]> {
  const text = [header, ...rows, ''].join('\n');
  const { validation } = await converted(
    () => source(text).blocks(),
    recipeOf({ defaultRegion: 'RU', ...recipe }),
    SETTINGS,
  );
  return validation.findings.filter(({ code }) => code === 'company-line').map(({ line }) => line);
}

const call = (from: string, to: string): string => `1,${TIME},${from},${to}`;
const [ANNA, BORIS, LINE] = ['+74950000011', '+74950000012', '+74950000099'];

describe('a phone line of the company', () => {
  it('is reported if it is the caller, in any order of the records', async () => {
    const rows = [call(ANNA, LINE), call(LINE, BORIS), call(BORIS, LINE)];
    expect(await linesOf(rows.slice(0, 2))).toEqual([3]);
    expect(await linesOf(rows.slice(0, 2).reverse())).toEqual([2]);
    const many = Array.from({ length: 300 }, (_, at) => call(`+7495000${String(1000 + at)}`, LINE));
    expect(await linesOf([call(LINE, BORIS), ...many])).toEqual([2]);
    expect(await linesOf([...many, call(LINE, BORIS)])).toEqual([302]);
  });

  it('is recognized in another form', async () => {
    expect(await linesOf([call(ANNA, '8 (495) 000-00-99'), call('74950000099', BORIS)])).toEqual([
      3,
    ]);
  });

  it('is found in a column that also has extensions and names', async () => {
    const inside = Array.from({ length: 80 }, (_, at) =>
      call(`+7495000${String(1000 + at)}`, at % 2 === 0 ? LINE : '101'),
    );
    expect(await linesOf([...inside, call(LINE, BORIS)])).toEqual([82]);
  });

  it('is found if its column is left out on purpose', async () => {
    const rows = [call(ANNA, LINE), call(LINE, BORIS)];
    expect(await linesOf(rows, { columns: { destination: '-' } })).toEqual([3]);
  });

  it('is not a caller whose number another column repeats', async () => {
    const twice = [ANNA, BORIS, ANNA, BORIS].map((phone) => call(phone, phone));
    expect(await linesOf(twice)).toEqual([]);
  });

  it('is not searched for in a column without phone numbers', async () => {
    const rows = Array.from({ length: 80 }, (_, at) =>
      call(`+7495000${String(1000 + at)}`, 'north'),
    );
    expect(await linesOf([...rows, call(ANNA, LINE), call(LINE, BORIS)])).toEqual([]);
  });

  it('is not reported if the directions are known, or if calls in all directions are converted', async () => {
    const header = 'ClientId,DateTime,PhoneNumber,destination,Type';
    const rows = [`${call(ANNA, LINE)},in`, `${call(LINE, BORIS)},out`];
    expect(await linesOf(rows, {}, header)).toEqual([3]);
    expect(await linesOf(rows, { values: { Type: { in: 'in', out: 'out' } } }, header)).toEqual([]);
    expect(await linesOf(rows, { direction: 'all' }, header)).toEqual([]);
  });
});
