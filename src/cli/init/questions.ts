/** Finds the next question about an export. Headings and values already answer some questions. */
import { type ColumnName, columnNamed, IDENTIFIER_COLUMNS } from '../../calls/columns/columns.ts';
import type { FindingCode } from '../../calls/findings/kinds.ts';
import { mayHold } from '../../convert/recipe/column-values.ts';
import type { Choice, HeadingColumns, Sample } from '../../convert/recipe/heading-columns.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { shownCodes } from '../../convert/recipe/unmapped-columns.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { directionsOption, type OpenCodes } from '../../words/commands.ts';
import { option, type OptionReference } from '../../words/said.ts';
import { example } from '../../words/shown-name.ts';

/** One question. The answer becomes part of the recipe. The user may also answer with an option. */
export type Question = ColumnQuestion | CodesQuestion | { readonly kind: ValueKind };

/** A question about a column with codes: what the column says, and what each code means. */
export interface CodesQuestion {
  readonly kind: 'codes';
  readonly codes: OpenCodes<string>;
  /** Whether the column may say which calls were missed. */
  readonly mayBeOutcome: boolean;
}

/** A question that asks which column of the export becomes a column of a call. */
interface ColumnQuestion {
  readonly kind: 'column';
  readonly column: ColumnName;
  /** The columns of the export to choose from, with a few of their values. */
  readonly among: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** The position of the answer "none of these columns". */
  readonly none: 'first' | 'last' | 'nowhere';
}

/** The kinds of question about the values of a column, or about all calls. */
type ValueKind =
  'timezone' | 'date-format' | 'duration-unit' | 'region' | 'currency' | 'unidentified';

/** Returns the option that answers a question, with an example value. */
export function optionFor(question: Question): OptionReference {
  switch (question.kind) {
    case 'column':
      return option('map', {
        from: shownColumn(question.among[0]?.name ?? 'COLUMN'),
        to: question.column,
      });
    case 'codes':
      return question.codes.isOutcome
        ? option('map', { from: shownColumn(question.codes.column), to: 'CallMissed' })
        : directionsOption(shownCodes(question.codes));
    case 'duration-unit':
      return option('durationUnit', 'minutes');
    case 'timezone':
      return option('timezone', 'Europe/Moscow');
    case 'date-format':
      return option('dateFormat', 'dmy');
    case 'region':
      return option('defaultRegion', 'RU');
    case 'currency':
      return option('set', { from: example('Currency'), to: 'RUB' });
    case 'unidentified':
      return option('unidentified', 'static');
  }
}

/** The known facts about an export, from which the next question is chosen. */
export interface Known {
  readonly sample: Sample;
  /** The columns of a call that could come from several columns of the export. */
  readonly choices: readonly Choice[];
  /** The columns of the export that may match an optional column of a call. */
  readonly possible: HeadingColumns['possible'];
  /** Whether the unit of the durations in the export, minutes or seconds, is unknown. */
  readonly isUnitOpen: boolean;
  /** The columns with codes that the recipe does not explain. */
  readonly openCodes: readonly OpenCodes<string>[];
  /** The current recipe. */
  readonly recipe: SavedRecipe;
  /** The kinds of findings in a conversion with this recipe. */
  readonly found: ReadonlySet<FindingCode>;
  /** The keys of the questions that were asked already, from {@link keyOf}. */
  readonly asked: ReadonlySet<string>;
}

/** The maximum number of values that a question shows for one column. */
const SHOWN_VALUES = 3;

/** @returns a key that identifies the question */
export function keyOf(question: Question): string {
  if (question.kind === 'codes') return `codes ${question.codes.column}`;
  return question.kind === 'column' ? `column ${question.column}` : question.kind;
}

/** Returns the next question; `undefined` if no question is open. */
export function nextQuestion(known: Known): Question | undefined {
  return questionsOf(known).find((question) => !known.asked.has(keyOf(question)));
}

