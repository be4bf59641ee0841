/** Settings and their sources, for `--dry-run` and `config`. */

/** A setting and its source, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** The source of the value: an option, a variable, a settings file, `default` or `sandbox`. */
  readonly source: string;
}

/** A setting for `config list` and `config get`. The keys are those of the JSON document. */
export interface ListedSetting {
  readonly name: string;
  /** The value; `null` if nothing sets it and it has no default. */
  readonly value: boolean | number | string | readonly string[] | null;
  readonly origin: 'environment' | 'project' | 'config' | 'user' | 'default';
  /** The variable of the environment that has the value. */
  readonly variable: string | null;
  /** The settings file that has the value. */
  readonly file: string | null;
  readonly line: number | null;
  readonly profile: string | null;
}

/** The paths of the settings files of a run. */
export interface SettingsPaths {
  /** The user's own file. It may not exist. */
  readonly user: string;
  /** The project's file, or the file of `--config`; `null` if there is none. */
  readonly project: string | null;
}

/** A changed settings file. */
export interface ChangedSetting {
  readonly name: string;
  /** The new value; `null` if the key was removed or was not there. */
  readonly value: ListedSetting['value'];
  readonly file: string;
  readonly profile: string | null;
  /** Whether the file was changed. */
  readonly changed: boolean;
}
