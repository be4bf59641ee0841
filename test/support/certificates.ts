import { generate } from 'selfsigned';

/** A certificate authority for the tests, with a server certificate that it signed. */
export interface Certificates {
  /** The certificate of the authority in PEM, for `--ca-file`. */
  readonly authority: string;
  readonly key: string;
  readonly cert: string;
}

/** The names of the hosts with files. Servers of the tests play these hosts. */
const FILE_HOSTS = [
  'files.example',
  'other.example',
  'docs.google.com',
  'drive.usercontent.google.com',
  'cloud-api.yandex.net',
  'downloader.disk.yandex.ru',
  'accounts.google.com',
] as const;

let made: Promise<Certificates> | undefined;

/**
 * Creates the certificates once in a process. They are valid for loopback, for the real host name
 * of the service, and for the hosts with files.
 */
export async function certificates(): Promise<Certificates> {
  made ??= make();
  return await made;
}

async function make(): Promise<Certificates> {
  const authority = await generate([{ name: 'commonName', value: 'Authority of the tests' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'api-metrika.yandex.net' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'api-metrika.yandex.net' },
          { type: 2, value: 'localhost' },
          ...FILE_HOSTS.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority: authority.cert, key: server.private, cert: server.cert };
}
