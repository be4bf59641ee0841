/**
 * Creates the random values of a sign-in. The sign-in needs no secret of the application, because a
 * proof key connects its two steps: https://www.rfc-editor.org/rfc/rfc7636
 */

/** Returns random bytes that nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

/** The random values of one sign-in. */
export interface SignInSecrets {
  /** Proves, in the second step, that the same program began the sign-in. It is a secret. */
  readonly verifier: string;
  /** Comes back in the address of the page with the code. It is not a secret. */
  readonly state: string;
  /** The id of this machine for the service: 6 to 50 characters. */
  readonly deviceId: string;
}

/** The numbers of random bytes. The specification asks for at least 32 in the verifier. */
const VERIFIER_BYTES = 32;
const STATE_BYTES = 16;
const DEVICE_BYTES = 12;

/** Creates the random values of one sign-in. */
export function signInSecrets(randomBytes: RandomBytes): SignInSecrets {
  const text = (count: number, encoding: 'base64url' | 'hex'): string =>
    Buffer.from(randomBytes(count)).toString(encoding);
  return {
    verifier: text(VERIFIER_BYTES, 'base64url'),
    state: text(STATE_BYTES, 'base64url'),
    deviceId: `metrika-calls-${text(DEVICE_BYTES, 'hex')}`,
  };
}

/** Returns the challenge of a verifier. The verifier cannot be computed from it. */
export function challengeOf(verifier: string): string {
  // Loading `node:crypto` takes long, so it is loaded only here.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(verifier).digest('base64url');
}
