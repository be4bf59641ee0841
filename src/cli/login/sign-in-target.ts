/** The types of a sign-in: the context of the command, and where the token comes from and goes to. */
import type { AuthorityAddress } from '../../sign-in/authority-address.ts';
import type { TokenStore } from '../account/token-store.ts';
import type { CommandContext } from '../arguments/command.ts';
import type { SIGN_IN } from '../arguments/options.ts';
import type { Interviewer } from '../init/interviewer.ts';

/** The context of `login`. */
export type SignInContext = CommandContext<
  (typeof SIGN_IN)[number] | 'clientId' | 'code' | 'withToken' | 'replace' | 'browser'
>;

/** Where a token comes from and goes to. */
export interface SignInTarget {
  /** The base address of the API. */
  readonly api: string;
  readonly authority: AuthorityAddress;
  /** The certificate authorities to trust, in PEM. */
  readonly authorities: readonly string[] | undefined;
  readonly store: TokenStore;
  /** Asks the user; `undefined` if there is no terminal. */
  readonly interviewer: Interviewer | undefined;
}
