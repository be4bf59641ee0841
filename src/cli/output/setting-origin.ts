/** A setting and where it came from, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** The name of an option or a variable; otherwise `default` or `sandbox`. */
  readonly source: string;
}
