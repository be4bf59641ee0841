import { afterAll, expect } from 'vitest';

/** What one file of tests changes in the process, others would meet in it. */
const state = (): object => ({ folder: process.cwd(), environment: { ...process.env } });

const before = state();

afterAll(() => {
  expect(state()).toEqual(before);
});
