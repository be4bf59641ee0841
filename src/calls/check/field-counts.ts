/** Counts the records that have more or fewer fields than the header. */

/** The common properties of the records with a wrong number of fields. */
export class FieldCounts {
  records = 0;
  /** The number of fields in each such record; `undefined` if the numbers differ. */
  fields: number | undefined;
  /** The physical line of the first such record. */
  line = 0;
  /** Whether the last field of every such record is empty. */
  endWithEmpty = true;
  /** The expected number of fields in the last finding; `undefined` before the first finding. */
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
