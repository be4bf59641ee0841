import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived at the socket. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The reaction of the service to a request. */
export type Behaviour = (
  request: SeenRequest,
  response: ServerResponse,
  raw: IncomingMessage,
) => void | Promise<void>;

/**
 * A server for tests. It shares no code with the program. It stores the bytes of each request, and
 * handles the request as the test says.
 */
export class TestService {
  readonly requests: SeenRequest[] = [];
  /**
   * Runs as soon as the headers of a request arrive. Returns whether it has handled the request.
   */
  onHead: (raw: IncomingMessage, response: ServerResponse) => boolean = () => false;
  readonly #server: Server;
  #behaviour: Behaviour;

  private constructor(server: Server, behaviour: Behaviour) {
    this.#server = server;
    this.#behaviour = behaviour;
  }

  static async start(behaviour: Behaviour): Promise<TestService> {
    const server = createServer();
    const service = new TestService(server, behaviour);
    server.on('request', (raw, response) => void service.#take(raw, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => service.close());
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The options that direct the command to this service. */
  get target(): string[] {
    return ['--api-url', this.url, '--counter', '2215573'];
  }

  /** The option that directs a command without a counter to this service. */
  get address(): string[] {
    return ['--api-url', this.url];
  }

  posts(): SeenRequest[] {
    return this.requests.filter(({ method }) => method === 'POST');
  }

  behave(behaviour: Behaviour): void {
    this.#behaviour = behaviour;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.onHead(raw, response)) return;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of raw) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const url = new URL(raw.url ?? '/', 'http://service');
    const request: SeenRequest = {
      method: raw.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      rawQuery: url.search,
      headers: raw.headers,
      body: Buffer.concat(chunks),
    };
    this.requests.push(request);
    await this.#behaviour(request, response, raw);
  }
}

/** Sends this JSON text unchanged. */
export function answerJson(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}

/** Returns an error in the format of the service. */
export function errorBody(type: string, message: string, code: number, location?: string): string {
  const error = { error_type: type, message, ...(location === undefined ? {} : { location }) };
  return JSON.stringify({ errors: [error], code, message });
}

/** Returns the only part of a multipart body, without using the code of the program. */
export function onlyPart(request: SeenRequest): { headers: string; content: Buffer } {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
  const opening = `--${boundary}\r\n`;
  const closing = `\r\n--${boundary}--\r\n`;
  const { body } = request;
  if (!body.subarray(0, opening.length).equals(Buffer.from(opening))) throw new Error('no opening');
  if (!body.subarray(-closing.length).equals(Buffer.from(closing))) throw new Error('no closing');
  const headEnd = body.indexOf('\r\n\r\n');
  const headers = body.subarray(opening.length, headEnd).toString('utf8');
  const content = body.subarray(headEnd + 4, body.length - closing.length);
  if (content.includes(boundary)) throw new Error('more than one part');
  return { headers, content };
}

/** Starts a service that accepts each file, and reports two lines for it. */
export function accepting(): Promise<TestService> {
  return TestService.start((_, response) => {
    answerJson(
      response,
      200,
      '{"uploading":{"id":42,"status":"UPLOADED","line_quantity":2,"source_quantity":2}}',
    );
  });
}
