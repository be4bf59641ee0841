/** A setting and its source, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** The source of the value: an option, a variable, `default` or `sandbox`. */
  readonly source: string;
}
