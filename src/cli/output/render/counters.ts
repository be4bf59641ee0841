/** Renders counters: as a table, or as cells for programs that read lines. */
import type { Counter } from '../../../metrika/counters.ts';
import { visible } from '../../../safe-text/visible.ts';
import { type Line, table } from '../layout.ts';
import type { Style } from '../output.ts';

/** Renders counters as a table that fits the terminal. */
export function renderCounters(counters: readonly Counter[], style: Style): Line[] {
  const rows = counterCells(counters).map((cells) => cells.map(visible));
  return table(style.words.screens.counters.table, rows, style.abilities.room);
}

/** Returns the cells of each counter. A field that the service does not tell is empty. */
export function counterCells(counters: readonly Counter[]): string[][] {
  return counters.map(({ id, name, site, permission, timezone, currency }) => [
    String(id),
    name ?? '',
    site ?? '',
    permission ?? '',
    timezone ?? '',
    currency ?? '',
  ]);
}
