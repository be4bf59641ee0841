/** The words that call systems use for an outgoing call. */
const OUTGOING =
  /^(?:out|outgoing|outbound|outcoming|исх|исх\.|исходящий|исходящие|исходящий звонок|исходящий вызов)$/i;

/** Says whether a cell means that the call was outgoing. */
export function saysOutgoing(cell: string): boolean {
  return OUTGOING.test(cell.trim());
}
