/**
 * The format for programs: one JSON document, even after a failure. Numbers have all their digits.
 */
import type { HeadingColumns } from '../../convert/recipe/heading-columns.ts';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import type { Failure } from '../../failure.ts';
import {
  accountDocument,
  counterDocument,
  failureDocument,
  inspectedDocument,
  uploadedDocument,
  validationDocument,
} from '../../library/documents.ts';
import { validatedDocument, type ValidatedFile } from '../../library/validate-calls.ts';
import type { Counter } from '../../metrika/counters.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import { shownColumn, shownText } from '../../safe-text/shown-value.ts';
import { requestUrl } from '../../upload/request-url.ts';
import type { UploadResult } from '../../upload/upload-file.ts';
import type { Words } from '../../words/en.ts';
import type { Output } from './output.ts';
import type {
  BegunSignIn,
  ConvertedFile,
  Explanation,
  InspectedFile,
  KnownName,
  KnownToken,
  MadeRecipe,
  Reporter,
  ReporterModule,
  ShownUpload,
  SignedIn,
  SignedOut,
  ToldAccount,
  UploadRun,
} from './reporter.ts';
import type { ChangedSetting, ListedSetting, SettingsPaths } from './setting-origin.ts';
import { forJson } from './shown.ts';

class JsonReporter implements Reporter {
  readonly #output: Output;
  readonly #words: Words;
  /** The results of the finished files, for commands that work on files. */
  readonly #results: Record<string, unknown>[] = [];
  #hasWritten = false;

  constructor(output: Output, words: Words) {
    this.#output = output;
    this.#words = words;
  }

  validated(file: ValidatedFile): void {
    this.#add({ ...validatedDocument(file, this.#words) });
  }

  converted(converted: ConvertedFile): void {
    const { file, passed, rows, target, ignored, validation, account, rejects } = converted;
    const { headings } = converted;
    this.#add({
      file,
      ok: passed,
      rows,
      records: accountDocument(account),
      output: target ?? null,
      rejects: rejects ?? null,
      ...(headings === undefined ? {} : { taken_columns: takenColumns(headings) }),
      left_out_columns: ignored,
      validation: validationDocument(validation, this.#words),
    });
  }

  uploaded(results: readonly UploadResult[], run: UploadRun): void {
    const { options, address, origins: settings } = run;
    const { showValues } = options.check;
    const shown = (text: string): string => shownText(text, showValues);
    for (const result of results) {
      const dryRun =
        result.outcome === 'dry-run'
          ? {
              request: { method: 'POST', url: requestUrl(result, options, { address, shown }) },
              settings,
            }
          : {};
      this.#add({ ...uploadedDocument(result, this.#words), ...dryRun });
    }
  }

  recipeMade({ path, recipe, commands }: MadeRecipe): void {
    this.#write({ ok: true, mapping: path, recipe, commands });
  }

  inspected({ inspection, zone }: InspectedFile): void {
    this.#write({ ok: true, ...inspectedDocument(inspection, zone) });
  }

  explained(explanations: readonly Explanation[], isList: boolean): void {
    const texts = ({ title, meaning, hint, example }: Explanation): object => ({
      title,
      ...(isList ? {} : { meaning, hint, example }),
    });
    const findings: object[] = [];
    const failures: object[] = [];
    const situations: object[] = [];
    for (const one of explanations) {
      const { code, kind, exitCode } = one;
      if (kind === 'situation') situations.push({ code, ...texts(one) });
      else if (kind === 'failure') failures.push({ code, exit_code: exitCode, ...texts(one) });
      else findings.push({ code, severity: kind, ...texts(one) });
    }
    this.#write({ ok: true, findings, failures, situations });
  }

  listed(uploads: readonly CallUploading[]): void {
    this.#write({ ok: true, uploadings: uploads.map(({ asSent }) => asSent) });
  }

  countersListed(counters: readonly Counter[]): void {
    this.#write({ ok: true, counters: counters.map(counterDocument) });
  }

  settingsListed(settings: readonly ListedSetting[]): void {
    this.#write({ ok: true, settings });
  }

  settingShown(setting: ListedSetting): void {
    this.#write({ ok: true, ...setting });
  }

  settingsFound(paths: SettingsPaths): void {
    this.#write({ ok: true, ...paths });
  }

  settingChanged(change: ChangedSetting): void {
    this.#write({ ok: true, ...change });
  }

  shown({ uploading, failure }: ShownUpload): void {
    const error = failure === undefined ? {} : { error: failureDocument(failure, this.#words) };
    this.#write({ ok: failure === undefined, uploading: uploading?.asSent ?? null, ...error });
  }

  signInBegun({ address, expires }: BegunSignIn): void {
    this.#write({ ok: true, pending: true, address, expires: isoTime(expires) });
  }

  signedIn({ file, failure, ...known }: SignedIn): void {
    const error = failure === undefined ? {} : { error: failureDocument(failure, this.#words) };
    const ok = failure === undefined;
    this.#write({ ok, ...tokenDocument(known), file: file ?? null, ...error });
  }

  signedOut({ deleted }: SignedOut): void {
    this.#write({ ok: true, deleted });
  }

  accountTold(account: ToldAccount): void {
    const { login, ...rest } = tokenDocument(account);
    this.#write({ ok: true, login, origin: account.origin, ...rest });
  }

  sandboxStarted(address: string): void {
    this.#hasWritten = true;
    this.#output.resultJson(forJson({ ok: true, address }));
  }

  completionMade(shell: string, script: string): void {
    this.#write({ ok: true, shell, script });
  }

  namesListed(names: readonly KnownName[]): void {
    this.#write({ ok: true, names });
  }

  failed(failure: Failure): void {
    this.#write({ ok: false, error: failureDocument(failure, this.#words) });
  }

  finish(exitCode: ExitCode): Promise<void> {
    // A pattern may match no file. Then the document is written with an empty list of results.
    if (!this.#hasWritten) {
      this.#write({ ok: exitCode === EXIT_CODES.done, results: this.#results });
    }
    return Promise.resolve();
  }

  #add(result: Record<string, unknown>): void {
    this.#results.push(result);
  }

  #write(document: Record<string, unknown>): void {
    this.#hasWritten = true;
    this.#output.resultJson(forJson(document, 2));
  }
}

export const reporter: ReporterModule['reporter'] = (output, { documentWords }) =>
  new JsonReporter(output, documentWords);

function tokenDocument({ login, expires, scopes }: KnownToken): {
  readonly login: string | null;
  readonly expires: string | null;
  readonly scopes: readonly string[] | null;
} {
  return {
    login: login ?? null,
    expires: expires === undefined ? null : isoTime(expires),
    scopes: scopes ?? null,
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * Returns the columns that `--auto` recognized. The keys are columns of the export. The values are
 * the columns of a call.
 */
function takenColumns({ certain: taken }: HeadingColumns): Readonly<Record<string, string>> {
  return Object.fromEntries([...taken].map(([column, source]) => [shownColumn(source), column]));
}
