/**
 * Counts what happened to each record of an export: written, left out by a rule, joined to another
 * leg, or rejected.
 */
import type { FindingCollector } from '../calls/findings/collector.ts';
import { hasErrors } from './recipe/joined-file.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { LeftOutReason } from './record-conversion.ts';

/** The numbers of records by outcome; together they make up all records. */
export interface ConversionAccount {
  /** All records of the export, without the header. */
  records: number;
  /** Records that became calls. */
  written: number;
  /** Records that are the second or a later leg of a call. */
  legs: number;
  /** Calls with errors. Each counts as one record; its other legs count as `legs`. */
  rejected: number;
  /** Records that a rule left out, by rule. */
  readonly leftOut: Record<LeftOutReason, number>;
}

/** Returns the account before the first record. */
export function noAccount(): ConversionAccount {
  return {
    records: 0,
    written: 0,
    legs: 0,
    rejected: 0,
    leftOut: { only: 0, skip: 0, outgoing: 0, internal: 0, unidentified: 0 },
  };
}

/** Counts made while records were converted. */
interface Counted {
  readonly standIns: number;
  readonly withheld: number;
  readonly joined: number;
  readonly identifiedStatics: number;
}

/** Reports what no single record shows: the rules that left records out, and the counts. */
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
  // Errors in the joined file explain why no number was found, so only they are reported.
  if (joined === undefined || hasErrors(joined)) return;
  const numbers = joined.byPhone.size;
  const code = counted.joined === 0 && calls > 0 ? 'join-nobody' : 'join-counts';
  found.add(code, {}, { joined: counted.joined, calls, numbers, name: joined.name });
}
