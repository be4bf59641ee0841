import { goodCalls, writeCalls } from './calls.ts';
import { certificates } from './certificates.ts';
import { FaultyService } from './faulty-service.ts';
import { temporaryFolder } from './run.ts';

/** A service that speaks TLS, and what a run needs to reach it. */
export interface TlsSite {
  readonly service: FaultyService;
  /** Options that lead to the service on loopback. */
  readonly loopback: string[];
  /** The file of the authority that signed the certificate of the service. */
  readonly authority: string;
  /** A file of calls. */
  readonly calls: string;
}

/** Starts a service with a certificate of an authority that nobody trusts by default. */
export async function tlsSite(): Promise<TlsSite> {
  const service = await FaultyService.start('tls');
  const folder = temporaryFolder();
  const { authority } = await certificates();
  const address = `https://127.0.0.1:${String(service.port)}`;
  return {
    service,
    loopback: ['-c', '1', '--retries', '0', '--api-url', address],
    authority: writeCalls(folder, 'authority.pem', authority),
    calls: writeCalls(folder, 'calls.csv', goodCalls(3)),
  };
}
