/** The recipe of one export: what the options say, and what its headings say under `--auto`. */
import {
  columnsByHeading,
  type HeadingColumns,
  type Sample,
} from '../../convert/heading-columns.ts';
import type { Recipe } from '../../convert/recipe.ts';
import { readRecipeFile, writeRecipeFile } from '../../convert/recipe-file.ts';
import { type SavedRecipe } from '../../convert/saved-recipe.ts';
import { Failure } from '../../failure.ts';
import { zoneOfHeading } from './heading-zone.ts';
import type { OptionValues, RECIPE } from './options.ts';
import { columnsOf, recipesOf } from './recipe.ts';

/** Puts the recipe together, and keeps how it is written down. */
export class ExportRecipe {
  /** What the headings say; `undefined` when nobody asked them. */
  headings: HeadingColumns | undefined;
  readonly #options: OptionValues<(typeof RECIPE)[number] | 'showValues'>;
  #saved: SavedRecipe = {};

  constructor(options: OptionValues<(typeof RECIPE)[number] | 'showValues'>) {
    this.#options = options;
  }

  /** @throws Failure (exit 2) that names the option, or the key of the saved recipe */
  async ofOptions(): Promise<Recipe> {
    return await this.#made({});
  }

  /**
   * The recipe of an export whose headings are understood.
   *
   * @throws Failure `headings-ambiguous` (exit 2) with the choices
   */
  readonly ofHeadings = async (sample: Sample | undefined): Promise<Recipe> => {
    if (sample === undefined) return await this.ofOptions();
    const { mapping, map, set } = this.#options;
    const saved = mapping === undefined ? {} : await readRecipeFile(mapping);
    const named = new Map(Object.entries(columnsOf(saved, map)));
    const constants = [
      ...Object.keys(saved.set ?? {}),
      ...set.map((pair) => pair.split('=', 1)[0]),
    ];
    const headings = columnsByHeading(sample, named, new Set(constants));
    if (headings.choices.length > 0) {
      throw new Failure('headings-ambiguous', { choices: headings.choices });
    }
    this.headings = headings;
    return await this.#made({
      ...zoneOfHeading(headings, this.#options.timezone, saved.timezone),
      columns: Object.fromEntries([...headings.taken].map(([column, name]) => [name, column])),
    });
  };

  /**
   * Writes down the recipe that was put together last.
   *
   * @throws Failure `output-unwritable` (exit 2)
   */
  save(path: string): void {
    writeRecipeFile(path, this.#saved);
  }

  async #made(more: SavedRecipe): Promise<Recipe> {
    const { recipe, saved } = await recipesOf(this.#options, more);
    this.#saved = saved;
    return recipe;
  }
}
