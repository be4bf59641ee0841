import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openConnections } from '../../src/metrika/undici-fetch.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { TunnelProxy } from '../support/faulty-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';
import { tlsSite } from '../support/tls-site.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'from the variable %s carries the upload in a tunnel, with the certificate of the service',
    async (variable) => {
      const { service, authority, calls } = await tlsSite();
      const proxy = await TunnelProxy.start(service.port);
      const words = ['upload', '--json', '-c', '1', '--retries', '0', calls];
      const through = { ...env, [variable]: proxy.url };
      const untrusted = await run(words, { env: through });
      expect(untrusted.code).toBe(6);
      expect(untrusted.stdout).toContain('"certificate-refused"');
      expect(service.posts).toBe(0);
      const trusted = await run([...words, '--ca-file', authority], { env: through });
      expect(trusted.code, trusted.stdout).toBe(0);
      expect(service.posts).toBe(1);
      expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api-metrika.yandex.net:443']));
    },
  );

  it('is not used for the hosts of NO_PROXY and for loopback', async () => {
    const { service, loopback, authority } = await tlsSite();
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

  it('does not see requests to this machine', async () => {
    const seen: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploadings":[]}');
    });
    const ended = await run(['list', ...service.target], {
      env: { ...env, HTTP_PROXY: address, HTTPS_PROXY: address },
    });
    proxy.close();
    expect(ended.code).toBe(0);
    expect(seen).toEqual([]);
  });

  it('that refuses to connect is reported, and nothing is sent', async () => {
    const proxy = createServer();
    proxy.on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '-c', '1', '--json', path], {
      env: { ...env, HTTPS_PROXY: `http://user:pass-word@127.0.0.1:${String(port)}` },
    });
    proxy.close();
    expect(ended.code).toBe(6);
    expect(ended.stdout).toContain('"proxy-refused"');
    expect(ended.stdout + ended.stderr).not.toContain('pass-word');
  });
});

describe('an empty variable for a proxy', () => {
  it('is ignored, so the other spelling is used', () => {
    const environment = { https_proxy: '', HTTPS_PROXY: 'http://:no-address' };
    const settings = { address: 'https://api-metrika.yandex.net', connectTimeout: 1000 };
    expect(() => openConnections({ ...settings, environment })).toThrow(/HTTPS_PROXY/);
  });
});
