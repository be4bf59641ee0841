import { afterAll, expect } from 'vitest';

/** A test file that changed these values would affect the test files after it. */
const state = (): object => ({ folder: process.cwd(), environment: { ...process.env } });

const before = state();

afterAll(() => {
  expect(state()).toEqual(before);
});
