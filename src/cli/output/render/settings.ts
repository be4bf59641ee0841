/** Renders settings: as a table, or as cells for programs that read lines. */
import { visible } from '../../../safe-text/visible.ts';
import { type Line, table } from '../layout.ts';
import type { Style } from '../output.ts';
import type { ListedSetting } from '../setting-origin.ts';

/** Renders settings as a table that fits the terminal. */
export function renderSettings(settings: readonly ListedSetting[], style: Style): Line[] {
  const rows = settingCells(settings).map((cells) => cells.map(visible));
  return table(style.words.screens.config.table, rows, style.abilities.room);
}

/** Returns the cells of each setting: its name, its value and its source. */
export function settingCells(settings: readonly ListedSetting[]): string[][] {
  return settings.map((setting) => [
    setting.name,
    settingLines(setting).join(', '),
    sourceOf(setting),
  ]);
}

/** Returns the value of a setting, one line for each text of a list. */
export function settingLines({ value }: ListedSetting): string[] {
  if (value === null) return [];
  return typeof value === 'object' ? [...value] : [String(value)];
}

/** Says whether a user has set the value. */
export function isSet({ origin }: ListedSetting): boolean {
  return origin !== 'default';
}

function sourceOf({ origin, variable, file, line, profile }: ListedSetting): string {
  if (file === null || line === null) return variable ?? origin;
  const place = `${file}:${String(line)}`;
  return profile === null ? place : `${place} (${profile})`;
}
