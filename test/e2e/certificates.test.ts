import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { tlsSite } from '../support/tls-site.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('a service with a certificate of its own authority', () => {
  it('gets no request if the file of the authority is not a certificate', async () => {
    const { service, loopback, calls } = await tlsSite();
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
