import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { certificates } from '../support/certificates.ts';
import { FaultyService, TunnelProxy } from '../support/faulty-service.ts';
import { run, start, temporaryFolder } from '../support/run.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Site {
  readonly service: FaultyService;
  readonly loopback: string[];
  readonly authority: string;
  readonly calls: string;
}

async function site(): Promise<Site> {
  const service = await FaultyService.start('tls');
  const folder = temporaryFolder();
  const { authority } = await certificates();
  return {
    service,
    loopback: [
      '-c',
      '1',
      '--retries',
      '0',
      '--api-url',
      `https://127.0.0.1:${String(service.port)}`,
    ],
    authority: writeCalls(folder, 'authority.pem', authority),
    calls: writeCalls(folder, 'calls.csv', goodCalls(3)),
  };
}

describe('a service with a certificate of its own authority', () => {
  it('is not trusted, and nothing can make it so but the authority', async () => {
    const { service, loopback, calls } = await site();
    for (const extra of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]) {
      const ended = await run(['upload', '--json', ...loopback, calls], {
        env: { ...env, ...extra },
      });
      expect([2, 6]).toContain(ended.code);
      expect(ended.stdout).toMatch(/"certificate-refused"|"certificate-check-off"/);
    }
    expect(service.posts).toBe(0);
  });

  it('is reached with --ca-file and with NODE_EXTRA_CA_CERTS, by each command', async () => {
    const { service, loopback, authority, calls } = await site();
    const byVariable = { ...env, NODE_EXTRA_CA_CERTS: authority };
    const ended = await run(['upload', ...loopback, calls], { env: byVariable });
    expect(ended.code, ended.stderr).toBe(0);
    for (const words of [['upload', calls], ['list']]) {
      const byOption = await run([...words, '--ca-file', authority, ...loopback], { env });
      expect(byOption.code, byOption.stderr).toBe(0);
    }
    expect(service.posts).toBe(2);
  });

  it('is reached with both at once', async () => {
    const { loopback, authority } = await site();
    const other = writeCalls(temporaryFolder(), 'other.pem', (await certificates()).cert);
    const both = { ...env, NODE_EXTRA_CA_CERTS: authority };
    const ended = await run(['list', '--ca-file', other, ...loopback], { env: both });
    expect(ended.code, ended.stderr).toBe(0);
  });

  it('is asked for nothing when the file of the authority is no such file', async () => {
    const { service, loopback, calls } = await site();
    const folder = temporaryFolder();
    for (const path of [
      `${folder}/missing.pem`,
      calls,
      writeCalls(
        folder,
        'damaged.pem',
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      ),
    ]) {
      const ended = await run(['upload', '--json', '--ca-file', path, ...loopback, calls], { env });
      expect(ended.code).toBe(2);
      expect(ended.stdout).toContain('"ca-file-invalid"');
    }
    expect(service.posts).toBe(0);
  });
});

describe('a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'that %s names carries the upload inside a tunnel, checked end to end',
    async (variable) => {
      const { service, authority, calls } = await site();
      const proxy = await TunnelProxy.start(service.port);
      const words = ['upload', '--json', '-c', '1', '--retries', '0', calls];
      const through = { ...env, [variable]: proxy.url };
      const untrusted = await run(words, { env: through });
      expect(untrusted.code).toBe(6);
      expect(untrusted.stdout).toContain('"certificate-refused"');
      expect(service.posts).toBe(0);
      const trusted = await run([...words, '--ca-file', authority], { env: through });
      expect(trusted.code, trusted.stdout).toBe(0);
      const extra = { ...through, NODE_EXTRA_CA_CERTS: authority };
      expect((await run(words, { env: extra })).code).toBe(0);
      expect(service.posts).toBe(2);
      expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api-metrika.yandex.net:443']));
    },
  );

  it('is left out for the hosts of NO_PROXY, and for loopback', async () => {
    const { service, loopback, authority } = await site();
    const proxy = await TunnelProxy.start(service.port);
    const through = { ...env, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
    const words = ['list', '-c', '1', '--retries', '0', '--json'];
    const host = 'metrika.invalid';
    const direct = ['--api-url', `https://${host}`, '--trust-api-host', host];
    const outside = await run([...words, ...direct], { env: { ...through, NO_PROXY: host } });
    expect(outside.code).toBe(6);
    expect((await run(['list', ...loopback, '--ca-file', authority], { env: through })).code).toBe(
      0,
    );
    expect(proxy.asked).toEqual([]);
    await run([...words, ...direct], { env: through });
    expect(proxy.asked).toEqual([`CONNECT ${host}:443`]);
  });
});

describe('Ctrl-C while the connection is being made', () => {
  it('ends the run at once and says that nothing was sent', async () => {
    // A server that takes the connection and never answers the handshake.
    const silent = createServer((socket) => {
      socket.on('error', () => undefined);
      connected();
    });
    let connected = (): void => undefined;
    const seen = new Promise<void>((resolve) => {
      connected = resolve;
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const words = ['upload', '-c', '1', '--api-url', `https://127.0.0.1:${String(port)}`, path];
    const { child, ended } = start(words, { env });
    await seen;
    const from = performance.now();
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    silent.close();
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted. ');
    expect(stderr).toMatch(/Nothing was sent|0 of [\d.]+ \w+ had been sent|0 bytes of /);
    expect(performance.now() - from).toBeLessThan(1000);
  });
});
