/** What became of each record of an export: written, left out by a rule, joined to another leg, or rejected. */
import type { FindingCollector } from '../calls/findings/collector.ts';
import { hasErrors } from './recipe/joined-file.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { LeftOutReason } from './record-conversion.ts';

/** The numbers of records, which add up to all of them. */
export interface ConversionAccount {
  /** All records of the export, without its header. */
  records: number;
  /** Those that became calls. */
  written: number;
  /** Those that are the further legs of a call. */
  legs: number;
  /** Those that have errors, with their legs counted as legs. */
  rejected: number;
  /** Those that a rule leaves out, by the rule. */
  readonly leftOut: Record<LeftOutReason, number>;
}

/** The account before the first record. */
export function noAccount(): ConversionAccount {
  return {
    records: 0,
    written: 0,
    legs: 0,
    rejected: 0,
    leftOut: { only: 0, skip: 0, outgoing: 0, internal: 0, unidentified: 0 },
  };
}

/** What was counted while records were converted. */
interface Counted {
  readonly standIns: number;
  readonly withheld: number;
  readonly joined: number;
  readonly identifiedStatics: number;
}

/** Reports what no single record shows: each rule that left records out, and what was counted on the way. */
export function accountOf(
  { written, rejected, leftOut, legs }: ConversionAccount,
  counted: Counted,
  { joined, only }: Recipe,
  found: FindingCollector,
): void {
  const { standIns, withheld, identifiedStatics } = counted;
  const calls = written + rejected;
  for (const [code, count] of [
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
  // What is wrong with the other file says more than that nobody was found in it.
  if (joined === undefined || hasErrors(joined)) return;
  const numbers = joined.byPhone.size;
  const code = counted.joined === 0 && calls > 0 ? 'join-nobody' : 'join-counts';
  found.add(code, {}, { joined: counted.joined, calls, numbers, name: joined.name });
}
