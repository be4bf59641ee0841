/** The program's own `fetch`, made of undici's `request`, with proxies and certificate authorities. */
import type { Socket } from 'node:net';
import { getDefaultHighWaterMark, type Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { unlessAborted } from '../abortable.ts';
import { Failure } from '../failure.ts';
import { PARALLEL_REQUESTS } from '../limits.ts';
import { isLoopback } from './api-address.ts';
import type { Fetch } from './fetch.ts';

/** A connection pool with the {@link Fetch} that uses it. */
export interface Connections {
  readonly fetch: Fetch;
  /** Drops all connections, also those in use. */
  close(): Promise<void>;
}

/** The environment variables that name proxies, in any letter case. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** What connections depend on. */
export interface ConnectionOptions {
  /** The base address that the connections are for. */
  readonly address: string;
  /** Milliseconds in which a connection must come about. */
  readonly connectTimeout: number;
  readonly environment: ProxyEnvironment;
  /** The certificate authorities to trust, in PEM, when not those that Node trusts by itself. */
  readonly authorities?: readonly string[] | undefined;
}

/**
 * Opens a pool on undici. Its own waiting limits are off but for the connecting: the client watches
 * for progress, which a limit on the whole request does not.
 *
 * @throws Failure `proxy-invalid` (exit 2) when a proxy variable is no address
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher
 */
export function openConnections(options: ConnectionOptions): Connections {
  const sockets = new Sockets();
  const dispatcher = makeDispatcher(options, sockets);
  return {
    fetch: (url, init) => {
      // It comes before the listener of undici, which then destroys the socket.
      init.signal.addEventListener('abort', sockets.resetNow, { once: true });
      return undiciFetch(dispatcher, url, init);
    },
    close: () => dispatcher.destroy(),
  };
}

/**
 * Sockets that are reset when their request is given up: closed in the usual way the system would go on
 * delivering what lies in its buffers, and the service could store a file that was given up.
 */
class Sockets {
  #resetting = false;

  /** Sockets that are destroyed in this turn are reset. */
  readonly resetNow = (): void => {
    this.#resetting = true;
    setImmediate(() => {
      this.#resetting = false;
    });
  };

  /** Makes connections whose sockets are reset when they are given up. */
  connector(options: buildConnector.BuildOptions): buildConnector.connector {
    const connect = buildConnector(options);
    return (target, callback) => {
      // What runs through the tunnel of a proxy has a socket already.
      if (target.httpSocket !== undefined || target.protocol !== 'https:') {
        connect(target, (...answer) => {
          const [error, socket] = answer;
          if (!error && target.httpSocket === undefined) this.#watch(socket);
          callback(...answer);
        });
        return;
      }
      const plain = { ...target, protocol: 'http:', port: target.port || HTTPS_PORT };
      connect(plain, (...[error, socket]) => {
        if (error) {
          callback(error, null);
          return;
        }
        this.#watch(socket);
        connect({ ...target, httpSocket: socket }, callback);
      });
    };
  }

  #watch(socket: Socket): void {
    const destroy = socket.destroy.bind(socket);
    socket.destroy = (error) => {
      // `resetAndDestroy` first waits until what is written has left; this is the part of it that does not.
      if (this.#resetting) Object.assign(socket, { resetAndClosing: true });
      return destroy(error);
    };
  }
}

const HTTPS_PORT = '443';

function makeDispatcher(options: ConnectionOptions, sockets: Sockets): Dispatcher {
  const { address, connectTimeout: timeout, authorities } = options;
  // A proxy would carry a token for this machine over the network, and in clear.
  const environment = isLoopback(new URL(address).hostname) ? {} : options.environment;
  const tls = { timeout, ...(authorities === undefined ? {} : { ca: [...authorities] }) };
  const pool = {
    connections: PARALLEL_REQUESTS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: sockets.connector(tls),
  };
  // HTTP_PROXY is for plain HTTP, which goes to this machine only.
  const httpsProxy = environment['https_proxy'] || environment['HTTPS_PROXY'];
  if (!httpsProxy) return new Agent(pool);
  const noProxy = environment['no_proxy'] || environment['NO_PROXY'];
  try {
    return new EnvHttpProxyAgent({
      ...pool,
      // Through a proxy the connection's own options are these; without one `connect` is.
      requestTls: tls,
      proxyTls: tls,
      clientFactory: (origin: URL) => new Pool(origin, { connect: sockets.connector(tls) }),
      httpProxy: '',
      httpsProxy,
      ...(noProxy ? { noProxy } : {}),
    });
  } catch {
    // The error of the constructor quotes the address with its password, so it is not passed on.
    throw new Failure('proxy-invalid', {});
  }
}

const undiciFetch = async (
  dispatcher: Dispatcher,
  ...[url, { method, headers, body, signal }]: Parameters<Fetch>
): ReturnType<Fetch> => {
  const { origin, pathname, search } = new URL(url);
  const asked = dispatcher.request({
    origin,
    path: `${pathname}${search}`,
    method,
    headers,
    signal: signal,
    // An iteration is documented as a body, and missing in the types.
    ...(body === undefined ? {} : { body: copiedIfSmall(body) as unknown as Readable }),
  });
  // A request that still waits for its connection ignores the signal by itself.
  const answer = await unlessAborted(asked, signal);
  return {
    status: answer.statusCode,
    headers: {
      get: (name) => {
        const value = answer.headers[name.toLowerCase()];
        return (Array.isArray(value) ? value[0] : value) ?? null;
      },
    },
    body: answer.body,
  };
};

/** A socket waits for the line after a block of so many bytes, before it asks for the next one. */
const WAITED_FOR = Math.max(128 * 1024, 2 * getDefaultHighWaterMark(false));

/** The same bytes, in blocks that are valid as long as the socket holds them. */
async function* copiedIfSmall(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of body) yield block.length < WAITED_FOR ? Buffer.from(block) : block;
}
