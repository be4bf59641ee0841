/** Finds the settings in force for commands that look at the settings themselves. */
import type { Io } from '../io/io.ts';
import { foundSettings } from './found-settings.ts';
import { type RunSettings, runSettings } from './run-settings.ts';
import { placeOfProcess } from './settings-files.ts';

/**
 * Reads the settings files of `--config` and `--profile`, and chooses the values in force.
 *
 * @throws Failure (exit 2) if a settings file has an error, or the profile is not known
 */
export async function settingsInForce(
  {
    config,
    profile,
  }: { readonly config: string | undefined; readonly profile: string | undefined },
  io: Pick<Io, 'environment' | 'clock'>,
): Promise<RunSettings> {
  const place = placeOfProcess(io.environment);
  const files = await foundSettings(config, place);
  const written = new Map(profile === undefined ? [] : [['profile', profile] as const]);
  return runSettings(files, { written, wanted: [], place, now: io.clock.now() });
}
