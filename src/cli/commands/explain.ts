import { distance } from 'fastest-levenshtein';
import { FINDING_EXPLANATIONS } from '../../calls/finding-explanations.ts';
import { FINDING_KINDS } from '../../calls/finding-catalogue.ts';
import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { usageFailure } from '../../failure.ts';
import type { CommandContext } from '../command.ts';
import { explanation, FINDING_CODES } from '../finding-page.ts';
import { quoted } from '../raw-options.ts';

/** `metrika-calls explain`: what a code of a finding means, or which codes there are. */
export function runExplain({ operands, output }: CommandContext): Promise<ExitCode> {
  const [asked] = operands;
  if (asked === undefined) {
    const kinds = FINDING_CODES.map((code) => ({ code, severity: FINDING_KINDS[code].severity }));
    output.result(
      output.json
        ? JSON.stringify({ ok: true, findings: kinds }, null, 2)
        : kinds.map(({ code, severity }) => `${severity.padEnd(7)}  ${code}`).join('\n'),
    );
    return Promise.resolve(EXIT_CODES.done);
  }
  const code = FINDING_CODES.find((known) => known === asked.trim());
  if (code === undefined) throw unknownCode(asked);
  const { severity } = FINDING_KINDS[code];
  const { meaning } = FINDING_EXPLANATIONS[code];
  output.result(
    output.json
      ? JSON.stringify({ ok: true, findings: [{ code, severity, meaning }] }, null, 2)
      : explanation(code, output.results.abilities.columns),
  );
  return Promise.resolve(EXIT_CODES.done);
}

function unknownCode(asked: string): Error {
  const nearest = FINDING_CODES.reduce((best, code) =>
    distance(asked, code) < distance(asked, best) ? code : best,
  );
  return usageFailure(
    'code-unknown',
    `There is no finding with the code ${quoted(asked)}.`,
    `Did you mean ${nearest}? metrika-calls explain lists all codes.`,
  );
}
