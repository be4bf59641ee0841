/** `metrika-calls whoami`: says which account the token belongs to, and where the token is from. */
import type { ExitCode } from '../../exit-codes.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { ACCOUNT, OUTPUT } from '../arguments/options.ts';

export const whoami = defineCommand({
  operands: '',
  options: [...ACCOUNT, 'oauthUrl', ...OUTPUT],
  examples: ['metrika-calls whoami', 'metrika-calls whoami --sandbox'],
});

/** Asks the service who the token belongs to. */
export async function run(context: ContextOf<typeof whoami>): Promise<ExitCode> {
  const { tellAccount } = await import('../login/tell-account.ts');
  return await tellAccount(context);
}
