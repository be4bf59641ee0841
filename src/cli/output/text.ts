/** The text format, for people. */
import type { Validation } from '../../calls/findings/finding.ts';
import { EXIT_CODES } from '../../exit-codes.ts';
import { type Failure, failureIn } from '../../failure.ts';
import type { ValidatedFile } from '../../library/validate-calls.ts';
import type { Counter } from '../../metrika/counters.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { UploadResult } from '../../upload/upload-file.ts';
import { flowed, hangingIndent, type Line, toned, wrapped } from './layout.ts';
import type { Output } from './output.ts';
import { renderAccount } from './render/account.ts';
import { counterCells, renderCounters } from './render/counters.ts';
import { renderCodes, renderExplanation } from './render/explanation.ts';
import { renderFailure } from './render/failure.ts';
import { renderCounts, renderFindings } from './render/findings.ts';
import { renderInspection } from './render/inspection.ts';
import { renderPreview } from './render/preview.ts';
import { isSet, renderSettings, settingCells, settingLines } from './render/settings.ts';
import { shownName } from './render/shown-name.ts';
import { renderAccountOf, renderSignedIn, renderSignedOut } from './render/sign-in.ts';
import { renderUploads, tonedStatus, uploadCells, uploadFacts } from './render/upload.ts';
import {
  renderArrival,
  renderDryRun,
  renderSummary,
  renderUploaded,
  resultName,
} from './render/upload-result.ts';
import type {
  BegunSignIn,
  ConvertedFile,
  Explanation,
  InspectedFile,
  KnownName,
  MadeRecipe,
  Reporter,
  ReporterIo,
  ReporterModule,
  ShownUpload,
  SignedIn,
  SignedOut,
  ToldAccount,
  UploadRun,
} from './reporter.ts';
import type { ChangedSetting, ListedSetting, SettingsPaths } from './setting-origin.ts';
import { forFile, joinedLines, tabbedLine } from './shown.ts';

/** Writes results as text. Other formats for people extend this class. */
export class TextReporter implements Reporter {
  protected readonly output: Output;
  readonly #results: UploadResult[] = [];
  readonly #now: () => number;

  constructor(output: Output, { clock }: ReporterIo) {
    this.output = output;
    this.#now = () => clock.now();
  }

  validated(file: ValidatedFile): void {
    if (file.passed && this.output.settings.quiet) return;
    this.output.result(...this.head(file), ...this.#body(file));
  }

  converted(file: ConvertedFile): void {
    const { messages, words } = this.output;
    if (file.preview !== undefined && file.preview.length > 0) {
      this.output.result(...renderPreview(file.preview, file.showValues, this.output.results));
    }
    const ignored = words.screens.convert.ignored(file.ignored);
    const lines: Line[] = [
      ...this.head(file, messages, words.screens.convert.records(file.rows)),
      ...renderAccount(file, messages),
      ...this.#headings(file),
      ...(file.ignored.length === 0 ? [] : wrapped('  ', ignored, messages.abilities.room)),
      ...this.convertedFindings(file),
      ...(file.passed ? [] : ['', `  ${words.screens.convert.nothingWritten}`]),
    ];
    if (file.passed) this.output.say(...lines);
    else this.output.complain(...lines);
  }

  /** Lists the columns that `--auto` recognized, and the columns that it only suggests. */
  #headings({ headings }: ConvertedFile): Line[] {
    if (headings === undefined) return [];
    const { words, messages } = this.output;
    const { arrow, abilities } = messages;
    const pair = ([column, source]: readonly [string, string]): string =>
      `${shownColumn(source)} ${arrow} ${column}`;
    const said = words.screens.convert;
    const possible = headings.possible.map(({ column, source }) => pair([column, source]));
    return [
      ...(headings.certain.size === 0
        ? []
        : wrapped('  ', said.taken([...headings.certain].map(pair)), abilities.room)),
      ...(possible.length === 0 ? [] : wrapped('  ', said.possible(possible), abilities.room)),
    ];
  }

  uploaded(results: readonly UploadResult[], run: UploadRun): void {
    this.#results.push(...results);
    if (!isRefused(results)) this.findings(results);
    const planned = results.filter(({ outcome }) => outcome === 'dry-run');
    if (planned.length > 0 && !this.output.settings.quiet) {
      this.output.result(...renderDryRun(planned, run, this.output.results));
    }
    const isOneOfSeveral = run.files > 1 || results.length > 1;
    for (const result of results) this.#uploadedOne(result, run, isOneOfSeveral);
  }

