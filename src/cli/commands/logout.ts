/** `metrika-calls logout`: deletes the stored token, and what was kept with it. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { ACCESS_PAGE } from '../../words/application.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT } from '../arguments/options.ts';
import { tokenVariable } from '../login/token-variable.ts';

export const logout = defineCommand({
  operands: '',
  options: [...OUTPUT],
  examples: ['metrika-calls logout'],
});

/** Deletes the files. The service keeps the token, and this program cannot end it there. */
export async function run(context: ContextOf<typeof logout>): Promise<ExitCode> {
  const { io, output, reporter } = context;
  const { openStore } = await import('../connection/account-store.ts');
  const store = openStore(context);
  const hasFolder = process.getBuiltinModule('node:fs').existsSync(store.folder);
  const deleted = hasFolder
    ? await store.locked({ clock: io.clock, signal: io.signal }, () => {
        const isDeleted = store.remove('token');
        store.remove('pending');
        store.remove('counters');
        return Promise.resolve(isDeleted);
      })
    : false;
  reporter.signedOut({ deleted, file: store.path });
  const said = output.words.screens.signIn;
  if (deleted) output.remark(said.stillValid(ACCESS_PAGE));
  const variable = tokenVariable(io.environment);
  if (variable !== undefined) output.remark(said.variableStays(variable));
  return EXIT_CODES.done;
}
