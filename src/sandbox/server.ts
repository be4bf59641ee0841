/** Runs a local server that imitates the service's methods for calls. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LARGEST_COUNTER, LIST_PAGE, LONGEST_COMMENT } from '../limits.ts';
import { counterPage } from './counters.ts';
import { SandboxRefusal } from './refusal.ts';
import { SignInDesk, type SignInResponse } from './sign-in.ts';
import { readUploadedCalls } from './uploaded-calls.ts';
import { UploadingStore } from './uploadings.ts';

/** The settings of a sandbox. */
export interface SandboxOptions {
  /** The port of the server; 0 means any free port. */
  readonly port: number;
  /** The duration of each status except the last one, in milliseconds. */
  readonly stageTime: number;
  /** Returns milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Called after each response. */
  readonly onRequest?: (request: { method: string; path: string; status: number }) => void;
}

/** A running sandbox. */
export interface Sandbox {
  /** The base address, on a loopback interface. */
  readonly address: string;
  /**
   * Returns the code that the page of the sign-in shows, as a user would copy it.
   *
   * @param page the address of the page
   */
  codeOn(page: string): string;
  close(): Promise<void>;
}

/** The maximum number of connections. The server refuses further connections. */
const MOST_CONNECTIONS = 100;

/** The IP address of the server. Other machines cannot reach it. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts a local server that imitates the service's three methods for calls.
 *
 * @throws the error of `listen`, such as `EADDRINUSE`
 */
export async function startSandbox(settings: SandboxOptions): Promise<Sandbox> {
  const store = new UploadingStore(settings.now, settings.stageTime);
  const desk = new SignInDesk(settings.now);
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    response.setHeader('x-request-id', `sandbox-${String(requests)}`);
    void answer(request, response, { store, desk, now: settings.now }).then(() => {
      settings.onRequest?.({
        method: request.method ?? '',
        path: request.url ?? '',
        status: response.statusCode,
      });
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  // The default limit is five minutes. Uploading 1 GB over a slow connection takes longer.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${LOOPBACK}:${String(port)}`,
    codeOn: (page) => desk.codeFor(new URL(page).searchParams) ?? '',
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The state of a sandbox. */
interface SandboxState {
  readonly store: UploadingStore;
  readonly desk: SignInDesk;
  readonly now: () => number;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
): Promise<void> {
  try {
    const signIn = await signInAnswer(request, state);
    if (signIn !== undefined) send(response, signIn.status, signIn.body, signIn.type);
    else send(response, 200, JSON.stringify(await route(request, state)));
  } catch (error) {
    const refusal =
      error instanceof SandboxRefusal
        ? error
        : new SandboxRefusal(503, 'backend_error', 'The sandbox failed on this request.');
    // If the request body is not read to its end, the rest would block the next request. So this
    // response closes the connection.
    if (!request.complete) response.setHeader('connection', 'close');
    send(response, refusal.status, JSON.stringify(refusal.body()));
    request.resume();
  }
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'application/json',
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** @returns the response of the sign-in; `undefined` if the request is for the API */
async function signInAnswer(
  request: IncomingMessage,
  { desk }: SandboxState,
): Promise<SignInResponse | undefined> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  if (!['/authorize', '/token', '/info'].includes(url.pathname)) return undefined;
  refuseOtherHosts(request);
  if (request.method === 'GET' && url.pathname === '/info') {
    authorise(request);
    return desk.account();
  }
  return await desk.answer(request, url);
}

/** The HTTP method of each method of the service. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['upload_calls', 'POST'],
  ['calls_uploading', 'GET'],
  ['calls_uploadings', 'GET'],
]);

const COUNTERS_PATH = '/management/v1/counters';

/** The number of counters in a page, if the request asks for no number. */
const COUNTERS_A_PAGE = 1000;

/** The method that says what the owner of the token may do with a counter. */
const GRANT_PATH = /^\/management\/v1\/counter\/\d{1,10}\/my_grant$/;

const PATH = /^\/management\/v1\/counter\/([^/]+)\/offline_conversions\/([a-z_]+)(?:\/([^/]+))?$/;

async function route(request: IncomingMessage, { store, now }: SandboxState): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
  if (pathname === COUNTERS_PATH && request.method === 'GET') {
    refuseOthers(request);
    const size = wholeNumber(searchParams, 'per_page', COUNTERS_A_PAGE);
    return counterPage(size, wholeNumber(searchParams, 'offset', 1));
  }
  if (GRANT_PATH.test(pathname) && request.method === 'GET') {
    refuseOthers(request);
    return { grant: { perm: 'edit' } };
  }
  const [, counterText = '', method = '', id] = PATH.exec(pathname) ?? [];
  const expected = METHODS.get(method);
  if (expected === undefined || (id !== undefined) !== (method === 'calls_uploading')) {
    throw new SandboxRefusal(404, 'not_found', 'There is no such method.');
  }
  if (request.method !== expected) {
    throw new SandboxRefusal(405, 'invalid_parameter', `The method takes ${expected}.`);
  }
  refuseOthers(request);
  const counter = /^\d+$/.test(counterText) ? Number(counterText) : 0;
  if (counter < 1 || counter > LARGEST_COUNTER) {
    throw new SandboxRefusal(
      400,
      'invalid_parameter',
      'The counter is no positive int32.',
      'counterId',
    );
  }
  if (method === 'upload_calls') {
    const comment = searchParams.get('comment') ?? '';
    if ([...comment].length > LONGEST_COMMENT) {
      throw new SandboxRefusal(
        400,
        'invalid_parameter',
        'The comment is longer than 255 characters.',
        'comment',
      );
    }
    const calls = await readUploadedCalls(request, comment, Math.floor(now() / 1000));
    return { uploading: store.add(counter, calls) };
  }
  if (id !== undefined) {
    const uploading = store.find(counter, id);
    if (uploading === undefined) {
      throw new SandboxRefusal(404, 'not_found', `There is no uploading ${id}.`, 'id');
    }
    return { uploading };
  }
  const limit = wholeNumber(searchParams, 'limit', LIST_PAGE);
  const offset = wholeNumber(searchParams, 'offset', 0);
  return { uploadings: store.page(counter, Math.min(limit, LIST_PAGE), offset) };
}

/** Refuses requests under the name of another machine, and requests without a token. */
function refuseOthers(request: IncomingMessage): void {
  refuseOtherHosts(request);
  authorise(request);
}

function refuseOtherHosts({ headers }: IncomingMessage): void {
  if (isLoopbackHost(headers.host)) return;
  throw new SandboxRefusal(421, 'invalid_parameter', 'The sandbox answers this machine only.');
}

/**
 * Checks the Host header. Without this check, a web page could point its own host name at this
 * machine, and send requests to the sandbox.
 */
function isLoopbackHost(host: string | undefined): boolean {
  return (
    host !== undefined && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host)
  );
}

function authorise(request: IncomingMessage): void {
  const token = /^OAuth (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new SandboxRefusal(401, 'unauthorized', 'The request carries no OAuth token.');
  }
  if (token === REFUSED_TOKEN) {
    throw new SandboxRefusal(403, 'invalid_token', 'Invalid oauth_token');
  }
}

/**
 * The only token that the sandbox refuses. A user can send this token to see how the service
 * refuses an invalid token.
 */
const REFUSED_TOKEN = 'invalid-token';

function wholeNumber(parameters: URLSearchParams, name: string, otherwise: number): number {
  const text = parameters.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,9}$/.test(text)) {
    throw new SandboxRefusal(
      400,
      'invalid_parameter',
      `The parameter ${name} is no whole number.`,
      name,
    );
  }
  return Number(text);
}
