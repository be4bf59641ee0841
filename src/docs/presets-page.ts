/** Writes docs/presets.md from the presets themselves. */
import { type Preset, PRESETS } from '../convert/presets.ts';

/** The page docs/presets.md. */
export function presetsPage(): string {
  return [
    '# Presets of convert',
    '',
    'Only systems whose export is documented in public have a preset; for others name the columns',
    'with `--map`. A PBX does not know which visitor called: `--join` takes the identifiers from a',
    'file with phone numbers, such as an export of a CRM, and `--set StaticCall=1` marks calls that',
    'have none.',
    '',
    ...PRESETS.flatMap(section),
  ].join('\n');
}

function section({ name, system, source, columns, timezone, fields }: Preset): string[] {
  return [
    `## ${name}`,
    '',
    `${system}. Source: ${source}.`,
    '',
    columns === undefined
      ? 'The export has a header.'
      : `The export has no header; its columns are taken to be \`${columns.join(',')}\`.`,
    timezone === undefined
      ? 'Times are in the zone of the system: name it with `--timezone`, unless they carry it.'
      : `Times are ${timezone}.`,
    '',
    `Makes: ${Object.keys(fields).join(', ')}.`,
    '',
  ];
}
