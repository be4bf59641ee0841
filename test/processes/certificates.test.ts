import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { certificates } from '../support/certificates.ts';
import { TunnelProxy } from '../support/faulty-service.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { tlsSite } from '../support/tls-site.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('a service with a certificate of its own authority', () => {
  it('is not trusted unless its authority is trusted', async () => {
    const { service, loopback, calls } = await tlsSite();
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
    const { service, loopback, authority, calls } = await tlsSite();
    const byVariable = { ...env, NODE_EXTRA_CA_CERTS: authority };
    const ended = await run(['upload', ...loopback, calls], { env: byVariable });
    expect(ended.code, ended.stderr).toBe(0);
    for (const words of [['upload', '--again', calls], ['list']]) {
      const byOption = await run([...words, '--ca-file', authority, ...loopback], { env });
      expect(byOption.code, byOption.stderr).toBe(0);
    }
    expect(service.posts).toBe(2);
  });

  it('is reached with both at once', async () => {
    const { loopback, authority } = await tlsSite();
    const other = writeCalls(temporaryFolder(), 'other.pem', (await certificates()).cert);
    const both = { ...env, NODE_EXTRA_CA_CERTS: authority };
    const ended = await run(['list', '--ca-file', other, ...loopback], { env: both });
    expect(ended.code, ended.stderr).toBe(0);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'is reached through the proxy of %s with NODE_EXTRA_CA_CERTS',
    async (variable) => {
      const { service, authority, calls } = await tlsSite();
      const proxy = await TunnelProxy.start(service.port);
      const through = { ...env, [variable]: proxy.url, NODE_EXTRA_CA_CERTS: authority };
      const ended = await run(['upload', '-c', '1', '--retries', '0', calls], { env: through });
      expect(ended.code, ended.stderr).toBe(0);
      expect(service.posts).toBe(1);
      expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api-metrika.yandex.net:443']));
    },
  );
});
