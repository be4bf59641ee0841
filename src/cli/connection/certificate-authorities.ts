/** The certificate authorities to trust when `--ca-file` names more of them. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Failure, systemErrorCode } from '../../failure.ts';
import type { Environment } from '../io/io.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificate authorities to trust when a file with more of them is named: those that
 * Node brings, those of `NODE_EXTRA_CA_CERTS`, and those of the file. A list that is given to a
 * connection replaces what Node would trust by itself, so it has to be whole.
 *
 * @param path a file of certificates in PEM
 * @returns certificates in PEM
 * @throws Failure `ca-file-invalid` (exit 2) when the file cannot be read or has no certificate
 */
export function certificateAuthorities(path: string, environment: Environment): string[] {
  const given = certificatesIn(path);
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  return [...rootCertificates, ...(extra ? certificatesIfReadable(extra) : []), ...given];
}

function certificatesIn(path: string): string[] {
  let found: string[];
  try {
    found = readFileSync(path, 'latin1').match(CERTIFICATE) ?? [];
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    throw invalid(path, 'unreadable', reason);
  }
  if (found.length === 0) throw invalid(path, 'empty');
  for (const certificate of found) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw invalid(path, 'damaged');
    }
  }
  return found;
}

/** Node itself warns of a file in its own variable that it cannot read, and goes on without. */
function certificatesIfReadable(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').match(CERTIFICATE) ?? [];
  } catch {
    return [];
  }
}

function invalid(path: string, problem: 'unreadable' | 'empty' | 'damaged', reason = ''): Failure {
  return new Failure('ca-file-invalid', { path, problem, reason });
}