function questionsOf(known: Known): Question[] {
  const { choices, recipe, found } = known;
  const questions: Question[] = choices.map(({ column, among }) => ({
    kind: 'column',
    column,
    among: among.map((name) => columnOf(known, name)),
    none: column === 'DateTime' ? 'nowhere' : 'last',
  }));
  const has = (column: ColumnName): boolean => isMade(recipe, column);
  if (!has('DateTime')) questions.push(anyColumn(known, 'DateTime'));
  for (const codes of known.openCodes) {
    questions.push({ kind: 'codes', codes, mayBeOutcome: !has('CallMissed') });
  }
  if (found.has('phones-left-out')) {
    const question = anyColumn(known, 'PhoneNumber');
    if (question.among.length > 0) questions.push(question);
  }
  const prices = known.possible.filter(({ column }) => column === 'Price');
  if (!has('Price') && prices.length > 0) {
    const among = prices.map(({ source }) => columnOf(known, source));
    questions.push({ kind: 'column', column: 'Price', among, none: 'first' });
  }
  const isIdentified = IDENTIFIER_COLUMNS.some(has) || recipe.join !== undefined;
  const isDecided = recipe.unidentified !== undefined && recipe.unidentified !== 'error';
  if (!isIdentified && !isDecided && recipe.preset === undefined) {
    const question = anyColumn(known, 'ClientId');
    if (question.among.length > 0) questions.push(question);
  }
  const byFinding: readonly (readonly [FindingCode, ValueKind, boolean])[] = [
    ['datetime-written', 'timezone', recipe.timezone === undefined],
    ['datetime-order-unclear', 'date-format', recipe.dateFormat === undefined],
    ['duration-unclear', 'duration-unit', recipe.durationUnit === undefined],
    ['phone-invalid', 'region', recipe.defaultRegion === undefined],
    ['price-without-currency', 'currency', true],
    ['identifier-missing', 'unidentified', recipe.unidentified === undefined],
    ['identifier-column-missing', 'unidentified', recipe.unidentified === undefined],
  ];
  for (const [code, kind, isOpen] of byFinding) {
    if (found.has(code) && isOpen) questions.push({ kind });
  }
  if (known.isUnitOpen && recipe.durationUnit === undefined) {
    questions.push({ kind: 'duration-unit' });
  }
  return questions;
}

/** Says whether the recipe has a source for a column of a call. */
function isMade({ columns, set, preset }: SavedRecipe, column: ColumnName): boolean {
  if (preset !== undefined && column === 'DateTime') return true;
  const targets = [...Object.values(columns ?? {}), ...Object.keys(set ?? {})];
  return targets.some((target) => columnNamed(target)?.name === column);
}

/**
 * Returns a question that offers columns of the export: those that the recipe does not use yet, and
 * whose values fit the column of a call.
 */
function anyColumn(known: Known, column: 'DateTime' | 'ClientId' | 'PhoneNumber'): ColumnQuestion {
  const taken = new Set(
    Object.keys(known.recipe.columns ?? {}).flatMap((name) =>
      [name, ...name.split('+')].map((part) => part.trim().toLowerCase()),
    ),
  );
  const among = known.sample.header
    .map((name) => name.trim())
    .filter((name) => name !== '' && !taken.has(name.toLowerCase()))
    .map((name) => columnOf(known, name));
  const fitting = among.filter(({ values }) => mayHold(column, values));
  // A call must have a time. If no column contains times, the user chooses from all columns.
  const offered = column === 'DateTime' && fitting.length === 0 ? among : fitting;
  // The Enter key selects the first answer. A call does not need an identifier or a phone number.
  // So for these columns, the answer "no column" is first.
  const none = column === 'DateTime' ? 'nowhere' : 'first';
  return { kind: 'column', column, among: offered, none };
}

function columnOf(
  { sample }: Known,
  name: string,
): { readonly name: string; readonly values: readonly string[] } {
  const at = sample.header.findIndex((cell) => cell.trim() === name);
  const values = sample.records.map((record) => (record[at] ?? '').trim());
  const filled = [...new Set(values.filter((value) => value !== ''))];
  return { name, values: filled.slice(0, SHOWN_VALUES) };
}
