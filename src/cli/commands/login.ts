/** `metrika-calls login`: gets a token from the service, and stores it. */
import type { ExitCode } from '../../exit-codes.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT, SIGN_IN } from '../arguments/options.ts';

export const login = defineCommand({
  operands: '',
  options: ['clientId', 'code', 'withToken', 'replace', 'browser', ...SIGN_IN, ...OUTPUT],
  examples: [
    'metrika-calls login --client-id 0123456789abcdef0123456789abcdef',
    'metrika-calls login --sandbox',
  ],
});

/** Signs in. */
export async function run(context: ContextOf<typeof login>): Promise<ExitCode> {
  // Few runs sign in, so the code for it is loaded only here.
  const { signIn } = await import('../login/sign-in.ts');
  return await signIn(context);
}
