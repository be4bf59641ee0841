/** Builds the recipe of one export from the options and, with `--auto`, from its headings. */
import type { OpenNamedFile } from '../../addresses/open-named-file.ts';
import type { Conversion } from '../../convert/conversion.ts';
import { systemOfHeader } from '../../convert/presets/presets.ts';
import type { HeadingColumns, Sample } from '../../convert/recipe/heading-columns.ts';
import type { Recipe } from '../../convert/recipe/recipe.ts';
import { writeRecipeFile } from '../../convert/recipe/recipe-file.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { openCodes, shownCodes } from '../../convert/recipe/unmapped-columns.ts';
import { Failure } from '../../failure.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { KnownSystem } from '../../words/commands.ts';
import type { OptionValues, RECIPE } from '../arguments/options.ts';
import { headingRecipe } from './heading-recipe.ts';
import { recipesOf } from './recipe.ts';

/** Builds the recipe of one export, and can save it to a file. */
export class ExportRecipe {
  /**
   * The columns that were recognized by their headings; `undefined` if the headings were not read.
   */
  headings: HeadingColumns | undefined;
  readonly #options: OptionValues<(typeof RECIPE)[number] | 'showValues'>;
  readonly #open: OpenNamedFile;
  #saved: SavedRecipe = {};
  /** The preset for the system that was recognized by the column names. */
  #preset: KnownSystem | undefined;

  /** @param open opens the joined file */
  constructor(options: OptionValues<(typeof RECIPE)[number] | 'showValues'>, open: OpenNamedFile) {
    this.#options = options;
    this.#open = open;
  }

  /**
   * Builds the recipe only from the options.
   *
   * @throws Failure (exit 2) that names the option, or the key of the saved recipe
   */
  async ofOptions(): Promise<Recipe> {
    return await this.#made({});
  }

  /**
   * Builds the recipe from the options and the headings.
   *
   * @throws Failure `headings-ambiguous` (exit 2) with the possible columns, if a heading is not
   *   clear
   */
  readonly ofHeadings = async (sample: Sample | undefined): Promise<Recipe> => {
    if (sample === undefined) return await this.ofOptions();
    const { headings, more } = await headingRecipe(sample, this.#options);
    this.headings = headings;
    this.#preset = systemOfHeader(sample.header);
    const recipe = await this.#made(more);
    const { choices } = headings;
    const unitOpen = recipe.durationUnit === undefined ? headings.unitOpen : undefined;
    if (choices.length > 0 || unitOpen !== undefined) {
      const columns = openCodes(sample.header, sample.records, recipe).map(shownCodes);
      throw new Failure('headings-ambiguous', {
        choices: choices.map(({ column, among }) => ({ column, among: among.map(shownColumn) })),
        columns,
        unitOpen: unitOpen === undefined ? undefined : shownColumn(unitOpen),
        preset: this.#preset,
      });
    }
    return recipe;
  };

  /**
   * Refuses a conversion by headings if the export has codes of direction or outcome that the
   * recipe does not explain.
   *
   * @throws Failure `codes-open` (exit 2) with the codes of the whole export, and their counts
   */
  refuseOpenCodes({ openCodes: columns }: Conversion): void {
    if (this.headings !== undefined && columns.length > 0) {
      throw new Failure('codes-open', {
        columns: columns.map(shownCodes),
        preset: this.#preset,
      });
    }
  }

  /**
   * Saves the recipe that was built last.
   *
   * @returns whether its joined file was left out, because a recipe may not name this file
   * @throws Failure `output-unwritable` (exit 2)
   */
  save(path: string): boolean {
    return writeRecipeFile(path, this.#saved);
  }

  async #made(more: SavedRecipe): Promise<Recipe> {
    const { recipe, saved } = await recipesOf(this.#options, this.#open, more);
    this.#saved = saved;
    return recipe;
  }
}
