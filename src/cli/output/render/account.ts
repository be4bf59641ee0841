/** Renders how many records a conversion has converted, left out and rejected. */
import { maskedName } from '../../../safe-text/masking.ts';
import { flowed, type Line, toned } from '../layout.ts';
import type { Style } from '../output.ts';
import type { ConvertedFile } from '../reporter.ts';

/**
 * Lists the number of records for each outcome, such as converted, left out or rejected. The last
 * line has the number of all records. Outcomes without records are not listed.
 */
export function renderAccount(converted: ConvertedFile, style: Style): Line[] {
  const { account, rejects, passed, preview } = converted;
  const { words, abilities } = style;
  const { records, written, legs, rejected, leftOut } = account;
  if (records === 0) return [];
  const said = words.screens.convert.account;
  const kept = rejects === undefined ? '' : said.keptIn(maskedName(rejects, style.knownNumbers));
  const rows = [
    [passed && preview === undefined ? said.written : said.convertible, written],
    ...Object.entries(leftOut).map(
      ([reason, count]) => [said.leftOut[reason as keyof typeof leftOut], count] as const,
    ),
    [said.legs, legs],
    [`${said.rejected}${kept}`, rejected],
    [said.all, records],
  ] as const;
  const shown = rows.filter(([, count]) => count > 0);
  const widest = Math.max(...shown.map(([, count]) => words.formatNumber(count).length));
  return shown.flatMap(([name, count]) => {
    const number = words.formatNumber(count).padStart(widest);
    return flowed(['  ', toned.strong(number), `  ${name}`], abilities.room, widest + 4);
  });
}