  recipeMade({ path, commands, hasCounter }: MadeRecipe): void {
    const said = this.output.words.screens.init;
    this.output.say(said.saved(path), '');
    // Users paste these commands, so they are never cut or wrapped.
    const { now, cron, ci } = commands;
    if (cron.length === 0) this.output.result(said.fixFirst, ...now);
    else {
      const head = hasCounter ? said.nowWithSettings : said.now;
      this.output.result(head, ...now, '', said.cron, ...cron, '', said.ci, ...ci);
    }
  }

  inspected({ inspection, file, zone }: InspectedFile): void {
    if (this.output.settings.quiet) return;
    const { results } = this.output;
    this.output.result(...renderInspection(inspection, shownName(file, results), zone, results));
  }

  explained(explanations: readonly Explanation[], isList: boolean): void {
    const lines = isList
      ? renderCodes(explanations, this.output.results)
      : explanations.flatMap((one) => renderExplanation(one, this.output.results));
    this.output.result(...lines);
  }

  listed(uploads: readonly CallUploading[]): void {
    const { settings, results, onTerminal } = this.output;
    if (uploads.length === 0 || settings.quiet) return;
    if (onTerminal) this.output.result(...renderUploads(uploads, results, this.#now()));
    else this.output.resultAs(joinedLines(uploadCells(uploads).map(tabbedLine)));
  }

  countersListed(counters: readonly Counter[]): void {
    const { settings, results, onTerminal } = this.output;
    if (counters.length === 0 || settings.quiet) return;
    if (onTerminal) this.output.result(...renderCounters(counters, results));
    else this.output.resultAs(joinedLines(counterCells(counters).map(tabbedLine)));
  }

  settingsListed(settings: readonly ListedSetting[]): void {
    const { settings: options, results, onTerminal, words } = this.output;
    const listed = options.verbose ? settings : settings.filter(isSet);
    if (!onTerminal) this.output.resultAs(joinedLines(settingCells(listed).map(tabbedLine)));
    else if (listed.length > 0) this.output.result(...renderSettings(listed, results));
    const rest = settings.length - listed.length;
    if (rest > 0) this.output.remark(words.screens.config.rest(rest));
  }

  settingShown(setting: ListedSetting): void {
    const lines = settingLines(setting);
    if (lines.length === 0)
      this.output.remark(this.output.words.screens.config.notSet(setting.name));
    else this.output.result(...lines);
  }

  settingsFound({ user, project }: SettingsPaths): void {
    const said = this.output.words.screens.config;
    this.output.result(said.user(user), said.project(project));
  }

  settingChanged(change: ChangedSetting): void {
    const { set, setBefore, removed, removedBefore } = this.output.words.screens.config;
    const { name, file, value, changed } = change;
    const said = value === null ? (changed ? removed : removedBefore) : changed ? set : setBefore;
    this.output.remark(said(name, file));
  }

  shown({ uploading, failure }: ShownUpload): void {
    const { settings, results, words } = this.output;
    if (uploading !== undefined && !settings.quiet) {
      const head = toned.strong(words.screens.status.head(uploading.id));
      const status = tonedStatus(uploading.status, results);
      this.output.result([head, ': ', status], ...uploadFacts(uploading, results));
    }
    if (failure !== undefined) this.failed(failure);
  }

  signInBegun({ address }: BegunSignIn): void {
    // Users copy the address, so it is never cut or wrapped.
    this.output.result(address);
  }

  signedIn(result: SignedIn): void {
    if (this.output.settings.quiet) return;
    this.output.result(...renderSignedIn(result, this.output.results));
  }

  signedOut(result: SignedOut): void {
    if (this.output.settings.quiet) return;
    this.output.result(...renderSignedOut(result, this.output.results));
  }

  accountTold(account: ToldAccount): void {
    if (this.output.settings.quiet) return;
    this.output.result(...renderAccountOf(account, this.output.results));
  }

  sandboxStarted(address: string): void {
    const said = this.output.words.screens.sandbox;
    this.output.result(said.at(address));
    this.output.remark(said.use(address));
  }

  completionMade(_shell: string, script: string): void {
    // A changed character could break the script, and it contains no text from outside.
    this.output.resultAs(forFile(script.trimEnd()));
  }

  namesListed(names: readonly KnownName[]): void {
    if (names.length === 0) return;
    this.output.resultAs(joinedLines(names.map(({ name, text }) => tabbedLine([name, text]))));
  }

  failed(failure: Failure): void {
    const { failures, messages } = this.output;
    this.output.complain(...renderFailure(failure, failures.ending(failure), messages));
  }

  finish(): Promise<void> {
    if (this.#results.length > 1 && !this.output.settings.quiet) {
      this.output.result('', ...renderSummary(this.#results, this.output.results));
    }
    return Promise.resolve();
  }

  /**
   * Returns the result of a file in one sentence: how many findings there are, or why the file
   * cannot be read.
   */
  protected head(
    file: ValidatedFile,
    style = this.output.results,
    amount = style.words.screens.files.calls(file.rows),
  ): Line[] {
    const { tick, cross, words, abilities } = style;
    if (file.failure !== undefined) {
      const { message } = failureIn(words, file.failure);
      const why = words.screens.files.unread(message);
      const code = toned.quiet(`[${file.failure.code}]`);
      const line = [toned.bad(cross), ` ${shownName(file.file, style)}: ${why} `, code];
      return flowed(line, abilities.room, 2);
    }
    const mark = file.passed ? toned.good(tick) : toned.bad(cross);
    const counts = `${amount}, ${renderCounts(file.validation, words)}`;
    return flowed([mark, ` ${shownName(file.file, style)}: ${counts}`], abilities.room, 2);
  }

  /** Returns the findings of an export. Leaves out findings that other lines already show. */
  protected convertedFindings({ validation }: ConvertedFile): Line[] {
    return renderFindings(withoutAccounted(validation), this.output.messages);
  }

  /** Writes the findings of a file once, even if the file has several results. */
  protected findings([result]: readonly UploadResult[]): void {
    if (result?.rows === undefined) return;
    const findings = renderFindings(withoutNight(result.validation), this.output.messages);
    if (findings.length === 0) return;
    const lines = [`${shownName(result.file, this.output.messages)}:`, ...findings, ''];
    if (result.failure?.code === 'validation-failed') this.output.complain(...lines);
    else this.output.say(...lines);
  }

  /** Writes the failure of one result. */
  protected resultFailed(failure: Failure, result: UploadResult): void {
    const { failures, messages } = this.output;
    const name = resultName(result, messages);
    this.output.complain(...renderFailure(failure, failures.ending(failure), messages, name));
  }

  #body({ failure, validation }: ValidatedFile): Line[] {
    if (failure === undefined) return renderFindings(validation, this.output.results);
    const { arrow, abilities, words } = this.output.results;
    const { hint } = failureIn(words, failure);
    return hangingIndent(`  ${arrow} `, hint, abilities.columns, 'info');
  }

  /**
   * Writes one result of an upload.
   *
   * @param isOneOfSeveral whether a table will follow; if so, the result gets only one line
   */
  #uploadedOne(result: UploadResult, run: UploadRun, isOneOfSeveral: boolean): void {
    if (!this.output.settings.quiet) {
      const { results } = this.output;
      const lines = isOneOfSeveral
        ? renderArrival(result, results)
        : renderUploaded(result, run, results);
      if (lines.length > 0) this.output.result(...lines);
    }
    if (result.failure !== undefined) this.resultFailed(result.failure, result);
  }
}

/** Removes the findings that the account already shows. */
function withoutAccounted(validation: Validation): Validation {
  const said: readonly string[] = [
    'calls-outgoing',
    'calls-internal',
    'calls-unidentified',
    'calls-skipped',
    'legs-joined',
  ];
  return { ...validation, groups: validation.groups.filter(({ code }) => !said.includes(code)) };
}

/** Removes the note about calls at night. The run has already shown this note before sending. */
function withoutNight(validation: Validation): Validation {
  const groups = validation.groups.filter(({ code }) => code !== 'calls-at-night');
  return { ...validation, groups };
}

/** Says whether the service refused all uploads of a file. If so, the findings do not matter. */
function isRefused(results: readonly UploadResult[]): boolean {
  const codes: readonly number[] = [EXIT_CODES.unauthorised, EXIT_CODES.refused];
  return results.every(({ exitCode }) => codes.includes(exitCode));
}

export const reporter: ReporterModule['reporter'] = (output, io) => new TextReporter(output, io);
