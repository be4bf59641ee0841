/** Reports the totals of a conversion. */
import type { FindingCollector } from '../calls/findings/collector.ts';
import type { ConversionAccount } from './conversion-account.ts';
import { hasErrors } from './recipe/joined-file.ts';
import type { Recipe } from './recipe/recipe.ts';

/** What was counted while the records were converted. */
interface Counted {
  readonly standIns: number;
  readonly withheld: number;
  readonly joined: number;
  readonly identifiedStatics: number;
}

/** Reports the totals of a conversion, such as the number of records that a rule left out. */
export function accountOf(
  { records, written, rejected, leftOut, legs }: ConversionAccount,
  counted: Counted,
  { joined, only }: Recipe,
  found: FindingCollector,
): void {
  const { standIns, withheld, identifiedStatics } = counted;
  const calls = written + rejected;
  for (const [code, count] of [
    ['records-other', leftOut.other],
    ['calls-outgoing', leftOut.outgoing],
    ['calls-internal', leftOut.internal],
    ['calls-unidentified', leftOut.unidentified],
    ['calls-skipped', leftOut.skip + leftOut.only],
    ['legs-joined', legs],
    ['numbers-withheld', withheld],
    ['stand-ins-emptied', standIns],
    ['static-for-unidentified', identifiedStatics],
  ] as const) {
    if (count > 0) found.add(code, {}, { count });
  }
  if (calls === 0 && only.length > 0) found.add('calls-none', {}, {});
  else if (calls === 0 && records > 0) found.add('no-calls-left', {}, { count: records });
  // If the joined file has errors, no finding says how many of its phone numbers were used.
  if (joined === undefined || hasErrors(joined)) return;
  const numbers = joined.byPhone.size;
  const code = counted.joined === 0 && calls > 0 ? 'join-nobody' : 'join-counts';
  found.add(code, {}, { joined: counted.joined, calls, numbers, name: joined.name });
}
