import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { certificates } from '../support/certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';

interface Site {
  readonly server: Server;
  readonly words: string[];
  requests: number;
}

async function site(options: ServerOptions): Promise<Site> {
  const { authority, key, cert } = await certificates();
  const server = createServer({ key, cert, ca: authority, ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const folder = temporaryFolder();
  const address = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const trust = ['--ca-file', writeCalls(folder, 'authority.pem', authority)];
  // The file is larger than one block, so parts of it are on their way when the host refuses.
  const calls = writeCalls(folder, 'calls.csv', goodCalls(5000));
  return {
    server,
    words: ['upload', '--json', '-c', '1', '--retries', '0', ...trust, '--api-url', address, calls],
    requests: 0,
  };
}

const run = (words: readonly string[]) =>
  runHere(words, {
    env: { METRIKA_TOKEN: 'y0_some_token_0123456789' },
    clock: new FakeClock(Date.now()),
  });

describe('the failure certificate-demanded', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is reported in each of ten runs if the host demands a certificate, with %s',
    async (version) => {
      const { words, server } = await site({
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      });
      let requests = 0;
      server.on('request', () => (requests += 1));
      const ended = await Promise.all(Array.from({ length: 10 }, () => run(words)));
      expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 6));
      for (const { stdout } of ended) expect(stdout).toContain('certificate-demanded');
      expect(requests).toBe(0);
    },
  );

  it('is not reported if a host reads the file and then resets the connection', async () => {
    const { words, server } = await site({});
    let posts = 0;
    server.on('request', (request, response) => {
      if (request.method !== 'POST') {
        response.writeHead(200).end('{"uploadings":[]}');
        return;
      }
      posts += 1;
      request.resume();
      request.on('end', () => request.socket.destroy());
    });
    const { code, stdout } = await run([...words, '--no-repeat']);
    expect(code).toBe(8);
    expect(stdout).not.toContain('certificate-demanded');
    expect(posts).toBe(1);
  });
});
