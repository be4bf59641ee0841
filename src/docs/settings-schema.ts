/** Writes the JSON schema of settings files from the table of options. Editors complete from it. */
import { describedBy, type Option } from '../cli/arguments/option.ts';
import { OPTIONS } from '../cli/arguments/options.ts';
import { wantedOf } from '../cli/settings/read-settings.ts';
import { mayBeInProject, SETTING_NAMES, type SettingName } from '../cli/settings/setting-keys.ts';
import { help } from '../words/en/help.ts';

const PROFILES =
  'Named sets of settings. The keys of the profile that --profile names are stronger than the keys outside of profiles.';

/** Returns the text of `schemas/settings.json`. */
export function settingsSchema(): string {
  const keys = Object.fromEntries(SETTING_NAMES.map((name) => [name, schemaOf(name)]));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://github.com/metrika-calls/metrika-calls/schemas/settings.json',
    title: 'Settings of metrika-calls: .metrika-calls.json and settings.json',
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string' },
      ...keys,
      profiles: {
        description: PROFILES,
        type: 'object',
        additionalProperties: { $ref: '#/definitions/profile' },
      },
    },
    definitions: { profile: { type: 'object', additionalProperties: false, properties: keys } },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function schemaOf(name: SettingName): object {
  const description = `${descriptionOf(name)}${mayBeInProject(name) ? '' : ' (not in the file of a project)'}`;
  return { description, ...typeOf(name) };
}

function descriptionOf(name: SettingName): string {
  if (name === 'files') return help.settings.files;
  const row: Option<unknown> = OPTIONS[name];
  const described = describedBy(help.options[name], row);
  return row.kind === 'negation' ? `false: ${described}` : described;
}

function typeOf(name: SettingName): object {
  const wanted = wantedOf(name);
  const row: Option<unknown> | undefined = name === 'files' ? undefined : OPTIONS[name];
  const preset = row?.default === undefined ? {} : { default: numberOr(row.default) };
  if (wanted.kind === 'one-of') return { enum: wanted.names, ...preset };
  if (wanted.kind === 'whole-number') {
    return { type: ['integer', 'string'], minimum: wanted.from, maximum: wanted.to, ...preset };
  }
  if (wanted.kind !== 'type') return { type: ['string', 'number'], ...preset };
  if (wanted.type === 'boolean') return { type: 'boolean' };
  return wanted.type === 'texts'
    ? { type: ['array', 'string'], items: { type: 'string' } }
    : { type: 'string' };
}

function numberOr(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
