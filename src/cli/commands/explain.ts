/** `metrika-calls explain`: explains one code and how to fix the problem, or lists all codes. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT } from '../arguments/options.ts';
import { currentCode, explanations, nearestCode } from '../output/explanations.ts';

export const explain = defineCommand({
  operands: '[code]',
  options: [...OUTPUT],
  examples: ['metrika-calls explain identifier-scientific', 'metrika-calls explain'],
});

/** Explains one code, or lists all codes. */
export function run({ operands, reporter, output }: ContextOf<typeof explain>): Promise<ExitCode> {
  const [asked] = operands;
  const all = explanations(output.words);
  if (asked === undefined) {
    reporter.explained(all, true);
    return Promise.resolve(EXIT_CODES.done);
  }
  const code = currentCode(asked.trim());
  const known = all.find((one) => one.code === code);
  if (known === undefined) {
    throw new Failure('code-unknown', { shown: quoted(asked), near: nearestCode(code, all) });
  }
  reporter.explained([known], false);
  return Promise.resolve(EXIT_CODES.done);
}
