import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { type Certificates, certificates } from './certificates.ts';

/** The fault of the network or the service in one request. */
export type LineFault =
  | { readonly kind: 'none' }
  /** The connection is closed before any byte is read. */
  | { readonly kind: 'drop' }
  /** The connection is closed after this many bytes of the request. */
  | { readonly kind: 'cut-request'; readonly at: number }
  /** The complete request arrives. The answer is cut after this many bytes. */
  | { readonly kind: 'cut-answer'; readonly at: number; readonly stored: boolean }
  /** Like `cut-answer`, but the connection stays open and nothing more arrives. */
  | { readonly kind: 'stall'; readonly at: number; readonly stored: boolean }
  | { readonly kind: 'status'; readonly status: number; readonly stored: boolean }
  /** The answer is not HTTP. */
  | { readonly kind: 'not-http'; readonly stored: boolean }
  /** The answer has status 200, and contains a page of another site. */
  | { readonly kind: 'page'; readonly stored: boolean };

interface Kept {
  readonly id: number;
  readonly comment: string;
  readonly source_quantity: number;
  readonly create_time: string;
  readonly status: string;
}

/**
 * A service on a raw socket, with or without TLS. It stores and lists uploads. Each request takes
 * the next fault from the list `faults`.
 */
export class FaultyService {
  readonly kept: Kept[] = [];
  posts = 0;
  faults: LineFault[] = [];
  /** Returns the current time of the service, in milliseconds since 1970-01-01 UTC. */
  now: () => number = Date.now;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(keys: Certificates | undefined) {
    const take = (socket: Socket): void => {
      this.#take(socket);
    };
    this.#server =
      keys === undefined ? createServer(take) : createTlsServer({ ...keys, ca: undefined }, take);
  }

  static async start(way: 'plain' | 'tls'): Promise<FaultyService> {
    const service = new FaultyService(way === 'tls' ? await certificates() : undefined);
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => service.close());
    return service;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    let fault: LineFault | undefined;
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      fault ??= this.faults.shift() ?? { kind: 'none' };
      if (fault.kind === 'drop' || (fault.kind === 'cut-request' && bytes.length >= fault.at)) {
        socket.destroy();
        return;
      }
      const request = wholeRequest(bytes);
      if (request === undefined) return;
      bytes = Buffer.alloc(0);
      const now = fault;
      fault = undefined;
      if (now.kind === 'cut-request') socket.destroy();
      else this.#answer(socket, request, now);
    });
  }

  #answer(
    socket: Socket,
    request: WholeRequest,
    fault: Exclude<LineFault, { kind: 'drop' | 'cut-request' }>,
  ): void {
    const url = new URL(request.target, 'http://service');
    let made: Kept | undefined;
    if (request.method === 'POST') {
      this.posts += 1;
      if (fault.kind === 'none' || fault.stored) made = this.#keep(url, request.body);
    }
    const text =
      request.method === 'POST'
        ? JSON.stringify({ uploading: made ?? {} })
        : JSON.stringify({
            uploadings: this.kept.slice(Number(url.searchParams.get('offset'))),
          });
    const whole = this.#http(200, text);
    switch (fault.kind) {
      case 'none':
        socket.write(whole);
        return;
      case 'cut-answer':
        socket.end(whole.subarray(0, fault.at % whole.length));
        return;
      case 'stall':
        socket.write(whole.subarray(0, fault.at % whole.length));
        return;
      case 'status':
        socket.write(this.#http(fault.status, '{"code":0,"message":"no"}'));
        return;
      case 'not-http':
        socket.end('220 mail ready\r\n\r\n');
        return;
      case 'page':
        socket.write(this.#http(200, '<html><title>Login</title></html>'));
        return;
    }
  }

  #http(status: number, text: string): Buffer {
    const date = new Date(this.now()).toUTCString();
    return Buffer.from(
      `HTTP/1.1 ${String(status)} X\r\ndate: ${date}\r\ncontent-length: ${String(text.length)}\r\n\r\n${text}`,
    );
  }

  #keep(url: URL, body: Buffer): Kept {
    const made = {
      id: 100 + this.kept.length,
      comment: url.searchParams.get('comment') ?? '',
      source_quantity: body.toString('latin1').split('north').length - 1,
      create_time: new Date(this.now()).toISOString(),
      status: 'UPLOADED',
    };
    this.kept.push(made);
    return made;
  }
}

interface WholeRequest {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer;
}

function wholeRequest(bytes: Buffer): WholeRequest | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.subarray(0, headEnd).toString('latin1');
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(headEnd + 4);
  if (body.length < length) return undefined;
  const [method = '', target = ''] = head.split(' ');
  return { method, target, body };
}

/**
 * A proxy that opens tunnels (CONNECT). All tunnels lead to the same local port, regardless of the
 * requested host.
 */
export class TunnelProxy {
  /** The requested hosts. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: number) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', (head) => {
        const [method, host = ''] = head.toString('latin1').split(' ');
        this.asked.push(`${method ?? ''} ${host}`);
        const upstream = connect(target, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on('error', () => socket.destroy());
        upstream.on('close', () => socket.destroy());
        socket.on('close', () => upstream.destroy());
      });
    });
  }

  static async start(target: number): Promise<TunnelProxy> {
    const proxy = new TunnelProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => proxy.close());
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
