import { afterAll, expect } from 'vitest';

/** A change of the process in one test file would affect the test files after it. */
const state = (): object => ({ folder: process.cwd(), environment: { ...process.env } });

const before = state();

afterAll(() => {
  expect(state()).toEqual(before);
});
