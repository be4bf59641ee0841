import type { FindingCode } from './finding-catalogue.ts';
import {
  checkClientId,
  checkCurrency,
  checkDateTime,
  checkDuration,
  checkFlag,
  checkPhoneNumber,
  checkPrice,
  checkUrl,
  checkYclid,
  type CellCheck,
} from './cell-rules.ts';

/** The name of a column of a call, exactly as the service writes it. */
export type ColumnName =
  | 'UserId'
  | 'ClientId'
  | 'Yclid'
  | 'DateTime'
  | 'StaticCall'
  | 'Price'
  | 'Currency'
  | 'PhoneNumber'
  | 'TalkDuration'
  | 'HoldDuration'
  | 'CallMissed'
  | 'Tag'
  | 'FirstTimeCaller'
  | 'URL'
  | 'CallTrackerURL';

/** One column of the file and the rule that its values keep. */
export interface CallColumn {
  readonly name: ColumnName;
  /** The rule in a few words, for help and documentation. */
  readonly rule: string;
  readonly example: string;
  /** Names the finding for a value that breaks the rule; it is not asked about empty values. */
  readonly check: CellCheck;
}

function column(name: ColumnName, rule: string, example: string, check: CellCheck): CallColumn {
  return { name, rule, example, check };
}

function anyText(): FindingCode | undefined {
  return undefined;
}

/**
 * The columns of a call, written once: the checks, the sandbox and the documentation read them here.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export const CALL_COLUMNS: readonly CallColumn[] = [
  column('UserId', 'any text', 'crm-1042', anyText),
  column('ClientId', 'digits only, up to 20', '1481718166123456789', checkClientId),
  column('Yclid', 'digits only, up to 20', '4338475829384756', checkYclid),
  column(
    'DateTime',
    'whole seconds since 1970-01-01 UTC, not in the future',
    '1795000000',
    checkDateTime,
  ),
  column('StaticCall', '1 static, 0 dynamic', '0', checkFlag),
  column('Price', 'decimal with a point', '1250.50', checkPrice),
  column('Currency', 'three letters, ISO 4217', 'RUB', checkCurrency),
  column('PhoneNumber', 'with country and area code, no spaces', '+70123456789', checkPhoneNumber),
  column('TalkDuration', 'whole seconds, not negative', '136', checkDuration),
  column('HoldDuration', 'whole seconds, not negative', '8', checkDuration),
  column('CallMissed', '1 missed, 0 answered', '0', checkFlag),
  column('Tag', 'any text', 'north office', anyText),
  column('FirstTimeCaller', '1 first call, 0 repeated', '1', checkFlag),
  column('URL', 'absolute http or https address', 'https://shop.example/', checkUrl),
  column('CallTrackerURL', 'absolute http or https address', 'https://calls.example/1', checkUrl),
];

/** The columns that say which visitor called. */
export const IDENTIFIER_COLUMNS = ['UserId', 'ClientId', 'Yclid'] as const;

const BY_LOWER_CASE = new Map(CALL_COLUMNS.map((known) => [known.name.toLowerCase(), known]));

/**
 * Finds a column by its name in any letter case.
 *
 * @param name a header cell with the blanks around it gone
 */
export function columnNamed(name: string): CallColumn | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
