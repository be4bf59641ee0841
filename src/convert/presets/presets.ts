/** Lists the presets. Each is for a publicly documented export of another system. */
import { asterisk } from './asterisk.ts';
import { bitrix24 } from './bitrix24.ts';
import { calltouch } from './calltouch.ts';
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
import { uis } from './uis.ts';
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
];

/** Returns the preset with a given name, in any letter case. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name.trim().toLowerCase());
}
