/**
 * The shapes of columns, and the rule for each shape. `src/scanner` has the same rules for bytes.
 */
import {
  type CellCheck,
  checkClientId,
  checkCurrency,
  checkDateTime,
  checkDuration,
  checkFlag,
  checkPhoneNumber,
  checkPrice,
  checkText,
  checkUrl,
  checkUserId,
  checkYclid,
} from './rules.ts';

/** The rule for each shape. Empty values need no rule. */
export const SHAPE_RULES = {
  'user-id': checkUserId,
  'client-id': checkClientId,
  yclid: checkYclid,
  'date-time': checkDateTime,
  'static-flag': checkFlag,
  'missed-flag': checkFlag,
  'first-time-flag': checkFlag,
  price: checkPrice,
  currency: checkCurrency,
  'phone-number': checkPhoneNumber,
  'talk-duration': checkDuration,
  duration: checkDuration,
  'web-address': checkUrl,
  text: checkText,
} as const satisfies Readonly<Record<string, CellCheck>>;

export type ColumnShape = keyof typeof SHAPE_RULES;
