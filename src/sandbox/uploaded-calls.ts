/** Reads files that the sandbox receives, with the program's own checks. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { checkCalls, type CheckReport } from '../calls/check/check-calls.ts';
import { findingIn } from '../calls/findings/finding.ts';
import { LARGEST_FILE } from '../limits.ts';
import { en } from '../words/en.ts';
import { SandboxRefusal } from './refusal.ts';
import type { NewUploading } from './uploadings.ts';

/**
 * Reads the multipart body of an uploadCalls request. Checks the file in the body like any file of
 * calls.
 *
 * @param now seconds since 1970-01-01 UTC
 * @throws SandboxRefusal if the method does not accept the body, or no record of the file is valid
 */
export async function readUploadedCalls(
  request: IncomingMessage,
  comment: string,
  now: number,
): Promise<NewUploading> {
  const report = await receiveFile(request, now);
  const { counts, validation } = report;
  const valid = counts.records - counts.invalid;
  const unusable = validation.groups.some(
    ({ severity, first }) => severity === 'error' && first[0]?.record === null,
  );
  if (unusable || valid <= 0) {
    const reason = validation.findings.find(({ severity }) => severity === 'error');
    const message = reason === undefined ? 'The file has no calls.' : findingIn(en, reason).message;
    const where = reason?.line == null ? '' : ` Line ${String(reason.line)}.`;
    throw new SandboxRefusal(400, 'invalid_uploading', `${message}${where}`, 'file');
  }
  const { ClientId, UserId, Yclid } = counts.identifiers;
  const most = Math.max(ClientId, UserId, Yclid);
  return {
    sourceQuantity: counts.records,
    lineQuantity: valid,
    comment,
    clientIdType: most === ClientId ? 'CLIENT_ID' : most === UserId ? 'USER_ID' : 'YCLID',
    staticCalls: counts.static,
    dynamicCalls: counts.dynamic,
    linkableCalls: counts.linkable,
  };
}

async function receiveFile(request: IncomingMessage, now: number): Promise<CheckReport> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    throw new SandboxRefusal(
      400,
      'invalid_parameter',
      'The body must be multipart/form-data.',
      'file',
    );
  }
  const parser = makeParser(request, type);
  return await new Promise<CheckReport>((resolve, reject) => {
    let checked: Promise<CheckReport> | undefined;
    parser.on('file', (name, file) => {
      if (name !== 'file' || checked !== undefined) {
        file.resume();
        return;
      }
      checked = checkPart(file, now);
      checked.catch(reject);
    });
    parser.on('finish', () => {
      if (checked === undefined) {
        reject(new SandboxRefusal(400, 'missing_parameter', 'The part "file" is missing.', 'file'));
      } else {
        checked.then(resolve, reject);
      }
    });
    for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const) {
      parser.on(limit, () => {
        request.unpipe(parser);
        reject(new SandboxRefusal(413, 'limit_exceeded', 'The body has too many parts.', 'file'));
      });
    }
    parser.on('error', () => {
      reject(
        new SandboxRefusal(400, 'invalid_parameter', 'The multipart body is damaged.', 'file'),
      );
    });
    request.on('aborted', () => {
      reject(new SandboxRefusal(400, 'invalid_parameter', 'The request was cut short.'));
    });
    request.pipe(parser);
  });
}

/** The limits of a multipart body, besides the size of the file. `fieldSize` is in bytes. */
const LIMITS = { parts: 10, files: 1, fields: 10, fieldSize: 65_536, headerPairs: 20 };

function makeParser(request: IncomingMessage, type: string): BusboyInstance {
  try {
    const headers: BusboyHeaders = { ...request.headers, 'content-type': type };
    return new Busboy({ headers, limits: { ...LIMITS, fileSize: LARGEST_FILE } });
  } catch {
    throw new SandboxRefusal(400, 'invalid_parameter', 'The Content-Type has no boundary.', 'file');
  }
}

async function checkPart(
  file: Readable & { truncated?: boolean },
  now: number,
): Promise<CheckReport> {
  const report = await checkCalls(
    { blocks: () => file },
    { now, maxFindings: 1, showValues: false, convert: true, encoding: 'utf-8' },
  );
  if (file.truncated === true) {
    throw new SandboxRefusal(413, 'limit_exceeded', 'The file is larger than 1 GB.', 'file');
  }
  return report;
}
