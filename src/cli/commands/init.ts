/**
 * `metrika-calls init`: asks what the columns of an export mean, previews the calls, and saves the
 * recipe. Without a terminal, options must answer the questions.
 */
import { existsSync } from 'node:fs';
import { opensOnce } from '../../addresses/open-named-file.ts';
import { valueKind } from '../../calls/columns/columns.ts';
import { requireJoinBelow } from '../../convert/recipe/recipe-file.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { shownColumn, shownValue } from '../../safe-text/shown-value.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { DOWNLOADING, OUTPUT, READING, RECIPE } from '../arguments/options.ts';
import { inputFile } from '../files/input-files.ts';
import { isSameFile } from '../files/output-files.ts';
import { Interview, type Interviewed } from '../init/interview.ts';
import { type Interviewer, terminalInterviewer } from '../init/interviewer.ts';
import { nextCommandLines } from '../init/next-steps.ts';
import { type KeptSettings, offerSettings } from '../init/project-settings.ts';
import { wrapped } from '../output/layout.ts';
import { renderPreview } from '../output/render/preview.ts';
import { placeOfProcess } from '../settings/settings-files.ts';

export const init = defineCommand({
  operands: '<file>',
  options: [
    ...RECIPE,
    'saveMapping',
    'counter',
    ...READING,
    ...DOWNLOADING,
    'showValues',
    ...OUTPUT,
  ],
  examples: [
    'metrika-calls init pbx.csv --timezone Europe/Moscow --save-mapping p.json',
    'metrika-calls init calls.xlsx --unidentified static --save-mapping x.json',
  ],
});

type Context = ContextOf<typeof init>;

/** The default path of the recipe. */
const USUAL_RECIPE = 'recipe.json';

/** Asks the questions, shows a preview, saves the recipe, and suggests the next commands. */
export async function run(context: Context): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const file = operands[0] ?? '';
  if (file === '-') throw new Failure('init-needs-file', {});
  const isTerminal = io.stdin.isTTY === true && io.stderr.isTTY === true;
  const interviewer = isTerminal ? await terminalInterviewer(io) : undefined;
  // Without a terminal, the user answers the questions with options, which may take several runs.
  // If the recipe exists already, the first of these runs must say so, not the last one.
  if (interviewer === undefined && options.saveMapping === undefined) refuseToOverwrite();
  requireJoinBelow(options.saveMapping ?? USUAL_RECIPE, options);
  // The questions read the files again and again. So each web address is downloaded only once.
  const openFile = opensOnce(context.openFile);
  const input = inputFile(file, { io, openFile });
  const interview = new Interview(input, options, {
    words: io.words,
    now: Math.floor(io.clock.now() / 1000),
    shown: (column, value) => shownValue(value, valueKind(column), options.showValues),
    interviewer,
    openFile,
  });
  const made = await interview.run();
  const isText = !options.json && options.format === 'text';
  if (isText) output.say(...renderPreview(made.preview, options.showValues, output.messages));
  if (isText) sayColumns(context, made);
  const path = await placeOf(context, interviewer);
  const recipe = interview.save(path);
  const kept = await keptSettings(context, { path, recipe }, interviewer);
  const task = {
    file: input.name,
    mapping: kept === undefined ? path : undefined,
    counter: kept?.hasCounter === true ? ('settings' as const) : options.counter,
    reading: options,
    hasErrors: made.errors > 0,
    folder: process.cwd(),
  };
  const commands = nextCommandLines(task, io.words.notation);
  reportRest(context, made, commands.now[0] ?? '');
  const hasCounter = kept?.hasCounter === true;
  context.reporter.recipeMade({ path, recipe, hasCounter, commands });
  return EXIT_CODES.done;
}

/**
 * Offers to save the recipe and the counter in the settings of the project.
 *
 * @returns `undefined` if nothing was saved
 */
async function keptSettings(
  { io, options, output }: Context,
  made: { readonly path: string; readonly recipe: SavedRecipe },
  interviewer: Interviewer | undefined,
): Promise<KeptSettings | undefined> {
  if (interviewer === undefined) return undefined;
  const kept = await offerSettings(
    { ...made, counter: options.counter, words: io.words, interviewer, wait: io },
    placeOfProcess(io.environment),
  );
  if (kept !== undefined) output.say(output.words.screens.init.settingsSaved(kept.path));
  return kept;
}

/**
 * Shows the columns whose meaning is clear from their headings, and the columns that the recipe
 * does not use.
 */
function sayColumns({ output }: Context, { headings, ignored }: Interviewed): void {
  const said = output.words.screens.convert;
  const { arrow, abilities } = output.messages;
  const pairs = [...headings.certain].map(
    ([column, name]) => `${shownColumn(name)} ${arrow} ${column}`,
  );
  const lines = [
    ...(pairs.length === 0 ? [] : wrapped('  ', said.taken(pairs), abilities.room)),
    ...(ignored.length === 0
      ? []
      : wrapped('  ', said.ignored(ignored.map(shownColumn)), abilities.room)),
  ];
  if (lines.length > 0) output.say(...lines, '');
}

/**
 * Warns about records that still have errors. The recipe is saved even if there are such records.
 */
function reportRest({ io, output }: Context, made: Interviewed, command: string): void {
  if (made.errors === 0) return;
  output.warn(io.words.screens.init.errorsLeft(made.errors, made.records, command));
}

/** @throws Failure `init-recipe-exists` (exit 2) if the default path of the recipe exists */
function refuseToOverwrite(): void {
  if (existsSync(USUAL_RECIPE)) throw new Failure('init-recipe-exists', { path: USUAL_RECIPE });
}

/**
 * Chooses the path of the recipe. Asks before it overwrites a file, unless `--save-mapping` names
 * that file.
 *
 * @throws Failure `init-recipe-exists` (exit 2) if a file would be overwritten and there is no
 *   terminal
 */
async function placeOf(
  { io, options, operands }: Context,
  interviewer: Interviewer | undefined,
): Promise<string> {
  const said = io.words.screens.init;
  if (options.saveMapping !== undefined) return options.saveMapping;
  if (interviewer === undefined) {
    refuseToOverwrite();
    return USUAL_RECIPE;
  }
  for (;;) {
    const path = await interviewer.write(said.saveAs, USUAL_RECIPE, (text) => {
      if (text.trim() === '') return said.saveAs;
      return isSameFile(text, operands[0] ?? '') ? said.isExport : undefined;
    });
    if (!existsSync(path) || (await interviewer.confirm(said.overwrite(path)))) return path;
  }
}
