/** Asks questions about one export until a recipe can convert it to calls. */
import type { OpenNamedFile } from '../../addresses/open-named-file.ts';
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { FindingGroup } from '../../calls/findings/finding.ts';
import type { FindingCode } from '../../calls/findings/kinds.ts';
import { DURATION_UNITS } from '../../convert/cells/cell-choices.ts';
import {
  directionWithin,
  proposedDirection,
  saysMissed,
} from '../../convert/cells/direction-words.ts';
import type { PreviewedRecord } from '../../convert/conversion.ts';
import { systemOfHeader } from '../../convert/presets/presets.ts';
import type { HeadingColumns, Sample } from '../../convert/recipe/heading-columns.ts';
import { requireJoinBelow, writeRecipeFile } from '../../convert/recipe/recipe-file.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { readZone } from '../../convert/recipe/recipe-parsers.ts';
import { LEFT_OUT } from '../../convert/recipe/saved-recipe.ts';
import { SourceColumns } from '../../convert/recipe/source-column.ts';
import { shownCodes } from '../../convert/recipe/unmapped-columns.ts';
import { Failure } from '../../failure.ts';
import { type ConvertedFile, convertedFile } from '../../library/converted-file.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { visible } from '../../safe-text/visible.ts';
import type { KnownSystem } from '../../words/commands.ts';
import type { Words } from '../../words/en.ts';
import type { OptionValues, RECIPE } from '../arguments/options.ts';
import type { InputFile } from '../files/input-files.ts';
import { headingRecipe } from '../recipe/heading-recipe.ts';
import { flagSource, recipesOf } from '../recipe/recipe.ts';
import type { Answer, Interviewer } from './interviewer.ts';
import { type CodesQuestion, keyOf, nextQuestion, optionFor, type Question } from './questions.ts';
import { USUAL } from './usual-answers.ts';

type Options = OptionValues<
  (typeof RECIPE)[number] | 'showValues' | 'encoding' | 'delimiter' | 'sheet' | 'records'
>;

/** The context of an interview, in addition to the export and the options. */
export interface InterviewContext {
  readonly words: Words;
  /** The current time, in seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Returns a value of a column in the form that may be shown. */
  readonly shown: (column: string, value: string) => string;
  /** The interviewer. Without one, options must answer all questions. */
  readonly interviewer: Interviewer | undefined;
  /** Opens the joined file. */
  readonly openFile: OpenNamedFile;
}

/** The result of an interview. */
export interface Interviewed {
  readonly preview: readonly PreviewedRecord[];
  /** The number of records that cannot become calls. */
  readonly errors: number;
  /** The number of all records. */
  readonly records: number;
  /** The columns that were recognized by their headings. */
  readonly headings: HeadingColumns;
  /** The columns of the export that the recipe does not use. */
  readonly ignored: readonly string[];
}

const OTHER = '?';
const PREVIEWED = 3;
const SHOWN_VALUES = 2;
/**
 * The maximum number of findings that the check returns. A higher limit is not needed, because the
 * questions depend only on the kinds of findings.
 */
const LISTED = 100;

