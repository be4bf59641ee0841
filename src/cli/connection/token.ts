/** Reads the token from the source that the settings name. */
import { abortable } from '../../abortable.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { ApiToken } from '../../metrika/token.ts';
import { fileWord } from '../../words/shell.ts';
import type { CommandContext } from '../arguments/command.ts';
import type { TokenSource } from './remote-settings.ts';

/** A source of a token that this run does not store. */
type GivenSource = Exclude<TokenSource, { readonly kind: 'stored' }>;

/** The permission bits of the group and of all other users. */
const READABLE_BY_OTHERS = 0o077;

/**
 * Reads the token, and adds it to the secrets of the run. For a sandbox, creates a random token.
 *
 * @returns `undefined` if the run has no token
 * @throws Failure (exit 2) if the token cannot be read or is not valid
 */
export async function readToken(
  source: GivenSource,
  context: Pick<CommandContext, 'io' | 'output' | 'operands'>,
): Promise<ApiToken | undefined> {
  if (source.kind === 'none') return undefined;
  if (source.kind === 'sandbox') {
    return new ApiToken(process.getBuiltinModule('node:crypto').randomUUID(), '--sandbox');
  }
  const { origin } = source;
  const text =
    source.kind === 'text' ? source.text : await readTokenFile(source.path, origin, context);
  const token = new ApiToken(text, origin);
  context.io.secrets.add(text.trim());
  return token;
}

async function readTokenFile(
  path: string,
  origin: string,
  context: Pick<CommandContext, 'io' | 'output' | 'operands'>,
): Promise<string> {
  if (path === '-') return await readTokenFromStdin(context);
  const { readFile, stat } = await import('node:fs/promises');
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & READABLE_BY_OTHERS) !== 0) {
      const command = `chmod 600 ${fileWord(path, 'posix') ?? 'FILE'}`;
      context.output.warn(context.output.words.screens.requests.openTokenFile(command));
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new Failure('token-file-unreadable', { origin, path, reason });
  }
}

async function readTokenFromStdin({
  io,
  operands,
}: Pick<CommandContext, 'io' | 'operands'>): Promise<string> {
  if (operands.includes('-')) throw new Failure('stdin-twice', {});
  const chunks: Uint8Array[] = [];
  for await (const chunk of abortable(io.stdin, io.signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
