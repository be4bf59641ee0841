import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createNet, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { type Connections, openConnections } from '../../src/metrika/undici-fetch.ts';
import { certificates } from '../support/certificates.ts';
import { HUNG } from '../support/patience.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Reads a request slowly, and answers with the SHA-256 of its body. */
function readSlowly(request: IncomingMessage, response: ServerResponse): void {
  const hash = createHash('sha256');
  request.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    request.pause();
    setImmediate(() => request.resume());
  });
  request.on('end', () => response.end(hash.digest('hex')));
}

async function connect(
  scheme: 'http' | 'https',
): Promise<{ connections: Connections; address: string }> {
  const { authority, key, cert } = await certificates();
  const started: Server =
    scheme === 'https' ? createTlsServer({ key, cert }, readSlowly) : createServer(readSlowly);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = `${scheme}://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
  const settings = { address, connectTimeout: HUNG, environment: {}, authorities: [authority] };
  return { address, connections: openConnections(settings) };
}

/**
 * Yields blocks of these lengths, again and again. All blocks are in the same memory, so each block
 * overwrites the previous block.
 */
async function* blocksInOneMemory(
  lengths: readonly number[],
  rounds: number,
  onBlock: (block: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  const memory = Buffer.alloc(Math.max(...lengths));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, length] of lengths.entries()) {
      memory.fill(round * lengths.length + at);
      const block = memory.subarray(0, length);
      onBlock(block);
      yield await Promise.resolve(block);
    }
  }
}

describe.each(['http', 'https'] as const)('a body over %s', (scheme) => {
  it.each([
    ['small', [1, 500, 20_000]],
    ['large', [130_000, 1_000_000]],
    ['of all lengths', [3, 65_536, 131_071, 131_072, 131_073, 700_000, 17, 16_384]],
  ])('arrives unchanged if its blocks are %s and share their memory', async (_, lengths) => {
    const { address, connections } = await connect(scheme);
    const rounds = 60;
    const sent = createHash('sha256');
    const body = blocksInOneMemory(lengths, rounds, (block) => sent.update(block));
    const length = rounds * lengths.reduce((sum, one) => sum + one, 0);
    const answer = await connections.fetch(`${address}/x`, {
      method: 'POST',
      headers: { 'content-length': String(length) },
      body,
      duplex: 'half',
      redirect: 'manual',
      signal: new AbortController().signal,
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body ?? []) chunks.push(chunk);
    await connections.close();
    expect(Buffer.concat(chunks).toString()).toBe(sent.digest('hex'));
  });
});

describe.each(['http', 'https'] as const)('an aborted request over %s', (scheme) => {
  it('is reset, so that bytes in system buffers are not delivered later', async () => {
    const { authority, key, cert } = await certificates();
    const events = new EventEmitter();
    const begun = once(events, 'socket') as Promise<[Socket]>;
    const take = (socket: Socket): void => {
      socket.pause();
      events.emit('socket', socket);
    };
    const started = scheme === 'https' ? createTls({ key, cert }, take) : createNet(take);
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = `${scheme}://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
    const settings = { address, connectTimeout: HUNG, environment: {}, authorities: [authority] };
    const connections = openConnections(settings);
    // The operating system can buffer a body of this length, even if the server reads nothing.
    const length = 1_500_000;
    const handed = once(events, 'handed');
    async function* body(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(length));
      events.emit('handed');
    }
    const giveUp = new AbortController();
    const asked = connections.fetch(`${address}/x`, {
      method: 'POST',
      headers: { 'content-length': String(length) },
      body: body(),
      duplex: 'half',
      redirect: 'manual',
      signal: giveUp.signal,
    });
    const [socket] = await begun;
    await handed;
    giveUp.abort(new Error('given up'));
    await expect(asked).rejects.toThrow('given up');
    let delivered = 0;
    socket.on('data', (chunk: Buffer) => (delivered += chunk.length));
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.resume();
    await closed;
    started.close();
    await connections.close();
    expect(delivered).toBeLessThan(length / 2);
  });
});
