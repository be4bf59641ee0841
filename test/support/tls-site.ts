import { goodCalls, writeCalls } from './calls.ts';
import { certificates } from './certificates.ts';
import { FaultyService } from './faulty-service.ts';
import { temporaryFolder } from './run.ts';

/** A service with TLS, and the options and files for a run that connects to it. */
export interface TlsSite {
  readonly service: FaultyService;
  /** Options that direct the command to the service on loopback. */
  readonly loopback: string[];
  /**
   * The path of the certificate of the authority. A command with this certificate trusts the
   * service.
   */
  readonly authority: string;
  /** The path of a file of calls. */
  readonly calls: string;
}

/** Starts a service whose certificate comes from an authority that is not trusted by default. */
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
