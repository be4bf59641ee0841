import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { writeCalls } from './calls.ts';
import { certificates } from './certificates.ts';
import { TunnelProxy } from './faulty-service.ts';
import { temporaryFolder } from './run.ts';

/**
 * Functions that answer requests. The key is the address, such as `files.example/calls.csv?a=b`.
 * `count` is the number of requests for this address so far.
 */
export type Answers = Readonly<Record<string, (response: ServerResponse, count: number) => void>>;

/**
 * A server that plays several hosts with files. A run reaches it through a proxy, so the names of
 * the hosts are real for the run.
 */
export class FileSite {
  /** The requested addresses, in order. */
  readonly asked: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly #server: Server;
  #proxy: TunnelProxy | undefined;
  #authority = '';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answers: Answers): Promise<FileSite> {
    const { authority, key, cert } = await certificates();
    const server = createServer({ key, cert });
    const site = new FileSite(server);
    server.on('request', (request, response) => {
      const address = `${request.headers.host ?? ''}${request.url ?? ''}`;
      site.asked.push(address);
      site.headers.push(request.headers);
      const count = site.asked.filter((one) => one === address).length;
      const answer = answers[address];
      if (answer !== undefined) answer(response, count);
      else response.writeHead(404).end('no');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    site.#proxy = await TunnelProxy.start(site.port);
    site.#authority = writeCalls(temporaryFolder(), 'authority.pem', authority);
    return site;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The options of a run that trusts the certificates of this site. */
  get trust(): string[] {
    return ['--ca-file', this.#authority];
  }

  /** The environment of a run that reaches this site. */
  get env(): Record<string, string> {
    return { HTTPS_PROXY: this.#proxy?.url ?? '' };
  }
}

/** Returns an answer with a file. */
export function file(content: string | Uint8Array) {
  return (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content);
  };
}

/** Returns an answer that leads to another address. */
export function leadsTo(address: string, status = 302) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { location: address }).end();
  };
}
