/** A setting and its source, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  /** An option, a variable, `default` or `sandbox`: the source of the value. */
  readonly source: string;
}
