/** Converts one export to a file of calls, for the library and for the command. */
import { type InvalidLimit, obstacleIn, validationOf } from '../calls/check/check-file.ts';
import { isHeading } from '../calls/columns/headings.ts';
import { openContent } from '../content/open-content.ts';
import type { CallsSink, Conversion, ConvertOptions } from '../convert/conversion.ts';
import { noAccount } from '../convert/conversion-account.ts';
import { convertTable, isKnownIn, sampleOf } from '../convert/convert-calls.ts';
import type { Sample } from '../convert/recipe/heading-columns.ts';
import { ownColumns, type Recipe } from '../convert/recipe/recipe.ts';
import { Failure } from '../failure.ts';
import { DraftFile } from '../files/draft-file.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { RejectsFile } from '../upload/rejects-file.ts';
import { type OpenableSource } from './source.ts';

/** Receives the text of the calls, block by block. */
type TextSink = (text: string) => void | Promise<void>;

/** The settings of a conversion. */
export interface ConversionTask {
  /** The recipe, or a function that makes a recipe from the first records of the export. */
  readonly recipe: Recipe | ((sample: Sample | undefined) => Promise<Recipe>);
  /** The number of the line with the column names, if it is known before the recipe is made. */
  readonly headerLine?: number | undefined;
  /** The name or number of the sheet of a workbook, if the user chose one. */
  readonly sheet: string | undefined;
  /** The keys that lead to the array of records in JSON, if the user named them. */
  readonly records: string | undefined;
  readonly check: Omit<ConvertOptions, 'invalidRecords'>;
  /** Whether warnings stop the conversion, as errors do. */
  readonly strict: boolean;
  readonly skipInvalid: boolean;
  readonly rejects: string | undefined;
  readonly maxInvalid: InvalidLimit | undefined;
  /**
   * Called when all findings are known. At that time, the file `target` does not exist yet, or the
   * function `target` has not been called yet.
   */
  readonly onChecked?: ((conversion: Conversion) => void) | undefined;
  /**
   * The file or the function for the calls; `undefined` if the export is checked without output.
   */
  readonly target: string | TextSink | undefined;
}

/** The result of converting one export, without the texts of messages. */
export interface ConvertedFile {
  readonly conversion: Conversion;
  readonly passed: boolean;
  /** The file with the rejected records. */
  readonly rejects: string | undefined;
  /** The reason why the export could not be read at all. */
  readonly failure: Failure | undefined;
}

/** Converts an export. If the export cannot be read, the result has the failure. */
export async function convertedFile(
  source: OpenableSource,
  task: ConversionTask,
): Promise<ConvertedFile> {
  let file: LocalFile | undefined;
  const output = new ConvertedOutput(task.target);
  const rejects =
    task.skipInvalid && task.rejects !== undefined ? new RejectsFile(task.rejects) : undefined;
  try {
    file = await source.open();
    const { onChecked, sheet, records } = task;
    const known = typeof task.recipe === 'function' ? undefined : task.recipe;
    const headerLine = known === undefined ? task.headerLine : known.headerLine;
    const content = await openContent(file, {
      sheet,
      records,
      usualRecords: known?.preset?.records,
      encoding: task.check.encoding,
      isKnownName: known === undefined ? isHeading : isKnownIn(known),
      headerRow: headerLine,
      delimiter: task.check.delimiter,
      columns: known && ownColumns(known),
    });
    const open = (): AsyncIterable<Uint8Array> => content.blocks();
    const { encoding, delimiter } = task.check;
    const hints = { encoding, delimiter, headerLine, form: content.form };
    const recipe =
      typeof task.recipe === 'function'
        ? await task.recipe(await sampleOf(open, hints))
        : task.recipe;
    const check = { ...task.check, form: content.form, sheetReport: content.sheet };
    const conversion = await convertTable(
      open,
      recipe,
      { ...check, invalidRecords: rejects },
      output,
    );
    onChecked?.(conversion);
    const passed = isPassed(conversion, task);
    if (!passed) return { conversion, passed, rejects: undefined, failure: undefined };
    const kept = rejects?.finish();
    // The text was too long to stay in memory. So the export is converted a second time. This time,
    // each piece of the text is passed on immediately.
    if (output.isLost)
      await convertTable(
        open,
        recipe,
        { ...check, onStart: undefined, onFinding: undefined },
        output.asSink(),
      );
    else await output.finish();
    return { conversion, passed, rejects: kept, failure: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const nothing = { account: noAccount(), leftOut: [], preview: [], openCodes: [] };
    const conversion = { ...nothing, validation: validationOf(error) };
    return { conversion, passed: false, rejects: undefined, failure: error };
  } finally {
    output.discard();
    rejects?.discard();
    file?.close();
  }
}

function isPassed({ validation, account }: Conversion, task: ConversionTask): boolean {
  const counts = { records: account.written + account.rejected, invalid: account.rejected };
  return obstacleIn({ validation, counts }, task) === undefined;
}

/**
 * The maximum size of the calls in memory, in bytes. Calls for a function stay in memory until the
 * whole export is checked. If the calls are larger, the export is converted a second time.
 */
const MOST_HELD = 16 * 1024 * 1024;

/** The destination of the calls: a draft file, or memory until the whole export is checked. */
class ConvertedOutput implements CallsSink {
  /** Whether the text was too long for memory. */
  isLost = false;
  readonly #target: string | TextSink | undefined;
  #draft: DraftFile | undefined;
  #held: Uint8Array[] = [];
  #length = 0;

  constructor(target: string | TextSink | undefined) {
    this.#target = target;
  }

  begin(): void {
    this.isLost = false;
    this.#held = [];
    this.#length = 0;
    this.#draft?.rewind();
  }

  write(bytes: Uint8Array): void {
    const target = this.#target;
    if (target === undefined || this.isLost) return;
    if (typeof target === 'string') {
      this.#draft ??= new DraftFile(
        target,
        (reason) => new Failure('output-unwritable', { path: target, reason }),
      );
      this.#draft.write(bytes);
      return;
    }
    this.#length += bytes.length;
    if (this.#length > MOST_HELD) {
      this.isLost = true;
      this.#held = [];
    } else this.#held.push(Buffer.from(bytes));
  }

  /**
   * Moves the draft to its final path, or passes the text to the function. Called after the export
   * has passed its check.
   */
  async finish(): Promise<void> {
    this.#draft?.finish();
    this.#draft = undefined;
    if (typeof this.#target !== 'function') return;
    for (const bytes of this.#held) await this.#target(textOf(bytes));
  }

  /** Returns a sink that passes each text to the function immediately. */
  asSink(): CallsSink {
    const target = this.#target;
    return {
      begin: () => undefined,
      write: (bytes) => (typeof target === 'function' ? target(textOf(bytes)) : undefined),
    };
  }

  /** Removes a draft that was not moved to its final path. */
  discard(): void {
    this.#draft?.discard();
    this.#draft = undefined;
  }
}

/** Decodes the bytes of complete records. So no character is split. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
