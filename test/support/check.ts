import {
  type ByteSource,
  checkCalls,
  type CheckReport,
} from '../../src/calls/check/check-calls.ts';
import { validationOf } from '../../src/calls/check/check-file.ts';
import type { CheckOptions } from '../../src/calls/check/check-options.ts';
import { noCalls } from '../../src/calls/check/counts.ts';
import { outgoingBytes } from '../../src/calls/outgoing.ts';
import { UnreadableFile } from '../../src/files/unreadable-file.ts';

/** The current time in the tests of checks, in seconds since 1970-01-01 UTC. */
export const NOW = 1_795_000_000;

export const SETTINGS: CheckOptions = {
  now: NOW,
  maxFindings: 20,
  showValues: false,
  convert: true,
};

/**
 * Returns a source of bytes in memory. Each block is overwritten when the next block is requested,
 * as with a file.
 */
export function source(content: string | Uint8Array, step = 1 << 20): ByteSource {
  const bytes = Buffer.from(content);
  return {
    async *blocks() {
      const memory = Buffer.alloc(Math.min(step, bytes.length));
      for (let at = 0; at < bytes.length; at += step) {
        const length = bytes.copy(memory, 0, at, at + step);
        yield await Promise.resolve(memory.subarray(0, length));
        memory.fill('#');
      }
    },
  };
}

export async function check(
  content: string | Uint8Array,
  settings: Partial<CheckOptions> = {},
  step?: number,
): Promise<CheckReport> {
  try {
    return await checkCalls(source(content, step), { ...SETTINGS, ...settings });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return refused(error, content);
  }
}

/** Returns the report that the commands make about a file that cannot be read at all. */
export function refused(error: UnreadableFile, content: string | Uint8Array): CheckReport {
  return {
    validation: validationOf(error),
    counts: noCalls(),
    form: undefined,
    lines: 0,
    bytes: Buffer.from(content as Uint8Array).length,
    sha256: '',
    checksum: 0,
  };
}

/** Returns the findings of a file in short form: code, line, record, column, value. */
export async function found(
  content: string | Uint8Array,
  settings: Partial<CheckOptions> = {},
): Promise<(string | number | null)[][]> {
  const { validation } = await check(content, settings);
  return validation.findings.map(({ code, line, record, column, value }) => [
    code,
    line,
    record,
    column,
    value,
  ]);
}

/** Returns the bytes that would be sent for a file. */
export async function sent(content: string | Uint8Array, step?: number): Promise<Buffer> {
  const { form } = await check(content, {}, step);
  if (form === undefined) throw new Error('the file has no form');
  const blocks: Uint8Array[] = [];
  for await (const block of outgoingBytes(source(content, step), form)) {
    blocks.push(Buffer.from(block));
  }
  return Buffer.concat(blocks);
}

/** Returns the code of the only error in a file. */
export async function onlyError(content: string | Uint8Array): Promise<string | undefined> {
  const { validation } = await check(content);
  const errors = validation.groups.filter(({ severity }) => severity === 'error');
  if (errors.length !== 1) throw new Error(errors.map(({ code }) => code).join());
  return errors[0]?.code;
}
