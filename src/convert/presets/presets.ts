/** Lists the presets. Each is for a publicly documented export of another system. */
import type { KnownSystem } from '../../words/commands.ts';
import { amocrm } from './amocrm.ts';
import { asterisk } from './asterisk.ts';
import { beeline } from './beeline.ts';
import { bitrix24 } from './bitrix24.ts';
import { callibri } from './callibri.ts';
import { callrail } from './callrail.ts';
import { calltouch } from './calltouch.ts';
import { cucm } from './cucm.ts';
import { didww } from './didww.ts';
import { freepbx } from './freepbx.ts';
import { freeswitch } from './freeswitch.ts';
import { fusionpbx } from './fusionpbx.ts';
import { mango } from './mango.ts';
import { megafon } from './megafon.ts';
import { mikopbx } from './mikopbx.ts';
import { onlinepbx } from './onlinepbx.ts';
import type { Preset } from './preset.ts';
import { ringostat } from './ringostat.ts';
import { roistat } from './roistat.ts';
import { rostelecom } from './rostelecom.ts';
import { sipuni } from './sipuni.ts';
import { threeCx } from './three-cx.ts';
import { twilio } from './twilio.ts';
import { uis } from './uis.ts';
import { yeastar } from './yeastar.ts';
import { zadarma } from './zadarma.ts';

/** All presets. */
export const PRESETS: readonly Preset[] = [
  freepbx,
  asterisk,
  mango,
  megafon,
  ringostat,
  didww,
  freeswitch,
  calltouch,
  roistat,
  uis,
  bitrix24,
  sipuni,
  threeCx,
  zadarma,
  mikopbx,
  onlinepbx,
  fusionpbx,
  rostelecom,
  callibri,
  yeastar,
  cucm,
  twilio,
  callrail,
  beeline,
  amocrm,
];

/**
 * A preset that needs fewer columns than this is not tried. The header of an unknown system may
 * have one or two of the needed names by chance.
 */
const FEWEST_COLUMNS = 3;

/**
 * Finds the system of an export by its column names.
 *
 * @returns `undefined` if no preset fits, or if several presets fit equally well
 */
export function presetOfHeader(header: readonly string[]): Preset | undefined {
  const names = new Set(header.map((name) => name.trim().toLowerCase()));
  const fitting = PRESETS.filter(
    ({ needed }) =>
      needed.length >= FEWEST_COLUMNS &&
      needed.every((alike) => alike.some((name) => names.has(name.toLowerCase()))),
  );
  // Most systems always write a header. Such a system is more probable than a system that usually
  // writes none.
  const withHeader = fitting.filter(({ columns }) => columns === undefined);
  const [only, ...others] = withHeader.length > 0 ? withHeader : fitting;
  return others.length === 0 ? only : undefined;
}

/**
 * Returns two names for messages: the system that wrote an export, and its preset.
 *
 * @returns `undefined` if no preset fits, or if several presets fit equally well
 */
export function systemOfHeader(header: readonly string[]): KnownSystem | undefined {
  const preset = presetOfHeader(header);
  // In `system`, the name of the system comes first, then a comma and the name of its export.
  return preset && { name: preset.name, system: preset.system.split(',', 1)[0] ?? '' };
}

/** Returns the preset with a given name, in any letter case. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name.trim().toLowerCase());
}
