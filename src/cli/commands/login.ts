/** `metrika-calls login`: gets a token from the service, and stores it. */
import type { ExitCode } from '../../exit-codes.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT, SIGN_IN } from '../arguments/options.ts';
import { placeWords } from '../settings/setting-place.ts';
import { settingsInForce } from '../settings/settings-in-force.ts';

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
  const code = await signIn(context);
  if (!context.options.sandbox) await warnOfSetting(context);
  return code;
}

/** Warns if the settings name a file with a token, because other commands use that token then. */
async function warnOfSetting({ io, options, output }: ContextOf<typeof login>): Promise<void> {
  const { inForce } = await settingsInForce(options, io);
  const setting = inForce.get('tokenFile');
  if (setting === undefined) return;
  const where = `${placeWords(setting.place)}: tokenFile`;
  output.warn(output.words.screens.signIn.settingIsStronger(where));
}
