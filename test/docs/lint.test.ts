import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** Returns the lines of a text in `src` that look up a key that may be inherited. */
async function reported(text: string): Promise<number[]> {
  const [result] = await new ESLint().lintText(text, { filePath: 'src/exit-codes.ts' });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === 'tables/no-inherited-lookup')
    .map(({ line }) => line);
}

describe('the rule about tables', () => {
  it('refuses a key that may be any text, and accepts names and numbers', async () => {
    const text = `const TABLE: Readonly<Record<string, number>> = { a: 1 };
const LIST = [1, 2];
export const any = (key: string) => TABLE[key];
export const written = (key: string, to: Record<string, string>) => { to[key] = 'x'; };
export const maybe = (key: 'a' | undefined, other: string) => TABLE[key ?? other];
export const joined = (key: string) => TABLE[\`a\${key}\`];
export const isIn = (key: string) => key in TABLE;
export const named = (key: 'a' | 'b') => TABLE[key];
export const at = (place: number) => LIST[place];
export const plain = TABLE['a'];
`;
    expect(await reported(text)).toEqual([3, 4, 5, 6, 7]);
  });
});