/** The interview about one export. */
export class Interview {
  readonly #input: InputFile;
  readonly #options: Options;
  readonly #context: InterviewContext;
  readonly #asked = new Set<string>();
  /** The part of the recipe that comes from answers. */
  #answers: SavedRecipe = {};
  #saved: SavedRecipe = {};
  #sample: Sample = { header: [], records: [], isWhole: false };
  #headings: HeadingColumns = {
    certain: new Map(),
    utc: undefined,
    choices: [],
    unitOpen: undefined,
    answered: undefined,
    possible: [],
  };

  constructor(input: InputFile, options: Options, context: InterviewContext) {
    this.#input = input;
    this.#options = options;
    this.#context = context;
  }

  /**
   * Asks until no question is open.
   *
   * @throws Failure `init-open` (exit 2) for an open question if there is no interviewer
   * @throws Failure if the export cannot be read
   */
  async run(): Promise<Interviewed> {
    for (;;) {
      const { conversion, failure } = await this.#converted();
      if (failure !== undefined) throw failure;
      const { groups } = conversion.validation;
      if (this.#addedHeaderLine(groups)) continue;
      if (await this.#addedPreset()) continue;
      const found = new Set<FindingCode>(groups.map(({ code }) => code));
      const question = nextQuestion({
        sample: this.#sample,
        choices: this.#headings.choices,
        possible: this.#headings.possible,
        isUnitOpen: this.#headings.unitOpen !== undefined,
        openCodes: conversion.openCodes,
        recipe: this.#saved,
        found,
        asked: this.#asked,
      });
      if (question === undefined) {
        const { records, rejected } = conversion.account;
        return {
          preview: conversion.preview,
          errors: rejected,
          records,
          headings: this.#headings,
          ignored: conversion.leftOut,
        };
      }
      const { interviewer } = this.#context;
      if (interviewer === undefined) {
        const preset = this.#knownSystem();
        const open = { question: keyOf(question), option: optionFor(question), preset };
        throw new Failure('init-open', open);
      }
      this.#asked.add(keyOf(question));
      if (question.kind === 'codes') await this.#askCodes(question, interviewer);
      else this.#addAnswer(question, await this.#ask(question, interviewer));
    }
  }

  /**
   * Saves the recipe to a file.
   *
   * @returns the recipe
   * @throws Failure `output-unwritable`, or `mapping-invalid` if the recipe may not name its joined
   *   file (exit 2)
   */
  save(path: string): SavedRecipe {
    requireJoinBelow(path, this.#saved);
    writeRecipeFile(path, this.#saved);
    return this.#saved;
  }

  /** Returns the system of the export, unless the user has already chosen a preset. */
  #knownSystem(): KnownSystem | undefined {
    const isNamed = (this.#options.preset ?? this.#answers.preset) !== undefined;
    return isNamed ? undefined : systemOfHeader(this.#sample.header);
  }

  /**
   * Asks once whether to use the preset of the system that was recognized by the column names.
   *
   * @returns whether the recipe has changed
   */
  async #addedPreset(): Promise<boolean> {
    const { interviewer, words } = this.#context;
    const known = this.#knownSystem();
    if (known === undefined || interviewer === undefined || this.#asked.has('preset')) return false;
    this.#asked.add('preset');
    if (!(await interviewer.confirm(words.screens.init.usePreset(known.system)))) return false;
    this.#answers = { ...this.#answers, preset: known.name };
    return true;
  }

  /**
   * Adds the number of the header line to the recipe, if other lines precede the header.
   *
   * @returns whether the recipe has changed
   */
  #addedHeaderLine(groups: readonly FindingGroup[]): boolean {
    const below = groups.find(({ code }) => code === 'header-not-first');
    const line = below?.first[0]?.line ?? undefined;
    if (line === undefined || this.#saved.headerLine !== undefined) return false;
    this.#answers = { ...this.#answers, headerLine: line };
    return true;
  }

  /** Converts the export with the current recipe. */
  async #converted(): Promise<ConvertedFile> {
    const { sheet, records, encoding, delimiter, showValues, headerLine } = this.#options;
    const { now, openFile } = this.#context;
    return await convertedFile(this.#input, {
      recipe: async (sample) => {
        this.#sample = sample ?? this.#sample;
        const more = await this.#understood();
        const { recipe, saved } = await recipesOf(this.#options, openFile, more);
        this.#saved = saved;
        return recipe;
      },
      headerLine: headerLine ?? this.#answers.headerLine,
      sheet,
      records,
      check: { now, showValues, encoding, delimiter, maxFindings: LISTED, previewed: PREVIEWED },
      strict: false,
      skipInvalid: true,
      maxInvalid: undefined,
      rejects: undefined,
      target: undefined,
    });
  }

  /** Returns the part of the recipe that comes from the headings and the answers. */
  async #understood(): Promise<SavedRecipe> {
    if ((this.#options.preset ?? this.#answers.preset) !== undefined) return this.#answers;
    const { headings, more } = await headingRecipe(this.#sample, this.#options, this.#answers);
    this.#headings = headings;
    return {
      ...more,
      ...this.#answers,
      columns: { ...more.columns, ...this.#answers.columns },
      values: { ...more.values, ...this.#answers.values },
    };
  }

  /** Asks what a column says, and then what each of its codes means. */
  async #askCodes({ codes, mayBeOutcome }: CodesQuestion, interviewer: Interviewer): Promise<void> {
    const said = this.#context.words.screens.init;
    const { column } = codes;
    const shown = shownCodes(codes);
    const counts = shown.codes.map(({ code, count }) => `${code} (${String(count)})`);
    const saysDirection = codes.codes.some(({ code }) => directionWithin(code) !== undefined);
    const about = await interviewer.choose(
      said.whatCodes(shown.column, counts.join(', ')),
      [
        { value: 'direction', label: said.ofDirection },
        ...(mayBeOutcome ? [{ value: 'outcome', label: said.ofOutcome }] : []),
        { value: 'nothing', label: said.ofNothing },
      ],
      mayBeOutcome && !saysDirection ? 'outcome' : 'direction',
    );
    const { columns, values } = this.#answers;
    if (about === 'nothing') {
      this.#answers = { ...this.#answers, columns: { ...columns, [column]: LEFT_OUT } };
      return;
    }
    const isOutcome = about === 'outcome';
    const answers = isOutcome
      ? [
          { value: '0', label: said.answered },
          { value: '1', label: said.missed },
        ]
      : [
          { value: 'in', label: said.incoming },
          { value: 'out', label: said.outgoing },
          { value: 'internal', label: said.internal },
        ];
    const meanings = new Map<string, string>();
    for (const { code, count } of codes.codes) {
      const message = said.whatCode(shown.column, shownColumn(code), count);
      const usual = isOutcome
        ? saysMissed(code) === false
          ? '0'
          : '1'
        : proposedDirection(code, column);
      meanings.set(code, await interviewer.choose(message, answers, usual));
    }
    this.#answers = {
      ...this.#answers,
      ...(isOutcome ? { columns: { ...columns, [column]: 'CallMissed' } } : {}),
      values: { ...values, [isOutcome ? 'CallMissed' : column]: Object.fromEntries(meanings) },
    };
  }

  async #ask(
    question: Exclude<Question, CodesQuestion>,
    interviewer: Interviewer,
  ): Promise<string> {
    const said = this.#context.words.screens.init;
    switch (question.kind) {
      case 'column':
        return await interviewer.choose(
          said.whichColumn(question.column),
          this.#columnAnswers(question),
        );
      case 'timezone':
      case 'region':
      case 'currency': {
        const { column, usual } = USUAL[question.kind];
        const message = this.#withValues(column, said[question.kind]);
        return await this.#chosenOrWritten(interviewer, message, usual);
      }
      case 'duration-unit':
        return await interviewer.choose(
          this.#withValues('TalkDuration', said.durationUnit),
          DURATION_UNITS.map((value) => ({ value, label: said.units[value] })),
          'seconds',
        );
      case 'date-format':
        return await interviewer.choose(this.#withValues('DateTime', said.dateFormat), [
          { value: 'dmy', label: said.dayFirst },
          { value: 'mdy', label: said.monthFirst },
        ]);
      case 'unidentified':
        return await interviewer.choose(said.unidentified, [
          { value: 'static', label: said.asStatic },
          { value: 'skip', label: said.leaveOut },
          { value: 'error', label: said.asError },
        ]);
    }
  }

  #columnAnswers({ column, among, none }: Extract<Question, { kind: 'column' }>): Answer[] {
    const columns = among.map(({ name, values }): Answer => ({
      value: name,
      label: visible(shownColumn(name)),
      hint: values.map((value) => visible(this.#context.shown(column, value))).join(', '),
    }));
    const noColumn = { value: LEFT_OUT, label: this.#context.words.screens.init.noColumn };
    if (none === 'nowhere') return columns;
    return none === 'first' ? [noColumn, ...columns] : [...columns, noColumn];
  }

  /** Returns a question about a column, followed by some values of that column. */
  #withValues(column: ColumnName, message: string): string {
    const source = Object.entries(this.#saved.columns ?? {}).find(([, to]) => to === column)?.[0];
    const { header, records } = this.#sample;
    const places = new SourceColumns(header).placesOf(source ?? column);
    if ('missing' in places) return message;
    const values = records.map((record) =>
      places
        .map((at) => (record[at] ?? '').trim())
        .filter((part) => part !== '')
        .join(' '),
    );
    const shown = [...new Set(values.filter((value) => value !== ''))]
      .slice(0, SHOWN_VALUES)
      .map((value) => visible(this.#context.shown(column, value)));
    return shown.length === 0 ? message : `${message} (${shown.join(', ')})`;
  }

  async #chosenOrWritten(
    interviewer: Interviewer,
    message: string,
    usual: readonly string[],
  ): Promise<string> {
    const { other } = this.#context.words.screens.init;
    const answers = usual.map((value) => ({ value, label: value }));
    const chosen = await interviewer.choose(message, [...answers, { value: OTHER, label: other }]);
    if (chosen !== OTHER) return chosen;
    return await interviewer.write(message, '', (text) =>
      text.trim() === '' ? message : undefined,
    );
  }

  #addAnswer(question: Exclude<Question, CodesQuestion>, answer: string): void {
    const { columns, set } = this.#answers;
    switch (question.kind) {
      case 'column':
        // The answer "none" adds no column. The question is in `#asked`, so it is not asked again.
        this.#answers = {
          ...this.#answers,
          columns: {
            ...columns,
            ...(answer === LEFT_OUT ? {} : { [answer]: question.column }),
          },
        };
        return;
      case 'timezone':
        readZone(answer, flagSource('timezone'));
        this.#answers = { ...this.#answers, timezone: answer };
        return;
      case 'region':
        this.#answers = { ...this.#answers, defaultRegion: answer };
        return;
      case 'currency':
        this.#answers = { ...this.#answers, set: { ...set, Currency: answer } };
        return;
      case 'duration-unit':
        this.#answers = {
          ...this.#answers,
          durationUnit: DURATION_UNITS.find((unit) => unit === answer),
        };
        return;
      case 'date-format':
        this.#answers = { ...this.#answers, dateFormat: answer };
        return;
      case 'unidentified':
        this.#answers = { ...this.#answers, unidentified: unidentifiedOf(answer) };
    }
  }
}

function unidentifiedOf(answer: string): NonNullable<SavedRecipe['unidentified']> {
  return answer === 'static' || answer === 'skip' ? answer : 'error';
}
