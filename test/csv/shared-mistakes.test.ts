import { describe, expect, it } from 'vitest';
import { check, NOW, onlyError } from '../support/check.ts';

const YOUNG = String(NOW);

describe('a cause that all records share', () => {
  it('is a delimiter at the end of every record', async () => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},\n2,${YOUNG},\n`)).toBe(
      'delimiter-at-every-end',
    );
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
