/** Files with far too much of one thing are refused, with little memory and time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXCESS, goodFile } from '../support/excess.ts';
import { run } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-excess-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const cost = join(folder, 'cost');
/**
 * Writes the cost of a process when it ends. The largest resident memory comes from Linux: the one
 * that Node reports includes the memory of the process that started it.
 */
const HOOK = `
  import { readFileSync, writeFileSync } from 'node:fs';
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    const memory = Number(readFileSync('/proc/self/status', 'latin1').match(/VmHWM:\\s*(\\d+)/)[1]) / 1024;
    const time = (userCPUTime + systemCPUTime) / 1e6;
    writeFileSync(${JSON.stringify(cost)}, JSON.stringify({ memory, time }));
  });`;

/** The largest resident memory, in megabytes. */
const MOST_MEMORY = 500;

/** The processor time of a run that does almost nothing, in seconds. Shorter times are not exact. */
const SHORTEST_TIME = 0.1;

interface Cost {
  /** The largest resident memory, in megabytes. */
  readonly memory: number;
  /** The processor time, in seconds. */
  readonly time: number;
}

interface Checked extends Cost {
  readonly code: number | null;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** Checks a file in a process with little memory, and measures what it costs. */
async function checked(name: string, content: Buffer): Promise<Checked> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const ended = await run(['validate', '--json', path], {
    env: {
      NODE_OPTIONS: `--max-old-space-size=128 --import data:text/javascript,${encodeURIComponent(HOOK)}`,
    },
  });
  rmSync(path);
  const { results } = JSON.parse(ended.stdout) as {
    results: { validation: { findings: { code: string; message: string }[] } }[];
  };
  const findings = results.flatMap(({ validation }) => validation.findings);
  return {
    ...(JSON.parse(readFileSync(cost, 'utf8')) as Cost),
    code: ended.code,
    codes: findings.map(({ code }) => code),
    messages: findings.map(({ message }) => message),
  };
}

/** The codes of findings that name a limit. */
const NAMES_LIMIT = /-excess$|^header-too-wide$|^record-too-long$/;

/** Findings of files that are read to their end, because a limit is not reached. */
const READ: Readonly<Record<string, string>> = {
  'blank-cells-in-a-row.xlsx': 'file-empty',
  'one-part-of-many-sheets.xlsx': 'file-empty',
  'one-place-of-many-sheets.xls': 'file-empty',
  'parts-of-blank-rows.xlsx': 'file-empty',
  'attributes.xlsx': 'workbook-damaged',
  'overlapping-sheets.xls': 'workbook-damaged',
  'strings-that-are-not-there.xls': 'workbook-damaged',
  'lists.json': 'json-several',
};

describe.runIf(process.platform === 'linux')('a file with far too much of one thing', () => {
  it.each(EXCESS)('is refused at once: $name', async ({ name, bytes }) => {
    const content = await bytes();
    const bad = await checked(name, content);
    const good = await checked(
      `good-${name}`,
      await goodFile(extname(name).slice(1), content.length),
    );
    expect(good.code).toBe(0);
    expect(bad.code).toBe(3);
    const expected = READ[name];
    if (expected === undefined) {
      expect(bad.codes[0]).toMatch(NAMES_LIMIT);
      expect(bad.messages[0]).toMatch(/\d/);
    } else expect(bad.codes).toContain(expected);
    expect(bad.memory).toBeLessThan(MOST_MEMORY);
    expect(bad.time).toBeLessThan(10 * Math.max(good.time, SHORTEST_TIME));
  });
});
