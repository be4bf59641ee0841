/** A setting with the place it came from, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** The option or the variable; `default`, or `sandbox`. */
  readonly source: string;
}
