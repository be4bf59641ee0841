import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { MetrikaClient } from '../../src/metrika/client.ts';
import { ApiToken } from '../../src/metrika/token.ts';
import { openConnections } from '../../src/metrika/undici-fetch.ts';
import { HUNG } from '../support/patience.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('an answer before the whole file was sent', () => {
  it.each([
    [200, '{"uploading":{"id":1,"status":"UPLOADED"}}', { isEarly: true, uploading: { id: '1' } }],
    [200, 'welcome', { code: 'answer-early', fate: 'unknown' }],
    [503, '', { code: 'service-unavailable', fate: 'unknown' }],
    [400, '', { code: 'refused', fate: 'refused' }],
  ])('with %i %s decides the result', async (status, text, judged) => {
    const started = createServer((_, response) => {
      response.writeHead(status);
      response.end(text);
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
    const connections = openConnections({ address, connectTimeout: HUNG, environment: {} });
    const client = new MetrikaClient({
      address,
      token: new ApiToken('y0_secret_token_value', 'the test'),
      fetch: connections.fetch,
      clock: systemClock,
      random: () => 0.5,
      timeout: HUNG,
      retry: { retries: 0, totalTime: 0 },
    });
    const blocks = 100;
    const block = Buffer.alloc(1_000_000, 'x');
    async function* content(): AsyncIterable<Uint8Array> {
      for (let number = 0; number < blocks; number += 1) yield await Promise.resolve(block);
    }
    const file = { name: 'calls.csv', length: blocks * block.length, content: content() };
    const seen: unknown = await client.uploadCalls(1, file, {}).catch((error: unknown) => error);
    expect(seen).toMatchObject(judged);
    await connections.close();
  });
});
