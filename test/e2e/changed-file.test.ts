import { closeSync, openSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { type Ended, run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

describe('a file that changes while it is being sent', () => {
  async function changing(
    change: (path: string) => void,
  ): Promise<{ ended: Ended; closed: boolean; posts: number }> {
    const service = await TestService.start(() => undefined);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100_000, 'north'.repeat(30)));
    const seen = { closing: false, bytes: 0, posts: 0 };
    service.onHead = (raw, response) => {
      if (raw.method !== 'POST') {
        answerJson(response, 200, '{"uploadings":[]}');
        return true;
      }
      seen.posts += 1;
      change(path);
      raw.on('data', (chunk: Buffer) => {
        seen.bytes += chunk.length;
        if (chunk.toString('latin1').includes('--\r\n')) seen.closing = true;
      });
      raw.on('error', () => undefined);
      return true;
    };
    const ended = await run(['upload', '--json', ...service.target, path], {
      env: { METRIKA_TOKEN: TOKEN },
    });
    return { ended, closed: seen.closing, posts: seen.posts };
  }

  it.each([
    [
      'is overwritten',
      (path: string) => {
        writeFileSync(path, goodCalls(100_000, 'south'.repeat(30)));
      },
    ],
    [
      'grows',
      (path: string) => {
        writeFileSync(path, goodCalls(10), { flag: 'a' });
      },
    ],
    [
      'shrinks',
      (path: string) => {
        writeFileSync(path, goodCalls(10));
      },
    ],
    [
      'is replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, goodCalls(1));
        renameSync(`${path}.new`, path);
      },
    ],
  ])('is refused before the closing boundary if it %s', async (_, change) => {
    const { ended, closed, posts } = await changing(change);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('"file-changed"');
    expect(closed).toBe(false);
    expect(posts).toBe(1);
  });
});

describe('a file that has to be converted', () => {
  it('is refused if it changes after its check, before the sent content is measured', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      goodCalls(100_000).replaceAll('\n', '\r\n'),
    );
    const { size } = statSync(path);
    const descriptor = openSync(path, 'r+');
    const { code, stdout } = await run(['upload', '--json', ...service.target, path], {
      env: { METRIKA_TOKEN: TOKEN },
      onWrite: (text) => {
        if (text.includes('no errors')) writeSync(descriptor, 'GARBAGE', size - 40);
      },
    });
    closeSync(descriptor);
    expect(code).toBe(3);
    expect(stdout).toContain('"file-changed"');
    // The run may have begun to send the file. But the service must not get the changed bytes,
    // because these bytes were not checked.
    expect(service.posts().filter((post) => onlyPart(post).content.includes('GARBAGE'))).toEqual(
      [],
    );
  });
});
