/** The words that call systems have for a call that went out. */
const OUTGOING =
  /^(?:out|outgoing|outbound|outcoming|исх|исх\.|исходящий|исходящие|исходящий звонок|исходящий вызов)$/i;

/** Whether a cell says that a call went out. */
export function saysOutgoing(cell: string): boolean {
  return OUTGOING.test(cell.trim());
}
