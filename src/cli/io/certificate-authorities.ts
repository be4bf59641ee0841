/** Reads the certificate authorities to trust with `--ca-file`. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Failure, systemErrorCode } from '../../failure.ts';
import type { Environment } from './io.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Returns the certificate authorities to trust: those built into Node, those in
 * `NODE_EXTRA_CA_CERTS`, and those in the file. The returned list replaces the default list of
 * Node, so it includes the default authorities.
 *
 * @param path the path of a file of certificates in PEM
 * @returns certificates in PEM
 * @throws Failure `ca-file-invalid` (exit 2) if the file cannot be read, contains no certificate,
 *   or contains a damaged certificate
 */
export function certificateAuthorities(path: string, environment: Environment): string[] {
  const named = certificatesIn(path);
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  return [...rootCertificates, ...(extra ? certificatesIfReadable(extra) : []), ...named];
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

/**
 * Returns the certificates of a file; none if the file cannot be read. This function reports no
 * error in that case, because Node has already warned about the file.
 */
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
