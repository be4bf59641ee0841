/**
 * Sends requests with undici. Supports proxies, and a list of certificate authorities to trust.
 */
import type { LookupFunction, Socket } from 'node:net';
import { getDefaultHighWaterMark, type Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { unlessAborted } from '../abortable.ts';
import { Failure, systemErrorCode } from '../failure.ts';
import { PARALLEL_REQUESTS } from '../limits.ts';
import { ownValue } from '../words/own-value.ts';
import { isLoopback } from './api-address.ts';
import { certificateAlert } from './certificate-alert.ts';
import type { Fetch } from './fetch.ts';
import type { ProxyEnvironment } from './proxy-environment.ts';

/** A connection pool, and a {@link Fetch} that uses the pool. */
export interface Connections {
  readonly fetch: Fetch;
  /** Closes all connections, including those of unfinished requests. */
  close(): Promise<void>;
}

/** The options of a connection pool. */
export interface ConnectionOptions {
  /** The base address that the connections lead to. */
  readonly address: string;
  /** The longest time for opening a connection, in milliseconds. */
  readonly connectTimeout: number;
  readonly environment: ProxyEnvironment;
  /** The certificate authorities to trust, in PEM. The default is Node's own list. */
  readonly authorities?: readonly string[] | undefined;
  /** Resolves the names of hosts for direct connections; Node's own function by default. */
  readonly lookup?: LookupFunction | undefined;
  /**
   * Whether to search for a TLS alert after a connection was reset during a request with a body;
   * `true` by default. The search usually takes at least 300 milliseconds.
   */
  readonly looksForAlerts?: boolean | undefined;
}

/**
 * Opens a connection pool of undici. Undici limits the time for connecting. The other time
 * limits of undici are off, because the client watches the progress itself.
 *
 * @throws Failure `proxy-invalid` (exit 2) when a proxy variable is not a URL
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher
 */
export function openConnections(options: ConnectionOptions): Connections {
  const sockets = new Sockets();
  const dispatcher = makeDispatcher(options, sockets);
  const alerts = new Alerts(options);
  return {
    fetch: async (url, init) => {
      // This listener runs before undici's own listener, which destroys the socket.
      init.signal.addEventListener('abort', sockets.resetNow, { once: true });
      try {
        return await undiciFetch(dispatcher, url, init);
      } catch (error) {
        const isSending = init.body !== undefined && !init.signal.aborted;
        throw (isSending ? await alerts.behind(error) : undefined) ?? error;
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Finds out whether a TLS alert is the reason why a connection was reset. */
class Alerts {
  readonly #options: ConnectionOptions;
  /** The search for an alert from the host; `undefined` before the first reset. */
  #look: Promise<Error | undefined> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** @returns the error with the alert; `undefined` if no alert was found */
  async behind(error: unknown): Promise<Error | undefined> {
    const {
      address,
      environment,
      authorities,
      connectTimeout,
      looksForAlerts = true,
    } = this.#options;
    const url = new URL(address);
    const isProxied = proxyOf(url, environment) !== undefined;
    if (!looksForAlerts || url.protocol !== 'https:' || isProxied || !isReset(error)) {
      return undefined;
    }
    this.#look ??= certificateAlert(url, authorities, connectTimeout);
    return await this.#look;
  }
}

function isReset(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'].includes(
    systemErrorCode(error) ?? '',
  );
}

/**
 * Resets the sockets of aborted requests. After a normal close, the system would still deliver the
 * bytes in its buffers, and the service could store the file.
 */
class Sockets {
  #resetting = false;

  /** Resets all sockets that are destroyed in this turn of the event loop. */
  readonly resetNow = (): void => {
    this.#resetting = true;
    setImmediate(() => {
      this.#resetting = false;
    });
  };

  /** Returns a connector for undici whose sockets can be reset. */
  connector(options: buildConnector.BuildOptions): buildConnector.connector {
    const connect = buildConnector(options);
    return (target, callback) => {
      // Plain HTTP needs only one call of `connect`, and so does TLS on an existing socket.
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
      // `resetAndDestroy` would first wait for pending writes. With this flag, Node
      // resets the socket immediately.
      if (this.#resetting) Object.assign(socket, { resetAndClosing: true });
      return destroy(error);
    };
  }
}

/**
 * Returns the address of the proxy from the environment; `undefined` if there is none.
 *
 * HTTP_PROXY is ignored. This variable is for plain HTTP. The program uses plain HTTP only for
 * loopback addresses, and these need no proxy.
 */
function proxyOf({ hostname }: URL, environment: ProxyEnvironment): string | undefined {
  if (isLoopback(hostname)) return undefined;
  return environment['https_proxy'] || environment['HTTPS_PROXY'] || undefined;
}

const HTTPS_PORT = '443';

function makeDispatcher(options: ConnectionOptions, sockets: Sockets): Dispatcher {
  const { address, connectTimeout: timeout, authorities } = options;
  // A loopback address gets no proxy. If the proxy were on another machine, the token would cross
  // the network in plain text.
  const httpsProxy = proxyOf(new URL(address), options.environment);
  const tls = { timeout, ...(authorities === undefined ? {} : { ca: [...authorities] }) };
  const pool = {
    connections: PARALLEL_REQUESTS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: sockets.connector(
      options.lookup === undefined ? tls : { ...tls, lookup: options.lookup },
    ),
  };
  if (httpsProxy === undefined) return new Agent(pool);
  const noProxy = options.environment['no_proxy'] || options.environment['NO_PROXY'];
  try {
    return new EnvHttpProxyAgent({
      ...pool,
      // These options apply to connections through the proxy. Direct connections use `connect`.
      requestTls: tls,
      proxyTls: tls,
      clientFactory: (origin: URL) => new Pool(origin, { connect: sockets.connector(tls) }),
      httpProxy: '',
      httpsProxy,
      ...(noProxy ? { noProxy } : {}),
    });
  } catch {
    // The original error has the address with its password, so it is not passed on.
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
    // The documentation of undici allows an async iterable as the body, but its types do not.
    ...(body === undefined ? {} : { body: copySmallBlocks(body) as unknown as Readable }),
  });
  // Undici ignores the signal while a request waits for a connection.
  const answer = await unlessAborted(asked, signal);
  return {
    status: answer.statusCode,
    headers: {
      get: (name) => {
        const value = ownValue(answer.headers, name.toLowerCase());
        return (Array.isArray(value) ? value[0] : value) ?? null;
      },
    },
    body: answer.body,
  };
};

/**
 * A block of at least this many bytes is large. A socket sends a large block before it requests the
 * next block.
 */
const DRAINED_LENGTH = Math.max(128 * 1024, 2 * getDefaultHighWaterMark(false));

/** Copies small blocks, because the socket still uses them after it requests the next block. */
async function* copySmallBlocks(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of body) yield block.length < DRAINED_LENGTH ? Buffer.from(block) : block;
}
