/** Signs in to a sandbox: both steps in one run, and nothing is stored. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { authorityAddress } from '../../sign-in/authority-address.ts';
import { codeFrom, isCode } from '../../sign-in/authorize-page.ts';
import type { Interviewer } from '../init/interviewer.ts';
import { hasBrowser, openInBrowser } from './browser.ts';
import { askedSecret } from './given-secret.ts';
import { addressOf, newSecrets } from './new-sign-in.ts';
import type { SignInContext } from './sign-in-target.ts';
import { grantedToken, sayDoubts } from './store-token.ts';
import { tryToken } from './try-token.ts';

/** The application of a rehearsal. The sandbox knows every application. */
const ANY_APPLICATION = '0123456789abcdef0123456789abcdef';

/**
 * Starts a sandbox, and signs in there. Without a terminal, the run reads the code of the page
 * itself.
 *
 * @throws Failure, as a real sign-in does
 */
export async function rehearse(
  context: SignInContext,
  interviewer: Interviewer | undefined,
): Promise<ExitCode> {
  const { io, options, output, reporter } = context;
  const { startSandbox } = await import('../../sandbox/server.ts');
  const sandbox = await startSandbox({ port: 0, stageTime: 0, now: io.clock.now });
  try {
    const api = sandbox.address;
    const authority = authorityAddress(undefined, api);
    const clientId = options.clientId ?? ANY_APPLICATION;
    const secrets = newSecrets(io);
    const address = addressOf(authority, secrets, clientId);
    const said = output.words.screens.signIn;
    output.remark(said.openAddress);
    output.say('', address, '');
    output.remark(said.showsCode);
    if (interviewer !== undefined && options.browser && hasBrowser(io.environment)) {
      openInBrowser(address, io.environment);
    }
    const text =
      interviewer === undefined
        ? sandbox.codeOn(address)
        : await askedSecret(interviewer, io, said.askCode, (answer) =>
            isAddress(answer) || isCode(answer) ? undefined : said.codeNeeded,
          );
    const code = codeFrom(text, secrets.state);
    io.secrets.add(code);
    const target = { api, authority, authorities: undefined };
    const grant = { code, verifier: secrets.verifier, clientId };
    const token = await grantedToken(grant, context, target);
    const tried = await tryToken(token.accessToken, context, target);
    sayDoubts(tried, context);
    const { expires, scopes } = token;
    reporter.signedIn({ login: tried.login, expires, scopes, file: undefined, failure: undefined });
    output.remark(said.rehearsed);
    return EXIT_CODES.done;
  } finally {
    await sandbox.close();
  }
}
