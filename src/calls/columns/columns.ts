/** The columns of a call. The checks, the sandbox and the documentation all use this list. */
import type { ValueKind } from '../../safe-text/shown-value.ts';
import type { ColumnShape } from './shapes.ts';

/**
 * The columns that the service knows, in the order of its documentation. To add a column with an
 * existing shape, add it to this list.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export const CALL_COLUMNS = [
  { name: 'UserId', shape: 'user-id', example: 'crm-1042' },
  { name: 'ClientId', shape: 'client-id', example: '1481718166123456789' },
  { name: 'Yclid', shape: 'yclid', example: '4338475829384756' },
  { name: 'DateTime', shape: 'date-time', example: '1795000000' },
  { name: 'StaticCall', shape: 'static-flag', example: '0' },
  { name: 'Price', shape: 'price', example: '1250.50' },
  { name: 'Currency', shape: 'currency', example: 'RUB' },
  { name: 'PhoneNumber', shape: 'phone-number', example: '+70123456789' },
  { name: 'TalkDuration', shape: 'talk-duration', example: '136' },
  { name: 'HoldDuration', shape: 'duration', example: '8' },
  { name: 'CallMissed', shape: 'missed-flag', example: '0' },
  { name: 'Tag', shape: 'text', example: 'north office' },
  { name: 'FirstTimeCaller', shape: 'first-time-flag', example: '1' },
  { name: 'URL', shape: 'web-address', example: 'https://shop.example/' },
  { name: 'CallTrackerURL', shape: 'web-address', example: 'https://calls.example/1' },
] as const satisfies readonly {
  readonly name: string;
  readonly shape: ColumnShape;
  readonly example: string;
}[];

/** The name of a column of a call, exactly as in the service's documentation. */
export type ColumnName = (typeof CALL_COLUMNS)[number]['name'];

/** One column of a call. The shape determines the rule for the values. */
export interface CallColumn {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
  readonly example: string;
}

/** The columns that identify the visitor who called. */
export const IDENTIFIER_COLUMNS = ['UserId', 'ClientId', 'Yclid'] as const;

const BY_LOWER_CASE = new Map<string, CallColumn>(
  CALL_COLUMNS.map((known) => [known.name.toLowerCase(), known]),
);

/**
 * Finds a column by its name, in any letter case.
 *
 * @param name a header cell without the spaces around it
 */
export function columnNamed(name: string): CallColumn | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}

/** Says whether a column of a call has this name, in any letter case. */
export function isCallColumn(name: string): boolean {
  return columnNamed(name) !== undefined;
}

/**
 * Returns the kind of values in a column. The kind decides how messages may show the values.
 *
 * @param column the name of a column of a call; other names are allowed
 */
export function valueKind(column: string): ValueKind {
  if ((IDENTIFIER_COLUMNS as readonly string[]).includes(column)) return 'identifier';
  if (column === 'PhoneNumber') return 'phone';
  return column === 'DateTime' ? 'time' : 'other';
}
