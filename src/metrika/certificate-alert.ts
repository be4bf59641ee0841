/** Finds out whether a host demands a certificate from its clients. */
import { isIP } from 'node:net';

/** The shortest and the longest wait for an alert after the handshake, in milliseconds. */
const SHORTEST_WAIT = 300;
const LONGEST_WAIT = 3000;

/** The wait for an alert, as a multiple of the time that it took to open the connection. */
const HANDSHAKES = 4;

/**
 * Opens a TLS connection, and waits for an alert that demands a client certificate. In TLS 1.3, a
 * host sends this alert only after the handshake. If the client has already sent a request, the
 * host resets the connection, and the alert is lost. So this function sends no request.
 *
 * @param authorities the certificate authorities to trust, in PEM; by default those of Node
 * @param timeout the longest time for opening the connection, in milliseconds
 * @returns the error with the alert; `undefined` if no such alert arrives
 */
export async function certificateAlert(
  { hostname, port }: Pick<URL, 'hostname' | 'port'>,
  authorities: readonly string[] | undefined,
  timeout: number,
): Promise<Error | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const began = performance.now();
  // `node:tls` is loaded only here, because almost no run needs it.
  const { connect } = process.getBuiltinModule('node:tls');
  return await new Promise((resolve) => {
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
      ALPNProtocols: ['http/1.1'],
    });
    const end = (error?: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isAlert(error) ? error : undefined);
    };
    let timer = setTimeout(end, timeout);
    socket.on('error', end);
    socket.on('close', () => {
      end();
    });
    socket.once('secureConnect', () => {
      const wait = Math.max(SHORTEST_WAIT, (performance.now() - began) * HANDSHAKES);
      clearTimeout(timer);
      timer = setTimeout(end, Math.min(wait, LONGEST_WAIT));
    });
    // Node receives an alert only while it reads from the socket.
    socket.resume();
  });
}

function isAlert(error: Error | undefined): error is Error {
  return (
    error !== undefined && 'code' in error && String(error.code).includes('CERTIFICATE_REQUIRED')
  );
}
