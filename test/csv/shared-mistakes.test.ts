import { describe, expect, it } from 'vitest';
import { check, NOW, onlyError, source } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';

const YOUNG = String(NOW);
const OPTIONS = { now: NOW, maxFindings: 50, showValues: false };

describe('a cause that all records share', () => {
  it('is a delimiter at the end of every record', async () => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},\n2,${YOUNG},\n`)).toBe(
      'delimiter-at-every-end',
    );
  });

  it('is no delimiter at the end if the number of fields is right', async () => {
    for (const text of [
      'a,b,c,d\n1,x,y,1\n',
      'a,b,c,d\n1,x,y,\n',
      'a;b;c;d\n1;x;y;1',
      'a,b\n1,2,3\n',
    ]) {
      const { validation } = await check(text);
      const codes = validation.findings.map(({ code }) => code);
      expect(codes, text).not.toContain('delimiter-at-every-end');
      const open = (): AsyncIterable<Uint8Array> => source(Buffer.from(text), 5).blocks();
      const { validation: other } = await converted(open, recipeOf(), OPTIONS);
      const all = other.groups.map(({ code }) => code);
      expect(all, text).not.toContain('delimiter-at-every-end');
    }
  });

  it('is another list of columns', async () => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},a\n2,${YOUNG},b\n`)).toBe(
      'field-count-of-all',
    );
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},a\n2,${YOUNG}\n`)).toBe('field-count');
  });

  it('is a header below a title', async () => {
    expect(await onlyError(`Calls in November\n\nClientId,DateTime\n1,${YOUNG}\n`)).toBe(
      'header-not-first',
    );
  });

  it.each(['Итого', 'Итого: 1', 'TOTAL', 'Всего:'])('is a line of totals: %s', async (word) => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG}\n${word},\n`)).toBe('totals-line');
  });

  it('is a header with too many columns, however many records follow', async () => {
    const columns = (count: number): string =>
      Array.from({ length: count }, (_, at) => `c${String(at)}`).join(',');
    expect(await onlyError(`${columns(20_000)}\n1\n2\n`)).toBe('header-too-wide');
    const { validation } = await check(`ClientId,DateTime,${columns(1022)}\n`);
    expect(validation.findings.map(({ code }) => code)).not.toContain('header-too-wide');
  });
});

describe('a record over the maximum length', () => {
  const good = `1,${YOUNG},x\n`.repeat(50);
  const doubled = '""'.repeat(600_000);

  it.each([
    ['record-too-long', `"${doubled}"`],
    ['quote-unclosed', `"${doubled}`],
  ])('is %s in a check and in a conversion', async (code, cell) => {
    const text = `ClientId,DateTime,Tag\n${good}2,${YOUNG},${cell}\n${good}`;
    for (const step of [5000, 70_000, 1 << 20, text.length]) {
      const checked = await check(text, {}, step);
      const open = (): AsyncIterable<Uint8Array> => source(text, step).blocks();
      const conversion = await converted(open, recipeOf(), OPTIONS);
      for (const { validation } of [checked, conversion]) {
        const errors = validation.groups.filter(({ severity }) => severity === 'error');
        expect(errors.map((group) => [group.code, group.count, group.first[0]?.line])).toEqual([
          [code, 1, 52],
        ]);
      }
    }
  });
});
