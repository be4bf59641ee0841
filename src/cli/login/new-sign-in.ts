/** Creates the random values and the address of a new sign-in. */
import type { AuthorityAddress } from '../../sign-in/authority-address.ts';
import { authorizeAddress } from '../../sign-in/authorize-page.ts';
import { type SignInSecrets, signInSecrets } from '../../sign-in/proof-key.ts';
import type { Io } from '../io/io.ts';

/** The longest name of a device that the service accepts, in characters. */
const LONGEST_NAME = 100;

/** Creates the random values of a sign-in. The verifier is added to the secrets of the run. */
export function newSecrets({ secrets }: Pick<Io, 'secrets'>): SignInSecrets {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const made = signInSecrets(randomBytes);
  secrets.add(made.verifier);
  return made;
}

/** Returns the address of the page that asks for access. */
export function addressOf(
  authority: AuthorityAddress,
  secrets: SignInSecrets,
  clientId: string,
): string {
  const { hostname } = process.getBuiltinModule('node:os');
  const deviceName = `metrika-calls, ${hostname()}`.slice(0, LONGEST_NAME);
  return authorizeAddress(authority, { ...secrets, clientId, deviceName });
}
