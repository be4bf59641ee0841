/** Signs in: chooses the way by the options and the terminal, and takes its steps. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { serviceAddress } from '../../library/open-service.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { authorityAddress } from '../../sign-in/authority-address.ts';
import { CODE_LIFE, codeFrom, isCode } from '../../sign-in/authorize-page.ts';
import { command, option, type OptionReference } from '../../words/said.ts';
import { endOf, keepPending, readPending } from '../account/pending-sign-in.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import { openStore } from '../connection/account-store.ts';
import { readAuthorities } from '../connection/connection.ts';
import { type Interviewer, terminalInterviewer } from '../init/interviewer.ts';
import { hasBrowser, openInBrowser } from './browser.ts';
import { askedSecret, secretFromInput } from './given-secret.ts';
import { addressOf, newSecrets } from './new-sign-in.ts';
import { rehearse } from './rehearsal.ts';
import { refuseContradictions } from './sign-in-options.ts';
import type { SignInContext, SignInTarget } from './sign-in-target.ts';
import { refuseCertainReplacement, storeGranted, storeToken } from './store-token.ts';
import { tokenVariable } from './token-variable.ts';

/**
 * Signs in, or takes the first step of a sign-in if there is no terminal.
 *
 * @throws Failure, see docs/errors.md
 */
export async function signIn(context: SignInContext): Promise<ExitCode> {
  const { io, options, sources } = context;
  refuseContradictions(options);
  throughFrontDoor('listCounters', options, sources);
  const api = serviceAddress(options, io.environment);
  const isTerminal = io.stdin.isTTY === true && io.stderr.isTTY === true;
  const interviewer = isTerminal ? await terminalInterviewer(io) : undefined;
  if (api === undefined) return await rehearse(context, interviewer);
  const variable = tokenVariable(io.environment);
  // The token of a variable is stronger, so the new token would not be used.
  if (variable !== undefined) throw new Failure('login-shadowed', { variable });
  const target: SignInTarget = {
    api,
    authority: authorityAddress(options.oauthUrl, api),
    authorities: await readAuthorities(context),
    store: openStore(context),
    interviewer,
  };
  refuseCertainReplacement(context, target);
  if (options.withToken) return await withGivenToken(context, target);
  if (options.code !== undefined) return await finish(context, target, options.code);
  const clientId = requiredClientId(options.clientId);
  return interviewer === undefined
    ? await begin(context, target, clientId)
    : await converse(context, { ...target, interviewer }, clientId);
}

/** @throws Failure `client-id-missing` (exit 2), which says how to register an application */
function requiredClientId(clientId: string | undefined): string {
  if (clientId === undefined) throw new Failure('client-id-missing', {});
  return clientId;
}

/** Stores a token that the user already has. */
async function withGivenToken(context: SignInContext, target: SignInTarget): Promise<ExitCode> {
  const { io, output } = context;
  const said = output.words.screens.signIn;
  const { interviewer, store, api, authority } = target;
  const accessToken =
    interviewer === undefined
      ? await secretFromInput(io)
      : await askedSecret(interviewer, io, said.askToken, (text) =>
          text === '' ? said.askToken : undefined,
        );
  const token = { accessToken, oauthUrl: authority.base, apiUrl: api };
  return await store.locked({ clock: io.clock, signal: io.signal }, async (lock) => {
    const file = store.prepare('token', lock);
    return await storeToken(token, file, context, target);
  });
}

/** Shows the address, asks for the code, and gets the token. */
async function converse(
  context: SignInContext,
  target: SignInTarget & { readonly interviewer: Interviewer },
  clientId: string,
): Promise<ExitCode> {
  const { io, options, output } = context;
  const secrets = newSecrets(io);
  const address = addressOf(target.authority, secrets, clientId);
  const said = output.words.screens.signIn;
  // Users copy the address, so it is never cut or wrapped.
  output.warn(said.openAddress);
  output.complain('', address, '');
  output.warn(said.showsCode);
  if (options.browser && hasBrowser(io.environment)) openInBrowser(address, io.environment);
  const text = await askedSecret(target.interviewer, io, said.askCode, (answer) =>
    isAddress(answer) || isCode(answer) ? undefined : said.codeNeeded,
  );
  const code = codeFrom(text, secrets.state);
  io.secrets.add(code);
  return await storeGranted({ code, verifier: secrets.verifier, clientId }, context, target);
}

/** Shows the address, and keeps the sign-in for its second step. */
async function begin(
  context: SignInContext,
  { store, api, authority }: SignInTarget,
  clientId: string,
): Promise<ExitCode> {
  const { io, output, reporter } = context;
  const secrets = newSecrets(io);
  const { verifier, state } = secrets;
  const began = io.clock.now();
  const urls = { oauthUrl: authority.base, apiUrl: api };
  const pending = { began, clientId, verifier, state, ...urls };
  await store.locked({ clock: io.clock, signal: io.signal }, (lock) => {
    keepPending(store, pending, lock);
    return Promise.resolve();
  });
  const said = output.words.screens.signIn;
  output.remark(said.openAddress);
  reporter.signInBegun({
    address: addressOf(authority, secrets, clientId),
    expires: endOf(pending),
  });
  output.remark(said.showsCode);
  const next = command('login', { options: [...repeatedOptions(context), option('code', '-')] });
  output.remark(said.finishWith(io.words.notation.command(next), CODE_LIFE / 60_000));
  return EXIT_CODES.done;
}

/** Returns the options that the second step needs too. */
function repeatedOptions({ options, sources }: SignInContext): readonly OptionReference[] {
  const names = ['apiUrl', 'oauthUrl', 'trustApiHost', 'caFile'] as const;
  return names.flatMap((name) => {
    const value = options[name];
    return value === undefined || sources[name] === undefined ? [] : [option(name, value)];
  });
}

/** Takes the second step of a sign-in: gets the token for the code. */
async function finish(
  context: SignInContext,
  target: SignInTarget,
  given: string,
): Promise<ExitCode> {
  const { io, output } = context;
  const { interviewer, store, authority, api } = target;
  const said = output.words.screens.signIn;
  // Without a sign-in that waits for a code, the user need not type one.
  readPending(store, io.clock.now());
  io.secrets.add(given.trim());
  const text =
    given !== '-'
      ? given
      : interviewer === undefined
        ? await secretFromInput(io)
        : await askedSecret(interviewer, io, said.askCode, (answer) =>
            answer === '' ? said.codeNeeded : undefined,
          );
  const pending = readPending(store, io.clock.now());
  io.secrets.add(pending.verifier);
  // The code belongs to the addresses of the first step, and must go nowhere else.
  if (pending.oauthUrl !== authority.base || pending.apiUrl !== api) {
    throw new Failure('sign-in-elsewhere', { oauthUrl: pending.oauthUrl, apiUrl: pending.apiUrl });
  }
  const code = codeFrom(text, pending.state);
  io.secrets.add(code);
  const { verifier, clientId } = pending;
  return await storeGranted({ code, verifier, clientId }, context, target, () => {
    store.remove('pending');
  });
}
