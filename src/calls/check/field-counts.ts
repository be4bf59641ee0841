/** Counts the records that have more or fewer fields than the header. */

/** The common properties of the records with a wrong number of fields. */
export class FieldCounts {
  records = 0;
  /** The wrong number of fields; `undefined` if it differs between the records. */
  fields: number | undefined;
  /** The physical line of the first record with a wrong number of fields. */
  line = 0;
  /** Whether every record with a wrong number of fields has an empty last field. */
  endWithEmpty = true;
  /** The number of fields that the last finding expected; `undefined` before the first finding. */
  expected: number | undefined;

  add(fields: readonly string[], line: number): void {
    if (this.records === 0) {
      this.fields = fields.length;
      this.line = line;
    } else if (this.fields !== fields.length) this.fields = undefined;
    this.records += 1;
    this.endWithEmpty &&= fields.at(-1)?.trim() === '';
  }
}
