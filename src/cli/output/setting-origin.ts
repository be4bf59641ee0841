/** A setting and its source, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** The option or the variable that sets the value, `default`, or `sandbox`. */
  readonly source: string;
}
